#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Where a file on Lustre is best cut into ranges: where one stripe or component ends and the next begins. Two writers
 * in one stripe would take its lock from each other with every write. Stripes are counted from the start of the file,
 * in later components too.
 */
enum { PC_STRETCHES_MAX = 16 };

struct pc_range_boundaries {
    int count; /* 0: one place is as good as another */
    struct pc_stretch {
        int64_t end;  /* INT64_MAX: the end of all files */
        int64_t unit; /* from the stretch before up to `end`: cut at its multiples; 0: at the end only */
    } stretches[PC_STRETCHES_MAX];
};

/* Reads them from the value of lustre.lov; one that is damaged or of an unknown kind has none. */
struct pc_range_boundaries pc_range_boundaries_of(const void *lov, size_t bytes);

/* The first good place at or behind an offset (>= 0); the offset itself where no layout is known. */
int64_t pc_next_cut(const struct pc_range_boundaries *cuts, int64_t offset);
