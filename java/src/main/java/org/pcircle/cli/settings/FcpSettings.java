package org.pcircle.cli.settings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.Measures;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Sparse;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.DeletePolicy;
import org.pcircle.plan.Destination;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.IntegrityOptions;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.UsageException;

/**
 * The settings of fcp.
 *
 * @param sources none if a run is resumed and they are not given again
 * @param destination its path is empty if a run is resumed and it is not given again
 * @param preserve --preserve and --no-preserve
 * @param deleteMax how many entries --delete may delete
 * @param filesFrom the list of entries to copy; null: all
 * @param nulEnded whether these end with a NUL
 * @param signature algorithm of the signature; null: none
 * @param integrity --checksum and --fsync
 * @param ignoreVanished whether entries that vanish from the sources do not count for the exit code
 */
public record FcpSettings(
        RunSettings run,
        List<byte[]> sources,
        Destination destination,
        IoMethod ioMethod,
        Sparse sparse,
        PreserveSettings preserve,
        ExistingPolicy existing,
        DeletePolicy delete,
        long deleteMax,
        byte @Nullable [] filesFrom,
        boolean nulEnded,
        @Nullable Algorithm signature,
        IntegrityOptions integrity,
        boolean dryRun,
        boolean ignoreVanished) {

    /**
     * Checks a command line.
     *
     * @throws UsageException if options contradict each other, or operands are missing
     */
    public static FcpSettings of(CommandLine line) throws UsageException {
        List<byte[]> sources = sources(line);
        ExistingSettings existing = ExistingSettings.of(line);
        FcpSettings settings = new FcpSettings(
                RunSettings.of(line, changes(line)),
                List.copyOf(sources),
                destination(line, sources),
                ioMethod(line),
                sparse(line),
                PreserveSettings.of(line),
                existing.policy(),
                existing.delete(),
                deleteMax(line, existing.delete()),
                filesFrom(line, existing.delete()),
                line.has(CommandOption.NUL),
                signature(line),
                integrity(line),
                line.has(CommandOption.DRY_RUN),
                line.has(CommandOption.IGNORE_VANISHED));
        // Last: where a word that is no value of an option was meant as SOURCE, the option has to say so.
        boolean isNamed = line.has(CommandOption.TARGET_DIRECTORY);
        if (sources.isEmpty() && !line.has(CommandOption.RESUME)) {
            throw line.missing(
                    isNamed
                            ? "SOURCE is missing"
                            : line.words().isEmpty() ? "SOURCE and DEST are missing" : "DEST is missing");
        }
        return settings;
    }

    /** All operands, but for the last one if that is DEST. */
    private static List<byte[]> sources(CommandLine line) {
        List<String> words = line.words();
        int count = line.has(CommandOption.TARGET_DIRECTORY) ? words.size() : Math.max(0, words.size() - 1);
        List<byte[]> sources = new ArrayList<>();
        for (String word : words.subList(0, count)) {
            sources.add(RawArguments.bytes(word));
        }
        return sources;
    }

    /** A single source that is to go into a directory becomes the entry of its name in that directory. */
    private static Destination destination(CommandLine line, List<byte[]> sources) throws UsageException {
        boolean isCopy = line.has(CommandOption.NO_TARGET_DIRECTORY);
        byte[] directory = line.file(CommandOption.TARGET_DIRECTORY);
        if (isCopy && directory != null) {
            throw new UsageException("--target-directory and --no-target-directory (-T) contradict each other");
        }
        if (isCopy && sources.size() > 1) {
            throw new UsageException("-T: DEST is the copy of one SOURCE, and " + sources.size() + " are given");
        }
        if (directory != null) {
            return sources.size() == 1 ? PathRules.in(directory, sources.get(0)) : Destination.of(directory);
        }
        List<String> words = line.words();
        byte[] last = words.isEmpty() ? new byte[0] : RawArguments.bytes(words.get(words.size() - 1));
        return new Destination(last, isCopy);
    }

    /**
     * What a run with these settings does.
     *
     * @param creationMask umask of the user
     * @param doubtfulSince see {@link ExistingTargets}
     */
    public CopyPlan plan(int creationMask, Instant doubtfulSince) {
        return new CopyPlan(
                ioMethod,
                sparse,
                preserve.preserve(creationMask),
                new ExistingTargets(existing, doubtfulSince),
                delete.deletes(),
                deleteMax,
                signature,
                integrity,
                dryRun);
    }

    /** How entries are named that a run changes, or would in a dry run. */
    static ChangeFormat changes(CommandLine line) {
        if (line.has(CommandOption.ITEMIZE_CHANGES)) {
            return ChangeFormat.ITEMS;
        }
        return line.has(CommandOption.VERBOSE) || line.has(CommandOption.DRY_RUN)
                ? ChangeFormat.VERBS
                : ChangeFormat.NONE;
    }

    private static IoMethod ioMethod(CommandLine line) throws UsageException {
        IoMethod method = line.choice(CommandOption.IO, IoMethod.values(), IoMethod.AUTO);
        if (!method.suits(sparse(line))) {
            throw new UsageException("--sparse=" + line.value(CommandOption.SPARSE) + " is not possible with --io="
                    + line.value(CommandOption.IO));
        }
        return method;
    }

    private static @Nullable Algorithm signature(CommandLine line) throws UsageException {
        boolean isResumed = line.has(CommandOption.RESUME);
        if (line.has(CommandOption.OUTPUT) && !line.has(CommandOption.SIGNATURE) && !isResumed) {
            throw new UsageException("--output says where to write the signature: give --signature, too");
        }
        return line.has(CommandOption.SIGNATURE) ? digest(line, CommandOption.SIGNATURE) : null;
    }

    private static IntegrityOptions integrity(CommandLine line) throws UsageException {
        boolean verifies = line.has(CommandOption.CHECKSUM);
        if (line.has(CommandOption.DIGEST) && !verifies && !line.has(CommandOption.SIGNATURE)) {
            line.choice(CommandOption.DIGEST, Algorithm.values(), Algorithm.XXH64); // A word that is none is worse.
            throw new UsageException("--digest says how to sign and compare data: give --signature or --checksum, too");
        }
        return new IntegrityOptions(
                verifies ? digest(line, CommandOption.CHECKSUM) : null, line.has(CommandOption.FSYNC));
    }

    /** The algorithm for an option that needs data to be hashed. */
    private static Algorithm digest(CommandLine line, CommandOption option) throws UsageException {
        if (line.has(CommandOption.DRY_RUN)) {
            throw new UsageException("--" + option.word() + " is not possible with --dry-run, which reads no data");
        }
        switch (ioMethod(line)) {
            case AUTO, BUFFERED, REFLINK -> {}
            default ->
                throw new UsageException("--" + option.word() + " is not possible with --io="
                        + line.value(CommandOption.IO) + ", by which data cannot be looked at on its way");
        }
        return line.choice(CommandOption.DIGEST, Algorithm.values(), Algorithm.XXH64);
    }

    private static Sparse sparse(CommandLine line) throws UsageException {
        return line.choice(CommandOption.SPARSE, Sparse.values(), Sparse.AUTO);
    }

    private static long deleteMax(CommandLine line, DeletePolicy delete) throws UsageException {
        String number = line.value(CommandOption.MAX_DELETE);
        if (number == null) {
            return CopyPlan.ANY_NUMBER;
        }
        int max = Measures.whole(CommandOption.MAX_DELETE.word(), number, 0, Integer.MAX_VALUE);
        if (!delete.deletes()) {
            throw new UsageException("--max-delete limits what --delete takes away: give --delete or --mirror, too");
        }
        return max;
    }

    private static byte @Nullable [] filesFrom(CommandLine line, DeletePolicy delete) throws UsageException {
        if (!line.has(CommandOption.FILES_FROM)) {
            if (line.has(CommandOption.NUL)) {
                throw new UsageException("--from0 says how --files-from is written: give that, too");
            }
            return null;
        }
        if (line.words().size() > 2) {
            throw new UsageException("--files-from names entries of one SOURCE, not of several");
        }
        if (delete.deletes()) {
            String option = line.has(CommandOption.DELETE) ? "--delete" : "--mirror";
            throw new UsageException(
                    option + " is not possible with --files-from, which does not name all that is to stay");
        }
        return line.file(CommandOption.FILES_FROM);
    }
}
