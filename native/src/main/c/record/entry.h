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
    uint8_t operation;     /* enum pc_operation: the one that failed with this entry, or PC_NONE */
    uint16_t name_bytes;   /* without the NUL */
    uint16_t error;        /* the errno of operation, or 0 */
    uint64_t size; /* of a regular file: from its status, or as measured, see pc_entry_unsaid */
    int64_t mtime_s; /* since 1970, may be negative */
    int64_t atime_s;
    uint32_t mtime_ns;
    uint32_t atime_ns;
    uint16_t mode;   /* st_mode, with the type bits */
    uint8_t outcome; /* enum pc_outcome, unless an operation failed; see pc_entry_outcome */
    uint8_t zero;
    uint32_t nlink;
    uint32_t uid;
    uint32_t gid;
    uint64_t ino;
    uint32_t dev_major;
    uint32_t dev_minor;
    uint32_t rdev_major; /* of a device; of a regular file, the upper half of pc_entry_unsaid */
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

/* The longest name in a record; a path may be one. */
enum { PC_ENTRY_NAME_BYTES_MAX = 4096 };

/* The length of a record whose name has so many bytes. */
static inline size_t pc_entry_bytes(size_t name_bytes)
{
    return (offsetof(struct pc_entry, name) + name_bytes + 1 + 7) & ~(size_t)7;
}

/* The next record, or the end of all records. */
static inline struct pc_entry *pc_entry_next(struct pc_entry *entry)
{
    return (struct pc_entry *)((char *)entry + entry->record_bytes);
}

/* Whether this can be the name of an entry in a directory: one component, and neither `.` nor `..`. */
bool pc_is_name(const char *name, size_t bytes);

/* Whether a complete record begins here. `room` bytes can be read, aligned to 8. Its name may be a path. */
bool pc_entry_is_whole(const struct pc_entry *entry, size_t room);

/* Initializes a record in memory of pc_entry_bytes(name_bytes): all zero except its lengths and its name. */
void pc_entry_begin(struct pc_entry *entry, const char *name, size_t name_bytes);

/*
 * Writes the status of a file into an initialized record, except its name and outcome. `path` is relative to `dir`; an
 * empty one with AT_EMPTY_PATH in `flags` is `dir` itself, which may be any file. Returns 0 or -errno.
 */
int pc_entry_read_status(struct pc_entry *entry, int dir, const char *path, int flags);

/*
 * How many bytes are read at once from a file whose status says that it is empty, and the least where there is little
 * room. Some files that the kernel generates return all of their data at once or nothing, and reject requests of
 * mebibytes.
 */
enum { PC_UNSAID_BYTES = 128 << 10, PC_UNSAID_BYTES_MIN = 8 << 10 };

/*
 * The difference between a file's size and the size in its status, modulo 2^64. Files that the kernel generates while
 * they are read mostly have a status of 0 or 4096 bytes, and so do some on FUSE.
 */
static inline uint64_t pc_entry_unsaid(const struct pc_entry *entry)
{
    return entry->type == DT_REG ? (uint64_t)entry->rdev_major << 32 | entry->rdev_minor : 0;
}

/* The size in its status. */
static inline uint64_t pc_entry_said(const struct pc_entry *entry)
{
    return entry->size - pc_entry_unsaid(entry);
}

/* Sets the measured size of a regular file. */
static inline void pc_entry_found(struct pc_entry *entry, uint64_t size)
{
    uint64_t unsaid = size - pc_entry_said(entry);
    entry->rdev_major = (uint32_t)(unsaid >> 32);
    entry->rdev_minor = (uint32_t)unsaid;
    entry->size = size;
}

/* Whether a file still has the size and modification time of its record, so that its data is unchanged. */
bool pc_entry_is_unchanged(const struct pc_entry *entry, const struct stat *now);

/* The outcome of an entry. */
static inline enum pc_outcome pc_entry_outcome(const struct pc_entry *entry)
{
    return entry->operation != PC_NONE ? PC_FAILED : (enum pc_outcome)entry->outcome;
}

/* Sets the outcome of an entry. */
static inline void pc_entry_came_to(struct pc_entry *entry, struct pc_result result)
{
    entry->outcome = (uint8_t)(result.outcome == PC_FAILED ? PC_DONE : result.outcome);
    entry->operation = (uint8_t)pc_operation_of(result.failure);
    entry->error = (uint16_t)pc_errno_of(result.failure);
}

/* Whether the entry's status could not be read when it was listed. */
static inline bool pc_entry_is_undescribed(const struct pc_entry *entry)
{
    return entry->operation == PC_STAT;
}

/*
 * Counts the records in `bytes`. Returns -EINVAL unless all are complete and of named entries that are not directories.
 */
int pc_count_records(struct pc_entry *entry, size_t bytes);
