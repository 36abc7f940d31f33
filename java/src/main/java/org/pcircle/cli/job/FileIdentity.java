package org.pcircle.cli.job;

import java.util.Arrays;
import java.util.Optional;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;

/**
 * Identifies a file at this rank: its device and inode, or, while it is missing, those of its parent directory.
 *
 * @param missing name of a missing file in its parent directory; empty for an existing one
 */
record FileIdentity(long device, long inode, TreePath missing) {

    private static final byte[] HERE = {'.'};

    /** The identity of a file that could be overwritten, unlike a pipe or a terminal; empty for those. */
    static Optional<FileIdentity> of(byte[] path) {
        try {
            Entry entry = Entry.of(Stat.at(path, true));
            return entry.type() == Entry.REGULAR
                    ? Optional.of(new FileIdentity(entry.device(), entry.inode(), TreePath.TOP))
                    : Optional.empty();
        } catch (FileException e) {
            return e.errno() == Errno.ENOENT.number() ? ofMissing(path) : Optional.empty();
        }
    }

    private static Optional<FileIdentity> ofMissing(byte[] path) {
        TreePath name = new TreePath(new TreePath(path).name());
        byte[] holder = Arrays.copyOf(path, path.length - name.bytes().length);
        try {
            Entry directory = Entry.of(Stat.at(holder.length == 0 ? HERE : holder, true));
            return Optional.of(new FileIdentity(directory.device(), directory.inode(), name));
        } catch (FileException e) {
            return Optional.empty(); // Writing it will report the error.
        }
    }
}
