package org.pcircle.fs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What some file systems keep of a file that is unlinked while somebody has it open: NFS clients and most FUSE file systems give it
 * another name in the same directory, which goes when it is closed. Until then it cannot be taken away, nor can the directory; that is
 * nothing that went wrong.
 */
public final class Lingering {

    private static final Pattern NAME = Pattern.compile("\\.(nfs|fuse_hidden)[0-9a-fA-F]{8,}");

    private Lingering() {}

    /** Whether a file system may have given this name to such a file. */
    public static boolean isName(byte[] name) {
        return name[0] == '.'
                && NAME.matcher(new String(name, StandardCharsets.ISO_8859_1)).matches();
    }

    /** Whether there is nothing else in a directory; true if it is empty. */
    static boolean isAllOf(Directory directory) throws FileException {
        try (Directory anew = directory.beneath(TreePath.TOP)) {
            for (Entry entry : anew.all()) {
                if (!isName(entry.name())) {
                    return false;
                }
            }
        }
        return true;
    }
}
