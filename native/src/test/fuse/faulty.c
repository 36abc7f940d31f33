/*
 * A file system that shows a directory, and fails where it is told to: for tests of what is said then, and done.
 *
 *   faulty DIRECTORY MOUNTPOINT [WORD]...
 *
 * A WORD is one of
 *
 *   OPERATION,ERRNO,NAME[,OFFSET,BYTES]
 *       OPERATION (faults.c has them all) answers ERRNO, such as EIO, where it is about an entry whose last name matches NAME,
 *       a pattern as of fnmatch(3). A rename and a link are about both names. What is about bytes (read, write, fallocate,
 *       copy_file_range) fails when it is for any of these BYTES from OFFSET on, or for any at all if none are given.
 *   hide=PREFIX
 *       A file that is unlinked or renamed over while it is open gets a name that begins so, until it is closed, as over NFS
 *       (.nfs) and on most FUSE file systems (.fuse_hidden); a line on standard output says so.
 *   unsized=NAME
 *       Files of this name, a pattern too, say that they are empty, and are read to their end nevertheless, as of procfs.
 *   fold
 *       Names that differ in nothing but the case of ASCII letters are one, as on vfat or in a casefold directory of ext4: the
 *       spelling that is stored is that of the name it was made with, also where something else is renamed over it.
 *   sized=BYTES,NAME
 *       Likewise they say that they have so many bytes. Only the last of these two words counts.
 *
 * Everything else is as in DIRECTORY, for reading and writing. Nothing is cached but data, so DIRECTORY may change meanwhile.
 * Where root mounts it all users may use it. It runs in the foreground, with as many threads as there are requests, until it is
 * unmounted or a signal ends it.
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

/* What follows an option's name and '=', or NULL if this word is another. */
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
    char *options = geteuid() == 0 ? "fsname=faulty,default_permissions,allow_other,dev,suid" : "fsname=faulty,default_permissions";
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
