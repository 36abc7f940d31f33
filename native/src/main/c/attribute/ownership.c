#include "pcircle_config.h"

#include "attribute/ownership.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "record/attribute_loss.h"
#include "sys/retry.h"

/* ---- credentials of this process ---- */

static const uid_t no_uid = (uid_t)-1; /* for chown: unchanged */

/* Determined once, and constant afterwards: the credentials of the process do not change. */
static struct {
    uid_t uid;
    bool may_give_away;        /* CAP_CHOWN */
    bool may_set_any_group_id; /* CAP_FSETID */
    gid_t *groups;             /* the effective one and all others, sorted; NULL if unknown */
    size_t count;
} self;

static int compare(const void *a, const void *b)
{
    gid_t left = *(const gid_t *)a, right = *(const gid_t *)b;
    return (left > right) - (left < right);
}

static void ask_groups(void)
{
    int count = getgroups(0, NULL);
    gid_t *groups = count < 0 ? NULL : malloc(((size_t)count + 1) * sizeof *groups);
    if (!groups)
        return;
    count = getgroups(count, groups);
    count = count < 0 ? 0 : count;
    groups[count++] = getegid();
    qsort(groups, (size_t)count, sizeof *groups, compare);
    self.groups = groups;
    self.count = (size_t)count;
}

static void ask(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};
    self.uid = geteuid();
    bool known = syscall(SYS_capget, &header, data) == 0;
    self.may_give_away = known ? data[0].effective & 1u << CAP_CHOWN : self.uid == 0;
    self.may_set_any_group_id = known ? data[0].effective & 1u << CAP_FSETID : self.uid == 0;
    ask_groups();
}

static void know_self(void)
{
    static pthread_once_t asked = PTHREAD_ONCE_INIT;
    pthread_once(&asked, ask);
}

/* Where the groups are unknown, every group may be one of them. */
static bool is_member(gid_t gid)
{
    return !self.groups || bsearch(&gid, self.groups, self.count, sizeof gid, compare);
}

bool pc_may_set_group_id(gid_t gid)
{
    know_self();
    return self.may_set_any_group_id || is_member(gid);
}

/* ---- changing owners ---- */

bool pc_is_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid)
{
    return wanted->uid == uid && wanted->gid == gid;
}

/* Whether a change may succeed. */
static bool can_change(const struct pc_entry *wanted, uid_t uid, gid_t gid)
{
    know_self();
    if (pc_is_owner(wanted, uid, gid))
        return false;
    return self.may_give_away || (gid != wanted->gid && uid == self.uid && is_member(wanted->gid));
}

bool pc_owner_stays(const struct pc_entry *wanted, uid_t uid, gid_t gid, const struct pc_context *context)
{
    return !(context->preserve & PC_PRESERVE_OWNERSHIP) || !can_change(wanted, uid, gid);
}

/* A wrong owner counts only if this process should be able to preserve it: as root, or if ownership is required. */
static void note(const struct pc_entry *wanted, uid_t uid, gid_t gid, int error, struct pc_loss *loss)
{
    know_self();
    bool owner_counts = self.may_give_away || self.uid == 0 || loss->context->required & PC_PRESERVE_OWNERSHIP;
    if (gid != wanted->gid || (uid != wanted->uid && owner_counts))
        pc_not_preserved(loss, PC_OWNERSHIP, error);
}

void pc_note_owner(const struct pc_entry *wanted, uid_t uid, gid_t gid, struct pc_loss *loss)
{
    if (loss->context->preserve & PC_PRESERVE_OWNERSHIP)
        note(wanted, uid, gid, EPERM, loss);
}

static int change_owner(int fd, uid_t uid, gid_t gid)
{
    return PC_RETRY(fchownat(fd, "", uid, gid, AT_EMPTY_PATH)) < 0 ? errno : 0;
}

int pc_foresee_owner(const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss)
{
    if (pc_owner_stays(wanted, *uid, *gid, loss->context)) {
        pc_note_owner(wanted, *uid, *gid, loss);
        return 0;
    }
    *uid = self.may_give_away ? wanted->uid : *uid;
    *gid = wanted->gid;
    note(wanted, *uid, *gid, EPERM, loss);
    return 1;
}

int pc_give_owner(int fd, const struct pc_entry *wanted, uid_t *uid, gid_t *gid, struct pc_loss *loss)
{
    if (pc_owner_stays(wanted, *uid, *gid, loss->context)) {
        pc_note_owner(wanted, *uid, *gid, loss);
        return 0;
    }
    uid_t given = self.may_give_away ? wanted->uid : no_uid;
    int error = change_owner(fd, given, wanted->gid);
    bool changed = error == 0;
    if (changed)
        *uid = given == no_uid ? *uid : given;
    else if (!pc_is_rejection(error))
        return pc_failed(PC_CHOWN, error);
    else if (given != no_uid && *gid != wanted->gid) /* a group of its own it may still set */
        changed = change_owner(fd, no_uid, wanted->gid) == 0;
    if (changed)
        *gid = wanted->gid;
    note(wanted, *uid, *gid, error == 0 ? EPERM : error, loss);
    return changed;
}
