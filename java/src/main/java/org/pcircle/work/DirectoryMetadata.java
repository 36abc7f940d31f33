package org.pcircle.work;

import java.nio.ByteBuffer;
import org.pcircle.circle.MessageCodec;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;

/**
 * A directory that was made and whose mode and times are set when everything in it is done.
 *
 * @param record of its source
 */
record DirectoryMetadata(int root, TreePath path, byte[] record) {

    private static final int OWNER_READ_EXECUTE = 0500;

    int encodedBytes() {
        return 3 * Integer.BYTES + path.bytes().length + record.length;
    }

    void write(ByteBuffer target) {
        target.putInt(root);
        MessageCodec.writeBytes(path.bytes(), target);
        MessageCodec.writeBytes(record, target);
    }

    static DirectoryMetadata read(ByteBuffer source) {
        return new DirectoryMetadata(
                source.getInt(), new TreePath(MessageCodec.readBytes(source)), MessageCodec.readBytes(source));
    }

    /** Whether the directories in it can still be reached by its owner when it has its final mode. */
    boolean staysOpen() {
        return (Entry.of(record).mode() & OWNER_READ_EXECUTE) == OWNER_READ_EXECUTE;
    }
}
