#include "pcircle_config.h"

#include "data/buffered_io.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "sys/full_io.h"
#include "sys/retry.h"

/* Holes are aligned blocks of this size. */
enum { HOLE_BYTES = 4096 };

bool pc_is_zero(const char *bytes, size_t count)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0;
}

/* The length of the run of blocks at the start of the data that are all zeros, or all not. */
static size_t run_of(const char *data, size_t bytes, int64_t offset, bool *zeros)
{
    size_t run = 0;
    while (run < bytes) {
        size_t block = HOLE_BYTES - (size_t)(offset + (int64_t)run) % HOLE_BYTES;
        block = block < bytes - run ? block : bytes - run;
        bool zero = pc_is_zero(data + run, block);
        if (run == 0)
            *zeros = zero;
        else if (zero != *zeros)
            break;
        run += block;
    }
    return run;
}

int64_t pc_put(const struct pc_copy *copy, const char *data, size_t bytes, int64_t offset)
{
    bool make_holes = copy->context->sparse == PC_SPARSE_ALWAYS;
    for (size_t done = 0; done < bytes;) {
        bool zeros = false;
        size_t run = make_holes ? run_of(data + done, bytes - done, offset + (int64_t)done, &zeros) : bytes;
        ssize_t written = zeros ? (ssize_t)run : pc_write_at(copy->target, data + done, run, offset + (int64_t)done);
        if (written < 0)
            return pc_failed(PC_WRITE, (int)-written);
        done += run;
    }
    return (int64_t)bytes;
}

int64_t pc_move_buffered(struct pc_move *move, int64_t offset, size_t bytes)
{
    const struct pc_copy *copy = move->copy;
    size_t wanted = bytes < copy->io_bytes ? bytes : copy->io_bytes;
    ssize_t n = PC_RETRY_IO(pread(copy->source, copy->io, wanted, offset));
    if (n < 0)
        return pc_failed(PC_READ, errno);
    return pc_put(copy, copy->io, (size_t)n, offset);
}
