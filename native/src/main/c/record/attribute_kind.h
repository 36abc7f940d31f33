#pragma once

/*
 * What of an entry a copy can keep beside its data, in the order of Java's org.pcircle.fs.PreservedAttribute: as an index, and as a bit
 * of a set.
 */
enum pc_kind {
    PC_OWNERSHIP = 0,
    PC_MODE,
    PC_TIMESTAMPS,
    PC_LINKS,  /* names of one file stay names of one file */
    PC_XATTR,  /* extended attributes, file capabilities among them */
    PC_ACL,
    PC_LAYOUT, /* Lustre's striping */
};

enum { PC_KINDS = PC_LAYOUT + 1 };

enum pc_keep {
    PC_KEEP_OWNERSHIP = 1 << PC_OWNERSHIP,
    PC_KEEP_MODE = 1 << PC_MODE,
    PC_KEEP_TIMESTAMPS = 1 << PC_TIMESTAMPS,
    PC_KEEP_LINKS = 1 << PC_LINKS,
    PC_KEEP_XATTR = 1 << PC_XATTR,
    PC_KEEP_ACL = 1 << PC_ACL,
    PC_KEEP_LAYOUT = 1 << PC_LAYOUT,
};
