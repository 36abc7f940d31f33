#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "record/attribute_loss.h"
#include "record/entry.h"

/*
 * Owner and group of entries. A process without CAP_CHOWN can only preserve the groups that it belongs to. It knows its
 * capabilities and groups, so an update does not repeat a chown that must fail. Any thread may call.
 */

/* Whether the entry's owner and group are these. */
bool pc_is_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid);

/*
 * Whether an entry with this owner and group stays as it is: ownership is not preserved, or is right, or cannot be
 * brought closer to the record by this process.
 */
bool pc_owner_stays(const struct pc_entry *wanted, uid_t uid, gid_t gid, const struct pc_context *context);

/*
 * Sets owner and group as close to the record as possible, if ownership is preserved, and returns the resulting ones in
 * `uid` and `gid`, which hold the present ones before. `fd` may be opened with O_PATH. A difference that remains is
 * noted in `loss`. Returns 1 if they were changed, 0 if not, or a failure.
 */
int pc_give_owner(int fd, const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss);

/*
 * Predicts the result of pc_give_owner without a system call, if nothing rejects the change; notes the same in `loss`.
 * Returns 1 if it would change owner or group, else 0.
 */
int pc_foresee_owner(const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss);

/* Notes what remains different of owner and group of an entry that pc_owner_stays leaves alone. No system call. */
void pc_note_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid, struct pc_loss *loss);

/*
 * Whether this process may set the set-group-id bit of an entry of this group. Where it may not, chmod silently clears
 * it.
 */
bool pc_may_set_group_id(gid_t gid);
