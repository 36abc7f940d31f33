#include "pcircle_config.h"

#include "sys/full_io.h"

#include <errno.h>
#include <unistd.h>

#include "sys/retry.h"

ssize_t pc_write_at(int fd, const void *data, size_t bytes, int64_t offset)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t n = PC_RETRY_IO(pwrite(fd, (const char *)data + done, bytes - done, offset + (int64_t)done));
        if (n <= 0)
            return n < 0 ? -errno : -EIO;
        done += (size_t)n;
    }
    return (ssize_t)bytes;
}

ssize_t pc_write_on(int fd, const void *data, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t n = PC_RETRY_IO(write(fd, (const char *)data + done, bytes - done));
        if (n <= 0)
            return n < 0 ? -errno : -EIO;
        done += (size_t)n;
    }
    return (ssize_t)bytes;
}

ssize_t pc_read_enough(int fd, void *data, size_t bytes, size_t enough, int64_t offset)
{
    size_t done = 0;
    ssize_t n;
    do {
        n = PC_RETRY_IO(pread(fd, (char *)data + done, bytes - done, offset + (int64_t)done));
        if (n < 0)
            return -errno;
        done += (size_t)n;
    } while (n > 0 && done < enough);
    return (ssize_t)done;
}

ssize_t pc_read_at(int fd, void *data, size_t bytes, int64_t offset)
{
    return bytes == 0 ? 0 : pc_read_enough(fd, data, bytes, bytes, offset);
}

int64_t pc_find_end(int fd, void *memory, size_t bytes, int64_t offset, const int32_t *stop)
{
    for (;;) {
        ssize_t n = PC_RETRY_IO(pread(fd, memory, bytes, offset));
        if (n <= 0)
            return n < 0 ? -errno : offset;
        offset += n;
        if (__atomic_load_n(stop, __ATOMIC_RELAXED) != 0)
            return -EINTR;
    }
}

int pc_ends_at(int fd, int64_t offset)
{
    char around[2];
    size_t before = offset > 0;                       /* the last byte, which must exist */
    size_t wanted = offset < INT64_MAX ? before + 1 : before; /* and the next, which must not, if there can be one */
    ssize_t n = pc_read_enough(fd, around, wanted, before, offset - (int64_t)before);
    return n < 0 ? (int)n : (size_t)n == before;
}
