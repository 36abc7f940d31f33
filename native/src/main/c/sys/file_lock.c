#include "sys/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "sys/retry.h"

int pc_lock(int file)
{
    /* Unlike flock(2), NFS and Lustre support it; unlike F_SETLK, closing another descriptor does not release it. */
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (PC_RETRY(fcntl(file, F_OFD_SETLK, &whole)) == 0)
        return 0;
    return errno == EACCES ? -EAGAIN : -errno;
}

int pc_is_locked(int file)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (PC_RETRY(fcntl(file, F_OFD_GETLK, &whole)) == 0)
        return whole.l_type != F_UNLCK;
    return -errno;
}
