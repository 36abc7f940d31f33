#pragma once

#include <stddef.h>

#include "attribute/creation_defaults.h"
#include "filesystem/lustre_layout.h"
#include "filesystem/name_folding.h"
#include "record/context.h"
#include "record/entry.h"
#include "sys/splice_pipe.h"

/*
 * The state that the entries of one call share. Created by pc_copy_entries and handed to the function that copies an
 * entry. It and all that it points to belong to that call and its thread.
 */
struct pc_batch {
    int source_dir;
    int target_dir;
    struct pc_context *context;
    void *io; /* the unused rest of the buffer, where data stays in memory */
    size_t io_bytes;
    void *back;                  /* to read data back into, as large as io was at first; NULL: not verified */
    struct pc_pipe pipe;         /* for files that are spliced; closed at the end of the batch */
    struct pc_creation_defaults defaults; /* of new entries in target_dir */
    struct pc_layouts layouts;   /* where the layouts of new files come from */
    struct pc_folding folding;   /* which names target_dir folds */
    uint16_t *changes;           /* of each entry, see change.h; NULL: nobody asks */
};
