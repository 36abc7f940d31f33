package org.pcircle.fs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.pcircle.jni.Native;

/** A file that the user has named, to be read; its name may be any bytes, and it may be a pipe. */
public final class GivenFile {

    private GivenFile() {}

    /** A file at a path as the user gave it, to be read and closed by the caller. */
    public static InputStream open(byte[] path) throws IOException {
        int descriptor = FileException.check(Operation.OPEN, Native.openGiven(path));
        try {
            return new FileInputStream("/proc/self/fd/" + descriptor);
        } finally {
            Native.close(descriptor);
        }
    }

    /** At most so many bytes from the start of a file at a path as the user gave it. */
    public static byte[] read(byte[] path, int bytesMax) throws IOException {
        try (InputStream file = open(path)) {
            return file.readNBytes(bytesMax);
        }
    }
}
