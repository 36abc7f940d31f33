#pragma once

#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * The last step of what was not copied in one go: files that were written in ranges under a temporary name, and
 * directories once all is in them. If the context says flush, they are flushed, files before they are renamed. They return
 * failures (failure.h).
 */

/*
 * Completes a file whose data is in place: sees that the source (the record's name in `source_dir`) still says what the
 * record says, and ends where that says, gives the target its attributes and times, and renames it to `target_name`, which must not exist (-EEXIST) unless the
 * context says that it is replaced.
 *
 * Returns 0; or 1 when the source has changed: then nothing has been touched, and
 * context->accept_changed finishes the file all the same, with the record's times, without looking at the source, but
 * replaces nothing: if the name is taken, the temporary file goes.
 *
 * Where modes are not kept the record's is settled (target_mode.h). A directory's must be so already.
 *
 * What was insisted on and could not be kept is in `loss` afterwards.
 */
int pc_finish_file(
    int source_dir,
    int target_dir,
    struct pc_entry *entry,
    const char *temporary_name,
    const char *target_name,
    struct pc_loss *loss);

/*
 * Gives an open directory the attributes and times of its record, and the extended attributes of an open directory;
 * PC_NO_FILE where none are kept. Returns 0 or a failure; `loss` as above.
 */
int pc_finish_directory(int source, int target, const struct pc_entry *entry, struct pc_loss *loss);
