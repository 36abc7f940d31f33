#pragma once

#include <stddef.h>

/*
 * Fault injection: wrappers between the code under test and the C library for the calls listed here, which count them
 * and let some fail, for errors that a real file system cannot be made to return in time.
 */
enum fault_call {
    FAULT_CLOSE,
    FAULT_COPY_FILE_RANGE,
    FAULT_FCHMOD,
    FAULT_FCHOWNAT,
    FAULT_FDATASYNC,
    FAULT_FSYNC,
    FAULT_FTRUNCATE,
    FAULT_FUTIMENS,
    FAULT_GETDENTS64,
    FAULT_IOCTL,
    FAULT_LINKAT,
    FAULT_LSEEK,
    FAULT_OPENAT,
    FAULT_OPENAT2,
    FAULT_PIPE2,
    FAULT_PREAD,
    FAULT_PWRITE,
    FAULT_RENAMEAT2,
    FAULT_SETFL,       /* fcntl F_SETFL */
    FAULT_SETPIPE,     /* fcntl F_SETPIPE_SZ */
    FAULT_SPLICE_FROM, /* a file into a pipe */
    FAULT_SPLICE_TO,   /* a pipe into a file */
    FAULT_STATX,
    FAULT_UTIMENSAT,
    FAULT_CALLS
};

struct fault {
    int skip;             /* so many calls go well first */
    int times;            /* then so many meet trouble */
    int error;            /* they fail with this errno; 0 = they don't fail */
    size_t bytes_max;     /* they transfer no more than this; 0 = no limit */
    int nothing;          /* they transfer nothing and return 0 */
    void (*before)(void); /* this happens just before each */
    int calls;            /* counts all calls */
};

extern struct fault fault[FAULT_CALLS];

/* No more trouble, and counting begins anew. */
void fault_clear(void);
