package org.pcircle.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;

/**
 * One kind of transport: what users call it, whether it is installed here, and how to open it. A provider is cheap to
 * make and loads nothing before {@link #open}. Whoever has something to say of a transport, in a message, in
 * {@code --version} or as the doctor, asks its provider; {@link TransportChoice} lists them.
 */
public interface TransportProvider {

    /** The name that users know it by. */
    String name();

    /** Whether all that {@link #open} needs is installed, as far as that can be told without loading it. */
    boolean isAvailable();

    /**
     * Opens this process's end of it. On the thread that will use it.
     *
     * @param codec for messages that leave the process
     */
    Transport open(MessageCodec codec) throws UnavailableException;

    /**
     * The library through which Java calls it, where the JVM would find it; null if it is not there, or none is needed.
     */
    default @Nullable Path bindings() {
        return null;
    }

    /** How its ranks are started as processes; null if they never are. */
    default @Nullable LaunchCommand launchCommand() {
        return null;
    }

    /**
     * A program that starts ranks as processes.
     *
     * @param program its name
     * @param onThisHost arguments for as many ranks on this host as the word says that comes after them, however few
     *     CPUs it has
     * @param environment what it wants to be told to do so for any user
     * @param sharedBytes of shared memory that a rank needs, about
     * @param sharedFolderVariable which variable names another folder than /dev/shm for it
     */
    record LaunchCommand(
            String program,
            List<String> onThisHost,
            Map<String, String> environment,
            long sharedBytes,
            String sharedFolderVariable) {}

    /** The transport that was asked for cannot be had; the message is one line for the user. */
    final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1;

        public UnavailableException(String message) {
            super(message);
        }
    }
}
