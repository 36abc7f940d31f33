#include "pcircle_config.h"

#include "entries/read_entries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/full_io.h"
#include "sys/open_file.h"
#include "sys/retry.h"

static int64_t read_link(int dir, const char *name, void *io, size_t io_bytes)
{
    ssize_t bytes = PC_RETRY(readlinkat(dir, name, io, io_bytes));
    return bytes < 0 ? pc_failed(PC_READLINK, errno) : bytes;
}

static int64_t read_file(int dir, const char *name, const struct pc_entry *entry, void *io)
{
    int fd = pc_open_file(dir, name, O_RDONLY);
    if (fd < 0)
        return pc_failed(PC_OPEN, -fd);
    ssize_t bytes = pc_read_at(fd, io, entry->size, 0);
    close(fd);
    if (bytes >= 0 && (uint64_t)bytes != entry->size)
        bytes = -ESTALE;
    return bytes < 0 ? pc_failed(PC_READ, (int)-bytes) : bytes;
}

int64_t pc_read_content(int dir, const char *name, const struct pc_entry *entry, void *io, size_t io_bytes)
{
    switch (entry->type) {
    case DT_LNK:
        return read_link(dir, name, io, io_bytes);
    case DT_REG:
        return entry->size > io_bytes ? pc_failed(PC_READ, EINVAL) : read_file(dir, name, entry, io);
    default:
        return 0;
    }
}

bool pc_has_room(const struct pc_entry *entry, size_t io_bytes)
{
    if (entry->type == DT_LNK)
        return io_bytes > PATH_MAX;
    return entry->type != DT_REG || (entry->size > 0 ? entry->size <= io_bytes : io_bytes >= PC_UNSAID_BYTES_MIN);
}

size_t pc_room_taken(const struct pc_entry *entry, size_t io_bytes)
{
    enum pc_outcome outcome = pc_entry_outcome(entry);
    bool is_good = pc_is_good(outcome);
    if (!is_good || (entry->type != DT_REG && entry->type != DT_LNK))
        return 0;
    size_t bytes = ((size_t)entry->size + 7) & ~(size_t)7;
    return bytes < io_bytes ? bytes : io_bytes;
}

/* ---- how long a file is ---- */

static int measure_open(int fd, struct pc_entry *entry, struct pc_context *context, void *io, size_t io_bytes)
{
    int64_t end = pc_ends_at(fd, (int64_t)entry->size);
    if (end == 0)
        end = pc_find_end(fd, io, io_bytes, 0, &context->stop);
    else if (end > 0)
        return 0;
    if (end < 0)
        return pc_failed(PC_READ, (int)-end);
    struct stat now;
    if (PC_RETRY(fstat(fd, &now)) < 0)
        return pc_failed(PC_STAT, errno);
    if (!pc_entry_is_unchanged(entry, &now))
        return 0;
    pc_entry_found(entry, (uint64_t)end);
    return 1;
}

int pc_measure(int dir, struct pc_entry *entry, struct pc_context *context, void *io, size_t io_bytes)
{
    int fd = pc_open_file(dir, entry->name, O_RDONLY);
    if (fd < 0)
        return pc_failed(PC_OPEN, -fd);
    int result = measure_open(fd, entry, context, io, io_bytes);
    close(fd);
    return result;
}

/* ---- entries that must match their records ---- */

/* Reads one byte more than expected, if there is room for it, and PC_UNSAID_BYTES if nothing is expected. */
static ssize_t read_beyond(int fd, size_t expected, void *io, size_t io_bytes)
{
    if (expected > 0 && expected == io_bytes) {
        ssize_t got = pc_read_at(fd, io, expected, 0);
        int ends = (size_t)got == expected ? pc_ends_at(fd, got) : 1;
        return ends < 0 ? ends : ends ? got : got + 1;
    }
    size_t wanted = expected > 0 ? expected + 1 : io_bytes < PC_UNSAID_BYTES ? io_bytes : PC_UNSAID_BYTES;
    return pc_read_enough(fd, io, wanted, expected, 0);
}

/* Reads the rest of the file, as far as there is room. Returns the end of the file, or -errno. */
static int64_t read_rest(int fd, char *io, size_t io_bytes, int64_t got, const struct pc_context *context)
{
    if ((size_t)got < io_bytes) {
        ssize_t more = pc_read_at(fd, io + got, io_bytes - (size_t)got, got);
        if (more < 0 || (size_t)(got + more) < io_bytes)
            return more < 0 ? more : got + more;
        got += more;
    }
    char little[PC_UNSAID_BYTES_MIN];
    bool has_more = io_bytes > sizeof little; /* its content is not needed */
    return pc_find_end(fd, has_more ? io : little, has_more ? io_bytes : sizeof little, got, &context->stop);
}

/* Reads the data, and the status again. */
static struct pc_result read_open(int fd, struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context)
{
    int64_t got = read_beyond(fd, (size_t)entry->size, io, io_bytes);
    struct stat now;
    if (PC_RETRY(fstat(fd, &now)) < 0)
        return pc_result_of(pc_failed(PC_STAT, errno));
    if (!S_ISREG(now.st_mode)) /* the name belongs to another entry now */
        return pc_result_of(pc_failed(PC_OPEN, ESTALE));
    if (got > (int64_t)entry->size && pc_entry_is_unchanged(entry, &now)) {
        got = read_rest(fd, io, io_bytes, got, context);
        if (PC_RETRY(fstat(fd, &now)) < 0)
            return pc_result_of(pc_failed(PC_STAT, errno));
    }
    if (got < 0)
        return pc_result_of(pc_failed(PC_READ, (int)-got));
    if (!pc_entry_is_unchanged(entry, &now))
        return pc_came_to(PC_CHANGED);
    pc_entry_found(entry, (uint64_t)got);
    if ((size_t)got > io_bytes)
        return pc_came_to(PC_NOT_DONE);
    context->bytes += got;
    return pc_came_to(PC_DONE);
}

static struct pc_result read_entry(
    int dir, struct pc_entry *entry, void *io, size_t io_bytes, struct pc_context *context)
{
    if (pc_entry_is_undescribed(entry))
        return pc_result_of(pc_failed(PC_STAT, entry->error));
    if (entry->type == DT_LNK) {
        int64_t bytes = read_link(dir, entry->name, io, io_bytes);
        if (bytes < 0)
            return pc_result_of((int)bytes);
        entry->size = (uint64_t)bytes; /* as not every file system has it in st_size */
    }
    if (entry->type != DT_REG)
        return pc_came_to(PC_DONE);
    if (entry->size > io_bytes)
        return pc_result_of(pc_failed(PC_READ, EINVAL));
    int fd = pc_open_name(dir, entry->name, O_RDONLY);
    if (fd < 0)
        return pc_result_of(pc_failed(PC_OPEN, -fd));
    struct pc_result result = read_open(fd, entry, io, io_bytes, context);
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
        bool stop = pc_stopping(context);
        struct pc_result result = stop ? pc_came_to(PC_NOT_DONE) : read_entry(dir, entry, room, io_bytes, context);
        pc_entry_came_to(entry, pc_gave_up(context, result.failure) ? pc_came_to(PC_NOT_DONE) : result);
        size_t taken = pc_room_taken(entry, io_bytes);
        room += taken;
        io_bytes -= taken;
    }
    return (char *)entry - (char *)records;
}
