#include "pcircle_config.h"

#include "data/direct_io.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/buffered_io.h"
#include "sys/retry.h"

/*
 * O_DIRECT transfers data between buffer and device without the page cache. Buffer, offsets and lengths must be
 * aligned. Unaligned parts at the beginning and the end of a range are copied without O_DIRECT. Reading and writing
 * overlap because other workers copy other ranges.
 */

/* Suits every disk, and every file system that does not report its alignment. */
enum { USUAL_ALIGNMENT = 4096 };

/* The alignment of buffer and offsets that a file needs for O_DIRECT, in bytes; 0 if it does not support it. */
static size_t alignment_of(int fd)
{
#ifdef STATX_DIOALIGN
    struct statx status;
    if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_DIOALIGN, &status) == 0
        && status.stx_mask & STATX_DIOALIGN) {
        uint32_t memory = status.stx_dio_mem_align, offset = status.stx_dio_offset_align;
        return memory > offset ? memory : offset;
    }
#endif
    return USUAL_ALIGNMENT;
}

/* The alignment for both files, a power of two; or 0. */
static size_t common_alignment(const struct pc_copy *copy)
{
    size_t source = alignment_of(copy->source), target = alignment_of(copy->target);
    if (source == 0 || target == 0)
        return 0;
    size_t larger = source > target ? source : target;
    return larger > USUAL_ALIGNMENT ? larger : USUAL_ALIGNMENT;
}

/* Sets or clears O_DIRECT. Returns 0 or -errno. */
static int set_direct(int fd, bool direct)
{
    int flags = fcntl(fd, F_GETFL);
    int wanted = direct ? flags | O_DIRECT : flags & ~O_DIRECT;
    return flags < 0 || fcntl(fd, F_SETFL, wanted) < 0 ? -errno : 0;
}

void pc_direct_off(struct pc_move *move)
{
    if (!move->direct)
        return;
    set_direct(move->copy->source, false);
    set_direct(move->copy->target, false);
    move->direct = false;
}

static int direct_on(struct pc_move *move)
{
    if (move->direct)
        return 0;
    int error = set_direct(move->copy->source, true);
    if (error == 0)
        error = set_direct(move->copy->target, true);
    move->direct = true;
    if (error < 0)
        pc_direct_off(move);
    return error;
}

/*
 * Copies an aligned piece through an aligned buffer. A piece that the end of the source cuts short is copied without
 * O_DIRECT.
 */
static int64_t move_aligned(struct pc_move *move, char *memory, int64_t offset, size_t bytes, size_t alignment)
{
    const struct pc_copy *copy = move->copy;
    ssize_t n = PC_RETRY_IO(pread(copy->source, memory, bytes, offset));
    if (n < 0)
        return pc_failed(PC_READ, errno);
    size_t whole = (size_t)n / alignment * alignment;
    if (whole > 0)
        return pc_put(copy, memory, whole, offset);
    pc_direct_off(move);
    return pc_move_buffered(move, offset, alignment);
}

int64_t pc_move_direct(struct pc_move *move, int64_t offset, size_t bytes)
{
    const struct pc_copy *copy = move->copy;
    size_t alignment = move->alignment ? move->alignment : (move->alignment = common_alignment(copy));
    size_t padding = (size_t)-(uintptr_t)copy->io % (alignment ? alignment : 1);
    if (alignment == 0 || copy->io_bytes < padding + alignment)
        return pc_failed(PC_COPY, EOPNOTSUPP);
    size_t ahead = (size_t)(offset % (int64_t)alignment);
    if (ahead > 0 || bytes < alignment) {
        pc_direct_off(move);
        return pc_move_buffered(move, offset, ahead > 0 && alignment - ahead < bytes ? alignment - ahead : bytes);
    }
    int error = direct_on(move);
    if (error < 0)
        return pc_failed(PC_COPY, -error);
    size_t room = copy->io_bytes - padding;
    size_t piece = (bytes < room ? bytes : room) / alignment * alignment;
    return move_aligned(move, (char *)copy->io + padding, offset, piece, alignment);
}
