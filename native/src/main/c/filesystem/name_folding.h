#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "record/entry.h"

/*
 * Where a file system takes two names for one, as most do that ignore case, two entries of a source directory become one of the
 * target. Whoever meets an entry in the target asks here whether it is there for another entry of the source, before it is
 * replaced or taken for up to date.
 *
 * What is known of one target directory, during one call. All zeros: nothing. The records are those of the batch that is copied there,
 * if there are several; then the directory is read once for all of them, and not for each.
 */
struct pc_folding {
    struct pc_entry *records;
    const struct pc_entry *end;
    enum { PC_FOLDING_UNKNOWN, PC_NAMES_DISTINCT, PC_NAMES_FOLDED } names;
    struct pc_spelling *spellings; /* of the records, sorted; NULL: the directory has not been read for them */
    size_t count;
};

/*
 * Whether the entry that `target_name` leads to in the target is another entry's of the source directory. It is if it has that one's
 * spelling. Where its spelling is nobody's, of all names in the source that are the same but for the case of ASCII letters only the
 * first, in the order of bytes, may have it.
 *
 * A directory where names are distinct costs one system call, to look for `target_name` with a letter in the other case; one that folds
 * them is read, and the source is, too, if the spelling is another one. A name without ASCII letters is only looked at where another has
 * told that names are folded. An entry that is to be called otherwise than in the source is nobody else's.
 *
 * Returns 0 if it is not, or a failure of PC_TAKEN: EEXIST if it is.
 */
int pc_refuse_taken(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    struct pc_folding *folding);

/* The same for an entry that comes with no others, so that what is found out of its directory is for it alone. */
int pc_refuse_taken_alone(
    int source_dir, const char *source_name, int target_dir, const char *target_name);

/*
 * Whether that is to be asked at all: 1 if there is an entry of this name with its first ASCII letter in the other case, 0 if there is
 * none, or -errno.
 */
int pc_may_be_taken(int target_dir, const char *target_name);

/*
 * How the source spells an entry of the target whose name it does not list, where the target takes the two names for one: the first of
 * several, which is whose the entry is. Writes the name with its NUL into `spelling`. Returns its length, 0 if there is none, or -errno.
 */
int pc_spelling_in(int source_dir, int target_dir, const char *target_name, char *spelling, size_t room);

/* Gives back what was allocated. */
void pc_folding_end(struct pc_folding *folding);
