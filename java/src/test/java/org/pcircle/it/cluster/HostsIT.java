package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Hosts;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;

/** Ranks on several hosts, which share a file system and are connected by a network. */
class HostsIT {

    private static final int HOSTS = 3;

    /** mpirun notices after 5 s that a host is silent, and gives the ranks 2 s to end. */
    private static final Duration PROMPT = Duration.ofSeconds(30);

    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final Scratch scratch = Scratch.hiding();

    @Test
    void theyShareACopyAndASignature() {
        Fcp.assumeOpenMpi();
        try (Hosts hosts = Hosts.create(HOSTS)) {
            scratch.shell(SampleTree.OF_ALL_TYPES);
            scratch.shell("for i in $(seq 60); do mkdir -p source/$i; head -c 1M /dev/urandom > source/$i/file; done");

            Slow.writes(Fcp.on(hosts, HOSTS).in(scratch), 20_000)
                    .run("-a", "--threads=1", "--stats=stats", "source", "copy")
                    .assertCode(0);

            scratch.assertSame("source", "copy");
            assertThat(Stats.read(scratch.resolve("stats")).hosts()).containsExactly("host-0", "host-1", "host-2");
            assertThat(Stats.read(scratch.resolve("stats")).perRank("entries"))
                    .allSatisfy(entries -> assertThat(entries).isPositive());
            String alone = Fcp.alone()
                    .named("fsum")
                    .in(scratch)
                    .run("-q", "source")
                    .assertCode(0)
                    .out();
            assertThat(Fcp.on(hosts, HOSTS)
                            .named("fsum")
                            .in(scratch)
                            .run("-q", "source")
                            .assertCode(0)
                            .out())
                    .isEqualTo(alone);
        }
    }

    @Test
    void whenOneIsCutOffTheJobEndsAndTheOthersCanDoTheRest() {
        Fcp.assumeOpenMpi();
        try (Hosts hosts = Hosts.create(HOSTS)) {
            scratch.shell("for i in $(seq 200); do mkdir -p source/$i; head -c 1M /dev/urandom > source/$i/file; done");

            Fcp slow = Slow.writes(Fcp.on(hosts, HOSTS).in(scratch), 300_000);
            try (Running run =
                    slow.start("--threads=1", "--checkpoint-id=cut", "--checkpoint-interval=0.2", "source", "copy")) {
                await(
                        "the first files",
                        BEGIN_LIMIT,
                        () -> Files.exists(scratch.resolve("copy"))
                                && Integer.parseInt(
                                                scratch.shell("ls copy | wc -l").strip())
                                        > 5);
                hosts.cutOff(HOSTS - 1);
                Instant cut = Instant.now();
                Outcome outcome = run.await("fcp on three hosts, one of them cut off", PROMPT);

                assertThat(outcome.code()).as(outcome.toString()).isNotZero();
                for (int i = 0; i < HOSTS; i++) {
                    int host = i;
                    await("the end of all on host " + i, PROMPT, () -> hosts.processes(host) == 0);
                }
                System.out.printf(
                        "one of three hosts cut off: all ended after %.1f s%n",
                        Duration.between(cut, Instant.now()).toMillis() / 1e3);
            }
            Fcp.on(hosts, HOSTS - 1).in(scratch).run("--resume=cut", "copy").assertCode(0);
            scratch.assertSame("source", "copy");
        }
    }

    private static void await(String what, Duration limit, BooleanSupplier condition) {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
