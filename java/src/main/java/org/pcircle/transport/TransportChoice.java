package org.pcircle.transport;

import java.lang.reflect.InvocationTargetException;
import org.pcircle.circle.MessageCodec;

/** Which transport to use, and how to get it. Open MPI is loaded by name, as an installation may do without. */
public enum TransportChoice {
    AUTO,
    LOCAL,
    MPI;

    private static final String OPEN_MPI = "org.pcircle.transport.OpenMpi";

    /** The transport that was asked for cannot be had; the message is one line for the user. */
    public static final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1;

        public UnavailableException(String message) {
            super(message);
        }
    }

    /** Opens the transport for a process that was started as {@code launcher} says. */
    public Transport open(Launcher launcher, MessageCodec codec) throws UnavailableException {
        if (this == LOCAL && launcher.startedMany()) {
            throw new UnavailableException(
                    "--transport local: started as one of several processes, each of which would copy alone");
        }
        if (this == LOCAL || (this == AUTO && !launcher.startedMany())) {
            return InProcess.alone();
        }
        Transport transport = openMpi(codec);
        if (launcher.size() > 1 && transport.size() == 1) {
            transport.close();
            throw new UnavailableException(
                    "started as one of " + launcher.size()
                            + " processes, but Open MPI knows of this one only: start with Open MPI's mpirun, or srun --mpi=pmix");
        }
        return transport;
    }

    private static Transport openMpi(MessageCodec codec) throws UnavailableException {
        try {
            Class<?> provider = Class.forName(OPEN_MPI);
            return (Transport) provider.getConstructor(MessageCodec.class).newInstance(codec);
        } catch (InvocationTargetException e) {
            throw new UnavailableException("Open MPI cannot be started: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnavailableException(
                    "this pcircle has no Open MPI Java bindings (mpi.jar, libmpi_java.so): run cmake/setup and build again");
        }
    }
}
