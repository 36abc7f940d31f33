package org.pcircle.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the commands: one table for the parser and the help. */
enum CommandOption {
    RECURSIVE(Command.FCP, 'r', "recursive", null, "accepted for cp's habit; always on"),
    PRESERVE(
            Command.FCP,
            'p',
            "preserve",
            "[LIST]",
            "also keep xattr, acl and layout, or what LIST names: mode, ownership, timestamps, links, xattr, acl, layout, all"),
    NO_PRESERVE(Command.FCP, null, "no-preserve", "LIST", "do not keep what LIST names"),
    LAYOUT(
            Command.FCP,
            null,
            "layout",
            "KIND",
            "Lustre layout of new files: preserve their source's (as -p does), inherit their directory's, or auto, by size"),
    FORCE(Command.FCP, 'f', "force", null, "merge with an existing DEST; files replace what is in their way"),
    UPDATE(
            Command.FCP,
            'u',
            "update",
            null,
            "as --force, but leave alone what has the same type, size and modification time"),
    DELETE(
            Command.FCP,
            null,
            "delete",
            null,
            "with --force or --update: take away what the sources lack, if nothing failed"),
    ONE_FILE_SYSTEM('x', "one-file-system", null, "do not go into directories that other file systems are mounted on"),
    EXCLUDE(
            null,
            "exclude",
            "PATTERN",
            "leave out what matches, as rsync does; the first pattern that matches decides"),
    INCLUDE(null, "include", "PATTERN", "take what matches, whatever later patterns say"),
    EXCLUDE_FROM(null, "exclude-from", "FILE", "leave out what matches a line of FILE; - for standard input"),
    FILES_FROM(
            Command.FCP,
            null,
            "files-from",
            "FILE",
            "copy the entries of the one SOURCE that FILE names, a line each; - for standard input"),
    NUL(Command.FCP, '0', "from0", null, "the entries in --files-from end with a NUL, not a newline"),
    DRY_RUN(Command.FCP, null, "dry-run", null, "print what would be done, touch nothing"),
    SIGNATURE(Command.FCP, 's', "signature", null, "print the signature of what was copied; see docs/signature.md"),
    DIGEST(null, "digest", "KIND", "what the signature is made with: xxh64 or sha256; default xxh64"),
    OUTPUT('o', "output", "FILE", "write the signature and what it covers to FILE, too"),
    METADATA(Command.FSUM, null, "metadata", null, "cover modes, owners and modification times, too"),
    MANIFEST(Command.FSUM, null, "manifest", "FILE", "write what the signature covers to FILE, a line for each entry"),
    EXPORT_BLOCK_SIGNATURES(
            Command.FSUM, null, "export-block-signatures", null, "with --manifest: write the digest of each MiB, too"),
    CHECK(
            Command.FSUM,
            null,
            "check",
            "FILE",
            "compare with FILE, a signature file or a manifest, and say what is changed, missing or extra"),
    CHUNK_SIZE(
            null, "chunk-size", "SIZE", "share out large files in ranges of SIZE, a multiple of 64K; default: adapted"),
    THREADS(null, "threads", "N", "workers per rank; default: the CPUs it may use"),
    IO(
            Command.FCP,
            null,
            "io",
            "METHOD",
            "auto, reflink, copy_file_range, splice, direct or buffered, that or none; default auto"),
    SPARSE(
            Command.FCP,
            null,
            "sparse",
            "KIND",
            "holes: auto keeps them, always makes them of zeros, never fills them; default auto"),
    PROGRESS(null, "progress", "KIND", "progress on stderr: auto, bar, plain or none; default auto"),
    REDUCE_INTERVAL(null, "reduce-interval", "S", "seconds between two reports of progress; default 1"),
    ERRORS(
            null,
            "errors",
            "FILE",
            "list entries that failed in FILE; default COMMAND-errors-ID.jsonl, if there are any"),
    STATS(null, "stats", "FILE", "write a summary in JSON to FILE"),
    TRANSPORT(null, "transport", "KIND", "how ranks talk: auto, local or mpi; default auto"),
    VERBOSE('v', "verbose", null, "list every entry that failed, and what each rank did"),
    QUIET('q', "quiet", null, "no summary and no progress"),
    VERSION(null, "version", null, "show the version and how it was built"),
    HELP('h', "help", null, "show this help");

    private static final CommandOption[] ALL = values();
    private static final String[] ALIASES = {"R", "a", "chunksize"};

    private final @Nullable Command only;
    private final @Nullable Character letter;
    private final String word;
    private final @Nullable String argument;
    private final String help;

    /** Of all commands. */
    CommandOption(@Nullable Character letter, String word, @Nullable String argument, String help) {
        this(null, letter, word, argument, help);
    }

    /** Of one command. */
    CommandOption(
            @Nullable Command only, @Nullable Character letter, String word, @Nullable String argument, String help) {
        this.only = only;
        this.letter = letter;
        this.word = word;
        this.argument = argument;
        this.help = help;
    }

    /** Whether a command has it. */
    boolean isOf(Command command) {
        return only == null || only == command;
    }

    /** The option's letter; null if it has none. */
    @Nullable
    Character letter() {
        return letter;
    }

    /** The option's long name, without dashes. */
    String word() {
        return word;
    }

    /** What its argument is called; null if it takes none. */
    @Nullable
    String argument() {
        return argument;
    }

    /** Whether its argument may be left out; if it is not, it stands behind an equals sign. */
    boolean isArgumentOptional() {
        return argument != null && argument.startsWith("[");
    }

    /** The option and its argument as the help shows them: {@code --word=ARGUMENT}, {@code --word[=ARGUMENT]}. */
    String synopsis() {
        if (argument == null) {
            return "--" + word;
        }
        return isArgumentOptional() ? "--" + word + "[=" + argument.substring(1) : "--" + word + "=" + argument;
    }

    String help() {
        return help;
    }

    /** Other spellings: of cp, and of the original pcircle. */
    static @Nullable CommandOption alias(String spelling) {
        return switch (spelling) {
            case "R" -> RECURSIVE;
            case "a" -> PRESERVE;
            case "chunksize" -> CHUNK_SIZE;
            default -> null;
        };
    }

    /** All other spellings of a command's options. */
    static List<String> aliases(Command command) {
        List<String> aliases = new ArrayList<>();
        for (String spelling : ALIASES) {
            CommandOption option = alias(spelling);
            if (option != null && option.isOf(command)) {
                aliases.add(spelling);
            }
        }
        return aliases;
    }

    /** The options of a command. */
    static List<CommandOption> of(Command command) {
        List<CommandOption> options = new ArrayList<>();
        for (CommandOption option : ALL) {
            if (option.isOf(command)) {
                options.add(option);
            }
        }
        return options;
    }
}
