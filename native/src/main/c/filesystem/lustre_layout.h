#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "filesystem/range_boundaries.h"
#include "record/attribute_loss.h"

/*
 * The layouts of files and directories on Lustre: over which servers a file's data is spread, and how.
 *
 * A layout is chosen before the first byte or never. So a file is created without objects, is given its layout through
 * the extended attribute lustre.lov, and then looked at, because Lustre does not always say when it did otherwise. What
 * cannot be had is no reason to fail: the file then has the layout that it would have had, and the caller is told.
 *
 * The attribute comes first. In all releases since 2.7 liblustreapi does no more than read and set it, too, but by
 * path, and it hands on what its release understands, where the bytes keep all there is. So the library is left for
 * layouts of a kind that lustre_lov.h does not know.
 *
 * Functions return -errno where they fail, and may be called from any thread.
 */

/* Whether an extended attribute says where Lustre keeps a file, and so belongs to that file and to no copy of it. */
bool pc_is_layout_attribute(const char *name);

/* Where the layouts of new files come from. */
enum pc_layout_choice {
    PC_LAYOUT_INHERIT = 0, /* their directory, as ever */
    PC_LAYOUT_PRESERVE,    /* their source */
    PC_LAYOUT_AUTO,        /* their size */
};

/* What is left of a choice between these two open directories: PC_LAYOUT_INHERIT, unless Lustre is where it must be. */
enum pc_layout_choice pc_layout_choice_between(enum pc_layout_choice choice, int source_dir, int target_dir);

/* For the files of two directories. */
struct pc_layouts {
    enum pc_layout_choice choice;
    bool lost; /* the source is on Lustre, the target is not, and layouts are to be kept */
};

/* What the context's choice comes to between two open directories. Up to three system calls, if layouts are chosen at all. */
struct pc_layouts pc_layouts_between(int source_dir, int target_dir, const struct pc_context *context);

/* How many stripes PC_LAYOUT_AUTO gives a file of so many bytes, where the file system has as many OSTs. */
int pc_stripes_for(uint64_t bytes);

/* The layout that one new file is to have. A source that has none leaves the choice to the directory. */
struct pc_layout_wish {
    enum pc_layout_choice choice;
    int source;     /* PC_LAYOUT_PRESERVE: the open source, on Lustre */
    uint64_t bytes; /* PC_LAYOUT_AUTO: how long the file will be */
};

/* What became of it. All zero: it was kept, or there was none. */
struct pc_layout_outcome {
    int error;        /* why it could not be given: an errno. The entry has the layout that it would have had anyway */
    uint32_t differs; /* enum pc_lov_difference, or-ed: it was given, and in this Lustre did otherwise */
};

/*
 * Creates a file, as pc_create_name in open_file.h, with the layout that is wished for. Returns a descriptor
 * that the caller closes, or -errno if there is no file; -EEXIST if the name is taken. With PC_LAYOUT_INHERIT it is
 * pc_create_name, and costs no more. With the others it uses 128 KiB of stack.
 */
int pc_create_with_layout(
    int dir, const char *name, mode_t mode, const struct pc_layout_wish *wish, struct pc_layout_outcome *outcome);

/*
 * Gives an open directory the layout that new files in another get by default. It must be writable for its owner, and
 * be given this before anything is created in it. Where `source` has no default the target's, which it may have from
 * its own parent, stays, unless `exactly` is true.
 */
struct pc_layout_outcome pc_copy_default_layout(int source, int target, bool exactly);

/* The same where the context says that layouts are preserved, else nothing; what cannot be kept is noted (attribute_loss.h). */
void pc_keep_default_layout(int source, int target, bool exactly, struct pc_loss *loss);

/* Notes in the context that a new entry has not the layout that was wished for, if so. */
void pc_layout_note(
    const struct pc_layouts *layouts, const struct pc_layout_outcome *outcome, struct pc_loss *loss);

/* Where to cut an open file, which may be on any file system. */
struct pc_range_boundaries pc_layout_boundaries(int fd);
