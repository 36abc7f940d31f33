package org.pcircle.plan;

/** How much a manifest says about each entry. */
public enum ManifestDetail {
    /** Nothing. */
    NONE,
    /** One record an entry: what the signature covers. */
    ENTRIES,
    /** The entry's record, and the digest of each leaf of a file. */
    LEAVES
}
