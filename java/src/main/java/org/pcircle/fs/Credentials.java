package org.pcircle.fs;

import org.pcircle.jni.Native;

/** The user and the umask of this process. */
public final class Credentials {

    private Credentials() {}

    /** Whether this process is root, which may enter any directory. */
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
     * @return the umask that the user had set, which still applies to the run's own files
     */
    public static int clearCreationMask() {
        return Native.umask(0);
    }
}
