package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The directory that relative paths begin in. */
public final class CurrentDirectory {

    private static final byte[] HERE = {'.'};
    private static final byte[] HERE_BELOW = {'.', '/'};

    private CurrentDirectory() {}

    /**
     * Its absolute path: as the shell calls it (PWD), which other hosts understand more often, else as the kernel does; {@code .} if it
     * has none, as it has been deleted.
     */
    public static byte[] path() {
        String shells = System.getenv("PWD");
        byte[] path = shells == null ? HERE : shells.getBytes(UTF_8);
        if (path.length > 0 && path[0] == '/' && isHere(path)) {
            return path;
        }
        try (Directory here = Directory.open(HERE)) {
            byte[] real = here.realPath();
            return isHere(real) ? real : HERE;
        } catch (FileException e) {
            return HERE;
        }
    }

    /** A path that may be relative, as seen from everywhere. */
    public static byte[] absolute(byte[] path) {
        if (path.length > 0 && path[0] == '/') {
            return path;
        }
        byte[] plain = path;
        while (plain.length > 2 && Arrays.equals(plain, 0, 2, HERE_BELOW, 0, 2)) {
            plain = Arrays.copyOfRange(plain, 2, plain.length);
        }
        return Arrays.equals(plain, HERE) ? path() : TreePath.join(path(), plain);
    }

    private static boolean isHere(byte[] path) {
        try {
            return Entry.of(Described.at(path, true)).isSame(Entry.of(Described.at(HERE, true)));
        } catch (FileException e) {
            return false;
        }
    }
}
