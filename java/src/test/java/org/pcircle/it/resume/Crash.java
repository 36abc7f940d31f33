package org.pcircle.it.resume;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.Running;

/**
 * Something that befalls a run: a signal to one of its ranks, to all of them, or to mpirun.
 *
 * <p>SIGKILL never goes to mpirun: its ranks would live on for a while, and nobody may go on with a run that is alive.
 */
final class Crash {

    private enum Victim {
        ONE,
        ALL,
        LAUNCHER
    }

    private static final List<String> STOPPING = List.of("TERM", "USR1", "INT");
    private static final int DELAY_MAX_MS = 3000;
    private static final long LOOK_NS = 2_000_000;
    private static final long LAUNCHER_ALONE_NS = 20_000_000_000L;
    private static final long RANKS_NS = 60_000_000_000L;

    private final String signal;
    private final Victim victim;
    private final double which;
    private final int delayMs;
    private List<Jvm> ranks = List.of();

    private Crash(String signal, Victim victim, double which, int delayMs) {
        this.signal = signal;
        this.victim = victim;
        this.which = which;
        this.delayMs = delayMs;
    }

    /** Mostly SIGKILL; a third of the delays are a tenth of the others. */
    static Crash any(SplittableRandom random) {
        int delayMs = random.nextInt(DELAY_MAX_MS) / (random.nextInt(3) > 0 ? 1 : 10);
        if (random.nextInt(3) > 0) {
            return new Crash("KILL", random.nextBoolean() ? Victim.ONE : Victim.ALL, random.nextDouble(), delayMs);
        }
        String signal = STOPPING.get(random.nextInt(STOPPING.size()));
        return new Crash(signal, random.nextBoolean() ? Victim.ONE : Victim.LAUNCHER, random.nextDouble(), delayMs);
    }

    /** Whether the run is asked to stop. */
    boolean isGentle() {
        return !signal.equals("KILL");
    }

    /** Waits for the ranks and then for the moment; returns what was met. */
    String befall(Running running) {
        while (running.isAlive() && ranks.isEmpty()) {
            LockSupport.parkNanos(LOOK_NS);
            ranks = running.ranks();
        }
        LockSupport.parkNanos(1_000_000L * delayMs);
        List<Jvm> now = running.ranks();
        ranks = now.isEmpty() ? ranks : now;
        if (now.isEmpty() || !running.isAlive()) {
            return "too late";
        }
        List<Long> victims = new ArrayList<>();
        switch (victim) {
            case ONE -> victims.add(now.get((int) (which * now.size())).pid());
            case ALL -> now.forEach(rank -> victims.add(rank.pid()));
            case LAUNCHER -> victims.add(running.pid());
        }
        List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
        victims.forEach(pid -> words.add(pid.toString()));
        Command.of(words).run();
        return victims.size() + " of " + now.size();
    }

    /**
     * Ends mpirun if it goes on without ranks: Open MPI 4.1 may wait for ever when a rank is killed while it connects.
     *
     * @return what there is to say of that
     */
    String endLauncher(Running running) {
        long startNs = System.nanoTime();
        long aloneSinceNs = startNs;
        while (!isGentle() && running.isAlive()) {
            LockSupport.parkNanos(10 * LOOK_NS);
            long nowNs = System.nanoTime();
            aloneSinceNs = running.ranks().isEmpty() ? aloneSinceNs : nowNs;
            if (nowNs - aloneSinceNs > LAUNCHER_ALONE_NS) {
                running.kill();
                return ", mpirun had to be killed";
            }
            if (nowNs - startNs > RANKS_NS) {
                break; // and whoever waits for the end says which rank hangs
            }
        }
        return "";
    }

    /** Returns when no rank is left. */
    void awaitEnd() {
        for (Jvm rank : ranks) {
            ProcessHandle.of(rank.pid()).ifPresent(process -> process.onExit().join());
        }
    }

    @Override
    public String toString() {
        return "SIG" + signal + " to " + victim + " after " + delayMs + " ms";
    }
}
