#pragma once

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/attribute_kind.h"
#include "record/operation.h"
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
 *         0               4               8              12              16
 *     +---------------+---------------+---------------+---------------+
 *   0 |    method     |    sparse     |     keep      |   operation   |
 *     +---------------+---------------+---------------+---------------+
 *  16 |             bytes             |     stop      |   in_memory   |
 *     +-------------------------------+---------------+---------------+
 *  32 |accept_changed |     umask     |    insist     |   existing    |
 *     +---------------+---------------+---------------+---------------+
 *  48 |    refused    | refused_error | lost: one for each kind ...
 *     +---------------+---------------+-------------------------------+
 *  64 |                                               |    layout     |
 *     +-----------------------------------------------+---------------+
 *  88 | moved: one for each method ...
 *     +-------------------------------+-------------------------------+
 * 136 |          seen_device          |          seen_inode           |
 *     +-------------------------------+-------------------------------+
 * 152 |          seen_start           |           seen_end            |
 *     +-------------------------------+-------------------------------+
 * 168 | temporary_prefix, with NULs behind it ...
 *     +---------------+---------------+-------------------------------+
 * 264 |    verify     |     flush     |           verified            |
 *     +---------------+---------------+-------------------------------+
 * 280 |   repaired    |   unproven    |           started_s           |
 *     +---------------+---------------+-------------------------------+
 * 296 |  started_ns   |    resumed    |
 *     +---------------+---------------+
 *
 * It belongs to the call it was handed to until that returns; only `stop` may be written by another thread meanwhile.
 */
struct pc_context {
    int32_t method;         /* enum pc_method: PC_AUTO is the ladder; with any other "can't here" is an error */
    int32_t sparse;         /* enum pc_sparse: what becomes of holes */
    uint32_t keep;          /* enum pc_keep, or-ed */
    int32_t operation;      /* out, enum pc_operation: what failed; means something only after a failure */
    int64_t bytes;          /* out, added to: bytes of file data copied, holes included */
    int32_t stop;           /* set to 1 by any thread, at any time: begin nothing more, and say what was not done */
    int32_t in_memory;      /* 1 = data copied by pc_copy_entries passes through its memory, and stays there */
    int32_t accept_changed; /* 1 = finish a file although its source changed, with the mtime of the record */
    uint32_t umask;         /* the user's: permission bits that new entries are not given when modes are not kept */
    uint32_t insist;        /* enum pc_keep, or-ed: what of keep cannot be kept is a failure; see attribute_loss.h */
    int32_t existing;       /* enum pc_existing: what becomes of an entry that is in the way */
    int32_t refused;        /* out, enum pc_operation: what of the last entry, or in the last call, was insisted on in vain or missed */
    int32_t refused_error;  /* out, the errno that goes with it */
    uint32_t lost[PC_KINDS]; /* out, added to: entries of which a kind could not be kept */
    int32_t layout;            /* enum pc_layout_choice */
    int64_t moved[PC_METHODS]; /* out, added to: bytes of file data that each method moved; PC_AUTO counts none */
    uint64_t seen_device, seen_inode; /* copy.c's own: in this file there was no hole */
    int64_t seen_start, seen_end;     /* between these two places when it last looked */
    char temporary_prefix[PC_PREFIX_BYTES]; /* of names that grow until they replace others; see temporary_name.h */
    int32_t verify;    /* 1 = data copied by pc_copy_entries passes through its memory, and is read back; see flush_group.h */
    int32_t flush;     /* 1 = what is completed is flushed before, data, attributes and a directory's entries */
    int64_t verified;  /* out, added to: bytes of file data read back by pc_copy_entries, and found to be right */
    uint32_t repaired; /* out, added to: files that were not right when they were first read back */
    uint32_t unproven; /* out, added to: files read back from where that proves nothing; see read_back.h */
    int64_t started_s;   /* if resumed, when the run first began, by the clock of the target's file system */
    uint32_t started_ns; /* nanoseconds besides */
    int32_t resumed;     /* 1 = what an earlier part of this run has finished is left alone; see already_done.h */
};

static_assert(sizeof(struct pc_context) == 304, "CopyContext.java says 304 bytes");
static_assert(offsetof(struct pc_context, keep) == 8, "as drawn");
static_assert(offsetof(struct pc_context, operation) == 12, "as drawn");
static_assert(offsetof(struct pc_context, bytes) == 16, "as drawn");
static_assert(offsetof(struct pc_context, stop) == 24, "as drawn");
static_assert(offsetof(struct pc_context, in_memory) == 28, "as drawn");
static_assert(offsetof(struct pc_context, accept_changed) == 32, "as drawn");
static_assert(offsetof(struct pc_context, umask) == 36, "as drawn");
static_assert(offsetof(struct pc_context, insist) == 40, "as drawn");
static_assert(offsetof(struct pc_context, existing) == 44, "as drawn");
static_assert(offsetof(struct pc_context, refused) == 48, "as drawn");
static_assert(offsetof(struct pc_context, lost) == 56, "as drawn");
static_assert(offsetof(struct pc_context, layout) == 84, "as drawn");
static_assert(offsetof(struct pc_context, moved) == 88, "as drawn");
static_assert(offsetof(struct pc_context, seen_device) == 136, "as drawn");
static_assert(offsetof(struct pc_context, seen_start) == 152, "as drawn");
static_assert(offsetof(struct pc_context, temporary_prefix) == 168, "as drawn");
static_assert(offsetof(struct pc_context, verify) == 264, "as drawn");
static_assert(offsetof(struct pc_context, verified) == 272, "as drawn");
static_assert(offsetof(struct pc_context, repaired) == 280, "as drawn");
static_assert(offsetof(struct pc_context, started_s) == 288, "as drawn");
static_assert(offsetof(struct pc_context, resumed) == 300, "as drawn");

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

/* Notes which operation failed, and returns the -errno that its caller hands on. */
static inline int pc_failed(struct pc_context *context, enum pc_operation operation, int error)
{
    context->operation = operation;
    return -error;
}

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
static inline bool pc_gave_up(const struct pc_context *context, int error)
{
    return (error == EINTR || error == EAGAIN) && pc_stopping(context);
}
