package org.pcircle.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.ProgressKind;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.transport.TransportChoice;

/**
 * The options of the commands: one table for the parser, the help, the manual and the completion of shells. Of the two
 * texts the first is a phrase for a line of the help, the second whole sentences for the manual.
 */
public enum CommandOption {
    RECURSIVE(
            Command.FCP,
            OptionGroup.SELECTION,
            'r',
            "recursive",
            null,
            "nothing: directories are always copied whole",
            """
            Accepted for cp's habit. Directories are always copied with all that is in them."""),
    ONE_FILE_SYSTEM(OptionGroup.SELECTION, 'x', "one-file-system", null, "stay on the file system of each source", """
            Do not go into directories that other file systems are mounted on; they are there, but empty."""),
    EXCLUDE(
            OptionGroup.SELECTION,
            null,
            "exclude",
            Argument.text("PATTERN"),
            "leave out what matches; the first match decides",
            """
            Leave out what matches PATTERN, by rsync's rules: the first pattern that matches decides; one \
            that begins with a slash stands for the whole path below the root, one that ends with a slash \
            for directories only; * stays within a name, ** does not."""),
    INCLUDE(
            OptionGroup.SELECTION,
            null,
            "include",
            Argument.text("PATTERN"),
            "take what matches, whatever later patterns say",
            """
            Take what matches PATTERN, whatever later patterns say. Directories on the way to it must not be \
            left out, either."""),
    EXCLUDE_FROM(
            OptionGroup.SELECTION,
            null,
            "exclude-from",
            Argument.file(),
            "leave out what matches a line of FILE; - is stdin",
            """
            Read patterns to leave out from FILE, a line each; - stands for standard input. 1 MiB at most."""),
    FILES_FROM(
            Command.FCP,
            OptionGroup.SELECTION,
            null,
            "files-from",
            Argument.file(),
            "copy only what FILE names, a line each; - is stdin",
            """
            Copy only the entries that FILE names, relative to the one SOURCE, a line each, directories with \
            all that is in them; - stands for standard input."""),
    NUL(
            Command.FCP,
            OptionGroup.SELECTION,
            '0',
            "from0",
            null,
            "names in --files-from end with a NUL, not a newline",
            """
            The names in --files-from end with a NUL, not a newline, as find's -print0 writes them."""),
    DRY_RUN(Command.FCP, OptionGroup.SELECTION, 'n', "dry-run", null, "print what would be done, touch nothing", """
            Print what would be done to which path, a line each, as --verbose prints it of a run, and touch nothing. What fails is listed as a run would list it, as far \
            as names, modes and owners tell."""),
    FORCE(Command.FCP, OptionGroup.EXISTING, 'f', "force", null, "merge with an existing DEST, replace its files", """
            Merge with an existing DEST. Files replace what is in their way, by a rename when the new one is \
            complete; a directory is replaced only with --delete."""),
    UPDATE(
            Command.FCP,
            OptionGroup.EXISTING,
            'u',
            "update",
            Argument.choice("RULE", UpdateRule.class).orNone(),
            "as -f, but keep what is up to date or newer in DEST",
            """
            As --force, but leave data alone where type, size and modification time agree, as finely as the \
            destination keeps times; its owners, modes, attributes and hard links are still put right. Of what differs, \
            RULE says what is replaced: older (the default, as with cp and rsync) keeps files, links and other entries, \
            but for directories, that are newer in DEST, as they are, and counts them; differing replaces them, too, \
            which makes an interrupted or doubtful copy good; none is --ignore-existing. While a run that was not \
            finished stands in DEST, what was created or written there since that run began may be half-written, and is \
            replaced where it differs, also where it is newer."""),
    IGNORE_EXISTING(
            Command.FCP, OptionGroup.EXISTING, null, "ignore-existing", null, "copy only what DEST does not have", """
            Copy only what does not exist in DEST, and touch nothing that does, neither its data nor its attributes; \
            the same as --update=none. A directory that exists gets what it lacks."""),
    MIRROR(
            Command.FCP,
            OptionGroup.EXISTING,
            null,
            "mirror",
            null,
            "make DEST equal: --update=differing --delete",
            """
            Make DEST equal to SOURCE: the same as --update=differing --delete."""),
    DELETE(
            Command.FCP,
            OptionGroup.EXISTING,
            null,
            "delete",
            Argument.choice("anything", DeleteScope.class).orNone(),
            "with -f or --update: take away what the sources lack",
            """
            With --force, --update or --ignore-existing: take away what the sources lack. Happens last, and only if nothing \
            failed before; what vanished from the sources meanwhile has not failed. What is left out by a pattern is \
            spared; with --one-file-system so are what that does not go into and what is mounted below the destination; \
            and so is what runs to DEST that are not finished keep there. Where DEST holds entries, but none of a name that \
            SOURCE has, DEST is no mirror of SOURCE, and the run is refused before anything is touched; --delete=anything says that it is meant."""),
    MAX_DELETE(
            Command.FCP,
            OptionGroup.EXISTING,
            null,
            "max-delete",
            Argument.text("N"),
            "with --delete: if it were more than N entries, none",
            """
            With --delete: count what would be taken away, over all ranks, before anything is. If that is more than N entries, \
            with directories and all that is in them, nothing is taken away, which is said, and the exit code is 1; all else is done. What \
            comes to lack its source after the count is taken away only as long as this attempt has not deleted N; a run \
            that is resumed counts anew."""),
    TARGET_DIRECTORY(
            Command.FCP,
            OptionGroup.EXISTING,
            null,
            "target-directory",
            Argument.directory(),
            "copy all SOURCEs into DIR, also a single directory",
            """
            Copy all SOURCEs into DIR, which must exist, each under its own name, as cp does; a single directory, too, \
            which would become DEST otherwise."""),
    NO_TARGET_DIRECTORY(
            Command.FCP,
            OptionGroup.EXISTING,
            'T',
            "no-target-directory",
            null,
            "DEST is the copy of the one SOURCE, never holds it",
            """
            DEST is the copy of the one SOURCE and never a directory that gets it, as with cp. Without it a file \
            goes into a DEST that is a directory."""),
    IGNORE_VANISHED(
            Command.FCP,
            OptionGroup.SELECTION,
            null,
            "ignore-vanished",
            null,
            "what vanishes from the sources is no failure",
            """
            Entries of the sources that vanish after they were listed do not count for the exit code. They are counted and listed all the same. They never keep --delete from its work."""),
    PRESERVE(
            Command.FCP,
            OptionGroup.PRESERVED,
            'p',
            "preserve",
            Argument.list(PreservedAttribute.class).orNone(),
            "also keep xattr, acl and layout, or what LIST names",
            """
            Without LIST, also keep extended attributes, ACLs and Lustre layouts where the destination can \
            hold them; what cannot be kept is counted. What LIST names must be kept: where it cannot be, the \
            entry is copied and reported as a failure. Mode, timestamps, links (hard links) and ownership \
            are kept anyway: owner and group as root, else the group where you belong to it; all stands for everything that can be kept. Without -p a file that has an \
            ACL arrives with the ACL's mask as the permissions of its group, as with rsync -a; that may be more than the \
            ACL gave the group."""),
    NO_PRESERVE(
            Command.FCP,
            OptionGroup.PRESERVED,
            null,
            "no-preserve",
            Argument.list(PreservedAttribute.class),
            "do not keep what LIST names",
            """
            Do not keep what LIST names. The last word on a kind counts. Without mode a new entry has its source's \
            permissions less the umask, or what its directory's default ACL leaves of them, and no set-user-id or \
            set-group-id bit; what exists keeps its mode, also a file that is replaced."""),
    LAYOUT(
            Command.FCP,
            OptionGroup.PRESERVED,
            null,
            "layout",
            Argument.choice("KIND", Layout.class),
            "Lustre striping: inherit (default), preserve, auto",
            """
            Where the Lustre layout of new files comes from: inherit, from their directory (the default); \
            preserve, from their source (the default with --preserve); auto, from their size."""),
    SPARSE(
            Command.FCP,
            OptionGroup.PRESERVED,
            null,
            "sparse",
            Argument.choice("KIND", Sparse.class),
            "holes: auto keeps them, always makes, never fills",
            """
            Holes of files: auto keeps them (the default), always also makes them of blocks of zeros, never \
            fills them."""),
    CHECKSUM(
            Command.FCP,
            OptionGroup.VERIFICATION,
            'c',
            "checksum",
            null,
            "read back what was copied, and compare",
            """
            Read back what was copied, past the page cache and by another rank where there is one, and compare \
            it with what was read of the source. What differs is copied once more; what differs then is a \
            failure, and exit code 3. What --update leaves alone is not read back."""),
    FSYNC(
            Command.FCP,
            OptionGroup.VERIFICATION,
            null,
            "fsync",
            null,
            "flush files and directories before they are done",
            """
            Flush each file and directory to its device or server before it counts as done."""),
    SIGNATURE(
            Command.FCP,
            OptionGroup.VERIFICATION,
            's',
            "signature",
            null,
            "print the signature of what was copied",
            """
            Print the signature of what was copied, computed on the way: the line that fsum prints for \
            source and copy. Where --update keeps entries of DEST that differ, it is that of DEST."""),
    DIGEST(
            OptionGroup.VERIFICATION,
            null,
            "digest",
            Argument.choice("KIND", Algorithm.class),
            "of signatures and -c: xxh64 (default) or sha256",
            """
            What signatures are made with, and what is read back is compared by: xxh64 (the default) withstands accidents, sha256 also malice."""),
    OUTPUT(
            OptionGroup.VERIFICATION,
            'o',
            "output",
            Argument.file(),
            "write the signature and what it covers to FILE, too",
            """
            Write the signature to FILE, too, with its date and how many entries and bytes it covers. Here as with all files that a run \
            writes, - stands for standard output."""),
    METADATA(Command.FSUM, OptionGroup.VERIFICATION, null, "metadata", null, "cover modes, owners and times, too", """
            Cover modes, owners, groups and modification times, too. Such a signature says so in its name. A run that lasts, or \
            has a manifest of more than some thousand entries, keeps files of its own in the current directory, whose time changes by that: \
            begin it outside of PATH, or give --checkpoint-dir."""),
    MANIFEST(
            Command.FSUM,
            OptionGroup.VERIFICATION,
            null,
            "manifest",
            Argument.file(),
            "write a line for each entry to FILE",
            """
            Write what the signature covers to FILE, a line for each entry in the order of their paths. Files that the run itself writes \
            into PATH, or compares with, are left out of it."""),
    EXPORT_BLOCK_SIGNATURES(
            Command.FSUM,
            OptionGroup.VERIFICATION,
            null,
            "export-block-signatures",
            null,
            "with --manifest: write a digest of each MiB",
            """
            With --manifest, also write the digest of each mebibyte of a file, so that a comparison can say \
            which bytes differ."""),
    CHECK(
            Command.FSUM,
            OptionGroup.VERIFICATION,
            'c',
            "check",
            Argument.file(),
            "compare with FILE and say what differs",
            """
            Compare with FILE and print what is changed, missing or extra. FILE is the line that fsum printed, a signature file or a \
            manifest; - stands for standard input. Without PATH the paths that FILE names are read, as with sha256sum -c. \
            The digest and whether metadata is covered are those of FILE; give --exclude and its like as when it was made, as what is \
            left out counts as missing. Exit with 3 if anything differs."""),
    IO(
            Command.FCP,
            OptionGroup.PERFORMANCE,
            null,
            "io",
            Argument.choice("METHOD", IoMethod.class),
            "auto reflink copy_file_range splice direct buffered",
            """
            How data is moved. auto (the default) takes the quickest that the two file systems have; with \
            any other, files that cannot be copied so are failures. reflink shares blocks, copy_file_range \
            leaves the copy to the kernel or a file server, splice passes pages through a pipe, direct reads \
            and writes past the page cache (O_DIRECT), buffered reads and writes."""),
    THREADS(
            OptionGroup.PERFORMANCE,
            null,
            "threads",
            Argument.text("N"),
            "workers per rank; default: the CPUs it may use",
            """
            Workers per rank, 1 to 1024; by default as many as the CPUs that the rank may use. On network \
            file systems more than that can be better."""),
    CHUNK_SIZE(
            OptionGroup.PERFORMANCE,
            null,
            "chunk-size",
            Argument.text("SIZE"),
            "share out large files in ranges of SIZE; adapted",
            """
            Share out large files in ranges of SIZE (64K 16MiB 1.5G; binary), a multiple of 64K. By default \
            adapted to the file's size, its stripes and the number of workers."""),
    TRANSPORT(
            OptionGroup.PERFORMANCE,
            null,
            "transport",
            Argument.choice("KIND", TransportChoice.class),
            "how ranks talk: auto (default), local or mpi",
            """
            How ranks talk: mpi; local, which is one process alone; or auto (the default), by how the \
            process was started."""),
    RESUME(OptionGroup.RESUMING, null, "resume", Argument.text("ID"), "go on with the run of that name", """
            Go on with the run ID from its last checkpoint, with any number of ranks, hosts and threads. SOURCE \
            and DEST must be those of that run; DEST alone is enough, and instead of ID the path of the checkpoint, \
            which needs neither. fsum finds it in the current directory, and must be told again of a manifest to write or of what to compare with. What the run was to do stays as it was: options that say so cannot be given again."""),
    DISCARD(
            Command.FCP,
            OptionGroup.RESUMING,
            null,
            "discard",
            Argument.text("ID"),
            "delete what a run has left that was not finished",
            """
            Give up the run ID, which was not finished: delete its directory, and all files in DEST, the only operand, that it had \
            been growing, with any number of ranks. Nothing else is touched; what had been copied stays. Exit with 2 if the run is still going on, if nobody can tell, as \
            files cannot be locked there, or if there is no such run. With --checkpoint-dir if it had that; with --dry-run print \
            what would be deleted. For a run of fsum DEST is the directory that it was started in."""),
    CHECKPOINT_INTERVAL(
            OptionGroup.RESUMING,
            null,
            "checkpoint-interval",
            Argument.text("S"),
            "seconds between checkpoints; default 60, 0: none",
            """
            Seconds (also 90s 10m 2h) between two checkpoints; 60 by default. With 0 there are none, and nothing is written for \
            them."""),
    CHECKPOINT_ID(
            OptionGroup.RESUMING,
            null,
            "checkpoint-id",
            Argument.text("ID"),
            "what the run is called; default: the time",
            """
            What the run and its checkpoint are called: letters, digits, dots, dashes and underscores. By default the time \
            and four digits."""),
    CHECKPOINT_DIR(
            OptionGroup.RESUMING,
            null,
            "checkpoint-dir",
            Argument.directory(),
            "keep them in DIR/ID; default: DEST/.fcp (fsum: here)",
            """
            Keep the checkpoints in the directory ID of DIR, which exists, outside of what is copied or read, and which all ranks see. By default that is .fcp/ID in the destination; \
            for fsum, in the current directory. They are taken away when the run has finished."""),
    PROGRESS(
            OptionGroup.REPORTING,
            null,
            "progress",
            Argument.choice("KIND", ProgressKind.class).orNone(),
            "on stderr: auto (default), bar, plain, json or none",
            """
            Progress on stderr: bar (also without KIND), one line that is rewritten twice a second and fits the terminal (or \
            COLUMNS); plain, a line every 10 seconds; json, a JSON object a line at each reduce interval and one at \
            the end; none; or auto (the default), which is bar on a terminal and plain elsewhere. What has \
            been found so far has a + behind it until the whole tree has been looked through; then the share \
            that is done and the time that is left are told, too."""),
    REDUCE_INTERVAL(
            OptionGroup.REPORTING,
            null,
            "reduce-interval",
            Argument.text("S"),
            "seconds between two reports of ranks; default 1",
            """
            Seconds (also 90s 10m 2h) between two reports of the ranks, from which progress is made; default \
            1."""),
    ERRORS(OptionGroup.REPORTING, null, "errors", Argument.file(), "list what failed in FILE", """
            List the entries that failed in FILE, a line of JSON each: path, operation, errno, message. By \
            default COMMAND-errors-ID.jsonl in the current directory, if there are any."""),
    STATS(OptionGroup.REPORTING, null, "stats", Argument.file(), "write a summary in JSON to FILE", """
            Write a summary to FILE, one JSON object: entries, bytes, rates, methods, and what each rank \
            did."""),
    REPORT(OptionGroup.REPORTING, null, "report", Argument.file(), "write a page with charts of the run to FILE", """
            Write a page (HTML) with charts of the run to FILE: throughput over time, what each rank did, sizes \
            of files, the slowest work, errors by kind, methods. It needs no network."""),
    VERBOSE(OptionGroup.REPORTING, 'v', "verbose", null, "name each change, list all failures; -vv: ranks, too", """
            fcp: name each entry that is copied, replaced, changed or deleted on standard output, a line each, when it is done: \
            what a dry run prints of it. What is done again after a checkpoint that a run is resumed from may be named twice. All commands: \
            list every entry that failed on stderr, not only the first 20; given twice (-vv), also tell what each rank did."""),
    ITEMIZE_CHANGES(
            Command.FCP,
            OptionGroup.REPORTING,
            'i',
            "itemize-changes",
            null,
            "name each change in rsync's letters",
            """
            Name each entry that is copied, replaced, changed or deleted, as rsync -i does, also in a dry run: in place of the words of --verbose, eleven letters \
            for what is done and what differed, and the path in the transfer (>f.st...... path). What they mean is in rsync(1)."""),
    QUIET(OptionGroup.REPORTING, 'q', "quiet", null, "no summary and no progress", """
            No summary, and no progress unless --progress asks for it. Errors are still shown, and what --verbose names."""),
    DOCTOR(Command.FCP, OptionGroup.REPORTING, null, "doctor", null, "check this node, and the directories given", """
            Copy nothing, but check this node: Java, MPI, memory, limits; and in each directory that is given \
            what its file system can do, which way data goes there, and from each to the last. Each finding \
            begins with ok, note or FAIL; one FAIL makes the exit status 1. What is tried is tried with files \
            that have no name, and nothing is left behind. Under mpirun every rank checks its own node."""),
    VERSION(OptionGroup.REPORTING, null, "version", null, "show the version and how it was built", """
            Show the versions of pcircle and of what it uses here, and how it was built."""),
    USAGE(OptionGroup.REPORTING, 'h', "usage", null, "show the options that people use most", """
            Show the options that people use most, on one screen."""),
    HELP(OptionGroup.REPORTING, null, "help", null, "show this help", """
            Show all options, a line each.""");

    private static final CommandOption[] ALL = values();
    private static final String[] ALIASES = {"R", "a", "chunksize", "verify", "cptime", "checkpoint-d", "cpid", "rid"};

    private final @Nullable Command only;
    private final OptionGroup group;
    private final @Nullable Character letter;
    private final String word;
    /** A record of things that do not change. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final @Nullable Argument argument;

    private final String help;
    private final String manual;

    /** Of all commands. */
    CommandOption(
            OptionGroup group,
            @Nullable Character letter,
            String word,
            @Nullable Argument argument,
            String help,
            String manual) {
        this(null, group, letter, word, argument, help, manual);
    }

    /** Of one command. */
    CommandOption(
            @Nullable Command only,
            OptionGroup group,
            @Nullable Character letter,
            String word,
            @Nullable Argument argument,
            String help,
            String manual) {
        this.only = only;
        this.group = group;
        this.letter = letter;
        this.word = word;
        this.argument = argument;
        this.help = help;
        this.manual = manual;
    }

    /** Whether a command has the option. */
    public boolean isOf(Command command) {
        return only == null || only == command;
    }

    /** The option's letter; null if it has none. */
    @Nullable
    public Character letter() {
        return letter;
    }

    /** The option's long name, without dashes. */
    public String word() {
        return word;
    }

    /** The option's argument; null if it has none. */
    @Nullable
    public Argument argument() {
        return argument;
    }

    /** Whether its argument may be left out. */
    public boolean isArgumentOptional() {
        return argument != null && argument.isOptional();
    }

    /** The option and its argument as people read them: {@code --word=ARGUMENT}, {@code --word[=ARGUMENT]}. */
    public String synopsis() {
        if (argument == null) {
            return "--" + word;
        }
        return "--" + word + (argument.isOptional() ? "[=" + argument.name() + "]" : "=" + argument.name());
    }

    /** The text for the help, a phrase. */
    public String help() {
        return help;
    }

    /** The text for the manual, in whole sentences. */
    public String manual() {
        return manual;
    }

    /**
     * Whether it affects how a run is done, and not what is done, so that it may be given again when the run is
     * resumed.
     */
    public boolean suitsResumed() {
        return switch (this) {
            case RESUME,
                    CHECKPOINT_DIR,
                    PROGRESS,
                    REDUCE_INTERVAL,
                    ERRORS,
                    STATS,
                    REPORT,
                    OUTPUT,
                    VERBOSE,
                    ITEMIZE_CHANGES,
                    QUIET,
                    THREADS,
                    TRANSPORT,
                    MANIFEST,
                    EXPORT_BLOCK_SIGNATURES,
                    CHECK -> true;
            default -> false;
        };
    }

    /** Whether it may be given with --discard. */
    public boolean suitsDiscarded() {
        return switch (this) {
            case DISCARD,
                    CHECKPOINT_DIR,
                    DRY_RUN,
                    PROGRESS,
                    REDUCE_INTERVAL,
                    ERRORS,
                    STATS,
                    REPORT,
                    VERBOSE,
                    QUIET,
                    THREADS,
                    TRANSPORT -> true;
            default -> false;
        };
    }

    /** Other spellings: of cp, and of the original pcircle. */
    static @Nullable CommandOption alias(String spelling) {
        return switch (spelling) {
            case "R" -> RECURSIVE;
            case "a" -> PRESERVE;
            case "chunksize" -> CHUNK_SIZE;
            case "verify" -> CHECKSUM;
            case "cptime" -> CHECKPOINT_INTERVAL;
            case "checkpoint-d", "cpid" -> CHECKPOINT_ID;
            case "rid" -> RESUME;
            default -> null;
        };
    }

    /** All other spellings of a command's options. */
    public static List<String> aliases(Command command) {
        List<String> aliases = new ArrayList<>();
        for (CommandOption option : of(command)) {
            aliases.addAll(option.aliases());
        }
        return aliases;
    }

    /** The other spellings of this one, without dashes. */
    public List<String> aliases() {
        List<String> aliases = new ArrayList<>();
        for (String spelling : ALIASES) {
            if (alias(spelling) == this) {
                aliases.add(spelling);
            }
        }
        return aliases;
    }

    /** A spelling with its dashes: one before a letter, two before a word. */
    public static String dashed(String spelling) {
        return (spelling.length() == 1 ? "-" : "--") + spelling;
    }

    /** The options of a command. */
    public static List<CommandOption> of(Command command) {
        List<CommandOption> options = new ArrayList<>();
        for (CommandOption option : ALL) {
            if (option.isOf(command)) {
                options.add(option);
            }
        }
        return options;
    }

    /** Those of one group. */
    public static List<CommandOption> of(Command command, OptionGroup group) {
        List<CommandOption> options = of(command);
        options.removeIf(option -> option.group != group);
        return options;
    }
}
