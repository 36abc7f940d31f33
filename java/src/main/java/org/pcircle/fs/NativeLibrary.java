package org.pcircle.fs;

import org.pcircle.jni.Native;

/** The native library as a whole. */
public final class NativeLibrary {

    private NativeLibrary() {}

    /** How the library was built, on one line. */
    public static String features() {
        return Native.features();
    }

    /** Whether liblustreapi was found, which handles kinds of layouts that the library does not know. */
    public static boolean hasLustreApi() {
        return Native.hasLustreApi();
    }
}
