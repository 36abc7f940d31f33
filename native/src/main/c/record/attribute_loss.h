#pragma once

#include <stdbool.h>

#include "record/context.h"

/*
 * Attributes that could not be preserved, because this process may not set them or the target's file system does not
 * support them. They are counted. An attribute that is required makes the entry fail, though the entry stays in place.
 * One struct per entry, used by one thread.
 */

struct pc_loss {
    struct pc_context *context; /* says which attributes are preserved and required, and counts those not preserved */
    int failure;                /* the first required attribute that was not preserved, or other failure; 0: none */
    bool is_foreseen;           /* the attributes will be set, or not, later: nothing is counted now */
};

/* Whether this errno means that an attribute is not supported here, or not permitted to this process. */
bool pc_is_rejection(int error);

/* Notes that an entry's attribute of this kind was rejected with `error`. */
void pc_not_preserved(struct pc_loss *loss, enum pc_kind kind, int error);

/*
 * Notes that an attribute of an entry could not be read or set for another reason, such as EIO. That is the entry's
 * failure, unless it has one. The entry stays in place, with its other attributes.
 */
void pc_attribute_failed(struct pc_loss *loss, enum pc_operation operation, int error);

/*
 * After an attribute of this kind could not be set: returns 0 if it was rejected (pc_is_rejection), which is noted;
 * else a failure of `operation`.
 */
int pc_rejected_or_failed(struct pc_loss *loss, enum pc_kind kind, enum pc_operation operation, int error);
