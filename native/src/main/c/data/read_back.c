#include "pcircle_config.h"

#include "data/read_back.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "sys/full_io.h"
#include "sys/retry.h"

void pc_begin_flush(int fd)
{
    (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* after an error, it starts with the flush */
}

/* Whether the error means that a single file or directory cannot be flushed (some FUSE and special file systems). */
static bool cannot_alone(int error)
{
    return error == EINVAL || error == EROFS || error == EOPNOTSUPP || error == ENOSYS;
}

int pc_flush(int fd, bool all)
{
    if (PC_RETRY_IO(all ? fsync(fd) : fdatasync(fd)) == 0)
        return 0;
    int error = errno;
    return cannot_alone(error) && PC_RETRY_IO(syncfs(fd)) == 0 ? 0 : -error;
}

/* Reads whole blocks. The end of the file may cut the last one short. */
static ssize_t read_blocks(int fd, void *memory, size_t bytes, int64_t offset)
{
    size_t blocks = (bytes + PC_READ_BACK_ALIGNMENT - 1) / PC_READ_BACK_ALIGNMENT * PC_READ_BACK_ALIGNMENT;
    if ((int64_t)blocks > INT64_MAX - offset) /* beyond the kernel's limit; without O_DIRECT that works */
        blocks = bytes;
    ssize_t got = pc_read_enough(fd, memory, blocks, bytes, offset);
    return got > (ssize_t)bytes ? (ssize_t)bytes : got;
}

ssize_t pc_read_back(int fd, void *memory, size_t bytes, int64_t offset)
{
    if (bytes == 0)
        return 0;
    posix_fadvise(fd, offset, (off_t)bytes, POSIX_FADV_DONTNEED);
    if (fcntl(fd, F_SETFL, O_DIRECT) == 0) {
        ssize_t got = read_blocks(fd, memory, bytes, offset);
        if (got != -EINVAL)
            return got;
        pc_end_read_back(fd);
    }
    return read_blocks(fd, memory, bytes, offset);
}

void pc_end_read_back(int fd)
{
    fcntl(fd, F_SETFL, 0);
}

int pc_clear_range(int fd, int64_t offset, int64_t bytes)
{
    int how = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    if (PC_RETRY_IO(fallocate(fd, how, offset, bytes)) == 0 || errno == EOPNOTSUPP || errno == ENOSYS)
        return 0;
    return -errno;
}
