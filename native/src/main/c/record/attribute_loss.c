#include "pcircle_config.h"

#include "record/attribute_loss.h"

#include <errno.h>

bool pc_is_rejection(int error)
{
    switch (error) {
    case EPERM:
    case EACCES:
    case EOPNOTSUPP:
    case ENOSYS:
    case EINVAL: /* for example an owner without a mapping in the file system's user namespace */
    case ERANGE:
    case E2BIG:
        return true;
    default:
        return false;
    }
}

void pc_not_preserved(struct pc_loss *loss, enum pc_kind kind, int error)
{
    if (!loss->is_foreseen)
        loss->context->not_preserved[kind]++;
    if (loss->context->required & 1u << kind)
        pc_attribute_failed(loss, (enum pc_operation)(PC_NOT_PRESERVED_OWNERSHIP + (int)kind), error);
}

void pc_attribute_failed(struct pc_loss *loss, enum pc_operation operation, int error)
{
    if (loss->failure == 0)
        loss->failure = pc_failed(operation, error);
}

int pc_rejected_or_failed(struct pc_loss *loss, enum pc_kind kind, enum pc_operation operation, int error)
{
    if (!pc_is_rejection(error))
        return pc_failed(operation, error);
    pc_not_preserved(loss, kind, error);
    return 0;
}
