#pragma once

#include <stddef.h>

/*
 * A pipe for splice(2). Initialize it with {0}. It is opened when first needed, serves any number of files one after
 * the other, and is closed by whoever initialized it. One thread at a time.
 */
struct pc_pipe {
    int out, in;  /* the ends to read from and to write to */
    size_t bytes; /* capacity; 0: not open */
};

/* Opens it, unless it is open, with the largest capacity that the system allows, up to 1 MiB. Returns 0 or -errno. */
int pc_pipe_open(struct pc_pipe *pipe);

/* Closes it, if it is open, and discards its content. */
void pc_pipe_close(struct pc_pipe *pipe);
