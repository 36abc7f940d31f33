#include "pcircle_config.h"

#include "content.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "again.h"
#include "open.h"
#include "whole.h"

static int64_t read_link(int dir, const char *name, void *io, size_t io_bytes, struct pc_context *context)
{
    ssize_t bytes = PC_RETRY(readlinkat(dir, name, io, io_bytes));
    return bytes < 0 ? pc_failed(context, PC_READLINK, errno) : bytes;
}

static int64_t read_file(int dir, const char *name, const struct pc_entry *entry, void *io, struct pc_context *context)
{
    int fd = pc_open_file(dir, name, O_RDONLY);
    if (fd < 0)
        return pc_failed(context, PC_OPEN, -fd);
    ssize_t bytes = pc_read_at(fd, io, entry->size, 0);
    close(fd);
    if (bytes >= 0 && (uint64_t)bytes != entry->size)
        bytes = -ESTALE;
    return bytes < 0 ? pc_failed(context, PC_READ, (int)-bytes) : bytes;
}

int64_t pc_read_content(
    int dir, const char *name, const struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context)
{
    switch (entry->type) {
    case DT_LNK:
        return read_link(dir, name, io, io_bytes, context);
    case DT_REG:
        return entry->size > io_bytes ? pc_failed(context, PC_READ, EINVAL) : read_file(dir, name, entry, io, context);
    default:
        return 0;
    }
}

bool pc_has_room(const struct pc_entry *entry, size_t io_bytes)
{
    return entry->type == DT_LNK ? io_bytes > PATH_MAX : entry->type != DT_REG || entry->size <= io_bytes;
}

size_t pc_room_taken(const struct pc_entry *entry, size_t io_bytes)
{
    bool is_good =
        entry->operation == PC_NONE || entry->operation == PC_UP_TO_DATE || entry->operation == PC_FINISHED;
    if (!is_good || (entry->type != DT_REG && entry->type != DT_LNK))
        return 0;
    size_t bytes = ((size_t)entry->size + 7) & ~(size_t)7;
    return bytes < io_bytes ? bytes : io_bytes;
}

/* ---- entries that must be what their records say ---- */

/* Reads the data and looks at the file again. Asks for one byte more than there should be, where there is room for it. */
static int read_open(
    int fd, const struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context)
{
    size_t expected = (size_t)entry->size;
    ssize_t got = pc_read_enough(fd, io, expected < io_bytes ? expected + 1 : expected, expected, 0);
    struct stat now;
    if (PC_RETRY(fstat(fd, &now)) < 0)
        return pc_failed(context, PC_STAT, errno);
    if (!S_ISREG(now.st_mode)) /* another thing has taken the name since it was listed */
        return pc_failed(context, PC_OPEN, ESTALE);
    if (got < 0)
        return pc_failed(context, PC_READ, (int)-got);
    if ((size_t)got != expected || !pc_entry_is_unchanged(entry, &now))
        return PC_CHANGED;
    context->bytes += got;
    return PC_NONE;
}

/* What came of an entry: PC_NONE, or -errno with the operation in the context, or PC_CHANGED. */
static int read_entry(int dir, struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context)
{
    if (pc_entry_is_undescribed(entry))
        return pc_failed(context, PC_STAT, entry->error);
    if (entry->type == DT_LNK) {
        int64_t bytes = read_link(dir, entry->name, io, io_bytes, context);
        if (bytes < 0)
            return (int)bytes;
        entry->size = (uint64_t)bytes; /* which not every file system says */
    }
    if (entry->type != DT_REG)
        return PC_NONE;
    if (entry->size > io_bytes)
        return pc_failed(context, PC_READ, EINVAL);
    int fd = pc_open_name(dir, entry->name, O_RDONLY);
    if (fd < 0)
        return pc_failed(context, PC_OPEN, -fd);
    int result = read_open(fd, entry, io, io_bytes, context);
    close(fd);
    return result;
}

int64_t pc_read_entries(
    int dir, void *records, size_t bytes, struct pc_context *context, void *io, size_t io_bytes)
{
    if (pc_count_records(records, bytes) < 0)
        return -EINVAL;
    struct pc_entry *entry = records;
    const char *end = (const char *)records + bytes, *all = io;
    for (char *room = io; (const char *)entry < end; entry = pc_entry_next(entry)) {
        if (!pc_has_room(entry, io_bytes) && room != all)
            break;
        int result = pc_stopping(context) ? PC_NOT_DONE : read_entry(dir, entry, room, io_bytes, context);
        if (result < 0 && pc_gave_up(context, -result))
            result = PC_NOT_DONE;
        entry->operation = (uint8_t)(result < 0 ? context->operation : result);
        entry->error = (uint16_t)(result < 0 ? -result : 0);
        size_t taken = pc_room_taken(entry, io_bytes);
        room += taken;
        io_bytes -= taken;
    }
    return (char *)entry - (char *)records;
}
