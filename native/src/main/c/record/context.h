#pragma once

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/attribute_kind.h"
#include "record/failure.h"
#include "sys/temporary_name.h"

/* The ladder of copy methods, from the one that always works to the one that moves no byte; see method_choice.h. */
enum pc_method {
    PC_AUTO = 0,
    PC_BUFFERED,
    PC_DIRECT,
    PC_SPLICE,
    PC_COPY_FILE_RANGE,
    PC_REFLINK,
};

enum { PC_METHODS = PC_REFLINK + 1 };

/*
 * How to copy, what to keep, and what became of it: one per worker, handed to every call that copies or finishes.
 * Java's org.pcircle.fs.CopyContext mirrors it, in native byte order and aligned to 8:
 *
 * In this order: what the run wants, which is only read here; what came of it; and what copy.c remembers for itself.
 *
 *         0               4               8              12              16
 *     +---------------+---------------+---------------+---------------+
 *   0 |    method     |    sparse     |     keep      |    insist     |
 *     +---------------+---------------+---------------+---------------+
 *  16 |    layout     |   existing    |     umask     |   in_memory   |
 *     +---------------+---------------+---------------+---------------+
 *  32 |    verify     |     flush     |    resumed    |accept_changed |
 *     +---------------+---------------+---------------+---------------+
 *  48 |           started_s           |  started_ns   |     stop      |
 *     +-------------------------------+---------------+---------------+
 *  64 | temporary_prefix, with NULs behind it ...
 *     +-------------------------------+-------------------------------+
 * 160 |             bytes             | moved: one for each method ...
 *     +-------------------------------+-------------------------------+
 * 208 |                               |           verified            |
 *     +-------------------------------+-------------------------------+
 * 224 | lost: one for each kind ...
 *     +-----------------------------------------------+---------------+
 * 240 |                                               |   repaired    |
 *     +---------------+---------------+---------------+---------------+
 * 256 |   unproven    |     loss      |       data_cache_device       |
 *     +---------------+---------------+-------------------------------+
 * 272 |       data_cache_inode        |       data_cache_start        |
 *     +-------------------------------+-------------------------------+
 * 288 |        data_cache_end         |
 *     +-------------------------------+
 *
 * It belongs to the call it was handed to until that returns; only `stop` may be written by another thread meanwhile.
 */
struct pc_context {
    int32_t method;         /* enum pc_method: PC_AUTO is the ladder; with any other "can't here" is an error */
    int32_t sparse;         /* enum pc_sparse: what becomes of holes */
    uint32_t keep;          /* enum pc_keep, or-ed */
    uint32_t insist;        /* enum pc_keep, or-ed: what of keep cannot be kept is a failure; see attribute_loss.h */
    int32_t layout;         /* enum pc_layout_choice */
    int32_t existing;       /* enum pc_existing: what becomes of an entry that is in the way */
    uint32_t umask;         /* the user's: permission bits that new entries are not given when modes are not kept */
    int32_t in_memory;      /* 1 = data copied by pc_copy_entries passes through its memory, and stays there */
    int32_t verify;         /* 1 = data copied by pc_copy_entries passes through its memory, and is read back; see flush_group.h */
    int32_t flush;          /* 1 = what is completed is flushed before, data, attributes and a directory's entries */
    int32_t resumed;        /* 1 = what an earlier part of this run has finished is left alone; see already_done.h */
    int32_t accept_changed; /* 1 = finish a file although its source changed, with the mtime of the record */
    int64_t started_s;      /* if resumed, when the run first began, by the clock of the target's file system */
    uint32_t started_ns;    /* nanoseconds besides */
    int32_t stop;           /* set to 1 by any thread, at any time: begin nothing more, and say what was not done */
    char temporary_prefix[PC_PREFIX_BYTES]; /* of names that grow until they replace others; see temporary_name.h */

    int64_t bytes;             /* out, added to: bytes of file data copied, holes included */
    int64_t moved[PC_METHODS]; /* out, added to: bytes of file data that each method moved; PC_AUTO counts none */
    int64_t verified;          /* out, added to: bytes of file data read back by pc_copy_entries, and found to be right */
    uint32_t lost[PC_KINDS];   /* out, added to: entries of which a kind could not be kept */
    uint32_t repaired;         /* out, added to: files that were not right when they were first read back */
    uint32_t unproven;         /* out, added to: files read back from where that proves nothing; see read_back.h */
    int32_t loss;              /* out, set: the failure that the entry of the last call suffers though it is in place; or 0 */

    uint64_t data_cache_device, data_cache_inode; /* copy.c's own: in this file there was no hole */
    int64_t data_cache_start, data_cache_end;     /* between these two places when it last looked */
};

static_assert(sizeof(struct pc_context) == 296, "CopyContext.java says 296 bytes");
static_assert(offsetof(struct pc_context, keep) == 8, "as drawn");
static_assert(offsetof(struct pc_context, insist) == 12, "as drawn");
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
static_assert(offsetof(struct pc_context, temporary_prefix) == 64, "as drawn");
static_assert(offsetof(struct pc_context, bytes) == 160, "as drawn");
static_assert(offsetof(struct pc_context, moved) == 168, "as drawn");
static_assert(offsetof(struct pc_context, verified) == 216, "as drawn");
static_assert(offsetof(struct pc_context, lost) == 224, "as drawn");
static_assert(offsetof(struct pc_context, repaired) == 252, "as drawn");
static_assert(offsetof(struct pc_context, unproven) == 256, "as drawn");
static_assert(offsetof(struct pc_context, loss) == 260, "as drawn");
static_assert(offsetof(struct pc_context, data_cache_device) == 264, "as drawn");
static_assert(offsetof(struct pc_context, data_cache_start) == 280, "as drawn");

enum pc_sparse {
    PC_SPARSE_AUTO = 0, /* holes stay holes */
    PC_SPARSE_ALWAYS,   /* blocks of zeros become holes, too; needs PC_AUTO, PC_DIRECT or PC_BUFFERED, which see the data */
    PC_SPARSE_NEVER,    /* holes are filled with zeros; not with PC_COPY_FILE_RANGE or PC_REFLINK, which take holes along */
};

/* What becomes of an entry of the target that has the name of one that is copied. A directory is never replaced. */
enum pc_existing {
    PC_REFUSE = 0, /* it stays, and the copy of the other fails with EEXIST */
    PC_REPLACE,    /* by rename, when the other is complete */
    PC_UPDATE,     /* likewise, but what is up to date is left alone; see update.h */
};

/* Whether data that pc_copy_entries copies passes through its memory. */
static inline bool pc_data_stays(const struct pc_context *context)
{
    return context->in_memory || context->verify;
}

/* Whether somebody asked to stop. Cheap: ask between entries and between pieces. */
static inline bool pc_stopping(const struct pc_context *context)
{
    return __atomic_load_n(&context->stop, __ATOMIC_RELAXED) != 0;
}

/* Whether an operation failed only because somebody asked to stop, so that a call was not made again; see retry.h. */
static inline bool pc_gave_up(const struct pc_context *context, int64_t failure)
{
    return (pc_failed_with(failure, EINTR) || pc_failed_with(failure, EAGAIN)) && pc_stopping(context);
}
