#include "pcircle_config.h"

#include "copy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "whole.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- holes ---- */

struct extent {
    int64_t start, end;
};

/*
 * Finds the next data at or behind `position`; before it is a hole. Where there is none up to `end`, the extent is
 * empty and stands at `end`, or at the end of the file if that comes first. Returns 0 or -errno.
 */
static int find_data(int source, int64_t position, int64_t end, struct extent *data)
{
    int64_t start = lseek(source, position, SEEK_DATA);
    if (start < 0 && errno == ENXIO) {
        int64_t file_end = lseek(source, 0, SEEK_END);
        if (file_end < 0)
            return -errno;
        data->start = data->end = file_end < position ? position : least(file_end, end);
        return 0;
    }
    if (start < 0 && errno != EINVAL && errno != EOPNOTSUPP && errno != ENOSYS)
        return -errno;
    data->start = start < position ? position : least(start, end); /* not supported: all is data */
    int64_t stop = start < 0 ? end : lseek(source, data->start, SEEK_HOLE);
    data->end = stop <= data->start ? end : least(stop, end); /* an answer that leads nowhere: all is data */
    return 0;
}

/* The smallest hole that any file system makes: a sector. */
enum { HOLE_BYTES_MIN = 512 };

static bool is_zero(const char *bytes, size_t count)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0;
}

/* Whether some of the data may have come from a hole, which reads as zeros. Nearly always the first byte says no. */
static bool may_have_holes(const char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += HOLE_BYTES_MIN)
        if (is_zero(data + i, bytes - i < HOLE_BYTES_MIN ? bytes - i : HOLE_BYTES_MIN))
            return true;
    return false;
}

/* ---- the rungs ---- */

static int64_t write_fully(const struct pc_copy *copy, const char *data, size_t bytes, int64_t offset)
{
    ssize_t written = pc_write_at(copy->target, data, bytes, offset);
    return written < 0 ? pc_failed(copy->context, PC_WRITE, (int)-written) : written;
}

static int64_t read_some(const struct pc_copy *copy, char *data, size_t bytes, int64_t offset)
{
    ssize_t n = TEMP_FAILURE_RETRY(pread(copy->source, data, bytes, offset));
    return n < 0 ? pc_failed(copy->context, PC_READ, errno) : n;
}

/* A rung moves up to so many bytes, and returns how many, 0 at the end of the source, or -errno. */
typedef int64_t rung(const struct pc_copy *copy, int64_t offset, size_t bytes);

static int64_t through_buffer(const struct pc_copy *copy, int64_t offset, size_t bytes)
{
    int64_t n = read_some(copy, copy->io, bytes < copy->io_bytes ? bytes : copy->io_bytes, offset);
    return n <= 0 ? n : write_fully(copy, copy->io, (size_t)n, offset);
}

#ifdef PCIRCLE_HAVE_COPY_FILE_RANGE
static int64_t within_kernel(const struct pc_copy *copy, int64_t offset, size_t bytes)
{
    off_t from = offset, to = offset;
    ssize_t n = TEMP_FAILURE_RETRY(copy_file_range(copy->source, &from, copy->target, &to, bytes, 0));
    if (n < 0)
        return pc_failed(copy->context, PC_COPY, errno);
    /* Files that the kernel makes up as they are read look empty to it: only a read proves the end. */
    return n > 0 ? n : through_buffer(copy, offset, bytes);
}
#endif

static rung *const ladder[] = {
    [PC_BUFFERED] = through_buffer,
#ifdef PCIRCLE_HAVE_COPY_FILE_RANGE
    [PC_COPY_FILE_RANGE] = within_kernel,
#endif
    [PC_REFLINK] = NULL,
};

/* "Can't here" is not "failed": these say that the method does not suit the two files, not that the files are bad. */
static bool cannot_here(int error)
{
    switch (error) {
    case EXDEV:      /* two file systems that do not know each other */
    case ENOSYS:     /* an old kernel */
    case EPERM:      /* a container's filter of system calls */
    case EINVAL:     /* a file system without it, or kinds of files that it does not take */
    case EOPNOTSUPP: /* likewise */
    case ENOTTY:     /* likewise */
    case ETXTBSY:    /* a file that is being executed or swapped to */
        return true;
    default:
        return false;
    }
}

/* Moves up to so many bytes by the highest rung that works, which is remembered. */
static int64_t move(const struct pc_copy *copy, int64_t offset, size_t bytes)
{
    struct pc_context *context = copy->context;
    if (context->method < PC_BUFFERED || context->method > PC_REFLINK)
        return pc_failed(context, PC_COPY, EINVAL);
    for (;; context->method--) {
        rung *way = ladder[context->method];
        int64_t moved = way ? way(copy, offset, bytes) : pc_failed(context, PC_COPY, EOPNOTSUPP);
        bool step_down = moved < 0 && cannot_here((int)-moved) && !context->forced && context->method > PC_BUFFERED;
        if (!step_down)
            return moved;
    }
}

/* ---- ranges and files ---- */

/* Copies what has no holes. Returns the bytes done, fewer at the source's end or when stopped, or -errno. */
static int64_t copy_extent(const struct pc_copy *copy, struct extent data)
{
    int64_t position = data.start;
    while (position < data.end && !pc_stopping(copy->context)) {
        int64_t moved = move(copy, position, (size_t)least(data.end - position, PC_PIECE_BYTES_MAX));
        if (moved < 0)
            return moved;
        if (moved == 0)
            break;
        position += moved;
    }
    return position - data.start;
}

/*
 * Copies the data between two places. Returns the place up to which all is done, holes included, or -errno; `written`
 * is the end of what was written, which is before that when the last is a hole.
 */
static int64_t copy_data(const struct pc_copy *copy, int64_t position, int64_t end, int64_t *written)
{
    *written = position;
    while (position < end && !pc_stopping(copy->context)) {
        struct extent data;
        int error = find_data(copy->source, position, end, &data);
        if (error < 0)
            return pc_failed(copy->context, PC_READ, -error);
        int64_t copied = copy_extent(copy, data);
        if (copied < 0)
            return copied;
        position = data.start + copied;
        if (copied > 0)
            *written = position;
        if (position < data.end || data.start == data.end)
            break;
    }
    return position;
}

int64_t pc_copy_range(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    if (offset < 0 || bytes < 0 || bytes > INT64_MAX - offset)
        return pc_failed(copy->context, PC_COPY, EINVAL);
    int64_t written;
    int64_t end = copy_data(copy, offset, offset + bytes, &written);
    if (end < 0)
        return end;
    copy->context->bytes += end - offset;
    return end - offset;
}

/* Makes a target that ends before `bytes` end there, in a hole. */
static int64_t extend(const struct pc_copy *copy, int64_t written, int64_t bytes)
{
    if (written < bytes && TEMP_FAILURE_RETRY(ftruncate(copy->target, bytes)) < 0)
        return pc_failed(copy->context, PC_WRITE, errno);
    return bytes;
}

/* Writes what was read from the start of the source, but for what lies in its holes. */
static int64_t write_between_holes(const struct pc_copy *copy, int64_t bytes)
{
    int64_t written = 0;
    for (int64_t position = 0; position < bytes;) {
        struct extent data;
        int error = find_data(copy->source, position, bytes, &data);
        if (error < 0)
            return pc_failed(copy->context, PC_READ, -error);
        if (data.start == data.end)
            break;
        int64_t n = write_fully(copy, (char *)copy->io + data.start, (size_t)(data.end - data.start), data.start);
        if (n < 0)
            return n;
        position = written = data.end;
    }
    return extend(copy, written, bytes);
}

/*
 * A file that fits the buffer: one read and one write, and a look for holes only when there are zeros. Where there is
 * room, one byte more than expected is asked for, so that a file that has grown, or whose size the file system does
 * not tell, is found out by the same call.
 */
static int64_t copy_at_once(const struct pc_copy *copy, int64_t bytes)
{
    size_t wanted = (size_t)bytes < copy->io_bytes ? (size_t)bytes + 1 : (size_t)bytes;
    char *data = copy->io;
    int64_t got = 0, n;
    do {
        n = read_some(copy, data + got, wanted - (size_t)got, got);
        if (n < 0)
            return n;
        got += n;
    } while (n > 0 && got < bytes);
    return may_have_holes(data, (size_t)got) ? write_between_holes(copy, got) : write_fully(copy, data, (size_t)got, 0);
}

static bool goes_at_once(const struct pc_copy *copy, int64_t bytes)
{
    const struct pc_context *context = copy->context;
    bool by_reading = context->method == PC_BUFFERED
        || (context->method == PC_COPY_FILE_RANGE && context->small_buffered && !context->forced);
    return bytes == 0 || (by_reading && (uint64_t)bytes <= copy->io_bytes);
}

int64_t pc_copy_file(const struct pc_copy *copy, int64_t bytes)
{
    if (goes_at_once(copy, bytes))
        return copy_at_once(copy, bytes);
    int64_t written;
    int64_t end = copy_data(copy, 0, bytes, &written);
    return end < 0 ? end : extend(copy, written, end);
}
