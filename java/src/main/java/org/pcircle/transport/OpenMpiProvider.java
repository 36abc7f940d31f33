package org.pcircle.transport;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;

/**
 * Open MPI over its Java bindings. {@code OpenMpi} is loaded by name and only when opened, as an installation may do
 * without it.
 */
final class OpenMpiProvider implements TransportProvider {

    private static final String TRANSPORT = "org.pcircle.transport.OpenMpi";
    private static final String BINDINGS = "libmpi_java.so";

    /** mpirun must be told twice that root means it. */
    private static final Map<String, String> ROOT_MEANS_IT =
            Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");

    private static final LaunchCommand MPIRUN = new LaunchCommand(
            "mpirun",
            List.of("--oversubscribe", "-np"),
            ROOT_MEANS_IT,
            16L << 20,
            "OMPI_MCA_btl_vader_backing_directory");

    @Override
    public String name() {
        return "Open MPI";
    }

    @Override
    public boolean isAvailable() {
        return bindings() != null;
    }

    @Override
    public Transport open(MessageCodec codec) throws UnavailableException {
        try {
            Class<?> transport = Class.forName(TRANSPORT);
            return (Transport) transport.getConstructor(MessageCodec.class).newInstance(codec);
        } catch (InvocationTargetException e) {
            throw new UnavailableException(name() + " cannot be started: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnavailableException("this pcircle has no " + name()
                    + " Java bindings (mpi.jar, libmpi_java.so): run cmake/setup and build again");
        }
    }

    @Override
    public @Nullable Path bindings() {
        for (String folder :
                String.valueOf(System.getProperty("java.library.path")).split(File.pathSeparator, -1)) {
            Path library = Path.of(folder, BINDINGS);
            if (Files.exists(library)) {
                try {
                    return library.toRealPath();
                } catch (IOException e) {
                    return library;
                }
            }
        }
        return null;
    }

    @Override
    public LaunchCommand launchCommand() {
        return MPIRUN;
    }
}
