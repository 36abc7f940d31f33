package org.pcircle.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process was started as one of many, told by the environment that launchers set, so that a process that
 * runs alone need not load MPI to find out.
 *
 * @param rank this process's rank as the launcher says, 0 if it does not
 * @param size processes in the job as the launcher says; 0: a launcher that does not say; 1: alone
 */
public record Launcher(int rank, int size) {

    public static final Launcher ALONE = new Launcher(0, 1);

    /** Reads the variables of mpirun, of Slurm's srun, of PMI and of PMIx, in this order. */
    public static Launcher of(Map<String, String> environment) {
        String[][] rankAndSize = {
            {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
            {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
            {"PMI_RANK", "PMI_SIZE"},
        };
        for (String[] names : rankAndSize) {
            int rank = number(environment.get(names[0]));
            int size = number(environment.get(names[1]));
            if (rank >= 0 && size >= 1) {
                return new Launcher(rank, size);
            }
        }
        int pmixRank = number(environment.get("PMIX_RANK"));
        return pmixRank >= 0 ? new Launcher(pmixRank, 0) : ALONE;
    }

    /** Who started this process as one of many; of what else he was told nothing is known. */
    public enum Starter {
        MPIRUN("mpirun -np "),
        SRUN("srun -n "),
        SRUN_WITH_PMIX("srun --mpi=pmix -n "),
        MPIEXEC("mpiexec -n ");

        private final String words;

        Starter(String words) {
            this.words = words;
        }

        /** What stands before a command to start so many of it. */
        public String words(int size) {
            return words + size;
        }

        /** The program's name. */
        public String program() {
            return words.substring(0, words.indexOf(' '));
        }
    }

    /** Who did, by the same variables; null if that is not known. */
    public static @Nullable Starter starter(Map<String, String> environment) {
        if (environment.containsKey("OMPI_COMM_WORLD_SIZE")) {
            return Starter.MPIRUN;
        }
        if (environment.containsKey("SLURM_STEP_NUM_TASKS")) {
            return environment.containsKey("PMIX_RANK") ? Starter.SRUN_WITH_PMIX : Starter.SRUN;
        }
        return environment.containsKey("PMI_SIZE") ? Starter.MPIEXEC : null;
    }

    /** Whether other processes may belong to this run. */
    public boolean startedMany() {
        return size != 1;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
