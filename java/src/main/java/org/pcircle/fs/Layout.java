package org.pcircle.fs;

/**
 * Where the Lustre layouts of new files come from. The order is that of {@code enum pc_layout_choice} in
 * {@code lustre_layout.h}.
 */
public enum Layout {
    /** From their directory, Lustre's default. */
    INHERIT,
    /** From their source. */
    PRESERVE,
    /** From their size. */
    AUTO
}
