package org.pcircle.fs;

import org.pcircle.jni.Native;

/** The native library as a whole. */
public final class NativeLibrary {

    private NativeLibrary() {}

    /** How it was built, on one line. */
    public static String features() {
        return Native.features();
    }

    /** Whether it has found liblustreapi, for layouts of kinds that it does not know itself. */
    public static boolean hasLustreApi() {
        return Native.hasLustreApi();
    }
}
