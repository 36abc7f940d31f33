package org.pcircle.it.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;

/** The order of system calls, as strace sees it, by which data is safe before it counts as done. */
class FlushingIT {

    private static final String TREE = """
            mkdir -p source/below/deeper copy/below
            for i in 1 2 3; do echo $i > source/new$i; echo $i > source/below/replaced$i; echo old > copy/below/replaced$i; done
            ln -s new1 source/link
            head -c 20M /dev/urandom > source/below/deeper/large
            """;

    private static final Pattern CALL = Pattern.compile("\\d+ +(\\w+)\\((?:\\d+<([^>]*)>)?(.*)");

    @AutoClose
    private final Scratch scratch = Scratch.hiding();

    /** A call with a descriptor: its name, what the descriptor is of, and the rest of the line. */
    private record Call(String name, String path, String rest) {}

    @Test
    void withFsyncFilesAreFlushedBeforeTheyHaveTheirNamesAndDirectoriesAtTheEnd() throws IOException {
        scratch.shell(TREE);

        List<Call> calls = trace("--fsync", "--checkpoint-interval=0", "-f", "source", "copy");

        for (int i = 1; i <= 3; i++) {
            assertThat(order(calls, "copy/new" + i)).containsSubsequence("pwrite64", "utimensat", "fsync", "close");
        }
        List<Call> renames = calls.stream()
                .filter(call -> call.name().startsWith("renameat"))
                .toList();
        assertThat(renames).hasSize(4);
        for (Call rename : renames) {
            String temporary = rename.path() + "/" + rename.rest().split("\"")[1];
            int flushed = last(calls, "fsync", temporary);
            assertThat(flushed).as(temporary).isNotNegative().isLessThan(calls.indexOf(rename));
            assertThat(last(calls, "utimensat", temporary))
                    .as(temporary)
                    .isNotNegative()
                    .isLessThan(flushed);
        }
        int lastRename = calls.lastIndexOf(renames.get(3));
        for (String directory : new String[] {"copy", "copy/below", "copy/below/deeper"}) {
            int flushed = last(calls, "fsync", scratch.resolve(directory).toString());
            assertThat(flushed).as(directory).isGreaterThan(lastRename);
            assertThat(last(calls, "utimensat", scratch.resolve(directory).toString()))
                    .as(directory)
                    .isNotNegative()
                    .isLessThan(flushed);
        }
        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "source/new1"})
    void withFsyncTheDirectoryThatHoldsTheTopIsFlushed(String source) throws IOException {
        scratch.shell(TREE);

        List<Call> calls = trace("--fsync", source, "fresh");

        String holder = scratch.path().toString();
        assertThat(last(calls, "fsync", holder)).isGreaterThan(last(calls, "fsync", holder + "/fresh/new3"));
        assertThat(last(calls, "fsync", holder + "/fresh")).isNotNegative();
    }

    @Test
    void whatIsVerifiedIsReadPastThePageCacheAfterItWasFlushed() throws IOException {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "ext4")) {
            scratch.shell(TREE);

            List<Call> calls = trace("-c", "source", "disk/copy");

            String[] ordered = {"pwrite64", "fdatasync", "fadvise64", "fcntl", "pread64"};
            for (int i = 1; i <= 3; i++) {
                assertThat(order(calls, "disk/copy/new" + i))
                        .containsSubsequence(ordered)
                        .endsWith("utimensat", "close");
            }
            List<Call> ofLarge = calls.stream()
                    .filter(call -> call.path().contains("deeper/.fcp."))
                    .toList();
            assertThat(ofLarge.stream().map(Call::name))
                    .containsSubsequence(ordered)
                    .endsWith("utimensat", "close");
            assertThat(calls.stream()
                            .filter(call ->
                                    call.name().equals("fcntl") && call.rest().contains("O_DIRECT")))
                    .hasSize(6 + 10);
            assertThat(ofLarge.stream().filter(call -> call.name().equals("pread64")))
                    .hasSize(10);
            long readBack = ofLarge.stream()
                    .filter(call -> call.name().equals("fadvise64"))
                    .mapToLong(call -> Long.parseLong(call.rest().split(", ")[2]))
                    .sum();
            assertThat(readBack).isEqualTo(20 << 20);
        }
    }

    /** A checkpoint says what is copied, so that must be on its device, whatever device the checkpoint is on. */
    @Test
    void beforeACheckpointTheDestinationIsFlushedThoughItIsElsewhere() throws IOException {
        new SampleTree(3).directoryOfFiles(scratch.resolve("source"), 3000, 2000);
        scratch.shell("mkdir state");

        List<Call> calls = trace("--checkpoint-interval=0.05", "--checkpoint-dir=state", "source", "copy");

        int committed = last(calls, "renameat", scratch.resolve("state").toString() + "/" + stateOf(calls));
        assertThat(committed).isNotNegative();
        assertThat(calls.subList(0, committed))
                .anyMatch(call -> call.name().equals("syncfs")
                        && call.path().equals(scratch.resolve("copy").toString()));
    }

    /** The name of the run's own directory, in which its record takes its name. */
    private String stateOf(List<Call> calls) {
        return calls.stream()
                .filter(call -> call.name().equals("renameat") && call.path().contains("/state/"))
                .map(call -> call.path().substring(call.path().lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutEitherNothingIsFlushed() throws IOException {
        scratch.shell(TREE);

        List<Call> calls = trace("-f", "source", "copy");

        assertThat(calls.stream().map(Call::name)).doesNotContain("fsync", "fdatasync", "sync_file_range");
    }

    /** Runs fcp, with one worker, so that its calls are in order; returns those with descriptors in this folder. */
    private List<Call> trace(String... arguments) throws IOException {
        assumeTrue(Command.shell("command -v strace").run().code() == 0, "strace is not installed");
        String traced =
                "trace=pread64,pwrite64,fdatasync,fsync,syncfs,sync_file_range,fadvise64,fcntl,utimensat,renameat,renameat2,close";
        List<String> words = new ArrayList<>(List.of("strace", "-f", "-y", "-o", "trace", "-s", "100", "-e", traced));
        words.addAll(List.of(Fcp.HOME.resolve("bin/fcp").toString(), "--threads=1"));
        words.addAll(Arrays.asList(arguments));
        Outcome outcome = Command.of(words).in(scratch.path()).run();
        assumeTrue(!outcome.err().contains("PTRACE"), () -> "tracing is not permitted here: " + outcome);
        outcome.assertCode(0);
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(scratch.resolve("trace"), StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            if (call.matches()
                    && call.group(2) != null
                    && call.group(2).startsWith(scratch.path().toString())) {
                calls.add(new Call(call.group(1), call.group(2), call.group(3)));
            }
        }
        return calls;
    }

    private List<String> order(List<Call> calls, String path) {
        String whole = scratch.resolve(path).toString();
        return calls.stream()
                .filter(call -> call.path().equals(whole))
                .map(Call::name)
                .toList();
    }

    /** Where a call with this descriptor was made last; −1: nowhere. */
    private static int last(List<Call> calls, String name, String path) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).name().equals(name) && calls.get(i).path().equals(path)) {
                return i;
            }
        }
        return -1;
    }
}
