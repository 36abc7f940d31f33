package org.pcircle.work;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;

/**
 * A directory that is read one buffer at a time. Between two buffers only its position is kept, so that any number of readings
 * may wait; or, where the file system's positions do not outlive a descriptor, the open directory, and so it stays with its
 * rank. Used by one item at a time.
 */
final class DirectoryReading {

    /** What opens the directory. */
    interface Opening {
        Directory open(Roots roots) throws FileException;
    }

    private final Opening opening;

    /** The open directory, or null: to be opened at {@link #position}. */
    private @Nullable Directory open;

    private long position;

    /** From the start of a directory. */
    DirectoryReading(Opening opening) {
        this.opening = opening;
    }

    /** Describes the next entries: their records stand at the start of the worker's buffer. */
    Directory.Listed next(Workbench bench) throws FileException {
        Directory directory = open != null ? open : openAtPosition(bench.roots());
        open = null;
        try {
            Directory.Listed listed = directory.list(bench.listing());
            if (!listed.atEnd()) {
                OptionalLong reached = directory.position();
                if (reached.isEmpty()) {
                    open = directory;
                } else {
                    position = reached.getAsLong();
                }
            }
            return listed;
        } finally {
            if (open == null) {
                directory.close();
            }
        }
    }

    private Directory openAtPosition(Roots roots) throws FileException {
        Directory directory = opening.open(roots);
        try {
            if (position != 0) {
                directory.goTo(position);
            }
            return directory;
        } catch (FileException e) {
            directory.close();
            throw e;
        }
    }
}
