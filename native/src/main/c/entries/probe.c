#include "pcircle_config.h"

#include "entries/probe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "data/copy.h"
#include "filesystem/time_granularity.h"
#include "filesystem/trial_file.h"
#include "sys/full_io.h"

/* More than is copied in one call, and a multiple of all block sizes. */
enum { PROBE_BYTES = 512 << 10, ALIGNMENT = 4096 };

/* 0 or a failure. name: see pc_trial_file_open */
static int open_trial(struct pc_trial_file *trial, int dir, const char *name, struct pc_context *context)
{
    int error = pc_trial_file_open(trial, dir, name, context);
    return error < 0 ? pc_failed(PC_CREATE, -error) : 0;
}

static int close_trial(const struct pc_trial_file *trial)
{
    int error = pc_trial_file_close(trial);
    return error < 0 ? pc_failed(PC_UNLINK, -error) : 0;
}

/* Copies the source by one method; 0 or a failure. */
static int try_method(int source, int target_dir, enum pc_method method, void *io, struct pc_context *context)
{
    struct pc_pipe pipe = {0};
    context->method = method;
    struct pc_trial_file target;
    int error = open_trial(&target, target_dir, "target", context);
    if (error < 0)
        return error;
    struct pc_copy copy = {source, target.fd, context, io, PROBE_BYTES, &pipe, 0};
    int64_t copied = pc_copy_file(&copy, PROBE_BYTES);
    pc_pipe_close(&pipe);
    error = close_trial(&target);
    if (error < 0)
        return error;
    return copied == PROBE_BYTES ? 0 : copied < 0 ? (int)copied : pc_failed(PC_COPY, EIO);
}

static enum pc_method most_moved(const struct pc_context *context)
{
    enum pc_method most = PC_BUFFERED;
    for (int method = PC_BUFFERED; method < PC_METHODS; method++)
        if (context->moved[method] > context->moved[most])
            most = (enum pc_method)method;
    return most;
}

static int error_of(int result)
{
    return result < 0 ? -errno : 0;
}

static int try_holes(int fd)
{
    if (ftruncate(fd, PROBE_BYTES) < 0)
        return -errno;
    return lseek(fd, 0, SEEK_DATA) < 0 && errno == ENXIO ? 0 : -EOPNOTSUPP;
}

/* The ACL that is equivalent to mode 0600, as stored in an extended attribute. */
static int try_acl(int fd)
{
    static const uint8_t acl[] = {
        2, 0, 0, 0,                               /* version */
        0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff,    /* the owner may read and write */
        0x04, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,    /* its group may not */
        0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,    /* nor may others */
    };
    return error_of(fsetxattr(fd, "system.posix_acl_access", acl, sizeof acl, 0));
}

int pc_probe(int source_dir, int target_dir, struct pc_context *context, struct pc_probe *probe)
{
    memset(probe, 0, sizeof *probe);
    struct pc_trial_file target, source;
    int error = open_trial(&target, target_dir, "target", context);
    if (error < 0)
        return error;
    probe->holes_error = try_holes(target.fd);
    probe->xattr_error = error_of(fsetxattr(target.fd, "user.pcircle", "1", 1, 0));
    probe->acl_error = try_acl(target.fd);
    error = close_trial(&target);
    if (error < 0)
        return error;
    probe->granularity_ns = pc_time_granularity(target_dir, context);

    error = open_trial(&source, source_dir, "source", context);
    if (error < 0)
        return error;
    void *io = NULL;
    if (posix_memalign(&io, ALIGNMENT, PROBE_BYTES) != 0)
        error = pc_failed(PC_WRITE, ENOMEM);
    if (error == 0) {
        memset(io, 'p', PROBE_BYTES);
        ssize_t written = pc_write_at(source.fd, io, PROBE_BYTES, 0);
        error = written < 0 ? pc_failed(PC_WRITE, (int)-written) : 0;
    }
    if (error == 0) {
        memset(context->moved, 0, sizeof context->moved);
        error = try_method(source.fd, target_dir, PC_AUTO, io, context);
        probe->taken = most_moved(context);
    }
    for (int method = PC_BUFFERED; error == 0 && method < PC_METHODS; method++)
        probe->errors[method] = -pc_errno_of(try_method(source.fd, target_dir, (enum pc_method)method, io, context));
    free(io);
    int left = close_trial(&source);
    return error < 0 ? error : left;
}
