package org.pcircle.work.change;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Entry;
import org.pcircle.fs.PathText;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.TreePath;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Roots;

/** Lines of a verb and the path in the target: {@code copy PATH}, {@code set mode,acl PATH}. */
final class VerbLines extends ChangeLines {

    private static final byte[] REPLACE = "replace ".getBytes(US_ASCII);
    private static final byte[] DELETE = "delete ".getBytes(US_ASCII);
    private static final byte[] LINK = "link ".getBytes(US_ASCII);
    private static final byte[] LINKED_TO = " => ".getBytes(US_ASCII);

    private final Roots roots;

    /** The path as shown to the user: of the directory, with a slash, or of the top of the tree. */
    private final byte[] before;

    private final boolean isTop;

    /** @param directory null: the entry is the top of its tree */
    VerbLines(int root, @Nullable TreePath directory, Roots roots, ItemResult result) {
        super(result);
        this.roots = roots;
        this.isTop = directory == null;
        String shown = PathText.shown(roots.showTarget(root, directory == null ? TreePath.TOP : directory));
        this.before = (isTop ? shown : shown + "/").getBytes(UTF_8);
    }

    /** The line of the deletion of a file of a run's own. */
    static byte[] deletion(byte[] path) {
        return ("delete " + PathText.shown(path) + "\n").getBytes(UTF_8);
    }

    @Override
    public void tell(Entry entry, byte[] name, int changes) {
        if ((changes & Changes.MADE) != 0) {
            add((changes & Changes.REPLACED) != 0 ? REPLACE : verb(entry.type()));
        } else if (changes != 0) {
            add(settings(changes));
        } else {
            return;
        }
        addPath(name);
        endLine();
    }

    @Override
    public void link(HardLinkName other, HardLinkName first, int changes) {
        add(LINK);
        add(shown(roots.showTarget(other.root(), other.path())));
        add(LINKED_TO);
        add(shown(roots.showTarget(first.root(), first.path())));
        endLine();
    }

    @Override
    public void delete(byte[] name, boolean isDirectory) {
        add(DELETE);
        addPath(name);
        endLine();
    }

    private void addPath(byte[] name) {
        add(before);
        if (!isTop) {
            add(shown(name));
        }
    }

    private static byte[] settings(int changes) {
        StringJoiner words = new StringJoiner(",", "set ", " ");
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            if (Changes.has(changes, kind)) {
                words.add(kind.word());
            }
        }
        return words.toString().getBytes(US_ASCII);
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
