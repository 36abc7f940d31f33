/*
 * A file system that mirrors a directory and injects faults, for tests of error handling.
 *
 *   faulty DIRECTORY MOUNTPOINT [WORD]...
 *
 * A WORD is one of
 *
 *   OPERATION,ERRNO,NAME[,OFFSET,BYTES]
 *       OPERATION (see faults.c) fails with ERRNO, such as EIO, for entries whose name matches NAME, a pattern as of
 *       fnmatch(3). A rename and a link match either of their names. Operations on data (read, write, fallocate,
 *       copy_file_range) fail if they touch any of the BYTES from OFFSET on; always if none are given.
 *   hide=PREFIX
 *       A file that is unlinked or replaced while it is open gets a name with this prefix, until it is closed, as over
 *       NFS (.nfs) and on most FUSE file systems (.fuse_hidden). A line on standard output reports it.
 *   unsized=NAME
 *       Files whose name matches this pattern have a status of 0 bytes, but can be read to their end, as in procfs.
 *   sized=BYTES,NAME
 *       The same with a status of BYTES bytes. Only the last of these two words has an effect.
 *   fold
 *       Names that differ only in the case of ASCII letters are the same, as on vfat or in a casefold directory of
 *       ext4. An entry keeps the spelling it was created with, also when another is renamed over it.
 *
 * Everything else is as in DIRECTORY, for reading and writing. Only data is cached, so DIRECTORY may change meanwhile.
 * If root mounts it, all users may use it. It runs in the foreground, with as many threads as there are requests, until
 * it is unmounted or receives a signal.
 */
#include "faults.h"
#include "folds.h"
#include "nodes.h"
#include "operations.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* The value of an option NAME=VALUE, or NULL if this word is another. */
static const char *value_of(const char *word, const char *option)
{
    size_t bytes = strlen(option);
    return strncmp(word, option, bytes) == 0 && word[bytes] == '=' ? word + bytes + 1 : NULL;
}

static bool folds;

static bool take(const char *word)
{
    const char *prefix = value_of(word, "hide");
    const char *pattern = value_of(word, "unsized");
    const char *sized = value_of(word, "sized");
    if (strcmp(word, "fold") == 0)
        folds = true;
    else if (prefix)
        nodes_hide(prefix);
    else if (pattern)
        operations_sized(0, pattern);
    else if (sized && strchr(sized, ','))
        operations_sized(strtoll(sized, NULL, 10), strchr(sized, ',') + 1);
    else
        return faults_add(word);
    return true;
}

static void raise_limit_of_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Serves until the end. Returns the exit code. */
static int serve(char *program, const char *mountpoint)
{
    char *options = geteuid() == 0
        ? "fsname=faulty,default_permissions,allow_other,dev,suid"
        : "fsname=faulty,default_permissions";
    char *words[] = {program, "-o", options, NULL};
    struct fuse_args arguments = FUSE_ARGS_INIT(3, words);
    struct fuse_lowlevel_ops chosen = folds ? folds_of(&operations) : operations;
    struct fuse_session *session = fuse_session_new(&arguments, &chosen, sizeof chosen, NULL);
    if (!session)
        return 1;
    int code = 1;
    if (fuse_set_signal_handlers(session) == 0) {
        if (fuse_session_mount(session, mountpoint) == 0) {
            struct fuse_loop_config config = {.clone_fd = 0, .max_idle_threads = 10};
            code = fuse_session_loop_mt(session, &config) >= 0 ? 0 : 1; /* the number of a signal that ended it */
            fuse_session_unmount(session);
        }
        fuse_remove_signal_handlers(session);
    }
    fuse_session_destroy(session);
    return code;
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: faulty DIRECTORY MOUNTPOINT [WORD]...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        if (!take(argv[i])) {
            fprintf(stderr, "faulty: %s: no fault and no option, or too many\n", argv[i]);
            return 2;
        }
    }
    umask(0);
    raise_limit_of_descriptors();
    int top = open(argv[1], O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct node *root = top < 0 ? NULL : nodes_start(top);
    if (!root) {
        perror(argv[1]);
        return 1;
    }
    operations_start(root);
    return serve(argv[0], argv[2]);
}
