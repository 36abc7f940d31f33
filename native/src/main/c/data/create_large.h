#pragma once

#include <stdint.h>

#include "filesystem/range_boundaries.h"
#include "record/attribute_loss.h"

/*
 * The first step of a file that is copied in ranges: creates its target, which must not exist yet, with mode 0600, the layout
 * that the context chooses, and the given length, all of it a hole. `cuts` says where ranges of it are best cut.
 *
 * Returns 0, or a failure, and leaves nothing behind. A layout that was insisted on and could
 * not be given is in `loss` afterwards.
 */
int pc_create_large(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    int64_t bytes,
    struct pc_range_boundaries *cuts,
    struct pc_loss *loss);
