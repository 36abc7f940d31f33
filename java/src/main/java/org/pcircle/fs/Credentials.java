package org.pcircle.fs;

import org.pcircle.jni.Native;

/** What this process may do, and how it makes files. */
public final class Credentials {

    private static final int ROOT = 0;

    private Credentials() {}

    /** Whether this process may give files away, so that ownership can be kept. */
    public static boolean isPrivileged() {
        return Native.effectiveUserId() == ROOT;
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
