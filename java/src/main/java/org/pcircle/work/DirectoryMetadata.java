package org.pcircle.work;

import java.nio.ByteBuffer;
import org.pcircle.circle.MessageCodec;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;

/**
 * A directory that was made and whose mode and times are set when everything in it is done.
 *
 * @param record of its source
 */
record DirectoryMetadata(int root, TreePath path, byte[] record) {

    private static final int OWNER_READ_EXECUTE = 0500;

    /** Gives the target its owner, mode and times. */
    void finish(Workbench bench, Result result) {
        try (Directory target = bench.roots().openTarget(root, path)) {
            target.finish(bench.direct(record), bench.context());
        } catch (FileException e) {
            result.fault(Fault.of(bench.roots().showTarget(root, path), e));
        }
    }

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
