package org.pcircle.fs;

import org.pcircle.jni.Native;

/** How this process makes files. */
public final class Credentials {

    private Credentials() {}

    /** Whether this process is root, whom no mode keeps from entering a directory. */
    public static boolean isRoot() {
        return Native.effectiveUserId() == 0;
    }

    /** Whether an entry belongs to the user of this process. */
    public static boolean owns(Entry entry) {
        return entry.owner() == Native.effectiveUserId();
    }

    /**
     * Clears the file mode creation mask, so that a copy's mode is exactly the source's.
     *
     * @return the mask that the user had set, which still holds for files of our own
     */
    public static int clearCreationMask() {
        return Native.umask(0);
    }
}
