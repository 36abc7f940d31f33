package org.pcircle.plan;

/**
 * DEST as the user gave it.
 *
 * @param path of it
 * @param isCopy whether it is the copy of the one source whatever exists there, as with cp's -T; else a directory holds
 *     the copies of other entries, and of several sources
 */
public record Destination(byte[] path, boolean isCopy) {

    /** By the usual rule. */
    public static Destination of(byte[] path) {
        return new Destination(path, false);
    }
}
