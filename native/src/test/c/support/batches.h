#pragma once

#include <stddef.h>

#include "record/context.h"
#include "record/entry.h"

/*
 * Shared by the tests of batches: two directories, `source_dir` and `target_dir`, in `here`, a context, a buffer for
 * data, and records as of a listing.
 */
extern int source_dir, target_dir;
extern struct pc_context context;

/*
 * Creates the directories, sets umask 0 as the process does, and prepares the context: buffered, mode and times
 * preserved.
 */
void begin_batch(void);

/* Copies this one entry of the source, and returns its record with the outcome in it. */
struct pc_entry *copy_one(const char *name);

/* Copies records, perhaps to another name; returns how many have an outcome other than PC_DONE, or -errno. */
int copy_records(struct pc_entry *records, size_t bytes, const char *target_name);

/* Copies a record to the same name. Returns as above. */
int copy_record(struct pc_entry *entry);

/* Copies everything in the source; `*records` are the records with their outcomes, `*bytes` in all. */
int copy_all(struct pc_entry **records, size_t *bytes);

/* The entry's outcome; the case fails if it is another. */
void check_outcome(const struct pc_entry *entry, enum pc_outcome outcome);

/* What failed of the entry. */
void check_failed(const struct pc_entry *entry, enum pc_operation operation, int error);

/* The target's entry has the type, content, mode and times of the source's. */
void check_copied(const char *name);
