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
import org.pcircle.work.checkpoint.RankSnapshot;

/**
 * Names of the checkpoint files in a run's directory, and how they are found.
 *
 * <pre>
 *   lock             locked by rank 0 as long as it lives
 *   room             no data; allocated space for checkpoints on a full file system
 *   checkpoint.E     a {@link Checkpoint}: makes epoch E valid
 *   snapshot.E.R     state of rank R in epoch E: a {@link RankSnapshot}
 *   NAME.A.R         the spool NAME of rank R in attempt A
 * </pre>
 */
public final class CheckpointFiles {

    public static final String LOCK = "lock";
    static final String ROOM = "room";
    static final String NEW = ".new";
    private static final String CHECKPOINT = "checkpoint.";
    private static final String SNAPSHOT = "snapshot.";

    /** Larger than any snapshot, and than any checkpoint but that of a plan with very many sources. */
    private static final int FILE_BYTES_MAX = 1 << 30;

    private CheckpointFiles() {}

    /**
     * An epoch that is committed.
     *
     * @param ranks number of ranks that took snapshots
     * @param flushed whether everything copied so far was flushed
     * @param isOneHost whether all ranks are on this host
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

    /**
     * Whether everything copied before a checkpoint is certainly there: it was flushed, or its host has not been down
     * since.
     */
    public static boolean holds(Checkpoint checkpoint) {
        boolean isSameBoot = !checkpoint.hosts().isEmpty() && checkpoint.hosts().equals(boot());
        return checkpoint.flushed() || checkpoint.ranks() == 0 || isSameBoot;
    }

    /** Reads a whole file. */
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

    /** Deletes the files of epochs before this one. */
    static void removeOlder(StateDirectory state, int epoch) throws FileException {
        for (String file : state.files()) {
            int of = Math.max(epochOf(file, CHECKPOINT), epochOf(file, SNAPSHOT));
            if (of >= 0 && of < epoch) {
                state.removeFile(file);
            }
        }
    }

    /** Deletes the checkpoint records of this epoch and later ones. */
    static void removeRecords(StateDirectory state, int from) throws FileException {
        for (String file : state.files()) {
            if (epochOf(file, CHECKPOINT) >= from) {
                state.removeFile(file);
            }
        }
    }

    /** Deletes all files that a resumption from this epoch does not need, spools included. */
    static void removeAllBut(StateDirectory state, int epoch) throws FileException {
        for (String file : state.files()) {
            int of = Math.max(epochOf(file, CHECKPOINT), epochOf(file, SNAPSHOT));
            if (of != epoch && !file.equals(LOCK)) {
                state.removeFile(file);
            }
        }
    }

    /** The files of a discarded run in the order of their deletion: checkpoint records at the end, the lock last. */
    public static List<String> inOrderOfRemoval(List<String> files) {
        List<String> ordered = new ArrayList<>(files);
        ordered.sort(Comparator.comparingInt(file -> file.equals(LOCK) ? 2 : epochOf(file, CHECKPOINT) >= 0 ? 1 : 0));
        return ordered;
    }

    /** The epoch in a file's name; −1 if the name has another form. */
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

    /** The boot ID of this host; empty if unknown. */
    static List<String> boot() {
        try {
            return List.of(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException e) {
            return List.of();
        }
    }
}
