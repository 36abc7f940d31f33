package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import org.pcircle.digest.LeafRuns;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.SourceFile;
import org.pcircle.fs.VerifyFile;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/** A large file in the trees of its root, as a worker sees it. */
record WorkerLargeFile(LargeFile file, WorkerContext worker) implements LargeFileContext {

    @Override
    public long copyRange(long from, long to) throws FileException {
        try (Directory source = openSource();
                Directory target = openTarget()) {
            return source.copyRange(
                    file.name(),
                    target,
                    temporaryName(),
                    from,
                    to - from,
                    file.chunkBytes(),
                    worker.context(),
                    worker.io());
        }
    }

    @Override
    public SourceFile source(boolean writes) throws FileException {
        try (Directory source = openSource()) {
            if (!writes) {
                return source.source(file.name(), worker.context());
            }
            try (Directory target = openTarget()) {
                return source.pair(file.name(), target, temporaryName(), worker.context());
            }
        }
    }

    @Override
    public VerifyFile readBack() throws FileException {
        try (Directory target = openTarget()) {
            return target.readBack(temporaryName(), worker.context());
        }
    }

    @Override
    public ByteBuffer io() {
        return worker.io();
    }

    @Override
    public boolean isStopped() {
        return worker.context().isStopped();
    }

    @Override
    public boolean gaveUp(FileException e) {
        return worker.context().gaveUp(e);
    }

    @Override
    public long takeBytes() {
        return worker.context().takeBytes();
    }

    @Override
    public Fault fault(FileException e) {
        return worker.roots().fault(file.root(), file.path(), file.record(), e);
    }

    @Override
    public byte[] shownTarget() {
        return worker.roots().showTarget(file.root(), file.path());
    }

    @Override
    public void addLeaves(LeafRuns leaves, ItemResult result) {
        worker.requiredDigester().addLeaves(file.ref(), leaves, result);
    }

    @Override
    public int rank() {
        return worker.rank();
    }

    private Directory openSource() throws FileException {
        return worker.roots().openSource(file.root(), file.directory());
    }

    private Directory openTarget() throws FileException {
        return worker.roots().openTarget(file.root(), file.directory());
    }

    private byte[] temporaryName() {
        return file.temporaryName(worker.plan());
    }
}
