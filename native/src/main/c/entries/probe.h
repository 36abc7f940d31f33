#pragma once

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "record/context.h"

/*
 * What can be done between two directories, found out by doing it with files of trial_file.h. Java's org.pcircle.fs.Probe mirrors it, in native byte order.
 */
struct pc_probe {
    int64_t granularity_ns;  /* of modification times in the target */
    int32_t taken;           /* enum pc_method that is chosen here for large files */
    int32_t holes_error;     /* 0: the target keeps holes; else -errno, -EOPNOTSUPP if it fills them */
    int32_t xattr_error;     /* 0: the target holds extended attributes of users; else -errno */
    int32_t acl_error;       /* 0: the target holds ACLs; else -errno */
    int32_t errors[PC_METHODS]; /* 0: the method works between the two; else -errno. PC_AUTO has none of its own */
};

static_assert(offsetof(struct pc_probe, taken) == 8, "Probe.java reads it there");
static_assert(offsetof(struct pc_probe, errors) == 24, "Probe.java reads it there");
static_assert(sizeof(struct pc_probe) == 48, "Probe.java says 48 bytes");

/*
 * Tries it out. Returns 0, or a failure if a file cannot be made in one of the two; the context's own
 * method does not matter. Writes 512 KiB at a time, seven times.
 */
int pc_probe(int source_dir, int target_dir, struct pc_context *context, struct pc_probe *probe);
