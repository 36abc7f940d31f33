#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "record/entry.h"

/*
 * Name folding: where a file system takes two names for one, as most case-insensitive ones do, two entries of a source
 * directory become one of the target. Before an entry of the target is replaced or taken for up to date, these
 * functions tell whether it is there for another entry of the source.
 *
 * The struct caches facts about one target directory during one call. Initialize it with zeros. `records` is the batch
 * that is copied there, if there are several entries; then the directory is read once for all of them. One thread at a
 * time.
 */
struct pc_folding {
    struct pc_entry *records;
    const struct pc_entry *end;
    enum { PC_FOLDING_UNKNOWN, PC_NAMES_DISTINCT, PC_NAMES_FOLDED } names;
    struct pc_spelling *spellings; /* of the records, sorted; NULL: the directory has not been read */
    size_t count;
};

/*
 * Fails if the entry `target_name` of the target belongs to another entry of the source directory. It does if it has
 * that entry's spelling. If its spelling is not in the source, it belongs to the first, by bytes, of the source's names
 * that differ only in the case of ASCII letters.
 *
 * A directory that does not fold names costs one system call, to look up `target_name` with one letter in the other
 * case. One that does is read, and the source is, too, if the spelling differs. A name without ASCII letters is only
 * checked where another name has shown that names are folded. An entry whose name in the target is not its name in the
 * source is not checked.
 *
 * Returns 0 if it does not, or a failure of PC_TAKEN: EEXIST if it does.
 */
int pc_refuse_taken(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    struct pc_folding *folding);

/* The same for an entry that is not in a batch. */
int pc_refuse_taken_alone(
    int source_dir, const char *source_name, int target_dir, const char *target_name);

/*
 * Whether pc_refuse_taken has to be asked: 1 if there is an entry of this name with its first ASCII letter in the other
 * case, 0 if there is none, or -errno.
 */
int pc_may_be_taken(int target_dir, const char *target_name);

/*
 * The source's spelling of an entry of the target whose name the source does not list, where the target folds the two
 * names: the first of several, by bytes. Writes the name with its NUL into `spelling`, which has `room` bytes. Returns
 * its length, 0 if there is none, or -errno; -ENAMETOOLONG if there is too little room.
 */
int pc_spelling_in(int source_dir, int target_dir, const char *target_name, char *spelling, size_t room);

/* Frees what was allocated. */
void pc_folding_end(struct pc_folding *folding);
