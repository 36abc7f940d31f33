package org.pcircle.work.change;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Entry;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.TreePath;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Lines as of {@code rsync --itemize-changes}: eleven letters, which say what is done and what differed, and the path
 * in the transfer; see rsync(1), {@code %i %n%L}.
 */
final class ItemLines extends ChangeLines {

    private static final byte[] DELETING = "*deleting   ".getBytes(US_ASCII);
    private static final byte[] LINK_TARGET = " -> ".getBytes(US_ASCII);
    private static final byte[] LINKED_TO = " => ".getBytes(US_ASCII);
    private static final byte[] TOP = {'.'};

    /** The letters that differences have, and the place of the first. */
    private static final int ATTRIBUTES_AT = 2;

    private static final int LETTERS = 11;

    private final int root;
    private final @Nullable TreePath directory;
    private final WorkerContext worker;

    /** The path of the directory, with a slash, or of the top of the tree. */
    private final byte[] before;

    /** @param directory null: the entry is the top of its tree */
    ItemLines(int root, @Nullable TreePath directory, WorkerContext worker, ItemResult result) {
        super(result);
        this.root = root;
        this.directory = directory;
        this.worker = worker;
        TreePath path = worker.plan().transferPath(root, directory == null ? TreePath.TOP : directory);
        byte[] shown = RsyncName.escaped(path.bytes());
        this.before = path.isTop() ? (directory == null ? TOP : shown) : directory == null ? shown : withSlash(shown);
    }

    private static byte[] withSlash(byte[] path) {
        byte[] before = Arrays.copyOf(path, path.length + 1);
        before[path.length] = '/';
        return before;
    }

    @Override
    public void tell(Entry entry, byte[] name, int changes) {
        if (changes == 0) {
            return;
        }
        boolean isMade = (changes & Changes.MADE) != 0;
        add(letters(!isMade ? '.' : entry.type() == Entry.REGULAR ? '>' : 'c', entry.type(), changes));
        addName(name, entry.isDirectory());
        byte[] target = entry.type() == Entry.SYMLINK ? worker.linkTarget(root, directory, entry) : null;
        if (target != null) {
            add(LINK_TARGET);
            add(RsyncName.escaped(target));
        }
        endLine();
    }

    @Override
    public void link(HardLinkName other, HardLinkName first, int changes) {
        add(letters('h', Entry.of(other.record()).type(), changes));
        add(RsyncName.escaped(
                worker.plan().transferPath(other.root(), other.path()).bytes()));
        add(LINKED_TO);
        add(RsyncName.escaped(
                worker.plan().transferPath(first.root(), first.path()).bytes()));
        endLine();
    }

    @Override
    public void delete(byte[] name, boolean isDirectory) {
        add(DELETING);
        addName(name, isDirectory);
        endLine();
    }

    private void addName(byte[] name, boolean isDirectory) {
        add(before);
        if (directory != null) {
            add(RsyncName.escaped(name));
        }
        if (isDirectory) {
            add(new byte[] {'/'});
        }
    }

    /** The letters and a space. */
    private byte[] letters(char done, int type, int changes) {
        byte[] letters = (done + typeLetter(type) + differences(changes) + " ").getBytes(US_ASCII);
        boolean isNew = (changes & Changes.MADE) != 0
                && ((changes & Changes.REPLACED) == 0 || (changes & Changes.OTHER_TYPE) != 0);
        if ((changes & Changes.MADE_BEFORE) != 0) {
            Arrays.fill(letters, ATTRIBUTES_AT, LETTERS, (byte) '?');
        } else if (isNew) {
            Arrays.fill(letters, ATTRIBUTES_AT, LETTERS, (byte) '+');
        } else if (done != '>' && isNothing(letters)) {
            Arrays.fill(letters, ATTRIBUTES_AT, LETTERS, (byte) ' ');
        }
        return letters;
    }

    private static boolean isNothing(byte[] letters) {
        for (int i = ATTRIBUTES_AT; i < LETTERS; i++) {
            if (letters[i] != '.') {
                return false;
            }
        }
        return true;
    }

    private static String typeLetter(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> "d";
            case Entry.REGULAR -> "f";
            case Entry.SYMLINK -> "L";
            case Entry.CHARACTER_DEVICE, Entry.BLOCK_DEVICE -> "D";
            default -> "S";
        };
    }

    private String differences(int changes) {
        boolean keepsTimes = worker.plan().copy().preserve().kept().contains(PreservedAttribute.TIMESTAMPS);
        return letter(changes, Changes.OTHER_CONTENT, 'c')
                + letter(changes, Changes.OTHER_SIZE, 's')
                + letter(changes, Changes.OTHER_TIMES, keepsTimes ? 't' : 'T')
                + letter(changes, Changes.OTHER_MODE, 'p')
                + letter(changes, Changes.OTHER_OWNER, 'o')
                + letter(changes, Changes.OTHER_GROUP, 'g')
                + '.' // access times
                + letter(changes, Changes.OTHER_ACL, 'a')
                + letter(changes, Changes.OTHER_XATTR, 'x');
    }

    private static String letter(int changes, int change, char letter) {
        return (changes & change) != 0 ? String.valueOf(letter) : ".";
    }
}
