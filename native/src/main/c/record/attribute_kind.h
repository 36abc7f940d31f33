#pragma once

/*
 * The kinds of attributes that a copy can preserve, in the order of Java's org.pcircle.fs.PreservedAttribute: as an
 * index, and as a bit of a set.
 */
enum pc_kind {
    PC_OWNERSHIP = 0,
    PC_MODE,
    PC_TIMESTAMPS,
    PC_LINKS,  /* hard links */
    PC_XATTR,  /* extended attributes, with file capabilities */
    PC_ACL,
    PC_LAYOUT, /* Lustre striping */
};

enum { PC_KINDS = PC_LAYOUT + 1 };

enum pc_preserve {
    PC_PRESERVE_OWNERSHIP = 1 << PC_OWNERSHIP,
    PC_PRESERVE_MODE = 1 << PC_MODE,
    PC_PRESERVE_TIMESTAMPS = 1 << PC_TIMESTAMPS,
    PC_PRESERVE_LINKS = 1 << PC_LINKS,
    PC_PRESERVE_XATTR = 1 << PC_XATTR,
    PC_PRESERVE_ACL = 1 << PC_ACL,
    PC_PRESERVE_LAYOUT = 1 << PC_LAYOUT,
};
