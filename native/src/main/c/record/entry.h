#pragma once

#include <assert.h>
#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "record/outcome.h"

/*
 * The entry record: one entry of a directory, as it is listed, handed about and copied. Records stand one after the
 * other, each aligned to 8 and in native byte order; Java's org.pcircle.fs.Entry mirrors them:
 *
 *         0       1       2       3       4       5       6       7
 *     +-------+-------+-------+-------+-------+-------+-------+-------+
 *   0 | record_bytes  | type  |  op.  |  name_bytes   |     error     |
 *     +---------------+-------+-------+---------------+---------------+
 *   8 |                             size                              |
 *     +---------------------------------------------------------------+
 *  16 |                            mtime_s                            |
 *     +---------------------------------------------------------------+
 *  24 |                            atime_s                            |
 *     +-------------------------------+-------------------------------+
 *  32 |           mtime_ns            |           atime_ns            |
 *     +-------------------------------+-------------------------------+
 *  40 |     mode      |outcome| zero  |             nlink             |
 *     +-------------------------------+-------------------------------+
 *  48 |              uid              |              gid              |
 *     +-------------------------------+-------------------------------+
 *  56 |                              ino                              |
 *     +-------------------------------+-------------------------------+
 *  64 |           dev_major           |           dev_minor           |
 *     +-------------------------------+-------------------------------+
 *  72 |           rdev_major          |           rdev_minor          |
 *     +-------------------------------+-------------------------------+
 *  80 | name: name_bytes of it, a NUL, and NULs up to record_bytes    |
 *     +---------------------------------------------------------------+
 */
struct pc_entry {
    uint16_t record_bytes; /* of the whole record, a multiple of 8 */
    uint8_t type;          /* DT_REG, DT_DIR, ... */
    uint8_t operation;     /* enum pc_operation: what failed with this entry, PC_NONE = nothing */
    uint16_t name_bytes;   /* without the NUL */
    uint16_t error;        /* the errno that goes with operation, 0 where none does */
    uint64_t size; /* of a regular file: what its status says, or what it was found to have, see pc_entry_unsaid */
    int64_t mtime_s; /* since 1970, negative before */
    int64_t atime_s;
    uint32_t mtime_ns;
    uint32_t atime_ns;
    uint16_t mode;   /* st_mode, with the type bits */
    uint8_t outcome; /* enum pc_outcome, if no operation failed; see pc_entry_outcome */
    uint8_t zero;
    uint32_t nlink;
    uint32_t uid;
    uint32_t gid;
    uint64_t ino;
    uint32_t dev_major;
    uint32_t dev_minor;
    uint32_t rdev_major; /* of a device; of a regular file, the upper half of what pc_entry_unsaid returns */
    uint32_t rdev_minor; /* and the lower half */
    char name[];
};

static_assert(offsetof(struct pc_entry, type) == 2, "as drawn");
static_assert(offsetof(struct pc_entry, operation) == 3, "as drawn");
static_assert(offsetof(struct pc_entry, name_bytes) == 4, "as drawn");
static_assert(offsetof(struct pc_entry, error) == 6, "as drawn");
static_assert(offsetof(struct pc_entry, size) == 8, "as drawn");
static_assert(offsetof(struct pc_entry, mtime_s) == 16, "as drawn");
static_assert(offsetof(struct pc_entry, atime_s) == 24, "as drawn");
static_assert(offsetof(struct pc_entry, mtime_ns) == 32, "as drawn");
static_assert(offsetof(struct pc_entry, atime_ns) == 36, "as drawn");
static_assert(offsetof(struct pc_entry, mode) == 40, "as drawn");
static_assert(offsetof(struct pc_entry, outcome) == 42, "as drawn");
static_assert(offsetof(struct pc_entry, nlink) == 44, "as drawn");
static_assert(offsetof(struct pc_entry, uid) == 48, "as drawn");
static_assert(offsetof(struct pc_entry, gid) == 52, "as drawn");
static_assert(offsetof(struct pc_entry, ino) == 56, "as drawn");
static_assert(offsetof(struct pc_entry, dev_major) == 64, "as drawn");
static_assert(offsetof(struct pc_entry, rdev_major) == 72, "as drawn");
static_assert(offsetof(struct pc_entry, name) == 80, "as drawn");

/* Names longer than this are nobody's: what no path may exceed, no name in a record may. */
enum { PC_ENTRY_NAME_BYTES_MAX = 4096 };

/* The length of a record whose name has so many bytes. */
static inline size_t pc_entry_bytes(size_t name_bytes)
{
    return (offsetof(struct pc_entry, name) + name_bytes + 1 + 7) & ~(size_t)7;
}

/* The record behind this one, or the end of them all. */
static inline struct pc_entry *pc_entry_next(struct pc_entry *entry)
{
    return (struct pc_entry *)((char *)entry + entry->record_bytes);
}

/* Whether this can be the name of an entry within a directory: one component, and neither `.` nor `..`. */
bool pc_is_name(const char *name, size_t bytes);

/* Whether a whole record begins here; `room` bytes are there to look at, aligned to 8. Its name may be a path. */
bool pc_entry_is_whole(const struct pc_entry *entry, size_t room);

/* Begins a record in memory of pc_entry_bytes(name_bytes): everything zero but its lengths and its name. */
void pc_entry_begin(struct pc_entry *entry, const char *name, size_t name_bytes);

/*
 * Writes what the kernel knows of a file into a record that has been begun; its name and outcome stay.
 * `path` is relative to `dir`; an empty one with AT_EMPTY_PATH in `flags` is `dir` itself, which may be any file.
 * Returns 0 or -errno.
 */
int pc_entry_read_status(struct pc_entry *entry, int dir, const char *path, int flags);

/*
 * A file that says it is empty is asked for so many bytes at once, and for not much less where there is little room: some that the
 * kernel makes up give all at once or nothing, and refuse requests of mebibytes.
 */
enum { PC_UNSAID_BYTES = 128 << 10, PC_UNSAID_BYTES_MIN = 8 << 10 };

/*
 * By how much the size is more than the file's status says, modulo 2^64: that of files which the kernel makes up as they are read is
 * mostly said to be 0 or 4096, and so is that of some on FUSE.
 */
static inline uint64_t pc_entry_unsaid(const struct pc_entry *entry)
{
    return entry->type == DT_REG ? (uint64_t)entry->rdev_major << 32 | entry->rdev_minor : 0;
}

/* The size that its status said. */
static inline uint64_t pc_entry_said(const struct pc_entry *entry)
{
    return entry->size - pc_entry_unsaid(entry);
}

/* Notes what size a regular file was found to have. */
static inline void pc_entry_found(struct pc_entry *entry, uint64_t size)
{
    uint64_t unsaid = size - pc_entry_said(entry);
    entry->rdev_major = (uint32_t)(unsaid >> 32);
    entry->rdev_minor = (uint32_t)unsaid;
    entry->size = size;
}

/* Whether a file still says the size and the modification time of its record: its data is what it was. */
bool pc_entry_is_unchanged(const struct pc_entry *entry, const struct stat *now);

/* What became of it. */
static inline enum pc_outcome pc_entry_outcome(const struct pc_entry *entry)
{
    return entry->operation != PC_NONE ? PC_FAILED : (enum pc_outcome)entry->outcome;
}

/* Notes what became of it. */
static inline void pc_entry_came_to(struct pc_entry *entry, struct pc_result result)
{
    entry->outcome = (uint8_t)(result.outcome == PC_FAILED ? PC_DONE : result.outcome);
    entry->operation = (uint8_t)pc_operation_of(result.failure);
    entry->error = (uint16_t)pc_errno_of(result.failure);
}

/* Whether it was only found, and not described: to describe it failed from the start. */
static inline bool pc_entry_is_undescribed(const struct pc_entry *entry)
{
    return entry->operation == PC_STAT;
}

/* Counts the records in `bytes`; -EINVAL unless all are whole and of entries with a name, none of them a directory. */
int pc_count_records(struct pc_entry *entry, size_t bytes);
