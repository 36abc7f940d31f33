package org.pcircle.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.LeafRuns.LeafRun;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.EscapedPath;
import org.pcircle.fs.PathOrder;
import org.pcircle.fs.TreePath;

/**
 * Compares a tree, whose records are given in order, with a manifest: which entries are changed, missing or extra, and,
 * where both have the leaves of a file, which bytes. Unreadable parts of the tree are not judged.
 *
 * <pre>
 *   changed a/b: size, content
 *   changed a/c: bytes 1048576-3145727
 *   missing a/d
 *   extra a/e
 * </pre>
 */
public final class ManifestComparison {

    private final ManifestReader manifest;
    private final Consumer<byte[]> lines;

    /** The next entry of the manifest; null after its end. */
    private @Nullable SignedEntry expected;

    /** The last subtree that could not be read. */
    private @Nullable TreePath unread;

    private @Nullable LeafComparison leaves;
    private long changed;
    private long missing;
    private long extra;

    /**
     * @param manifest read here, closed by the caller
     * @param lines takes each difference as a line with its end
     */
    public ManifestComparison(ManifestReader manifest, Consumer<byte[]> lines) throws IOException {
        this.manifest = manifest;
        this.lines = lines;
        this.expected = manifest.next();
    }

    public void take(ManifestRecord record) throws IOException {
        if (record instanceof ManifestRecord.Leaves found) {
            if (leaves != null) {
                leaves.take(found.leaves().runs());
            }
            return;
        }
        endLeaves();
        skipTo(record.path());
        if (record instanceof ManifestRecord.Unread) {
            noteUnread(new TreePath(record.path()));
        } else if (record instanceof ManifestRecord.Entry found) {
            compare(found.entry());
        }
    }

    /** Ends the comparison: entries left in the manifest are missing. */
    public void end() throws IOException {
        endLeaves();
        skipTo(null);
    }

    /** Entries that differ. */
    public long differences() {
        return changed + missing + extra;
    }

    @Override
    public String toString() {
        return changed + " changed, " + missing + " missing, " + extra + " extra";
    }

    /** Skips entries of the manifest that come before a path; null: all remaining ones. */
    private void skipTo(byte @Nullable [] path) throws IOException {
        SignedEntry next = expected;
        while (next != null && (path == null || PathOrder.compare(next.path(), path) < 0)) {
            if (unread == null || !new TreePath(next.path()).isWithin(unread)) {
                missing++;
                say("missing", next.path(), null);
            }
            next = manifest.next();
        }
        expected = next;
    }

    private void noteUnread(TreePath path) {
        if (unread == null || !path.isWithin(unread)) {
            unread = path;
        }
    }

    private void compare(SignedEntry found) throws IOException {
        SignedEntry before = expected;
        if (before == null || !Arrays.equals(before.path(), found.path())) {
            extra++;
            say("extra", found.path(), null);
            return;
        }
        boolean hasOtherContent = before.type() == found.type() && !Arrays.equals(before.content(), found.content());
        if (hasOtherContent
                && found.type() == EntryType.REGULAR
                && manifest.header().leaves()) {
            leaves = new LeafComparison(before, found);
        }
        List<String> kinds = differences(before, found);
        if (!kinds.isEmpty()) {
            changed++;
            say("changed", found.path(), String.join(", ", kinds));
        }
        if (leaves == null) {
            expected = manifest.next();
        }
    }

    private static List<String> differences(SignedEntry before, SignedEntry found) {
        List<String> kinds = new ArrayList<>();
        if (before.type() != found.type()) {
            kinds.add("type");
        } else {
            add("size", before.bytes() != found.bytes(), kinds);
            add("content", !Arrays.equals(before.content(), found.content()), kinds);
        }
        Metadata old = before.metadata();
        Metadata now = found.metadata();
        if (old != null && now != null) {
            add("mode", old.mode() != now.mode(), kinds);
            add("owner", old.owner() != now.owner(), kinds);
            add("group", old.group() != now.group(), kinds);
            add("time", old.seconds() != now.seconds() || old.nanoseconds() != now.nanoseconds(), kinds);
        }
        return kinds;
    }

    private static void add(String kind, boolean differs, List<String> kinds) {
        if (differs) {
            kinds.add(kind);
        }
    }

    private void endLeaves() throws IOException {
        if (leaves != null) {
            leaves.end();
            leaves = null;
            expected = manifest.next();
        }
    }

    private void say(String what, byte[] path, @Nullable String how) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes((what + " ").getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(path.length == 0 ? ManifestWriter.TOP : EscapedPath.of(path));
        line.writeBytes(((how == null ? "" : ": " + how) + "\n").getBytes(StandardCharsets.US_ASCII));
        lines.accept(line.toByteArray());
    }

    /** Finds the bytes of one file that differ, as the leaves of both sides come. */
    private final class LeafComparison {

        private final ByteRanges ranges;
        private @Nullable LeafRun before;
        private long index;

        LeafComparison(SignedEntry before, SignedEntry found) {
            long bytes = Math.max(before.bytes(), found.bytes());
            this.ranges = new ByteRanges(bytes, range -> say("changed", found.path(), "bytes " + range));
        }

        void take(List<LeafRun> runs) throws IOException {
            for (LeafRun run : runs) {
                take(run);
            }
        }

        private void take(LeafRun run) throws IOException {
            long left = run.count();
            while (left > 0) {
                LeafRun other = before != null ? before : manifest.nextLeaves();
                if (other == null) {
                    ranges.addLeaves(index, left);
                    index += left;
                    return;
                }
                long count = Math.min(left, other.count());
                if (!Arrays.equals(run.digest(), other.digest())) {
                    ranges.addLeaves(index, count);
                }
                index += count;
                left -= count;
                before = other.count() == count ? null : new LeafRun(other.count() - count, other.digest());
            }
        }

        /** Ends the comparison: leaves left in the manifest are beyond the file's present end. */
        void end() throws IOException {
            for (LeafRun run = before != null ? before : manifest.nextLeaves();
                    run != null;
                    run = manifest.nextLeaves()) {
                ranges.addLeaves(index, run.count());
                index += run.count();
            }
            ranges.end();
        }
    }
}
