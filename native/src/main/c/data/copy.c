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
 * Whether there is data in the last page of a file of the maximum length, where SEEK_DATA overlooks it (tmpfs, Linux
 * 6.1 and others): computing the end of that page overflows. So the page is read. Returns 1 if there is, 0 if not, or
 * -errno.
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
 * Finds the next data at or after `position`; before it is a hole. The extent may end after `end`. If there is no data
 * before `end`, the extent is empty and at `end`, or at the end of the file if that comes first. Returns 0 or -errno.
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
    data->end = stop <= data->start ? end : stop; /* an invalid answer: all is data */
    return 0;
}

/*
 * Some file systems (tmpfs) find the next hole by looking at every page on the way: for each range of a file without
 * holes, that is all the rest of it. So the context caches the last extent found, for other ranges of the same file.
 */
static void recall(const struct pc_copy *copy)
{
    struct pc_data_cache *cache = &copy->context->data_cache;
    struct stat status = {0};
    bool same = fstat(copy->source, &status) == 0 && status.st_dev == cache->device && status.st_ino == cache->inode;
    if (!same)
        *cache = (struct pc_data_cache){.device = status.st_dev, .inode = status.st_ino};
}

/* For a file that is looked at once: its extents are not needed again, and identifying it would cost a system call. */
static void forget(const struct pc_copy *copy)
{
    copy->context->data_cache = (struct pc_data_cache){0};
}

static int find_or_recall(const struct pc_copy *copy, int64_t position, int64_t end, struct extent *data)
{
    struct pc_data_cache *cache = &copy->context->data_cache;
    *data = (struct extent){position, cache->end};
    if (position < cache->start || position >= cache->end) {
        int error = find_data(copy->source, position, end, data);
        if (error < 0)
            return error;
        cache->start = data->start;
        cache->end = data->end;
    }
    data->end = least(data->end, end);
    return 0;
}

/* The smallest hole of any file system: a sector. */
enum { HOLE_BYTES_MIN = 512 };

/* Whether some of the data may be from a hole, and so all zeros. The first byte nearly always decides. */
static bool may_have_holes(const char *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += HOLE_BYTES_MIN)
        if (pc_is_zero(data + i, bytes - i < HOLE_BYTES_MIN ? bytes - i : HOLE_BYTES_MIN))
            return true;
    return false;
}

/* Finds the next data at or after `position` and before `end`. All is data where holes are filled. */
static int next_data(const struct pc_copy *copy, int64_t position, int64_t end, struct extent *data)
{
    if (copy->context->sparse != PC_SPARSE_NEVER)
        return find_or_recall(copy, position, end, data);
    *data = (struct extent){position, end};
    return 0;
}

/* ---- one copy ---- */

/* Only a method that reads the data can leave zeros out. A method that copies holes cannot fill them. */
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

/* Chooses the methods to try. Returns 0 or a failure. */
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

/* Up to this size the kernel's own readahead suffices. */
enum { READAHEAD_BYTES_USUAL = 1 << 20 };

/* Starts readahead of a whole piece, if it will be read through the page cache. */
static void read_ahead(const struct pc_move *move, int64_t offset, int64_t bytes)
{
    if (bytes > READAHEAD_BYTES_USUAL && move->methods < pc_method_bit(PC_COPY_FILE_RANGE) && !move->direct)
        posix_fadvise(move->copy->source, offset, bytes, POSIX_FADV_WILLNEED);
}

/*
 * Copies up to `bytes`, and asks for one more at the expected end of the source: the same call then shows whether there
 * is more. Methods that copy within the kernel or in whole blocks stop at the expected end.
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

/* Copies data without holes. Returns the bytes done, fewer at the source's end or when stopped, or a failure. */
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
 * Copies the data between two offsets. Returns the offset up to which all is done, holes included, or a failure.
 * `written` is the end of the last write, which is before that if a hole follows.
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
        if (copied > 0 && copy->context->sparse != PC_SPARSE_ALWAYS) /* as the last blocks may have been left out */
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

/* Sets the length of a target that ends before `bytes`. */
static int64_t extend(const struct pc_copy *copy, int64_t written, int64_t bytes)
{
    int error = written < bytes ? set_length(copy, bytes) : 0;
    return error < 0 ? error : bytes;
}

/*
 * Sets the length of a target with holes before anything is written. When a file grows, xfs allocates more than was
 * written, and blocks that come to lie in holes would remain allocated.
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

/* Writes a piece that was read, except the source's holes. Returns the end of the last write, or a failure. */
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

/* Writes a piece that was read, with holes as the context says. Returns the same. */
static int64_t write_piece(const struct pc_copy *copy, int64_t offset, int64_t bytes)
{
    enum pc_sparse sparse = (enum pc_sparse)copy->context->sparse;
    if (sparse == PC_SPARSE_AUTO && may_have_holes(copy->io, (size_t)bytes))
        return write_between_holes(copy, offset, bytes);
    int64_t written = pc_put(copy, copy->io, (size_t)bytes, offset);
    return written < 0 ? written : sparse == PC_SPARSE_ALWAYS ? offset : offset + bytes;
}

/* As pc_read_enough, from the source into the copy's buffer. Returns a failure. */
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

/*
 * Writes a file that was read completely into an empty one, with holes as the context says. Returns its length or a
 * failure.
 */
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

/*
 * Checks whether the source is longer than its status says, after that is copied. Returns the target's length or a
 * failure.
 */
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
 * A file that fits into the buffer: one read and one write, and a search for holes only if there are zeros. If there is
 * room, one byte more than expected is read, so that the same call shows whether the file has grown; PC_UNSAID_BYTES
 * where none is expected.
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

/* Below this size, choosing a method costs more than it gains over one read and one write. */
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
    error = set_length(copy, end); /* as it may be less than the length set before */
    return error < 0 ? error : end;
}

/* Reads a cloned file, as far as it fits into the buffer. Returns its length or a failure. */
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
