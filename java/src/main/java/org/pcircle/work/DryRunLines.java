package org.pcircle.work;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.PathText;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.TreePath;

/** Lines of a dry run: what would be done to the entries of one directory of the target. */
public final class DryRunLines {

    /** Lines are sent in pieces of about this length. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final byte[] DELETE = "delete ".getBytes(US_ASCII);
    private static final byte[] LINK = "link ".getBytes(US_ASCII);
    private static final byte[] LINKED_TO = " => ".getBytes(US_ASCII);

    private final ItemResult result;

    /** The directory's path as shown to the user, with a slash. */
    private final byte[] before;

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private DryRunLines(byte[] before, ItemResult result) {
        this.before = before;
        this.result = result;
    }

    /** Lines for the entries of a directory, given by name. */
    public static DryRunLines in(int root, TreePath directory, Roots roots, ItemResult result) {
        return new DryRunLines((PathText.shown(roots.showTarget(root, directory)) + "/").getBytes(UTF_8), result);
    }

    /** Lines for entries given by their whole paths. */
    public static DryRunLines anywhere(ItemResult result) {
        return new DryRunLines(new byte[0], result);
    }

    /** Adds a single deletion. */
    public static void tellDeletion(byte[] path, ItemResult result) {
        DryRunLines one = anywhere(result);
        one.delete(path);
        one.end();
    }

    /** Adds a line: an entry would be created, or would replace another one. */
    public void make(Entry entry, byte[] name) {
        tell(verb(entry.type()), name, null);
    }

    /**
     * Adds a line: the kinds of attributes that would be set on an entry that stays, as bits by their order; no line if
     * there are none.
     */
    public void change(int kinds, byte[] name) {
        if (kinds != 0) {
            StringJoiner words = new StringJoiner(",", "set ", " ");
            for (PreservedAttribute kind : PreservedAttribute.values()) {
                if ((kinds & 1 << kind.ordinal()) != 0) {
                    words.add(kind.word());
                }
            }
            tell(words.toString().getBytes(US_ASCII), name, null);
        }
    }

    /** Adds a line: an entry would become a hard link to the one at a whole path. */
    public void link(byte[] name, byte[] first) {
        tell(LINK, name, first);
    }

    public void delete(byte[] name) {
        tell(DELETE, name, null);
    }

    /** Sends the remaining lines. */
    public void end() {
        if (lines.size() > 0) {
            result.tell(0, new DryRunOutput(lines.toByteArray()));
            lines.reset();
        }
    }

    private void tell(byte[] verb, byte[] name, byte @Nullable [] linkedTo) {
        lines.writeBytes(verb);
        lines.writeBytes(before);
        lines.writeBytes(shown(name));
        if (linkedTo != null) {
            lines.writeBytes(LINKED_TO);
            lines.writeBytes(shown(linkedTo));
        }
        lines.write('\n');
        if (lines.size() > PIECE_BYTES) {
            end();
        }
    }

    private static byte[] shown(byte[] path) {
        return isPlain(path) ? path : PathText.shown(path).getBytes(UTF_8);
    }

    private static boolean isPlain(byte[] path) {
        for (byte b : path) {
            if (b < ' ' || b == 0x7f || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] verb(int type) {
        String verb = switch (type) {
            case Entry.DIRECTORY -> "mkdir ";
            case Entry.REGULAR -> "copy ";
            case Entry.SYMLINK -> "symlink ";
            default -> "mknod ";
        };
        return verb.getBytes(US_ASCII);
    }
}
