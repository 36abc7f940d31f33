#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * Owners and groups, and what this process can do about them. Who may not give files away keeps of ownership the groups that he
 * belongs to. What he may do is known without trying, so that an update does not try again and again in vain.
 */

/* Whether the entry's owner and group are these. */
bool pc_is_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid);

/*
 * Whether an entry that belongs to these stays theirs: ownership is not kept, or is right, or as near to it as this
 * process can bring it.
 */
bool pc_owner_stays(const struct pc_entry *wanted, uid_t uid, gid_t gid, const struct pc_context *context);

/*
 * Brings owner and group as near as can be to the entry's, if ownership is kept, and says in `uid` and `gid` what they are now. O_PATH will
 * do. What is lacking is noted (attribute_loss.h). Returns 1 if they were changed, 0 if not, or a failure.
 */
int pc_give_owner(int fd, const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss);

/* As pc_give_owner would leave them if nothing refused it, noted likewise, without a system call. Returns 1 if it would change them, else 0. */
int pc_foresee_owner(const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss);

/* Notes what is lacking of the ownership of an entry that stays theirs, as pc_give_owner does, without a system call. */
void pc_note_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid, struct pc_loss *loss);

/* Whether this process may make an entry of this group set-group-id; where it may not, chmod leaves the bit out silently. */
bool pc_may_set_group_id(gid_t gid);
