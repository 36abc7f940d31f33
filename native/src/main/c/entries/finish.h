#pragma once

#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * The last step of entries that were not copied in one call: files that were written in ranges under a temporary name,
 * and directories whose entries are complete. If the context says flush, they are flushed, files before they are
 * renamed. Functions return failures (failure.h). A required attribute that could not be preserved is in `loss`
 * afterwards.
 */

/*
 * Completes a file whose data is written. Checks that the source (the record's name in `source_dir`) still has the
 * record's status, and ends at its size. Sets the target's attributes and times, and renames it to `target_name`, which
 * must not exist (EEXIST) unless context->existing says that it is replaced. An entry that is kept (kept.h) stays, and
 * the temporary file is unlinked.
 *
 * Returns PC_DONE; PC_CHANGED if the source has changed, with nothing done; PC_KEPT; or a failure. With
 * context->accept_changed the source is not checked, and the file is finished with the record's times. Then it replaces
 * nothing: if the name is taken, the temporary file is unlinked.
 *
 * Where modes are not preserved, the record's becomes the target mode (target_mode.h). That of a directory must be one
 * already.
 */
int pc_finish_file(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *temporary_name,
    const char *target_name,
    struct pc_loss *loss);

/*
 * Sets the attributes and times of an open directory from its record, and its extended attributes from an open source
 * directory; PC_NO_FILE where none are preserved. Returns 0 or a failure.
 */
int pc_finish_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss);
