package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.MessageCodec;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;

/** Gives directories their mode and times, in the order given; everything below them is done. */
record FinishDirectories(List<DirectoryMetadata> directories) implements WorkItem {

    static final int ENTRIES_MAX = 128;

    @Override
    public void run(Workbench bench, Result result) {
        for (DirectoryMetadata directory : directories) {
            try (Directory target = bench.roots().openTarget(directory.root(), directory.path())) {
                target.finish(bench.direct(directory.record()), bench.context());
            } catch (FileException e) {
                byte[] shown = bench.roots().showTarget(directory.root(), directory.path());
                result.fault(Fault.of(shown, e));
            }
        }
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return directories.size();
    }

    @Override
    public int encodedBytes() {
        int bytes = 1 + Integer.BYTES;
        for (DirectoryMetadata directory : directories) {
            bytes += directory.encodedBytes();
        }
        return bytes;
    }

    @Override
    public void write(ByteBuffer target) {
        target.put(WorkCodec.FINISH_DIRECTORIES).putInt(directories.size());
        for (DirectoryMetadata directory : directories) {
            directory.write(target);
        }
    }

    static FinishDirectories read(ByteBuffer source) {
        int count = MessageCodec.readCount(source, 3 * Integer.BYTES);
        List<DirectoryMetadata> directories = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            directories.add(DirectoryMetadata.read(source));
        }
        return new FinishDirectories(directories);
    }
}
