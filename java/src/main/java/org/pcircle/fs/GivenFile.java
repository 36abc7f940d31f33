package org.pcircle.fs;

import java.io.FileInputStream;
import java.io.IOException;
import org.pcircle.jni.Native;

/** A file that the user has named, to be read at once; its name may be any bytes, and it may be a pipe. */
public final class GivenFile {

    private GivenFile() {}

    /** At most so many bytes from the start of a file at a path as the user gave it. */
    public static byte[] read(byte[] path, int bytesMax) throws IOException {
        int descriptor = FileException.check(Operation.OPEN, Native.openGiven(path));
        try (FileInputStream file = new FileInputStream("/proc/self/fd/" + descriptor)) {
            return file.readNBytes(bytesMax);
        } finally {
            Native.close(descriptor);
        }
    }
}
