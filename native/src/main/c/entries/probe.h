#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "record/context.h"

/*
 * The capabilities of two directories, determined by trying them out with trial files (trial_file.h). Java's
 * org.pcircle.fs.Probe mirrors it, in native byte order.
 */
struct pc_probe {
    int64_t granularity_ns;  /* of modification times in the target */
    int32_t taken;           /* enum pc_method that is chosen here for large files */
    int32_t holes_error;     /* 0: holes are preserved; -EOPNOTSUPP: they are filled; else -errno */
    int32_t xattr_error;     /* 0: the target holds extended attributes of users; else -errno */
    int32_t acl_error;       /* 0: the target holds ACLs; else -errno */
    int32_t errors[PC_METHODS]; /* 0: the method works between the two; else -errno. None for PC_AUTO */
};

static_assert(offsetof(struct pc_probe, taken) == 8, "Probe.java reads it there");
static_assert(offsetof(struct pc_probe, errors) == 24, "Probe.java reads it there");
static_assert(sizeof(struct pc_probe) == 48, "Probe.java says 48 bytes");

/*
 * Fills in `probe`. Returns 0, or a failure if a file cannot be created in one of the two. Overwrites context->method.
 * Writes 512 KiB seven times.
 */
int pc_probe(int source_dir, int target_dir, struct pc_context *context, struct pc_probe *probe);
