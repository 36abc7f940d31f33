/*
 * A file system on which files cannot be locked, for tests of the error messages: an LD_PRELOAD library in front of the
 * C library.
 *
 *   PCIRCLE_LOCK_ERRNO=N       locking a file, or checking whether it is locked, fails with the error number N
 *
 * Without it it changes nothing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT int fcntl(int fd, int command, ...)
{
    int (*call)(int, int, ...) = dlsym(RTLD_NEXT, "fcntl");
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    const char *error = getenv("PCIRCLE_LOCK_ERRNO");
    if (error && (command == F_OFD_SETLK || command == F_OFD_GETLK)) {
        errno = atoi(error);
        return -1;
    }
    return call(fd, command, argument);
}
