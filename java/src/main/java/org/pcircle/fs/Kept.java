package org.pcircle.fs;

/** What of an entry a copy keeps beyond its data. The order is that of the bits of {@code keep} in {@code context.h}. */
public enum Kept {
    OWNERSHIP,
    MODE,
    TIMESTAMPS
}
