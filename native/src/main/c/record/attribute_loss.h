#pragma once

#include <stdbool.h>

#include "record/context.h"

/*
 * What cannot be kept of an entry because of who we are or what the target's file system is. That is counted and no
 * failure, but for those who insist: then it is the entry's failure, though the entry stays in place. One per entry.
 */

struct pc_loss {
    struct pc_context *context; /* says what is to be kept, and counts what could not be */
    int failure;                /* the first that was insisted on in vain, or missed; 0: nothing was */
};

/* Whether this errno says "not here" or "not you" of an attribute. */
bool pc_is_refusal(int error);

/* Notes that a kind was refused to an entry. */
void pc_refused(struct pc_loss *loss, enum pc_kind kind, int error);

/*
 * Notes that some of an entry's attributes could not be read or given for another reason, such as EIO. That is the entry's failure,
 * unless it has one; it stays in place, with all else that it shall have.
 */
void pc_missed(struct pc_loss *loss, enum pc_operation operation, int error);

/*
 * After an attribute of this kind could not be set: 0 if that is a refusal, which is now noted; or a failure
 * of the given operation.
 */
int pc_not_kept(struct pc_loss *loss, enum pc_kind kind, enum pc_operation operation, int error);
