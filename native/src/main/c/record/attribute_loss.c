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

void pc_refused(struct pc_context *context, enum pc_kind kind, int error)
{
    context->lost[kind]++;
    if (context->insist & 1u << kind && context->refused == PC_NONE) {
        context->refused = PC_LOST_OWNERSHIP + (int)kind;
        context->refused_error = error;
    }
}

void pc_missed(struct pc_context *context, enum pc_operation operation, int error)
{
    if (context->refused == PC_NONE) {
        context->refused = operation;
        context->refused_error = error;
    }
}

int pc_not_kept(struct pc_context *context, enum pc_kind kind, enum pc_operation operation, int error)
{
    if (!pc_is_refusal(error))
        return pc_failed(context, operation, error);
    pc_refused(context, kind, error);
    return 0;
}
