#pragma once

#include <stddef.h>

#include "attribute/creation_defaults.h"
#include "filesystem/lustre_layout.h"
#include "filesystem/name_folding.h"
#include "record/context.h"
#include "record/entry.h"
#include "sys/splice_pipe.h"

/*
 * What the entries created by one call have in common. Made by pc_copy_entries, and each entry's copier gets it; it and all that it
 * points to belong to that call and its thread.
 */
struct pc_batch {
    int source_dir;
    int target_dir;
    struct pc_context *context;
    void *io; /* of what stays in memory, the rest of it */
    size_t io_bytes;
    void *back;                  /* memory for data that is read back, as much as there was of io at first; NULL if none is */
    struct pc_pipe pipe;         /* for files that are spliced; closed at the end of the batch */
    struct pc_creation_defaults defaults; /* what is known of new entries in target_dir */
    struct pc_layouts layouts;   /* where those of new files come from */
    struct pc_folding folding;   /* what is known of names in target_dir */
};
