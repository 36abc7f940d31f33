package org.pcircle.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pcircle.fs.Directory;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathText;
import org.pcircle.fs.TreePath;

/**
 * Tells a destination that --delete would empty from one that it would mirror: a wrong SOURCE, one that is empty or not
 * mounted, or DEST given where the directory above it was meant. Looks at the tops alone, and ends at the first name
 * that they share.
 */
final class MirrorGuard {

    private static final int LISTING_BYTES = 64 * 1024;

    private final Selection selection;

    MirrorGuard(Selection selection) {
        this.selection = selection;
    }

    /**
     * Fails if DEST's top has entries that would be deleted, and shares no name with SOURCE's top; or if that cannot be
     * told, as one of them cannot be read. Takes a look into the source for each entry of DEST's top, at most.
     *
     * @param prefix of the paths of this source when they are matched with patterns
     */
    void check(Place source, Place target, TreePath prefix) throws UsageException {
        byte[] shownSource = source.show(TreePath.TOP);
        byte[] shownTarget = target.show(TreePath.TOP);
        try (Directory top = open(shownSource);
                Directory copy = open(shownTarget)) {
            if (isEmptied(top, copy, prefix)) {
                throw new UsageException(
                        "--delete: " + PathText.shown(shownTarget) + " holds nothing that "
                                + PathText.shown(shownSource)
                                + " holds, so it is no mirror of it, and would be emptied; if that is meant: --delete=anything");
            }
        } catch (FileException e) {
            throw unreadable(e.operation() == Operation.STAT ? shownSource : shownTarget, e);
        }
    }

    private static Directory open(byte[] path) throws UsageException {
        try {
            return Directory.open(path);
        } catch (FileException e) {
            throw unreadable(path, e);
        }
    }

    private static UsageException unreadable(byte[] path, FileException e) {
        return new UsageException("--delete: " + PathText.shown(path) + ": " + e.getMessage());
    }

    private boolean isEmptied(Directory source, Directory copy, TreePath prefix) throws FileException {
        ByteBuffer listing = ByteBuffer.allocateDirect(LISTING_BYTES).order(ByteOrder.nativeOrder());
        boolean isAnyDeleted = false;
        while (true) {
            DirectoryStream.Listed listed = copy.list(listing);
            Entry entry = new Entry();
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
                byte[] name = entry.wrap(listing, at).name();
                boolean isSpared = isSpared(entry, name, prefix);
                if (!isSpared && isIn(source, copy, name)) {
                    return false;
                }
                isAnyDeleted |= !isSpared;
            }
            if (listed.atEnd()) {
                return isAnyDeleted;
            }
        }
    }

    /** Whether the source has the name, also in another spelling where the destination takes both for one. */
    private static boolean isIn(Directory source, Directory copy, byte[] name) throws FileException {
        return source.describeIfThere(name) != null
                || (copy.mayBeTaken(name) && source.spelling(copy, name).length > 0);
    }

    private boolean isSpared(Entry entry, byte[] name, TreePath prefix) {
        if (RunNames.mayBeOwn(name)) {
            return true;
        }
        TreePath path = prefix.isTop() ? new TreePath(name) : prefix.child(name);
        return !selection.filter().isEmpty() && selection.filter().excludes(path.bytes(), entry.isDirectory());
    }
}
