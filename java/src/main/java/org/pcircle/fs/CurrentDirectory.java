package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The current directory of this process. */
public final class CurrentDirectory {

    private static final byte[] HERE = {'.'};
    private static final byte[] HERE_BELOW = {'.', '/'};

    private CurrentDirectory() {}

    /**
     * Its absolute path: the shell's name (PWD), which more often means the same on other hosts, else the kernel's;
     * {@code .} if the directory has been deleted.
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

    /** The absolute path of one that may be relative. */
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
            return Entry.of(Stat.at(path, true)).isSame(Entry.of(Stat.at(HERE, true)));
        } catch (FileException e) {
            return false;
        }
    }
}
