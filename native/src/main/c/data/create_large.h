#pragma once

#include <stdint.h>

#include "filesystem/range_boundaries.h"
#include "record/attribute_loss.h"

/*
 * The first step of copying a file in ranges: creates the target, which must not exist (EEXIST), with mode 0600, the
 * layout that the context chooses and a length of `bytes`, all of it a hole. `cuts` gets the best boundaries of its
 * ranges.
 *
 * Returns 0; or a failure, and leaves nothing behind. A required layout that could not be set is in `loss` afterwards.
 */
int pc_create_large(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    int64_t bytes,
    struct pc_range_boundaries *cuts,
    struct pc_loss *loss);
