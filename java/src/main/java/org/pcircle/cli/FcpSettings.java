package org.pcircle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Existing;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Sparse;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.TransportChoice;

/**
 * What the command line means.
 *
 * @param keeping --preserve and --no-preserve
 * @param filters --exclude, --include and --exclude-from, in their order
 * @param filesFrom the list of entries to copy; null: all
 * @param nulEnded whether these end with a NUL
 * @param signature what to make it with; null: none is asked for
 * @param chunkBytes 0: adapted
 * @param errorFile null: the default name
 * @param statsFile null: none
 */
record FcpSettings(
        List<byte[]> sources,
        byte[] destination,
        IoMethod ioMethod,
        Sparse sparse,
        Keeping keeping,
        Existing existing,
        boolean delete,
        List<CommandLine.Given> filters,
        byte @Nullable [] filesFrom,
        boolean nulEnded,
        boolean oneFileSystem,
        @Nullable Algorithm signature,
        boolean dryRun,
        long chunkBytes,
        int threads,
        ProgressKind progress,
        int reduceIntervalMs,
        byte @Nullable [] errorFile,
        byte @Nullable [] statsFile,
        TransportChoice transport,
        boolean verbose,
        boolean quiet) {

    /** How progress is shown. */
    enum ProgressKind {
        AUTO,
        BAR,
        PLAIN,
        NONE
    }

    private static final int THREADS_MAX = 1024;
    private static final long CHUNK_BYTES_MIN = 64 * 1024;
    private static final int REDUCE_INTERVAL_DEFAULT_MS = 1000;
    private static final int REDUCE_INTERVAL_MIN_MS = 10;

    static FcpSettings of(CommandLine line) throws UsageException {
        List<String> words = line.words();
        if (words.size() < 2) {
            throw new UsageException(words.isEmpty() ? "SOURCE and DEST are missing" : "DEST is missing");
        }
        List<byte[]> sources = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            sources.add(RawArguments.bytes(word));
        }
        return new FcpSettings(
                List.copyOf(sources),
                RawArguments.bytes(words.get(words.size() - 1)),
                ioMethod(line),
                sparse(line),
                Keeping.of(line),
                existing(line),
                delete(line),
                filters(line),
                filesFrom(line),
                line.has(FcpOption.NUL),
                line.has(FcpOption.ONE_FILE_SYSTEM),
                signature(line),
                line.has(FcpOption.DRY_RUN),
                chunkBytes(line),
                threads(line),
                progress(line),
                reduceIntervalMs(line),
                file(line, FcpOption.ERRORS),
                file(line, FcpOption.STATS),
                choice(line, FcpOption.TRANSPORT, TransportChoice.values(), TransportChoice.AUTO),
                line.has(FcpOption.VERBOSE),
                line.has(FcpOption.QUIET));
    }

    private static IoMethod ioMethod(CommandLine line) throws UsageException {
        IoMethod method = choice(line, FcpOption.IO, IoMethod.values(), IoMethod.AUTO);
        if (!method.suits(sparse(line))) {
            throw new UsageException("--sparse=" + line.value(FcpOption.SPARSE) + " is not possible with --io="
                    + line.value(FcpOption.IO));
        }
        return method;
    }

    private static @Nullable Algorithm signature(CommandLine line) throws UsageException {
        Algorithm algorithm = choice(line, FcpOption.DIGEST, Algorithm.values(), Algorithm.XXH64);
        if (!line.has(FcpOption.SIGNATURE)) {
            if (line.has(FcpOption.DIGEST)) {
                throw new UsageException("--digest says how to make a signature: give --signature, too");
            }
            return null;
        }
        if (line.has(FcpOption.DRY_RUN)) {
            throw new UsageException("--signature is not possible with --dry-run, which reads no data");
        }
        switch (ioMethod(line)) {
            case AUTO, BUFFERED, REFLINK -> {}
            default ->
                throw new UsageException("--signature is not possible with --io=" + line.value(FcpOption.IO)
                        + ", by which data cannot be looked at on its way");
        }
        return algorithm;
    }

    private static Sparse sparse(CommandLine line) throws UsageException {
        return choice(line, FcpOption.SPARSE, Sparse.values(), Sparse.AUTO);
    }

    private static Existing existing(CommandLine line) {
        if (line.has(FcpOption.UPDATE)) {
            return Existing.UPDATE;
        }
        return line.has(FcpOption.FORCE) ? Existing.REPLACE : Existing.REFUSE;
    }

    private static boolean delete(CommandLine line) throws UsageException {
        if (line.has(FcpOption.DELETE) && existing(line) == Existing.REFUSE) {
            throw new UsageException("--delete takes away from an existing DEST: give --force or --update, too");
        }
        return line.has(FcpOption.DELETE);
    }

    private static byte @Nullable [] filesFrom(CommandLine line) throws UsageException {
        if (!line.has(FcpOption.FILES_FROM)) {
            if (line.has(FcpOption.NUL)) {
                throw new UsageException("--from0 says how --files-from is written: give that, too");
            }
            return null;
        }
        if (line.words().size() > 2) {
            throw new UsageException("--files-from names entries of one SOURCE, not of several");
        }
        if (line.has(FcpOption.DELETE)) {
            throw new UsageException(
                    "--delete is not possible with --files-from, which does not name all that is to stay");
        }
        return file(line, FcpOption.FILES_FROM);
    }

    private static List<CommandLine.Given> filters(CommandLine line) {
        List<CommandLine.Given> filters = new ArrayList<>();
        for (CommandLine.Given given : line.options()) {
            FcpOption option = given.option();
            if (option == FcpOption.EXCLUDE || option == FcpOption.INCLUDE || option == FcpOption.EXCLUDE_FROM) {
                filters.add(given);
            }
        }
        return List.copyOf(filters);
    }

    private static long chunkBytes(CommandLine line) throws UsageException {
        String value = line.value(FcpOption.CHUNK_SIZE);
        if (value == null) {
            return 0;
        }
        long bytes = Measures.bytes(FcpOption.CHUNK_SIZE.word(), value);
        if (bytes < CHUNK_BYTES_MIN) {
            throw new UsageException("--chunk-size=" + value + ": less than 64K");
        }
        // Else ranges could not be cloned, or written past the cache.
        return bytes / CHUNK_BYTES_MIN * CHUNK_BYTES_MIN;
    }

    private static int threads(CommandLine line) throws UsageException {
        String value = line.value(FcpOption.THREADS);
        return value == null
                ? Runtime.getRuntime().availableProcessors()
                : Measures.whole(FcpOption.THREADS.word(), value, 1, THREADS_MAX);
    }

    private static ProgressKind progress(CommandLine line) throws UsageException {
        ProgressKind kind = choice(line, FcpOption.PROGRESS, ProgressKind.values(), ProgressKind.AUTO);
        return line.has(FcpOption.QUIET) && !line.has(FcpOption.PROGRESS) ? ProgressKind.NONE : kind;
    }

    private static int reduceIntervalMs(CommandLine line) throws UsageException {
        String value = line.value(FcpOption.REDUCE_INTERVAL);
        if (value == null) {
            return REDUCE_INTERVAL_DEFAULT_MS;
        }
        return Math.max(REDUCE_INTERVAL_MIN_MS, Measures.millis(FcpOption.REDUCE_INTERVAL.word(), value));
    }

    private static byte @Nullable [] file(CommandLine line, FcpOption option) throws UsageException {
        String value = line.value(option);
        if (value != null && value.isEmpty()) {
            throw new UsageException("--" + option.word() + " needs a file name");
        }
        return value == null ? null : RawArguments.bytes(value);
    }

    static <E extends Enum<E>> E choice(CommandLine line, FcpOption option, E[] choices, E byDefault)
            throws UsageException {
        String value = line.value(option);
        if (value == null) {
            return byDefault;
        }
        StringBuilder names = new StringBuilder();
        for (E choice : choices) {
            String name = choice.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return choice;
            }
            names.append(names.length() == 0 ? "" : ", ").append(name);
        }
        throw new UsageException("--" + option.word() + "=" + RawArguments.shown(value) + ": not one of " + names);
    }
}
