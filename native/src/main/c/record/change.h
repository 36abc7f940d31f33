#pragma once

#include <stdint.h>

/*
 * What becomes of an entry of the target, or would in a dry run: bits, or-ed. 0: it is left alone.
 *
 * The values are part of the contract with Java, where org.pcircle.fs.Changes mirrors them.
 */
enum pc_change {
    PC_MADE = 1 << 0,          /* created; with PC_REPLACED, in place of an existing entry */
    PC_REPLACED = 1 << 1,      /* the existing entry; the other bits say in what it differs */
    PC_MADE_BEFORE = 1 << 2,   /* by an earlier attempt of this run: whether and what it replaced is not known */
    PC_OTHER_TYPE = 1 << 3,    /* alone but for the bits above: what else differs is of no account */
    PC_OTHER_CONTENT = 1 << 4, /* the path in a symbolic link, the number of a device */
    PC_OTHER_SIZE = 1 << 5,    /* of a regular file */
    PC_OTHER_TIMES = 1 << 6,   /* the modification time; or none is preserved, and it is that of the copy */
    PC_OTHER_MODE = 1 << 7,
    PC_OTHER_OWNER = 1 << 8,
    PC_OTHER_GROUP = 1 << 9,
    PC_OTHER_ACL = 1 << 10,
    PC_OTHER_XATTR = 1 << 11,
};
