#include "pcircle_config.h"

#include "data/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/buffered_io.h"
#include "data/copy_methods.h"
#include "data/direct_io.h"
#include "record/entry.h"
#include "sys/full_io.h"
#include "sys/retry.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- holes ---- */

struct extent {
    int64_t start, end;
};

/*
 * In the last page of a file that is as long as files can be the kernel overlooks data (tmpfs, Linux 6.1 and others): whoever looks
 * for its end computes one that is too large a number. So what could be that page is looked at. Returns 1 if it has any, 0, or -errno.
 */
enum { PAGE_BYTES_MAX = 64 << 10 };

static const int64_t last_page = INT64_MAX - INT64_MAX % PAGE_BYTES_MAX;

static int has_overlooked(int source, int64_t file_end)
{
    char tail[PAGE_BYTES_MAX];
    ssize_t got = file_end <= last_page ? 0 : pc_read_at(source, tail, (size_t)(file_end - last_page), last_page);
    return got <= 0 ? (int)got : !pc_is_zero(tail, (size_t)got);
}

/*
 * Finds the next data at or behind `position`; before it is a hole. It may go on beyond `end`. Where there is none up to
 * there, the extent is empty and stands at `end`, or at the end of the file if that comes first. Returns 0 or -errno.
 */
static int find_data(int source, int64_t position, int64_t end, struct extent *data)
{
    int64_t start = lseek(source, position, SEEK_DATA);
    if (start < 0 && errno == ENXIO) {
        int64_t file_end = lseek(source, 0, SEEK_END);
        if (file_end < 0)
            return -errno;
        data->start = data->end = file_end < position ? position : least(file_end, end);
        int overlooked = end > last_page ? has_overlooked(source, file_end) : 0;
        if (overlooked > 0)
            data->start = position > last_page ? position : last_page;
        return overlooked < 0 ? overlooked : 0;
    }
    if (start < 0 && errno != EINVAL && errno != EOPNOTSUPP && errno != ENOSYS)
        return -errno;
    data->start = start < position ? position : least(start, end); /* not supported: all is data */
    int64_t stop = start < 0 ? end : lseek(source, data->start, SEEK_HOLE);
    data->end = stop <= data->start ? end : stop; /* an answer that leads nowhere: all is data */
    return 0;
}

/*
 * Where the next hole is some file systems (tmpfs) find out by looking at every page on the way: for each range of a file
 * without holes that is all the rest of it. So a worker remembers what it found in its context, for the file's other ranges.
 */
static void recall(const struct pc_copy *copy)
{
    struct pc_context *context = copy->context;
    struct stat status = {0};
    bool same = fstat(copy->source, &status) == 0 && status.st_dev == context->data_cache_device
        && status.st_ino == context->data_cache_inode;
    if (!same) {
        context->data_cache_device = status.st_dev;
        context->data_cache_inode = status.st_ino;
        context->data_cache_start = context->data_cache_end = 0;
    }
}

/* For a file that is looked at once: what is found in it is nobody's later, and to ask who it is would cost a call. */
static void forget(const struct pc_copy *copy)
{
    struct pc_context *context = copy->context;
    context->data_cache_device = context->data_cache_inode = 0;
    context->data_cache_start = context->data_cache_end = 0;
}

static int find_or_recall(const struct pc_copy *copy, int64_t position, int64_t end, struct extent *data)
{
    struct pc_context *context = copy->context;
    *data = (struct extent){position, context->data_cache_end};
    if (position < context->data_cache_start || position >= context->data_cache_end) {
        int error = find_data(copy->source, position, end, data);
        if (error < 0)
            return error;
        context->data_cache_start = data->start;
        context->data_cache_end = data->end;
    }
    data->end = least(data->end, end);
    return 0;
}

/* The smallest hole that any file system makes: a sector. */
enum { HOLE_BYTES_MIN = 512 };

/* Whether some of the data may have come from a hole, which reads as zeros. Nearly always the first byte says no. */
static bool may_have_holes(const char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += HOLE_BYTES_MIN)
        if (pc_is_zero(data + i, bytes - i < HOLE_BYTES_MIN ? bytes - i : HOLE_BYTES_MIN))
            return true;
    return false;
}

/* Finds the next data at or behind `position` and before `end`; all is data where holes are to be filled. */
static int next_data(const struct pc_copy *copy, int64_t position, int64_t end, struct extent *data)
{
    if (copy->context->sparse != PC_SPARSE_NEVER)
        return find_or_recall(copy, position, end, data);
    *data = (struct extent){position, end};
    return 0;
}

/* ---- one copy ---- */

/* What sees the data on its way can leave zeros out, what takes holes along cannot fill them. */
static uint32_t methods_that_suit(enum pc_sparse sparse)
{
    uint32_t reading = pc_method_bit(PC_BUFFERED) | pc_method_bit(PC_DIRECT);
    switch (sparse) {
    case PC_SPARSE_ALWAYS:
        return reading;
    case PC_SPARSE_NEVER:
        return reading | pc_method_bit(PC_SPLICE);
    default:
        return UINT32_MAX;
    }
}

/* Chooses the methods to try. Returns 0 or -errno. */
static int begin(struct pc_move *move, const struct pc_copy *copy)
{
    struct pc_context *context = copy->context;
    bool known = context->method >= PC_AUTO && context->method <= PC_REFLINK
        && context->sparse >= PC_SPARSE_AUTO && context->sparse <= PC_SPARSE_NEVER;
    *move = (struct pc_move){.copy = copy, .end = -1};
    if (known && context->method == PC_AUTO) {
        move->choice = pc_method_choice_between(copy->source, copy->target);
        move->methods = pc_methods_left(move->choice);
    } else if (known) {
        move->methods = pc_method_bit((enum pc_method)context->method);
    }
    move->methods &= methods_that_suit((enum pc_sparse)context->sparse);
    return move->methods ? 0 : pc_failed(PC_COPY, EINVAL);
}

/* What is read ahead by itself needs no advice. */
enum { READAHEAD_BYTES_USUAL = 1 << 20 };

/* Has the kernel read all of a piece at once, if it is going to be read through the page cache. */
static void read_ahead(const struct pc_move *move, int64_t offset, int64_t bytes)
{
    if (bytes > READAHEAD_BYTES_USUAL && move->methods < pc_method_bit(PC_COPY_FILE_RANGE) && !move->direct)
        posix_fadvise(move->copy->source, offset, bytes, POSIX_FADV_WILLNEED);
}

/*
 * Moves up to so many bytes, and asks for one more at the end of the source, so that the same call finds out whether there are
 * more than it says; but what copies without us, or in whole blocks, goes by what it says.
 */
static int64_t move_piece(struct pc_move *move, int64_t offset, int64_t bytes)
{
    const struct pc_copy *copy = move->copy;
    const uint32_t looks = pc_method_bit(PC_BUFFERED) | pc_method_bit(PC_SPLICE);
    bool last = offset + bytes == move->end && (move->methods & ~looks) == 0;
    int64_t moved = pc_move(move, offset, (size_t)bytes + last);
    if (last && moved >= bytes) {
        bool through_pipe = move->methods & pc_method_bit(PC_SPLICE);
        move->beyond = (size_t)bytes < copy->io_bytes && (!through_pipe || (size_t)bytes < copy->pipe->bytes);
    }
    return moved;
}

/* Copies what has no holes. Returns the bytes done, fewer at the source's end or when stopped, or -errno. */
static int64_t copy_extent(struct pc_move *move, struct extent data)
{
    int64_t position = data.start, advised = data.start;
    while (position < data.end && !pc_stopping(move->copy->context)) {
        int64_t piece = least(data.end - position, PC_PIECE_BYTES_MAX);
        if (position == advised) {
            read_ahead(move, position, piece);
            advised += piece;
        }
        int64_t moved = move_piece(move, position, least(piece, advised - position));
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
static int64_t copy_data(struct pc_move *move, int64_t position, int64_t end, int64_t *written)
{
    const struct pc_copy *copy = move->copy;
    int64_t left = copy->data_max > 0 ? copy->data_max : INT64_MAX;
    *written = position;
    recall(copy);
    while (position < end && !pc_stopping(copy->context)) {
        struct extent data;
        int error = next_data(copy, position, end, &data);
        if (error < 0)
            return pc_failed(PC_READ, -error);
        if (data.end - data.start > left)
            data.end = data.start + left;
        int64_t copied = copy_extent(move, data);
        if (copied < 0)
            return copied;
        position = data.start + copied;
        if (copied > 0 && copy->context->sparse != PC_SPARSE_ALWAYS) /* which may have left the last out */
            *written = position;
        left -= copied;
        if (position < data.end || data.start == data.end || left <= 0)
            break;
    }
    return position;
}

/* ---- ranges ---- */

int64_t pc_copy_range(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    if (offset < 0 || bytes < 0 || bytes > INT64_MAX - offset)
        return pc_failed(PC_COPY, EINVAL);
    struct pc_move move;
    int error = begin(&move, copy);
    if (error < 0)
        return error;
    int64_t written;
    int64_t end = copy_data(&move, offset, offset + bytes, &written);
    pc_direct_off(&move);
    if (end < 0)
        return end;
    copy->context->bytes += end - offset;
    return end - offset;
}

int64_t pc_clone_file(const struct pc_copy *copy)
{
    struct pc_move move;
    int error = begin(&move, copy);
    int64_t bytes = error < 0 ? error : pc_clone_whole(&move);
    if (bytes > 0)
        copy->context->bytes += bytes;
    return bytes;
}

/* ---- files ---- */

static int set_length(const struct pc_copy *copy, int64_t bytes)
{
    return PC_RETRY(ftruncate(copy->target, bytes)) < 0 ? pc_failed(PC_WRITE, errno) : 0;
}

/* Makes a target that ends before `bytes` end there, in a hole. */
static int64_t extend(const struct pc_copy *copy, int64_t written, int64_t bytes)
{
    int error = written < bytes ? set_length(copy, bytes) : 0;
    return error < 0 ? error : bytes;
}

/*
 * Gives a target that will have holes its length before anything is written: beyond the end of a file that grows xfs
 * allocates more than is asked for, and what of that comes to lie in holes would stay.
 */
static int make_room_for_holes(const struct pc_copy *copy, int64_t bytes)
{
    struct extent data;
    recall(copy);
    int error = next_data(copy, 0, bytes, &data);
    if (error < 0)
        return pc_failed(PC_READ, -error);
    bool has_holes = data.start > 0 || data.end < bytes;
    return has_holes ? set_length(copy, bytes) : 0;
}

/* Writes a piece that was read, but for what lies in the source's holes. Returns the end of what was written, or -errno. */
static int64_t write_between_holes(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    int64_t written = offset;
    for (int64_t position = offset, end = offset + bytes; position < end;) {
        struct extent data;
        int error = find_or_recall(copy, position, end, &data);
        if (error < 0)
            return pc_failed(PC_READ, -error);
        if (data.start >= data.end)
            break;
        const char *from = (char *)copy->io + (data.start - offset);
        int64_t n = pc_put(copy, from, (size_t)(data.end - data.start), data.start);
        if (n < 0)
            return n;
        position = written = data.end;
    }
    return written;
}

/* Writes a piece that was read, with the holes that it shall have. Returns as above. */
static int64_t write_piece(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    enum pc_sparse sparse = (enum pc_sparse)copy->context->sparse;
    if (sparse == PC_SPARSE_AUTO && may_have_holes(copy->io, (size_t)bytes))
        return write_between_holes(copy, offset, bytes);
    int64_t written = pc_put(copy, copy->io, (size_t)bytes, offset);
    return written < 0 ? written : sparse == PC_SPARSE_ALWAYS ? offset : offset + bytes;
}

/* As pc_read_enough, of the source into the copy's memory; says what failed. */
static int64_t read_piece(const struct pc_copy *copy, int64_t offset, size_t wanted, int64_t enough)
{
    ssize_t got = pc_read_enough(copy->source, copy->io, wanted, (size_t)enough, offset);
    return got < 0 ? pc_failed(PC_READ, (int)-got) : got;
}

int64_t pc_copy_via_buffer(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    bool valid = offset >= 0 && bytes >= 0 && bytes <= INT64_MAX - offset && (uint64_t)bytes <= copy->io_bytes;
    if (!valid)
        return pc_failed(PC_COPY, EINVAL);
    int64_t got = read_piece(copy, offset, (size_t)bytes, bytes);
    if (got <= 0)
        return got;
    recall(copy);
    copy->context->moved[PC_BUFFERED] += got;
    int64_t written = write_piece(copy, offset, got);
    return written < 0 ? written : got;
}

int64_t pc_next_data(const struct pc_copy *copy, int64_t offset, int64_t end)
{
    struct extent data;
    recall(copy);
    int error = next_data(copy, offset, end, &data);
    if (error < 0)
        return pc_failed(PC_READ, -error);
    return data.start < data.end ? data.start : end;
}

/* Writes a file that was read whole into an empty one, with the holes that it shall have. Returns its length or -errno. */
static int64_t write_whole(const struct pc_copy *copy, int64_t bytes)
{
    forget(copy);
    copy->context->moved[PC_BUFFERED] += bytes;
    bool may_leave_out =
        bytes > 0 && copy->context->sparse != PC_SPARSE_NEVER && may_have_holes(copy->io, (size_t)bytes);
    int error = may_leave_out ? set_length(copy, bytes) : 0;
    int64_t written = error < 0 ? error : bytes > 0 ? write_piece(copy, 0, bytes) : 0;
    if (written < 0 || may_leave_out)
        return written < 0 ? written : bytes;
    return extend(copy, written, bytes);
}

int64_t pc_write_again(const struct pc_copy *copy, int64_t bytes)
{
    int error = set_length(copy, 0);
    return error < 0 ? error : write_whole(copy, bytes);
}

/* Looks whether the source has more than it says, once all of that is copied. Returns the target's length or -errno. */
static int64_t look_beyond(const struct pc_copy *copy, int64_t bytes)
{
    char more;
    ssize_t got = pc_read_at(copy->source, &more, 1, bytes);
    if (got < 0)
        return pc_failed(PC_READ, (int)-got);
    int64_t written = got > 0 ? pc_put(copy, &more, 1, bytes) : 0;
    return written < 0 ? written : bytes + got;
}

int64_t pc_copy_rest(const struct pc_copy *copy, int64_t copied, bool seen)
{
    struct pc_context *context = copy->context;
    int64_t end = copied;
    if (seen) {
        char *behind = (char *)copy->io + copied;
        ssize_t got = pc_read_at(copy->source, behind, copy->io_bytes - (size_t)copied, copied);
        int64_t written = got > 0 ? pc_put(copy, behind, (size_t)got, copied) : got;
        end = got < 0 ? pc_failed(PC_READ, (int)-got) : written < 0 ? written : copied + got;
        if (end == (int64_t)copy->io_bytes) {
            end = pc_find_end(copy->source, copy->io, copy->io_bytes, end, &context->stop);
            end = end < 0 ? pc_failed(PC_READ, (int)-end) : end;
        }
    } else {
        for (int64_t got = 1; end >= 0 && got > 0;) {
            got = pc_stopping(context) ? pc_failed(PC_READ, EINTR) : read_piece(copy, end, copy->io_bytes, 1);
            int64_t written = got > 0 ? pc_put(copy, copy->io, (size_t)got, end) : got;
            end = written < 0 ? written : end + got;
        }
    }
    if (end > copied)
        context->moved[PC_BUFFERED] += end - copied;
    int error = end > 0 && context->sparse == PC_SPARSE_ALWAYS ? set_length(copy, end) : 0;
    return error < 0 ? error : end;
}

/*
 * A file that fits the buffer: one read and one write, and a look for holes only when there are zeros. Where there is
 * room, one byte more than expected is asked for, so that a file that has grown is found out by the same call; where none is
 * expected, a good deal.
 */
static int64_t copy_at_once(const struct pc_copy *copy, int64_t bytes)
{
    bool has_room = (size_t)bytes < copy->io_bytes;
    size_t wanted = (size_t)least(bytes > 0 ? bytes + has_room : PC_UNSAID_BYTES, (int64_t)copy->io_bytes);
    int64_t got = read_piece(copy, 0, wanted, bytes);
    int64_t written = got < 0 ? got : write_whole(copy, got);
    return written == bytes && !has_room ? look_beyond(copy, bytes) : written;
}

static bool fits(const struct pc_copy *copy, int64_t bytes)
{
    return (uint64_t)bytes <= copy->io_bytes;
}

/* Below this, choosing a method costs more than any gains over one read and one write. */
enum { SMALL_BYTES = 64 << 10 };

int64_t pc_copy_file(const struct pc_copy *copy, int64_t bytes)
{
    bool small = copy->context->method == PC_AUTO && bytes < SMALL_BYTES && fits(copy, bytes);
    if (small || bytes == 0)
        return copy_at_once(copy, bytes);
    struct pc_move move;
    int error = begin(&move, copy);
    if (error < 0)
        return error;
    if (move.methods == pc_method_bit(PC_BUFFERED) && fits(copy, bytes))
        return copy_at_once(copy, bytes);
    int64_t end = pc_clone_whole(&move);
    if (end != 0)
        return end;
    error = make_room_for_holes(copy, bytes);
    if (error < 0)
        return error;
    int64_t written;
    move.end = bytes;
    end = copy_data(&move, 0, bytes, &written);
    pc_direct_off(&move);
    if (end == bytes) {
        end = extend(copy, written, end);
        return end < 0 || move.beyond || pc_stopping(copy->context) ? end : look_beyond(copy, end);
    }
    if (end < 0)
        return end;
    error = set_length(copy, end); /* which may be less than it was given */
    return error < 0 ? error : end;
}

/* A file that was cloned whole, as far as it fits the buffer. Returns its length or -errno. */
static int64_t read_clone(const struct pc_copy *copy, int64_t bytes)
{
    size_t wanted = (uint64_t)bytes < copy->io_bytes ? (size_t)bytes : copy->io_bytes;
    int64_t got = read_piece(copy, 0, wanted, (int64_t)wanted);
    return got < 0 ? got : bytes;
}

int64_t pc_copy_file_via_buffer(const struct pc_copy *copy, int64_t bytes)
{
    if (!fits(copy, bytes))
        return pc_failed(PC_COPY, EINVAL);
    bool small = copy->context->method == PC_AUTO && bytes < SMALL_BYTES;
    if (small || bytes == 0)
        return copy_at_once(copy, bytes);
    struct pc_move move;
    int error = begin(&move, copy);
    int64_t cloned = error < 0 ? error : pc_clone_whole(&move);
    if (cloned < 0)
        return cloned;
    return cloned > 0 ? read_clone(copy, cloned) : copy_at_once(copy, bytes);
}
