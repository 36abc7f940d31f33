#include "pcircle_config.h"

#include "content.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "open.h"
#include "whole.h"

static int64_t read_link(int dir, const char *name, void *io, size_t io_bytes, struct pc_context *context)
{
    ssize_t bytes = TEMP_FAILURE_RETRY(readlinkat(dir, name, io, io_bytes));
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
