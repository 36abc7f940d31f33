package org.pcircle.cli;

import java.util.List;
import org.pcircle.plan.Filter;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.Transport;
import org.pcircle.work.Post;
import org.pcircle.work.SumWorkload;
import org.pcircle.work.TreeWorkload;

/** A run of fsum. */
final class SumJob extends Job {

    private final FsumSettings settings;

    SumJob(FsumSettings settings, Transport transport, Console console) {
        super(Command.FSUM, settings.run(), transport, console);
        this.settings = settings;
    }

    @Override
    Plan plan(String id, Filter filter, int workers, long seed) throws UsageException {
        return Plan.sum(
                id,
                PathRules.roots(settings.paths()),
                filter,
                settings.run().oneFileSystem(),
                settings.digest(),
                settings.run().chunkBytes(),
                workers,
                settings.run().reduceIntervalMs(),
                seed);
    }

    @Override
    TreeWorkload newWorkload(Plan plan, Post post) {
        return new SumWorkload(plan, post);
    }

    /** Beside the result, which is the only line on stdout. */
    @Override
    void showSummary(String text, Console shown) {
        shown.note(text);
    }

    @Override
    void warn(Plan plan, long[] counters, Console shown) {}

    @Override
    List<byte[]> signedPaths() {
        return settings.paths();
    }

    @Override
    String undone() {
        return "could be read";
    }
}
