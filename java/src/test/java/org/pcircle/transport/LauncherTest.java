package org.pcircle.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {

    @Test
    void aProcessWithoutALauncherIsAlone() {
        assertThat(Launcher.of(Map.of()).startedMany()).isFalse();
    }

    @Test
    void mpirunOfOpenMpiSaysRankAndSize() {
        Map<String, String> environment =
                Map.of("OMPI_COMM_WORLD_RANK", "3", "OMPI_COMM_WORLD_SIZE", "4", "PMIX_RANK", "3");
        assertThat(Launcher.of(environment)).isEqualTo(new Launcher(3, 4));
    }

    @Test
    void mpirunWithOneProcessIsAlone() {
        Map<String, String> environment =
                Map.of("OMPI_COMM_WORLD_RANK", "0", "OMPI_COMM_WORLD_SIZE", "1", "PMIX_RANK", "0");
        assertThat(Launcher.of(environment).startedMany()).isFalse();
    }

    @Test
    void srunSaysRankAndSize() {
        Map<String, String> environment = Map.of("SLURM_PROCID", "1", "SLURM_STEP_NUM_TASKS", "8", "SLURM_NTASKS", "8");
        assertThat(Launcher.of(environment)).isEqualTo(new Launcher(1, 8));
    }

    @Test
    void aBatchScriptWithinAJobOfManyTasksIsAlone() {
        Map<String, String> environment = Map.of("SLURM_PROCID", "0", "SLURM_NTASKS", "64");
        assertThat(Launcher.of(environment).startedMany()).isFalse();
    }

    @Test
    void anotherLauncherWithPmixMayHaveStartedMany() {
        assertThat(Launcher.of(Map.of("PMIX_RANK", "2"))).isEqualTo(new Launcher(2, 0));
        assertThat(Launcher.of(Map.of("PMIX_RANK", "2")).startedMany()).isTrue();
    }

    @Test
    void whatIsNoNumberIsIgnored() {
        Map<String, String> environment = Map.of("OMPI_COMM_WORLD_RANK", "x", "OMPI_COMM_WORLD_SIZE", "4");
        assertThat(Launcher.of(environment)).isEqualTo(Launcher.ALONE);
    }

    @Test
    void whoStartedManyIsToldByTheirVariables() {
        assertThat(Launcher.starter(Map.of("OMPI_COMM_WORLD_SIZE", "4", "SLURM_STEP_NUM_TASKS", "1")))
                .isEqualTo(Launcher.Starter.MPIRUN);
        assertThat(Launcher.starter(Map.of("SLURM_STEP_NUM_TASKS", "4"))).isEqualTo(Launcher.Starter.SRUN);
        assertThat(Launcher.starter(Map.of("SLURM_STEP_NUM_TASKS", "4", "PMIX_RANK", "0")))
                .isEqualTo(Launcher.Starter.SRUN_WITH_PMIX);
        assertThat(Launcher.starter(Map.of("PMI_SIZE", "4"))).isEqualTo(Launcher.Starter.MPIEXEC);
        assertThat(Launcher.starter(Map.of("PMIX_RANK", "0"))).isNull();
        assertThat(Launcher.Starter.SRUN_WITH_PMIX.words(4)).isEqualTo("srun --mpi=pmix -n 4");
        assertThat(Launcher.Starter.SRUN.program()).isEqualTo("srun");
    }
}
