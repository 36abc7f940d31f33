#include "pcircle_config.h"

#include "record/attribute_loss.h"

#include <errno.h>

bool pc_is_refusal(int error)
{
    switch (error) {
    case EPERM:
    case EACCES:
    case EOPNOTSUPP:
    case ENOSYS:
    case EINVAL: /* an owner that the file system's user namespace has no name for, for one */
    case ERANGE:
    case E2BIG:
        return true;
    default:
        return false;
    }
}

void pc_refused(struct pc_loss *loss, enum pc_kind kind, int error)
{
    loss->context->lost[kind]++;
    if (loss->context->insist & 1u << kind)
        pc_missed(loss, (enum pc_operation)(PC_LOST_OWNERSHIP + (int)kind), error);
}

void pc_missed(struct pc_loss *loss, enum pc_operation operation, int error)
{
    if (loss->failure == 0)
        loss->failure = pc_failed(operation, error);
}

int pc_not_kept(struct pc_loss *loss, enum pc_kind kind, enum pc_operation operation, int error)
{
    if (!pc_is_refusal(error))
        return pc_failed(operation, error);
    pc_refused(loss, kind, error);
    return 0;
}
