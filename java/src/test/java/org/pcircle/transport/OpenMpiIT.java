package org.pcircle.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;

class OpenMpiIT extends TransportContract {

    private static final Path OPEN_MPI = Path.of(System.getProperty("pcircle.home"), "lib", "openmpi");

    @BeforeAll
    static void bindingsAreThere() {
        assumeTrue(Files.exists(OPEN_MPI.resolve("mpi.jar")), "built without Open MPI");
    }

    @Override
    void atEachRank(int ranks, Promise promise) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + OPEN_MPI.resolve("mpi.jar");
        // Through a shell, as mpirun rewrites the arguments of a program that is called java.
        ProcessBuilder builder = new ProcessBuilder(
                "mpirun",
                "--oversubscribe",
                "-np",
                Integer.toString(ranks),
                "sh",
                "-c",
                "exec \"$@\"",
                "sh",
                java,
                "-Djava.library.path=" + OPEN_MPI,
                "-cp",
                classPath,
                TransportContractMain.class.getName(),
                promise.name());
        builder.environment().put("OMPI_MCA_pml", "ob1");
        builder.redirectErrorStream(true);
        Process mpirun = builder.start();
        try {
            String output = new String(mpirun.getInputStream().readAllBytes(), UTF_8);
            assertThat(mpirun.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(mpirun.exitValue()).as(output).isZero();
            assertThat(output.lines())
                    .filteredOn(line -> line.startsWith("kept by rank"))
                    .hasSize(ranks);
        } finally {
            mpirun.destroyForcibly();
        }
    }
}
