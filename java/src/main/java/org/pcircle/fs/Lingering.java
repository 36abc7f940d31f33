package org.pcircle.fs;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Files that were unlinked while open and linger: NFS clients and most FUSE file systems rename such a file in its
 * directory until it is closed. Until then neither it nor its directory can be removed; that is not a failure.
 */
public final class Lingering {

    private static final Pattern NAME = Pattern.compile("\\.(nfs|fuse_hidden)[0-9a-fA-F]{8,}");

    private Lingering() {}

    /** Whether a file system may have given this name to a lingering file. */
    public static boolean isName(byte[] name) {
        return name[0] == '.'
                && NAME.matcher(new String(name, StandardCharsets.ISO_8859_1)).matches();
    }

    /** Whether a directory holds only lingering files; true if it is empty. */
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
