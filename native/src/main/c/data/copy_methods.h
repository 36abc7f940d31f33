#pragma once

#include <stdbool.h>

#include "data/copy.h"
#include "data/method_choice.h"

/* A copy between two open files that is under way. */
struct pc_move {
    const struct pc_copy *copy;
    struct pc_ladder *ladder; /* of the two file systems; NULL when the method is forced */
    uint32_t rungs;           /* the methods that may still work for these two files */
    bool direct;              /* O_DIRECT is set on both */
    int64_t end;              /* of the source, as it is said to be; -1 where only a range is copied */
    bool beyond;              /* a byte behind that was asked for, too */
    size_t alignment;         /* that O_DIRECT wants of both; 0 = not asked yet, or it is not to be had */
};

/*
 * Moves up to so many bytes, at least one, to the same place by the highest rung that works; what does not is struck:
 * for the pair of file systems where it never will, else for these two files. Returns how many, 0 at the end of the source, or
 * -errno with the operation in the context.
 */
int64_t pc_move(struct pc_move *move, int64_t offset, size_t bytes);

/*
 * Makes an empty target share all of the source's data, holes and length included, if cloning is among the methods.
 * Returns the target's length; 0 if the data must be moved by pc_move; or -errno with the operation in the context.
 */
int64_t pc_clone_whole(struct pc_move *move);

/* As pc_move, by this rung alone; the two together are the bottom of the ladder. direct_io.c has the second. */
int64_t pc_move_buffered(struct pc_move *move, int64_t offset, size_t bytes);
int64_t pc_move_direct(struct pc_move *move, int64_t offset, size_t bytes);

/* Takes O_DIRECT off again, if it is set: what comes next may be unaligned. */
void pc_direct_off(struct pc_move *move);

/*
 * Writes what was read, all of it, or when the context wants holes, what of it is not blocks of zeros. Returns `bytes` or
 * -errno.
 */
int64_t pc_put(const struct pc_copy *copy, const char *data, size_t bytes, int64_t offset);

/* Whether all of these bytes are zero; there is at least one. */
bool pc_is_zero(const char *bytes, size_t count);
