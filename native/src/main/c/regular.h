#pragma once

#include "batch.h"

/*
 * Copies one regular file whole, with its attributes, to a name that must not exist. A source that changes meanwhile is
 * copied once more; the record then has its new values. See pc_copy_entries for what is left behind when.
 * Returns 0, or -errno with the operation in the context, or PC_CHANGED, or PC_NOT_DONE.
 *
 * A small file takes eight system calls: two openat, pread, pwrite, fstat of the source, utimensat, two close.
 */
int pc_copy_regular(struct pc_batch *batch, struct pc_entry *entry, const char *target_name);
