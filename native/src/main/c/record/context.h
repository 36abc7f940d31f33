#pragma once

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/attribute_kind.h"
#include "record/failure.h"
#include "sys/temporary_name.h"

/*
 * The copy methods, in the order of preference: from the one that always works to the one that moves no data; see
 * method_choice.h.
 */
enum pc_method {
    PC_AUTO = 0,
    PC_BUFFERED,
    PC_DIRECT,
    PC_SPLICE,
    PC_COPY_FILE_RANGE,
    PC_REFLINK,
};

enum { PC_METHODS = PC_REFLINK + 1 };

/* A cache of data/copy.c: the file with this device and inode has no hole between two offsets. */
struct pc_data_cache {
    uint64_t device;
    uint64_t inode;
    int64_t start;
    int64_t end;
};

/*
 * The context of a worker: how to copy, which attributes to preserve, and the results. It is handed to every call that
 * copies or finishes entries. Java's org.pcircle.fs.CopyContext mirrors it, in native byte order and aligned to 8.
 *
 * It begins with the inputs, up to temporary_prefix. Java sets them for the run, except accept_changed, which is set
 * for a call, and stop. The results follow: Java reads and resets them. Last comes a cache that only data/copy.c uses.
 *
 *         0               4               8              12              16
 *     +---------------+---------------+---------------+---------------+
 *   0 |    method     |    sparse     |   preserve    |   required    |
 *     +---------------+---------------+---------------+---------------+
 *  16 |    layout     |   existing    |     umask     |   in_memory   |
 *     +---------------+---------------+---------------+---------------+
 *  32 |    verify     |     flush     |    resumed    |accept_changed |
 *     +---------------+---------------+---------------+---------------+
 *  48 |           started_s           |  started_ns   |     stop      |
 *     +-------------------------------+---------------+---------------+
 *  64 |          doubtful_s           |  doubtful_ns  |
 *     +-------------------------------+---------------+---------------+
 *  76 | temporary_prefix, padded with NULs ...
 *     +-------------------------------+-------------------------------+
 * 176 |             bytes             | moved: one per method ...
 *     +-------------------------------+-------------------------------+
 * 224 |                               |           verified            |
 *     +-------------------------------+-------------------------------+
 * 240 | not_preserved: one per kind ...
 *     +-----------------------------------------------+---------------+
 * 256 |                                               |   repaired    |
 *     +---------------+---------------+---------------+---------------+
 * 272 |   unproven    |     loss      |       data_cache.device       |
 *     +---------------+---------------+-------------------------------+
 * 288 |       data_cache.inode        |       data_cache.start        |
 *     +-------------------------------+-------------------------------+
 * 304 |        data_cache.end         |
 *     +-------------------------------+
 *
 * During a call it must not be used by another thread, which may only set `stop`.
 */
struct pc_context {
    int32_t method;         /* enum pc_method; PC_AUTO: the best that works. Any other must work: else it is an error */
    int32_t sparse;         /* enum pc_sparse */
    uint32_t preserve;      /* enum pc_preserve, or-ed: the attributes to preserve */
    uint32_t required;      /* enum pc_preserve, or-ed: those that must be preserved; see attribute_loss.h */
    int32_t layout;         /* enum pc_layout_choice */
    int32_t existing;       /* enum pc_existing */
    uint32_t umask;         /* the user's: permission bits that new entries do not get where modes are not preserved */
    int32_t in_memory;      /* 1: data copied by pc_copy_entries passes through its buffer and stays there */
    int32_t verify;         /* 1: data copied by pc_copy_entries is read back and compared; see flush_group.h */
    int32_t flush;          /* 1: data, attributes and directory entries are flushed before an entry is complete */
    int32_t resumed;        /* 1: entries finished by an earlier attempt of this run are skipped; see already_done.h */
    int32_t accept_changed; /* 1: finish a file although its source changed, with the mtime of the record */
    int64_t started_s;      /* if resumed: when the run first started, by the clock of the target's file system */
    uint32_t started_ns;    /* and nanoseconds */
    int32_t stop;           /* set to 1 by any thread at any time: start nothing more, and report what was not done */
    int64_t doubtful_s;     /* when the earliest run began that may have left half-written entries, by the target's */
    uint32_t doubtful_ns;   /* clock; far in the future: there is none. See pc_is_doubtful */
    char temporary_prefix[PC_PREFIX_BYTES]; /* of temporary names; see temporary_name.h */

    int64_t bytes;                    /* out, added to: bytes of file data copied, holes included */
    int64_t moved[PC_METHODS];        /* out, added to: bytes of file data that each method moved; none for PC_AUTO */
    int64_t verified;                 /* out, added to: bytes that pc_copy_entries read back and found right */
    uint32_t not_preserved[PC_KINDS]; /* out, added to: entries whose attribute of a kind was not preserved */
    uint32_t repaired;                /* out, added to: files that were not right when they were first read back */
    uint32_t unproven;                /* out, added to: files read back from memory, which proves nothing */
    int32_t loss;                     /* out, set: failure of the last call's entry, which is in place; or 0 */

    struct pc_data_cache data_cache; /* private to data/copy.c; initialize it with zeros */
};

static_assert(sizeof(struct pc_context) == 312, "CopyContext.java says 312 bytes");
static_assert(offsetof(struct pc_context, preserve) == 8, "as drawn");
static_assert(offsetof(struct pc_context, required) == 12, "as drawn");
static_assert(offsetof(struct pc_context, layout) == 16, "as drawn");
static_assert(offsetof(struct pc_context, existing) == 20, "as drawn");
static_assert(offsetof(struct pc_context, umask) == 24, "as drawn");
static_assert(offsetof(struct pc_context, in_memory) == 28, "as drawn");
static_assert(offsetof(struct pc_context, verify) == 32, "as drawn");
static_assert(offsetof(struct pc_context, flush) == 36, "as drawn");
static_assert(offsetof(struct pc_context, resumed) == 40, "as drawn");
static_assert(offsetof(struct pc_context, accept_changed) == 44, "as drawn");
static_assert(offsetof(struct pc_context, started_s) == 48, "as drawn");
static_assert(offsetof(struct pc_context, started_ns) == 56, "as drawn");
static_assert(offsetof(struct pc_context, stop) == 60, "as drawn");
static_assert(offsetof(struct pc_context, doubtful_s) == 64, "as drawn");
static_assert(offsetof(struct pc_context, doubtful_ns) == 72, "as drawn");
static_assert(offsetof(struct pc_context, temporary_prefix) == 76, "as drawn");
static_assert(offsetof(struct pc_context, bytes) == 176, "as drawn");
static_assert(offsetof(struct pc_context, moved) == 184, "as drawn");
static_assert(offsetof(struct pc_context, verified) == 232, "as drawn");
static_assert(offsetof(struct pc_context, not_preserved) == 240, "as drawn");
static_assert(offsetof(struct pc_context, repaired) == 268, "as drawn");
static_assert(offsetof(struct pc_context, unproven) == 272, "as drawn");
static_assert(offsetof(struct pc_context, loss) == 276, "as drawn");
static_assert(offsetof(struct pc_context, data_cache) == 280, "as drawn");

enum pc_sparse {
    PC_SPARSE_AUTO = 0, /* holes are preserved */
    PC_SPARSE_ALWAYS,   /* blocks of zeros become holes, too. Needs PC_AUTO, PC_DIRECT or PC_BUFFERED */
    PC_SPARSE_NEVER,    /* holes are filled with zeros. Not with PC_COPY_FILE_RANGE or PC_REFLINK */
};

/* What happens to an existing entry of the target. A directory is never replaced. */
enum pc_existing {
    PC_REFUSE = 0,       /* it stays, and the copy fails with EEXIST */
    PC_REPLACE,          /* it is replaced by rename, when the copy is complete */
    PC_UPDATE_OLDER,     /* likewise, unless it is up to date (update.h) or newer (kept.h) */
    PC_UPDATE_DIFFERING, /* likewise, unless it is up to date */
    PC_KEEP,             /* it stays as it is; see kept.h */
};

/* Whether an entry that is up to date is left alone. */
static inline bool pc_compares(const struct pc_context *context)
{
    return context->existing == PC_UPDATE_OLDER || context->existing == PC_UPDATE_DIFFERING;
}

/* Whether an entry that differs may be kept, see kept.h. */
static inline bool pc_may_keep(const struct pc_context *context)
{
    return context->existing == PC_UPDATE_OLDER || context->existing == PC_KEEP;
}

/* Whether an entry may be left alone. */
static inline bool pc_may_leave(const struct pc_context *context)
{
    return pc_compares(context) || pc_may_keep(context);
}

/* Whether data that pc_copy_entries copies passes through its buffer. */
static inline bool pc_data_stays(const struct pc_context *context)
{
    return context->in_memory || context->verify;
}

/* Whether a stop was requested. Cheap: ask between entries and between pieces. */
static inline bool pc_stopping(const struct pc_context *context)
{
    return __atomic_load_n(&context->stop, __ATOMIC_RELAXED) != 0;
}

/*
 * Whether an operation failed only because a stop was requested, so that its system call was not repeated; see retry.h.
 */
static inline bool pc_gave_up(const struct pc_context *context, int64_t failure)
{
    return (pc_failed_with(failure, EINTR) || pc_failed_with(failure, EAGAIN)) && pc_stopping(context);
}
