#pragma once

#include "batch/batch_state.h"

/*
 * Copies one entry without data to a name that must not exist (EEXIST): a symbolic link; or a FIFO, socket or device.
 * Unlinks it again if its attributes cannot be set. Return 0 or a failure.
 */
int pc_copy_link(struct pc_batch *batch, struct pc_entry *entry, const char *target_name, struct pc_loss *loss);
int pc_copy_node(struct pc_batch *batch, const struct pc_entry *entry, const char *target_name, struct pc_loss *loss);
