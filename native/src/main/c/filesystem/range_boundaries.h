#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * The best boundaries between ranges of a file on Lustre: the end of a stripe or a component. Two writers in one stripe
 * would take its lock from each other with every write. Stripes are counted from the start of the file, in later
 * components, too.
 */
enum { PC_STRETCHES_MAX = 16 };

struct pc_range_boundaries {
    int count; /* 0: any offset will do */
    struct pc_stretch {
        int64_t end;  /* offset; INT64_MAX: the end of all files */
        int64_t unit; /* in bytes: multiples of it are boundaries, up to `end`; 0: only `end` is one */
    } stretches[PC_STRETCHES_MAX];
};

/* The boundaries in a value of lustre.lov; none if it is damaged or of an unknown kind. */
struct pc_range_boundaries pc_range_boundaries_of(const void *lov, size_t bytes);

/* The first boundary at or after an offset (>= 0); the offset itself where no layout is known. */
int64_t pc_next_cut(const struct pc_range_boundaries *cuts, int64_t offset);
