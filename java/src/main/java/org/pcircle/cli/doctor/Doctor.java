package org.pcircle.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.Xxh64Library;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.NativeLibrary;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Probe;
import org.pcircle.fs.Processor;
import org.pcircle.report.ExitCode;
import org.pcircle.report.Quantity;
import org.pcircle.transport.Launcher;
import org.pcircle.transport.TransportChoice;
import org.pcircle.transport.TransportProvider;

/**
 * Examines a node before a copy: is everything there that pcircle needs, and what can the file systems do? Each finding
 * is a line that begins with {@code ok}, {@code note} (less than there could be) or {@code FAIL}; one FAIL makes the
 * exit code 1.
 *
 * <p>Nothing is left behind: trials in a directory use files without names.
 */
public final class Doctor {

    /** Each worker has a few files open, and each directory that is being listed one more. */
    private static final long DESCRIPTORS_MIN = 256;

    private static final long DESCRIPTORS_WANTED = 1024;

    /** Heap, and the JVM itself; to which each worker's buffers come. */
    private static final long RANK_BYTES = 400L << 20;

    private static final long WORKER_BYTES = 4_400L << 10;

    private static final double S_PER_NS = 1e-9;

    private final Console console;
    private final Launcher launcher;
    private final String who;
    private boolean hasFailed;

    /** @param launcher that has started this process */
    public Doctor(Console console, Launcher launcher) {
        this.console = console;
        this.launcher = launcher;
        this.who = launcher.startedMany() ? "rank " + launcher.rank() + " on " + hostName() + ": " : "";
    }

    /** Examines this node and some directories on it; returns the exit code. */
    public int examine(List<String> words) {
        ok(Installation.java() + ", pcircle " + Installation.version());
        ok("native library " + NativeLibrary.features());
        examineDigests();
        examineTransports();
        examineMemory();
        examineDescriptors();
        List<byte[]> paths = new ArrayList<>();
        for (String word : words) {
            paths.add(RawArguments.bytes(word));
        }
        for (int i = 0; i < paths.size(); i++) {
            examine(paths.get(i), paths.get(i));
            if (i < paths.size() - 1) {
                examine(paths.get(i), paths.get(paths.size() - 1));
            }
        }
        return (hasFailed ? ExitCode.SOME_FAILED : ExitCode.DONE).code();
    }

    private void examineDigests() {
        for (Algorithm algorithm : Algorithm.values()) {
            if (!algorithm.works()) {
                fail("the digest " + algorithm.label() + " of a known text comes out wrong: do not use it here");
                return;
            }
        }
        String library = Xxh64Library.here().label();
        if (Processor.runsX86V3()) {
            ok("digests come out right, xxh64 by " + library);
        } else {
            note("digests come out right, xxh64 by " + library
                    + " and so more slowly: the C library needs AVX2 and BMI2, which this processor lacks");
        }
    }

    private void examineTransports() {
        for (TransportChoice choice : TransportChoice.values()) {
            TransportProvider provider = choice.provider();
            TransportProvider.LaunchCommand launch = provider == null ? null : provider.launchCommand();
            if (provider != null && launch != null) {
                examine(provider, launch);
            }
        }
    }

    /**
     * Ranks cannot start others; and the bindings are never loaded here, as they end a process that cannot have them.
     */
    private void examine(TransportProvider provider, TransportProvider.LaunchCommand launch) {
        String version = Installation.version(launch);
        if (!provider.isAvailable() || version == null) {
            String missing =
                    provider.isAvailable() ? launch.program() + " is" : provider.name() + "'s Java bindings are";
            String finding = missing + " not found: there can be no more than one process";
            if (launcher.startedMany()) {
                fail(finding);
            } else {
                note(finding);
            }
        } else if (launcher.startedMany()) {
            ok(version + ", bindings " + provider.bindings());
        } else {
            startTwoRanks(version, launch);
        }
    }

    private void startTwoRanks(String version, TransportProvider.LaunchCommand launch) {
        Path home = Installation.home();
        if (home == null) {
            note(version + "; not tried, as it is not known where pcircle is installed");
            return;
        }
        String fsum = home.resolve("bin/fsum").toString(); // fsum writes nothing, so it needs no directory to write to.
        long begin = System.nanoTime();
        List<String> words = new ArrayList<>(List.of(launch.program()));
        words.addAll(launch.onThisHost());
        words.addAll(List.of("2", fsum, "--quiet", "--checkpoint-interval=0", fsum));
        Installation.Answer answer = Installation.ask(words, launch.environment());
        if (answer.code() == 0) {
            ok(version + ": two ranks ran for " + Quantity.seconds((System.nanoTime() - begin) * S_PER_NS));
        } else {
            fail(version + ": two ranks cannot run: " + firstWords(answer.text()));
        }
        checkSharedMemory(launch);
    }

    private void checkSharedMemory(TransportProvider.LaunchCommand launch) {
        try {
            long room = Files.getFileStore(Path.of("/dev/shm")).getUsableSpace();
            long wanted = launch.sharedBytes() * Runtime.getRuntime().availableProcessors();
            if (room < wanted) {
                note("/dev/shm has room for " + Quantity.bytes(room) + ": ranks on this host want about "
                        + Quantity.bytes(wanted) + "; " + launch.sharedFolderVariable() + " names another place");
            }
        } catch (IOException e) {
            note("/dev/shm is not there, which ranks on one host talk through");
        }
    }

    private void examineMemory() {
        int workers = Runtime.getRuntime().availableProcessors();
        long wanted = RANK_BYTES + workers * WORKER_BYTES;
        long available = available();
        String finding = workers + (workers == 1 ? " CPU, " : " CPUs, ") + Quantity.bytes(available)
                + " of memory available; a rank takes at most " + Quantity.bytes(wanted);
        if (available < wanted) {
            fail(finding);
        } else {
            ok(finding);
        }
    }

    /** The memory that the kernel, or the control groups of the process, still allow. */
    private static long available() {
        long bytes = Long.MAX_VALUE;
        String meminfo = read("/proc/meminfo");
        int at = meminfo.indexOf("MemAvailable:");
        if (at >= 0) {
            bytes = numberAt(meminfo, at + "MemAvailable:".length()) * 1024;
        }
        return Math.min(bytes, ControlGroup.memoryLeft());
    }

    private void examineDescriptors() {
        String limits = read("/proc/self/limits");
        int at = limits.indexOf("Max open files");
        if (at < 0) {
            note("/proc does not say how many files may be open");
            return;
        }
        // The JVM raises the soft limit to the hard one.
        long allowed = numberAt(limits, at + "Max open files".length());
        String finding = Quantity.count(allowed) + " files may be open in a process";
        if (allowed < DESCRIPTORS_MIN) {
            fail(finding + ", " + DESCRIPTORS_MIN + " are needed: see ulimit -n");
        } else if (allowed < DESCRIPTORS_WANTED) {
            note(finding + ": deep trees on file systems without lasting positions (tmpfs, FUSE) may need more");
        } else {
            ok(finding);
        }
    }

    private void examine(byte[] source, byte[] target) {
        boolean isSame = source == target;
        String shown = PathText.shown(source) + (isSame ? "" : " to " + PathText.shown(target));
        try (Directory from = Directory.open(source);
                Directory to = Directory.open(target)) {
            try {
                Probe probe = from.probe(to, newContext());
                ok(shown + (isSame ? " (" + fileSystem(source) + ")" : "") + ": large files by "
                        + Argument.word(probe.taken()) + methods(probe));
                if (isSame) {
                    tellOf(shown, probe);
                }
            } catch (FileException e) {
                String what = shown + (isSame ? " (" + fileSystem(source) + ")" : "");
                if (e.errno() == Errno.EROFS.number() || e.errno() == Errno.EACCES.number()) {
                    note(what + ": no file can be made there to try things out with: " + Errno.message(e.errno()));
                } else {
                    fail(what + ": " + e.getMessage());
                }
            }
        } catch (FileException e) {
            fail(shown + ": " + e.getMessage());
        }
    }

    private static String methods(Probe probe) {
        StringBuilder works = new StringBuilder();
        StringBuilder fails = new StringBuilder();
        for (IoMethod method : EnumSet.range(IoMethod.BUFFERED, IoMethod.REFLINK)) {
            int error = probe.error(method);
            if (error == 0) {
                works.append(works.length() == 0 ? "" : ", ").append(Argument.word(method));
            } else {
                fails.append(", no ")
                        .append(Argument.word(method))
                        .append(" (")
                        .append(Errno.name(error))
                        .append(')');
            }
        }
        return "; there is " + works + fails;
    }

    private void tellOf(String shown, Probe probe) {
        ok(shown + ": times are kept to " + granularity(probe.granularityNs()));
        tell(shown, "holes", probe.keepsHoles() ? 0 : Errno.EOPNOTSUPP.number());
        tell(shown, "extended attributes of users", probe.xattrError());
        tell(shown, "ACLs", probe.aclError());
    }

    private void tell(String shown, String what, int error) {
        if (error == 0) {
            ok(shown + ": " + what + " are kept");
        } else {
            note(shown + ": " + what + " are not kept: " + Errno.message(error));
        }
    }

    private static String granularity(long ns) {
        return ns == 1 ? "the nanosecond" : ns < 1_000_000_000 ? Quantity.count(ns) + " ns" : ns / 1_000_000_000 + " s";
    }

    /** The type of the file system, as it was mounted. */
    private static String fileSystem(byte[] path) {
        try {
            return Files.getFileStore(Path.of(new String(path, StandardCharsets.UTF_8)))
                    .type();
        } catch (IOException | InvalidPathException e) {
            return "file system of unknown type";
        }
    }

    private static CopyContext newContext() {
        return new CopyContext(new CopyOptions()
                .temporaryPrefix(".fcp.doctor-" + ProcessHandle.current().pid() + "."));
    }

    private static String firstWords(String text) {
        @Nullable String line = null;
        for (String each : text.lines().toList()) {
            if (line == null && !each.isBlank() && !each.startsWith("---")) {
                line = each.strip();
            }
        }
        return line == null ? "it says nothing" : line;
    }

    private static String hostName() {
        return read("/proc/sys/kernel/hostname").strip();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // not in this kernel: unknown
        }
    }

    /** The first number at or behind a position; the largest number for "unlimited", -1 if there is none. */
    private static long numberAt(String text, int at) {
        int begin = at;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        int end = begin;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (end > begin) {
            return Long.parseLong(text, begin, end, 10);
        }
        return text.startsWith("unlimited", begin) ? Long.MAX_VALUE : -1;
    }

    private void ok(String finding) {
        console.result(who + "ok    " + finding);
    }

    private void note(String finding) {
        console.result(who + "note  " + finding);
    }

    private void fail(String finding) {
        hasFailed = true;
        console.result(who + "FAIL  " + finding);
    }
}
