package org.pcircle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Message;
import org.pcircle.circle.Rank;
import org.pcircle.circle.RankOptions;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.Signature;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.Entry;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Signals;
import org.pcircle.fs.TreePath;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.plan.Filter;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.Task;
import org.pcircle.plan.UsageException;
import org.pcircle.report.Counter;
import org.pcircle.report.ErrorList;
import org.pcircle.report.ExitCode;
import org.pcircle.report.HtmlReport;
import org.pcircle.report.Progress;
import org.pcircle.report.RankShare;
import org.pcircle.report.Summary;
import org.pcircle.report.Timeline;
import org.pcircle.run.CheckpointCoordinator;
import org.pcircle.run.RankLoop;
import org.pcircle.transport.Launcher;
import org.pcircle.transport.Transport;
import org.pcircle.work.Post;
import org.pcircle.work.Roots;
import org.pcircle.work.Snapshots;
import org.pcircle.work.TreeWorkload;
import org.pcircle.work.Workshop;

/** One run at one rank: the plan is made at rank 0 and goes down the tree, everybody works, rank 0 concludes. */
abstract class Job {

    /** Each pattern is tried on each name, so nobody wants more of them in one file. */
    private static final int PATTERN_BYTES_MAX = 1 << 20;

    /** A rank alone knows at once how far it is. */
    private static final long SAMPLE_INTERVAL_MAX_NS = 100_000_000;

    private final Command command;
    private final RunSettings settings;
    private final Transport transport;
    private final Tree tree;
    private final Console console;
    private final Scribe scribe = new Scribe();
    private final boolean launched;
    private final int creationMask;
    private final InputFiles inputs;
    private OutputFiles outputs;
    private final long startNs = System.nanoTime();

    /** At rank 0, on the run that is resumed; null: a new one is begun. */
    private @Nullable OpenFile lock;

    Job(Command command, RunSettings settings, Transport transport, Console console) {
        this.command = command;
        this.settings = settings;
        this.transport = transport;
        this.tree = new Tree(transport.rank(), transport.size());
        this.console = console;
        this.launched = transport.size() > 1;
        this.creationMask = Credentials.clearCreationMask();
        this.inputs = new InputFiles(launched);
        this.outputs = OutputFiles.none(console, creationMask);
    }

    /** Runs to the end and returns the exit code that all ranks share. */
    int run() {
        Message first = RankLoop.first(transport, tree.isRoot() ? decide() : null);
        tree.toChildren(first, transport);
        if (first instanceof Message.Exit exit) {
            return exit.code();
        }
        return work(Plan.decode(((Message.Start) first).plan()));
    }

    /**
     * At rank 0: what is to be done.
     *
     * @param workers of all ranks together
     */
    abstract Plan plan(String id, Filter filter, int workers, long seed) throws UsageException;

    abstract TreeWorkload newWorkload(Plan plan, Post post);

    /** The run in figures, for people. */
    String text(Summary summary) {
        return summary.text();
    }

    /** What to do when a run was stopped that takes no checkpoints, as the end of a sentence; null if nothing is to be said of that. */
    @Nullable
    String afterStop() {
        return null;
    }

    /** Shows the user the run in figures. */
    abstract void showSummary(String text, Console shown);

    /** Whether all that the run is for is what it prints, so that it ends when nobody reads on. */
    abstract boolean onlyPrints();

    /** Says at the end what the user may not expect, though it is no failure. */
    abstract void warn(Plan plan, long[] counters, Console shown);

    /**
     * At rank 0: what is to be done in a run that is gone on with.
     *
     * @param workers of all ranks together
     */
    abstract Plan resumed(EarlierRun run, int workers) throws UsageException;

    /** Where it all goes, as the user gave it; null if nothing goes anywhere, or he did not say. */
    abstract byte @Nullable [] destination();

    /** What is copied or read, as the user gave it; none if he did not say again what a resumed run does. */
    abstract List<byte[]> givenPaths();

    /** The paths behind the signature. */
    final List<byte[]> signedPaths(Plan plan) {
        if (!givenPaths().isEmpty()) {
            return givenPaths();
        }
        List<byte[]> paths = new ArrayList<>();
        for (Root root : plan.roots()) {
            paths.add(root.source().show(TreePath.TOP));
        }
        return paths;
    }

    /** What has not been done with everything, if there were failures, as the end of a sentence. */
    abstract String undone();

    /** What could not be done with the signature, as lines for the user. */
    abstract List<String> failures();

    /** Whether something is not what it should be. */
    abstract boolean hasMismatch();

    /** Whether what vanishes from what is read is no failure. */
    boolean ignoresVanished() {
        return false;
    }

    /** What comparing came to, as a line for the user; null if nothing was compared. */
    abstract @Nullable String verdict();

    /** The user's, which this process has cleared. */
    final int creationMask() {
        return creationMask;
    }

    /** At rank 0: the files that say what is to be done. */
    final InputFiles inputs() {
        return inputs;
    }

    /** Says at the start what the user may not expect, unless he wants to hear of nothing but failures. */
    final void tell(String what) {
        if (!settings.quiet()) {
            console.error(what);
        }
    }

    /** Whether nobody reads any more what is printed. */
    final boolean isReaderGone() {
        return console.isReaderGone();
    }

    /** At rank 0: the files that are wanted of the run. */
    final OutputFiles outputs() {
        return outputs;
    }

    /** Has whole lines printed as soon as what was to be said before has been. */
    final void print(byte[] lines) {
        scribe.write(() -> console.lines(lines));
    }

    /** At rank 0: the plan as the first message, or word that there is nothing to do. */
    private Message decide() {
        try {
            outputs = OutputFiles.of(settings.outputs(), console, creationMask, launched);
            Plan plan = decided();
            outputs.refuseClashes(filesOf(plan));
            return new Message.Start(plan.encode());
        } catch (UsageException e) {
            String signal = Signals.received();
            console.error(
                    signal == null ? String.valueOf(e.getMessage()) : "stopped: " + signal + "; nothing was done");
            return new Message.Exit((signal == null ? ExitCode.USAGE : ExitCode.STOPPED).code());
        }
    }

    /** The files that the user has given for something else than to be written to, by what they are. */
    private Map<String, byte[]> filesOf(Plan plan) {
        Map<String, byte[]> files = new HashMap<>();
        inputs.opened().forEach((option, path) -> files.put("what " + option + " reads", path));
        for (Root root : plan.roots()) {
            if (!outputs.isEmpty() && !Entry.of(root.record()).isDirectory()) {
                byte[] source = root.source().show(TreePath.TOP);
                files.put("what is to be read: " + PathText.shown(source), source);
                byte[] target = root.target().show(TreePath.TOP);
                files.putIfAbsent("what is to be made: " + PathText.shown(target), target);
            }
        }
        return files;
    }

    private Plan decided() throws UsageException {
        CheckpointSettings checkpoints = settings.checkpoints();
        int workers = settings.threads() * transport.size();
        if (checkpoints.resume() != null) {
            Task task = command == Command.FCP ? Task.COPY : Task.SUM;
            byte[] directory = checkpoints.directory();
            EarlierRun run = EarlierRun.find(checkpoints.resume(), directory, destination(), task);
            lock = run.lock();
            return resumed(run, workers);
        }
        SplittableRandom random = new SplittableRandom();
        if (checkpoints.id() != null) {
            EarlierRun.refuseTaken(checkpoints.id(), checkpoints.directory(), destination());
        }
        String id = checkpoints.id() != null ? checkpoints.id() : runId(random);
        return plan(id, filter(), workers, random.nextLong());
    }

    private Filter filter() throws UsageException {
        Filter.Builder filter = new Filter.Builder();
        for (CommandLine.Given given : settings.filters()) {
            byte[] argument = RawArguments.bytes(given.argument());
            if (given.option() == CommandOption.EXCLUDE_FROM) {
                filter.addLines(false, patternFile(argument));
            } else {
                filter.add(given.option() == CommandOption.INCLUDE, argument);
            }
        }
        return filter.build();
    }

    private byte[] patternFile(byte[] path) throws UsageException {
        byte[] patterns;
        try (InputStream file = inputs.open(CommandOption.EXCLUDE_FROM, path)) {
            patterns = file.readNBytes(PATTERN_BYTES_MAX + 1);
        } catch (IOException e) {
            throw InputFiles.unreadable(CommandOption.EXCLUDE_FROM, path, e.getMessage());
        }
        if (patterns.length > PATTERN_BYTES_MAX) {
            throw InputFiles.unreadable(CommandOption.EXCLUDE_FROM, path, "more than 1 MiB of patterns");
        }
        return patterns;
    }

    /** The time, as 20261122-194741, and four hex digits, so that two runs started in one second differ. */
    private static String runId(SplittableRandom random) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        int date = (now.getYear() * 100 + now.getMonthValue()) * 100 + now.getDayOfMonth();
        int time = (now.getHour() * 100 + now.getMinute()) * 100 + now.getSecond();
        return date + "-"
                + Integer.toString(1_000_000 + time).substring(1) + "-"
                + Integer.toHexString(0x10000 | random.nextInt(0x10000)).substring(1);
    }

    private int work(Plan plan) {
        try (Workshop workshop = Workshop.open(plan, tree, lock);
                CheckpointCoordinator checkpoints =
                        CheckpointCoordinator.of(plan, transport, workshop, scribe::isIdle, console::error)) {
            return work(plan, workshop, checkpoints);
        } catch (Roots.UnreachableException | CheckpointCoordinator.UnusableException e) {
            return refuse(plan, "rank " + tree.rank() + " on " + hostName() + ": " + e.getMessage());
        }
    }

    /** What is kept of a run while it goes on, to be told at its end. */
    private record Chronicle(ErrorList errors, List<RankShare> shares, Timeline timeline) {}

    private Chronicle newChronicle(Plan plan) {
        byte[] file = errorFile(plan);
        ErrorList errors = new ErrorList(
                file,
                () -> outputs.openList(file, plan.isResumed()),
                settings.verbose() ? Integer.MAX_VALUE : ErrorList.SHOWN_MAX,
                console::error);
        return new Chronicle(errors, new ArrayList<>(), new Timeline(startNs, sampleIntervalNs(plan)));
    }

    /** Others are heard of once in a reduce interval; more samples than that would show when they report, not what they do. */
    private long sampleIntervalNs(Plan plan) {
        long reduceIntervalNs = plan.reduceIntervalMs() * 1_000_000L;
        return tree.size() == 1 ? Math.min(reduceIntervalNs, SAMPLE_INTERVAL_MAX_NS) : reduceIntervalNs;
    }

    private int work(Plan plan, Workshop workshop, CheckpointCoordinator checkpoints) {
        Chronicle chronicle = newChronicle(plan);
        StealCounts stealing = new StealCounts();
        Post post = new Post(
                tree,
                transport.ranksOfHost(),
                hostName(),
                stealing,
                fault -> scribe.write(() -> chronicle.errors().accept(fault)),
                chronicle.shares()::add,
                checkpoints);
        TreeWorkload workload = newWorkload(plan, post);
        long reduceIntervalNs = plan.reduceIntervalMs() * 1_000_000L;
        Console.ProgressLine progress = console.progress(
                settings.progress(), new Progress(startNs, reportLagNs(reduceIntervalNs)), reduceIntervalNs, startNs);
        if (tree.isRoot() && plan.checkpoints().areTaken()) {
            progress.begin(plan.id());
        }
        boolean isTold = tree.isRoot() && !settings.quiet() && settings.progress() != ProgressKind.JSON;
        String left = isTold ? LeftBehind.line(plan) : null;
        if (left != null) {
            tell(left);
        }
        RankLoop.Observer shown = observer(plan, progress, chronicle.timeline());
        LastWords lastWords = new LastWords(
                () -> tree.size() > 1 && workshop.speaksLast(),
                () -> "still stopping: SIGTERM; if nothing follows, " + resumption(plan),
                console);
        RankLoop.Observer observer = (rank, nowNs) -> {
            String signal = Signals.received();
            lastWords.turn("SIGTERM".equals(signal), nowNs);
            if (signal != null && rank.stopped() == null) {
                rank.stop(ExitCode.STOPPED.code(), signal, transport);
            }
            if (plan.dryRun() && rank.stopped() == null && console.isReaderGone()) {
                rank.stop(ExitCode.READER_GONE.code(), "nobody reads standard output any more", transport);
            }
            checkpoints.turn(rank, workload, nowNs);
            shown.observe(rank, nowNs);
        };
        RankLoop loop = loop(plan, workload, stealing, observer, ended -> {
            scribe.finish();
            progress.end(ended.totals(), System.nanoTime());
            chronicle.timeline().end(ended.totals(), System.nanoTime());
            return conclude(plan, ended, workload, chronicle, workshop);
        });
        int code = loop.run(settings.threads(), workshop::newBench);
        if (!plan.checkpoints().areTaken()) {
            workload.removeUnfinished(workshop, console::error);
        }
        return code;
    }

    /** Says that this rank cannot take part. */
    private int refuse(Plan plan, String why) {
        Chronicle chronicle = newChronicle(plan);
        StealCounts stealing = new StealCounts();
        Post post = new Post(
                tree,
                transport.ranksOfHost(),
                hostName(),
                stealing,
                chronicle.errors(),
                chronicle.shares()::add,
                Snapshots.NONE);
        TreeWorkload workload = newWorkload(plan, post);
        RankLoop loop = loop(plan, workload, stealing, (rank, nowNs) -> {}, ended -> {
            scribe.finish();
            return conclude(plan, ended, workload, chronicle, null);
        });
        return loop.refuse(why);
    }

    private RankLoop loop(
            Plan plan,
            TreeWorkload workload,
            StealCounts stealing,
            RankLoop.Observer observer,
            ToIntFunction<Rank> conclusion) {
        long reduceIntervalNs = plan.reduceIntervalMs() * 1_000_000L;
        RankOptions options =
                new RankOptions(tree, transport.ranksOfHost(), settings.threads(), reduceIntervalNs, plan.seed());
        Rank rank = new Rank(options, workload, stealing);
        return new RankLoop(transport, rank, workload, observer, conclusion);
    }

    private byte[] errorFile(Plan plan) {
        byte[] chosen = settings.outputs().get(CommandOption.ERRORS);
        // What an earlier part of the run has listed stays.
        String discarded = plan.task() == Task.DISCARD ? ".discarded" : "";
        String attempt = plan.isResumed() ? "." + plan.checkpoints().attempt() : discarded;
        return chosen != null
                ? chosen
                : (command.word() + "-errors-" + plan.id() + attempt + ".jsonl").getBytes(StandardCharsets.UTF_8);
    }

    /** After how long every rank's counters have come up the tree, if none is held up: a second more than two intervals a level. */
    private long reportLagNs(long reduceIntervalNs) {
        return tree.size() == 1 ? 0 : 2L * tree.levels() * reduceIntervalNs + 1_000_000_000L;
    }

    private RankLoop.Observer observer(Plan plan, Console.ProgressLine progress, Timeline timeline) {
        if (!tree.isRoot()) {
            return (rank, nowNs) -> {};
        }
        SignatureForecast forecast =
                plan.signature() == null ? null : new SignatureForecast(plan.signature(), plan.workers(), startNs);
        return (rank, nowNs) -> {
            if (forecast != null && forecast.isDue(nowNs)) {
                judge(forecast, Counter.SCANNED_BYTES.in(rank.totals()), nowNs);
            }
            // Asked first, as the scribe's thread says when the next line is due.
            if (scribe.isIdle() && progress.isDue(nowNs)) {
                long[] totals = rank.totals();
                scribe.write(() -> progress.show(totals, nowNs));
            }
            if (settings.outputs().containsKey(CommandOption.REPORT) && timeline.isDue(nowNs)) {
                timeline.add(rank.totals(), nowNs);
            }
        };
    }

    /** Has it said how long the signature of what has been found takes, if that is long. */
    private void judge(SignatureForecast forecast, long bytesFound, long nowNs) {
        if (forecast.isWorthJudging(bytesFound, nowNs)) {
            scribe.write(() -> {
                String text = forecast.text(bytesFound);
                if (text != null) {
                    console.error(text);
                }
            });
        }
    }

    /** At rank 0, when all is done: says so, and settles the exit code. */
    private int conclude(
            Plan plan, Rank rank, TreeWorkload workload, Chronicle chronicle, @Nullable Workshop workshop) {
        long[] counters = rank.totals();
        ErrorList errors = chronicle.errors();
        boolean isTooLate = workshop != null && workshop.isFinished();
        Message.@Nullable Stop stop = isTooLate ? null : rank.stopped();
        boolean isWhole = stop == null
                && Counter.FAULTS.in(counters) == 0
                && (Counter.VANISHED.in(counters) == 0 || ignoresVanished());
        boolean isMismatch = hasMismatch() || Counter.MISMATCHES.in(counters) > 0;
        ExitCode code = isMismatch ? ExitCode.MISMATCH : isWhole ? ExitCode.DONE : ExitCode.SOME_FAILED;
        int exitCode = stop != null ? stop.code() : code.code();
        outputs.attempt(errorFile(plan), errors::close);
        Summary summary = new Summary(
                plan.id(),
                exitCode,
                stop == null ? null : stop.reason(),
                errors.fileWritten(),
                (System.nanoTime() - startNs) / 1e9,
                counters,
                chronicle.shares());
        if (!settings.quiet() && exitCode != ExitCode.USAGE.code()) {
            showSummary(settings.verbose() ? text(summary) + summary.ranksText() : text(summary), console);
        }
        outputs.write(CommandOption.STATS, summary::writeJson);
        outputs.write(CommandOption.REPORT, file -> report(summary, chronicle).write(file));
        DatasetSum signed = workload.signed();
        if (isWhole && signed != null) {
            outputs.write(
                    CommandOption.OUTPUT, file -> signatureFile(plan, signed).write(file));
        }
        List<String> failures = failures();
        failures.forEach(console::error);
        if (outputs.hasFailed() || !failures.isEmpty()) {
            exitCode = Math.max(exitCode, ExitCode.SOME_FAILED.code());
        }
        warn(plan, counters, console);
        String left = summary.leftOutText();
        if (left != null) {
            console.error(left);
        }
        byte[] leftBehind = workshop == null ? null : workshop.leftBehind();
        if (leftBehind != null) {
            console.error("warning: " + PathText.shown(leftBehind)
                    + " is left behind, as somebody has a file of it open; remove it when that is closed");
        }
        if (stop == null) {
            sign(plan, workload.signed(), isWhole);
        }
        boolean isReaderGone = console.isReaderGone();
        if (console.hasLostResults() && !isReaderGone) {
            console.error("standard output cannot be written");
            exitCode = Math.max(exitCode, ExitCode.SOME_FAILED.code());
        }
        if (stop != null && stop.code() != ExitCode.READER_GONE.code()) {
            console.error(
                    exitCode == ExitCode.STOPPED.code()
                            ? "stopped: " + why(stop.reason()) + "; " + howToGoOn(plan, workshop)
                            : stop.reason());
        }
        return isReaderGone && onlyPrints() && stop == null ? ExitCode.READER_GONE.code() : exitCode;
    }

    /** The signal that came, where it need not be the one that the user sent. */
    private String why(String reason) {
        boolean isMpiruns =
                launched && reason.equals("SIGTERM") && Launcher.starter(System.getenv()) == Launcher.Starter.MPIRUN;
        return isMpiruns ? "SIGTERM (which mpirun sends for a SIGINT or SIGHUP of its own, too)" : reason;
    }

    /** The line that goes on with a run that was stopped, to be pasted, if it can be gone on with. */
    private String howToGoOn(Plan plan, @Nullable Workshop workshop) {
        String afterStop = afterStop();
        if (afterStop != null) {
            return afterStop;
        }
        if (workshop == null || !workshop.hasCheckpoint()) {
            String problem = workshop == null ? null : workshop.checkpointProblem();
            return "there is no checkpoint to go on from" + (problem == null ? "" : ": " + problem);
        }
        return resumption(plan);
    }

    /** How to go on with the run, as the end of a sentence. */
    private String resumption(Plan plan) {
        List<byte[]> paths = new ArrayList<>(signedPaths(plan));
        if (plan.task() == Task.COPY) {
            Place target = plan.roots().get(0).target();
            boolean isWhole = plan.isOneDirectory() || destination() == null;
            paths.add(isWhole ? target.show(TreePath.TOP) : target.base());
        }
        Launcher.Starter starter = Launcher.starter(System.getenv());
        return new ResumeLine(command, settings.again(), tree.size(), starter).of(plan, paths);
    }

    private HtmlReport report(Summary summary, Chronicle chronicle) {
        return new HtmlReport(
                command.word(),
                summary,
                settings.threads(),
                chronicle.timeline().samples(),
                chronicle.errors().kinds());
    }

    private SignatureFile signatureFile(Plan plan, DatasetSum signed) {
        return SignatureFile.of(signature(plan, signed), signed, Instant.now(), false, signedPaths(plan));
    }

    /** Prints the signature, or what comparing it came to, unless what it would be of is not whole. */
    private void sign(Plan plan, @Nullable DatasetSum signed, boolean whole) {
        if (signed == null) {
            return;
        }
        String verdict = verdict();
        if (verdict != null) {
            console.result(verdict);
            return;
        }
        if (!whole) {
            console.error("no signature, as not everything " + undone());
            return;
        }
        StringBuilder line = new StringBuilder(signature(plan, signed).toString()).append(' ');
        for (byte[] path : signedPaths(plan)) {
            line.append(' ').append(PathText.shown(path));
        }
        console.result(line.toString());
    }

    private static Signature signature(Plan plan, DatasetSum signed) {
        return signed.signature(plan.metadata(), signed.algorithm().newHasher());
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
