#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "filesystem/range_boundaries.h"
#include "record/attribute_loss.h"

/*
 * Layouts of files and directories on Lustre: how a file's data is striped over servers.
 *
 * A layout can only be set before data is written. So a file is created without objects, gets its layout through the
 * extended attribute lustre.lov, and is then checked, because Lustre does not always report when it chose another
 * layout. A layout that cannot be set is no failure: the file gets the layout that it would have had, and the caller is
 * told.
 *
 * The attribute is tried first. In all releases since 2.7 liblustreapi only reads and sets it, too, but by path, and
 * passes on only what its release understands, while the attribute's bytes are complete. So the library is used only
 * for kinds of layouts that lustre_lov.h does not know.
 *
 * Functions that fail return -errno. Any thread may call.
 */

/* Whether an extended attribute describes where Lustre stores a file, and so must not be copied. */
bool pc_is_layout_attribute(const char *name);

/* Where the layouts of new files come from. */
enum pc_layout_choice {
    PC_LAYOUT_INHERIT = 0, /* their directory: the default */
    PC_LAYOUT_PRESERVE,    /* their source */
    PC_LAYOUT_AUTO,        /* their size */
};

/*
 * The effective choice between two open directories: PC_LAYOUT_INHERIT, unless they are on Lustre as the choice
 * requires.
 */
enum pc_layout_choice pc_layout_choice_between(enum pc_layout_choice choice, int source_dir, int target_dir);

/* The layouts of files copied between two directories. */
struct pc_layouts {
    enum pc_layout_choice choice;
    bool not_preserved; /* layouts are preserved, and the source is on Lustre, but the target is not */
};

/*
 * The layouts between two open directories, by the context's choice. Up to three system calls, unless it is
 * PC_LAYOUT_INHERIT.
 */
struct pc_layouts pc_layouts_between(int source_dir, int target_dir, const struct pc_context *context);

/* How many stripes PC_LAYOUT_AUTO gives a file of so many bytes, if the file system has that many OSTs. */
int pc_stripes_for(uint64_t bytes);

/* The layout for one new file. With a source that has none, the directory decides. */
struct pc_layout_wish {
    enum pc_layout_choice choice;
    int source;     /* PC_LAYOUT_PRESERVE: the open source, on Lustre */
    uint64_t bytes; /* PC_LAYOUT_AUTO: the length of the file */
};

/* The result of setting a layout. All zero: it was set, or there was none. */
struct pc_layout_outcome {
    int error;        /* the errno for which it was not set; the entry has its default layout */
    uint32_t differs; /* enum pc_lov_difference, or-ed: Lustre has set another layout */
};

/*
 * Creates a file with a layout, as pc_create_name in open_file.h. Returns a descriptor that the caller closes, or
 * -errno if there is no file; -EEXIST if the name is taken. With PC_LAYOUT_INHERIT it is pc_create_name, at the same
 * cost; else it uses 128 KiB of stack.
 */
int pc_create_with_layout(
    int dir, const char *name, mode_t mode, const struct pc_layout_wish *wish, struct pc_layout_outcome *outcome);

/*
 * Sets the default layout of an open directory, for new files in it, to that of another. Its owner must be able to
 * write to it, and it must be empty. If `source` has no default, the target keeps the one inherited from its parent,
 * unless `exactly` is true.
 */
struct pc_layout_outcome pc_copy_default_layout(int source, int target, bool exactly);

/*
 * The same if the context preserves layouts, else nothing. A default that cannot be preserved is noted
 * (attribute_loss.h).
 */
void pc_preserve_default_layout(int source, int target, bool exactly, struct pc_loss *loss);

/* Notes that the layout is not preserved, if a new entry has another one. */
void pc_layout_note(
    const struct pc_layouts *layouts, const struct pc_layout_outcome *outcome, struct pc_loss *loss);

/* The best boundaries for ranges of an open file, on any file system. */
struct pc_range_boundaries pc_layout_boundaries(int fd);
