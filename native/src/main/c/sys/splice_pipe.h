#pragma once

#include <stddef.h>

/*
 * A pipe to splice through. Begin with {0}; it is opened when first needed, serves any number of files one after the
 * other, and is closed by whoever began it. One thread at a time.
 */
struct pc_pipe {
    int out, in;  /* the ends to read from and to write to */
    size_t bytes; /* what it holds; 0 = it is not open */
};

/* Opens it if it is not open, as large as the system lets us up to 1 MiB. Returns 0 or -errno. */
int pc_pipe_open(struct pc_pipe *pipe);

/* Closes it if it is open; what is in it is dropped. */
void pc_pipe_close(struct pc_pipe *pipe);
