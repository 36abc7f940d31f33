package org.pcircle.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.StateDirectory;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.SpoolBlock;

/**
 * The files of checkpoints in a run's own directory, and how they are found again.
 *
 * <pre>
 *   lock             held by rank 0 for as long as it lives
 *   room             nothing, but the space that it takes is free for the others when there is no more
 *   checkpoint.E     a {@link Checkpoint}: makes epoch E valid
 *   snapshot.E.R     what rank R was at in epoch E: a {@link Snapshot}
 *   NAME.A.R         the spool NAME of rank R, after the run was resumed A times
 * </pre>
 */
public final class CheckpointFiles {

    public static final String LOCK = "lock";
    static final String ROOM = "room";
    static final String NEW = ".new";
    private static final String CHECKPOINT = "checkpoint.";
    private static final String SNAPSHOT = "snapshot.";

    /** No checkpoint is larger, but for what a plan with very many sources needs, and no snapshot. */
    private static final int FILE_BYTES_MAX = 1 << 30;

    private CheckpointFiles() {}

    /**
     * What there is to say of an epoch that is committed.
     *
     * @param ranks that took snapshots
     * @param flushed whether what had been copied was on its device
     * @param isOneHost whether all ranks are on this one
     */
    record Cut(int epoch, int ranks, boolean flushed, boolean isOneHost) {}

    static String checkpoint(int epoch) {
        return CHECKPOINT + epoch;
    }

    static String snapshot(int epoch, int rank) {
        return SNAPSHOT + epoch + "." + rank;
    }

    /** All valid checkpoints of a run, the newest first; none if the directory holds none. */
    public static List<Checkpoint> all(StateDirectory state) throws FileException, SpoolBlock.DamagedException {
        List<Integer> epochs = new ArrayList<>();
        for (String file : state.files()) {
            int epoch = epochOf(file, CHECKPOINT);
            if (epoch >= 0) {
                epochs.add(epoch);
            }
        }
        epochs.sort(Collections.reverseOrder());
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int epoch : epochs) {
            Checkpoint checkpoint = Checkpoint.decode(read(state, checkpoint(epoch)));
            if (checkpoint.epoch() != epoch) {
                throw new SpoolBlock.DamagedException("it is of another epoch");
            }
            checkpoints.add(checkpoint);
        }
        return checkpoints;
    }

    /** Whether what was copied before a checkpoint is there for certain: it is on its device, or its host has not been down since. */
    public static boolean holds(Checkpoint checkpoint) {
        boolean isSameBoot = !checkpoint.hosts().isEmpty() && checkpoint.hosts().equals(boot());
        return checkpoint.flushed() || checkpoint.ranks() == 0 || isSameBoot;
    }

    /** All of a file. */
    static ByteBuffer read(StateDirectory state, String name) throws FileException, SpoolBlock.DamagedException {
        long bytes = state.describe(name).dataBytes();
        if (bytes > FILE_BYTES_MAX) {
            throw new SpoolBlock.DamagedException("it is longer than any");
        }
        ByteBuffer direct = ByteBuffer.allocateDirect((int) bytes);
        try (OpenFile file = state.openToRead(name)) {
            return direct.limit(file.read(direct, (int) bytes, 0));
        }
    }

    /** Takes away what belongs to epochs before this one. */
    static void removeOlder(StateDirectory state, int epoch) throws FileException {
        for (String file : state.files()) {
            int of = Math.max(epochOf(file, CHECKPOINT), epochOf(file, SNAPSHOT));
            if (of >= 0 && of < epoch) {
                state.removeFile(file);
            }
        }
    }

    /** Takes away what makes epochs valid, from one on. */
    static void removeRecords(StateDirectory state, int from) throws FileException {
        for (String file : state.files()) {
            if (epochOf(file, CHECKPOINT) >= from) {
                state.removeFile(file);
            }
        }
    }

    /** Takes away what no resumption from this epoch needs, if it needs no spools. */
    static void removeAllBut(StateDirectory state, int epoch) throws FileException {
        for (String file : state.files()) {
            int of = Math.max(epochOf(file, CHECKPOINT), epochOf(file, SNAPSHOT));
            if (of != epoch && !file.equals(LOCK)) {
                state.removeFile(file);
            }
        }
    }

    /** The files of a run that is given up: what makes its checkpoints valid last of all, but for the lock. */
    static List<String> inOrderOfRemoval(List<String> files) {
        List<String> ordered = new ArrayList<>(files);
        ordered.sort(Comparator.comparingInt(file -> file.equals(LOCK) ? 2 : epochOf(file, CHECKPOINT) >= 0 ? 1 : 0));
        return ordered;
    }

    /** The epoch in a file's name; −1 if it is none of these. */
    private static int epochOf(String file, String start) {
        if (!file.startsWith(start)) {
            return -1;
        }
        int end = file.indexOf('.', start.length());
        String digits = file.substring(start.length(), end < 0 ? file.length() : end);
        boolean isEpoch = start.equals(SNAPSHOT) == (end >= 0)
                && !digits.isEmpty()
                && digits.length() < 10
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isEpoch ? Integer.parseInt(digits) : -1;
    }

    /** The boot that this host is in; empty if it does not say. */
    static List<String> boot() {
        try {
            return List.of(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException e) {
            return List.of();
        }
    }
}
