package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/**
 * Takes away what a directory of the target has and the source lacks, or has as something that is no directory. What is
 * excluded is spared, and so is what any run of fcp grows or keeps there. Directories go later, when they are empty.
 *
 * @param doomed whether the source lacks the directory itself, so that all of it goes
 */
record Mirror(int root, TreePath path, boolean doomed) implements WorkItem {

    private static final int ENTRIES_EXPECTED = 64;
    private static final byte[] OWN_NAME = {'.', 'f', 'c', 'p'};

    @Override
    public void run(Workbench bench, Result result) {
        Roots roots = bench.roots();
        try (Directory target = roots.openTarget(root, path)) {
            if (doomed) {
                if (!bench.plan().dryRun()) {
                    target.letOwnerFill();
                    DirectoryMetadata removal = new DirectoryMetadata(root, path, new byte[0]);
                    result.notices.add(new Notice.Addressed(0, new DirectoryDoomed(removal)));
                }
                compare(target, null, bench, result);
                return;
            }
            try (Directory source = roots.openSource(root, path)) {
                compare(target, source, bench, result);
            } catch (FileException e) {
                result.fault(Fault.of(roots.showSource(root, path), e));
            }
        } catch (FileException e) {
            result.fault(Fault.of(roots.showTarget(root, path), e));
        }
    }

    private void compare(Directory target, @Nullable Directory source, Workbench bench, Result result)
            throws FileException {
        ByteBuffer listing = bench.listing();
        Entry entry = new Entry();
        boolean atEnd = false;
        while (!atEnd) {
            Directory.Listed listed = target.list(listing);
            atEnd = listed.atEnd();
            if (source != null) {
                source.typesOf(listing, listed.bytes(), bench.io());
            }
            int number = 0;
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes(), number++) {
                entry.wrap(listing, at);
                compare(target, entry, source == null ? 0 : bench.io().get(number), bench, result);
            }
        }
    }

    /**
     * Compares one entry.
     *
     * @param sourceType the type of the source's entry of this name, 0 if there is none
     */
    private void compare(Directory target, Entry entry, int sourceType, Workbench bench, Result result) {
        byte[] name = entry.name();
        TreePath entryPath = path.child(name);
        if (isOwn(name) || bench.plan().excludes(root, entryPath, entry.isDirectory())) {
            return;
        }
        boolean isDirectory = entry.isDirectory();
        boolean stays = sourceType != 0 && (!isDirectory || sourceType == Entry.DIRECTORY);
        if (isDirectory) {
            descend(entryPath, !stays, bench, result);
        } else if (!stays) {
            remove(target, name, entryPath, bench, result);
        }
    }

    private void descend(TreePath directory, boolean isDoomed, Workbench bench, Result result) {
        if (isDoomed && bench.plan().dryRun()) {
            Intentions.tellDeletion(root, directory, bench.roots(), result);
        } else {
            result.spawned.add(new Mirror(root, directory, isDoomed));
        }
    }

    private void remove(Directory target, byte[] name, TreePath entryPath, Workbench bench, Result result) {
        if (bench.plan().dryRun()) {
            Intentions.tellDeletion(root, entryPath, bench.roots(), result);
            return;
        }
        try {
            target.unlink(name);
            result.count(Counter.DELETED, 1);
        } catch (FileException e) {
            result.fault(Fault.of(bench.roots().showTarget(root, entryPath), e));
        }
    }

    /** Whether a name begins as those of this program's own files. */
    private static boolean isOwn(byte[] name) {
        for (int i = 0; i < OWN_NAME.length; i++) {
            if (i == name.length || name[i] != OWN_NAME[i]) {
                return false;
            }
        }
        return name.length == OWN_NAME.length || name[OWN_NAME.length] == '.';
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return ENTRIES_EXPECTED;
    }

    @Override
    public int encodedBytes() {
        return 2 + 2 * Integer.BYTES + path.bytes().length;
    }

    @Override
    public void write(ByteBuffer target) {
        target.put(WorkCodec.MIRROR).putInt(root);
        MessageCodec.writeBytes(path.bytes(), target);
        target.put((byte) (doomed ? 1 : 0));
    }

    static Mirror read(ByteBuffer source) {
        return new Mirror(source.getInt(), new TreePath(MessageCodec.readBytes(source)), source.get() != 0);
    }
}
