package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run keeps its own files while it goes on: {@code .fcp/ID}, or a name like that, in a directory of the destination, its owner's alone.
 * Every rank may make it; the last one to leave a run takes it away. Threads may share one.
 */
public final class StateDirectory implements AutoCloseable {

    private static final int OWNER_ONLY = 0700;
    private static final int LISTING_BYTES = 64 * 1024;

    private final Directory directory;

    private StateDirectory(Directory directory) {
        this.directory = directory;
    }

    /** Opens the state directory of a run, and makes it if nobody has yet. */
    public static StateDirectory make(Directory holder, String name, String id) throws FileException {
        makeUnlessThere(holder, name.getBytes(UTF_8));
        try (Directory parent = holder.beneath(new TreePath(name.getBytes(UTF_8)))) {
            makeUnlessThere(parent, id.getBytes(UTF_8));
            return new StateDirectory(parent.beneath(new TreePath(id.getBytes(UTF_8))));
        }
    }

    /** Opens a file of this directory, and makes it if it does not exist. */
    public OpenFile open(String name) throws FileException {
        return new OpenFile(directory.openOrCreate(name.getBytes(UTF_8)));
    }

    /** Takes the state directory of a run away with all of its files, and the one that holds it if nothing else is in it. */
    public static void remove(Directory holder, String name, String id) throws FileException {
        TreePath path = new TreePath(name.getBytes(UTF_8));
        try (Directory parent = holder.beneath(path)) {
            try (Directory directory = parent.beneath(new TreePath(id.getBytes(UTF_8)))) {
                for (byte[] file : names(directory)) {
                    directory.unlink(file);
                }
            }
            parent.removeDirectory(id.getBytes(UTF_8));
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT.number()) {
                throw e;
            }
            return;
        }
        try {
            holder.removeDirectory(name.getBytes(UTF_8));
        } catch (FileException e) {
            boolean ofAnotherRun = e.errno() == Errno.ENOTEMPTY.number() || e.errno() == Errno.EEXIST.number();
            if (!ofAnotherRun) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        directory.close();
    }

    private static void makeUnlessThere(Directory directory, byte[] name) throws FileException {
        try {
            directory.makeDirectory(name, OWNER_ONLY);
        } catch (FileException e) {
            if (e.errno() != Errno.EEXIST.number()) {
                throw e;
            }
        }
    }

    private static List<byte[]> names(Directory directory) throws FileException {
        ByteBuffer listing = ByteBuffer.allocateDirect(LISTING_BYTES).order(ByteOrder.nativeOrder());
        List<byte[]> names = new ArrayList<>();
        Entry entry = new Entry();
        while (true) {
            Directory.Listed listed = directory.list(listing);
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
                names.add(entry.wrap(listing, at).name());
            }
            if (listed.atEnd()) {
                return names;
            }
        }
    }
}
