package org.pcircle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Kept;
import org.pcircle.fs.PathText;
import org.pcircle.plan.Detail;
import org.pcircle.plan.Filter;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Reach;
import org.pcircle.plan.Root;
import org.pcircle.plan.StateName;
import org.pcircle.plan.Task;
import org.pcircle.plan.UsageException;
import org.pcircle.report.Counter;
import org.pcircle.report.Quantity;
import org.pcircle.transport.Transport;
import org.pcircle.work.CopyWorkload;
import org.pcircle.work.FileList;
import org.pcircle.work.Post;
import org.pcircle.work.TreeWorkload;

/** A run of fcp. */
final class CopyJob extends Job {

    private final FcpSettings settings;

    /** At rank 0, what is wanted of the source; null: everything. */
    private @Nullable FileList fileList;

    CopyJob(FcpSettings settings, Transport transport, Console console) {
        super(Command.FCP, settings.run(), transport, console);
        this.settings = settings;
    }

    @Override
    Plan resumed(EarlierRun run, int workers) throws UsageException {
        return run.plan(
                settings.sources(), destination(), workers, settings.run().reduceIntervalMs());
    }

    @Override
    List<byte[]> givenPaths() {
        return settings.sources();
    }

    @Override
    byte @Nullable [] destination() {
        return settings.destination().length == 0 ? null : settings.destination();
    }

    @Override
    Plan plan(String id, Filter filter, int workers, long seed) throws UsageException {
        fileList = fileList();
        List<Root> roots = PathRules.roots(
                settings.sources(),
                settings.destination(),
                settings.existing(),
                settings.delete(),
                new Reach(filter, settings.run().oneFileSystem(), fileList != null));
        if (fileList != null && !Entry.of(roots.get(0).record()).isDirectory()) {
            throw new UsageException(
                    PathText.shown(settings.sources().get(0)) + ": --files-from names entries of a directory");
        }
        return new Plan(
                id,
                StateName.of(roots, id),
                Task.COPY,
                roots,
                settings.ioMethod(),
                settings.sparse(),
                settings.keeping().preserve(creationMask()),
                settings.existing(),
                settings.delete(),
                filter,
                settings.run().oneFileSystem(),
                settings.signature(),
                false,
                Detail.NONE,
                settings.assurance(),
                settings.run().checkpoints().begun(roots),
                settings.dryRun(),
                settings.run().chunkBytes(),
                workers,
                settings.run().reduceIntervalMs(),
                seed);
    }

    private @Nullable FileList fileList() throws UsageException {
        byte[] path = settings.filesFrom();
        if (path == null) {
            return null;
        }
        try {
            InputStream source = inputs().open(CommandOption.FILES_FROM, path);
            return new FileList(source, (byte) (settings.nulEnded() ? 0 : '\n'));
        } catch (IOException e) {
            throw InputFiles.unreadable(CommandOption.FILES_FROM, path, e.getMessage());
        }
    }

    @Override
    TreeWorkload newWorkload(Plan plan, Post post) {
        return new CopyWorkload(plan, post, fileList, this::print);
    }

    @Override
    boolean onlyPrints() {
        return settings.dryRun();
    }

    @Override
    void showSummary(String text, Console shown) {
        shown.result(text);
    }

    /** Says what could not be kept although nobody insisted on it, and that nothing was deleted although it was to be. */
    @Override
    void warn(Plan plan, long[] counters, Console shown) {
        for (Kept kind : Kept.values()) {
            long lost = Counter.lost(kind).in(counters);
            if (lost > 0 && !plan.preserve().insisted().contains(kind)) {
                shown.error("warning: " + kind.word() + " could not be kept of " + Quantity.count(lost)
                        + (lost == 1 ? " entry" : " entries"));
            }
        }
        if (Counter.UNPROVEN.in(counters) > 0) {
            shown.error("warning: the destination keeps its data in memory alone, so reading it back proves little");
        }
        if (plan.delete() && Counter.FAULTS.in(counters) > 0 && Counter.DELETED.in(counters) == 0) {
            shown.error("warning: nothing was deleted, as there were errors");
        }
    }

    @Override
    String undone() {
        return "was copied as it is";
    }

    @Override
    List<String> failures() {
        return List.of();
    }

    @Override
    boolean hasMismatch() {
        return false;
    }

    @Override
    boolean ignoresVanished() {
        return settings.ignoreVanished();
    }

    @Override
    @Nullable
    String verdict() {
        return null;
    }
}
