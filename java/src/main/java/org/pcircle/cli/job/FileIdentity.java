package org.pcircle.cli.job;

import java.util.Arrays;
import java.util.Optional;
import org.pcircle.fs.Described;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

/**
 * What makes a path the same file as another, at this rank: the file's device and inode, or, as long as it is not there, those of
 * the directory that will hold it.
 *
 * @param missing its name in that directory; empty for a file that is there
 */
record FileIdentity(long device, long inode, TreePath missing) {

    private static final byte[] HERE = {'.'};

    /** Of a file that could be written over, which a pipe or a terminal cannot; empty if it is none. */
    static Optional<FileIdentity> of(byte[] path) {
        try {
            Entry entry = Entry.of(Described.at(path, true));
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
            Entry directory = Entry.of(Described.at(holder.length == 0 ? HERE : holder, true));
            return Optional.of(new FileIdentity(directory.device(), directory.inode(), name));
        } catch (FileException e) {
            return Optional.empty(); // Whoever wants to write it will say so.
        }
    }
}
