package org.pcircle.transport;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;

/**
 * Which transport to use: the list of all providers, each under the word of {@code --transport} for it.
 *
 * <p>A list in the code, not a {@link java.util.ServiceLoader}: that reads files from the class path and makes classes
 * at run time, before a process that runs alone has begun.
 */
public enum TransportChoice {
    /** By how the process was started: {@link #MPI} as one of several, else {@link #LOCAL}. */
    AUTO(null),
    LOCAL(InProcess.PROVIDER),
    MPI(new OpenMpiProvider());

    @SuppressWarnings("ImmutableEnumChecker") // Providers have no state.
    private final @Nullable TransportProvider provider;

    TransportChoice(@Nullable TransportProvider provider) {
        this.provider = provider;
    }

    /** Its provider; null of {@link #AUTO}, which is one of the others. */
    public @Nullable TransportProvider provider() {
        return provider;
    }

    /** Opens the transport for a process that was started as {@code launcher} says. */
    public Transport open(Launcher launcher, MessageCodec codec) throws TransportProvider.UnavailableException {
        if (provider == null) {
            return (launcher.startedMany() ? MPI : LOCAL).open(launcher, codec);
        }
        TransportProvider.LaunchCommand launch = provider.launchCommand();
        if (launch == null && launcher.startedMany()) {
            throw new TransportProvider.UnavailableException(
                    "--transport local: started as one of several processes, each of which would copy alone");
        }
        Transport transport = provider.open(codec);
        if (launch != null && launcher.size() > 1 && transport.size() == 1) {
            transport.close();
            throw new TransportProvider.UnavailableException("started as one of " + launcher.size()
                    + " processes, but " + provider.name() + " knows of this one only: start with "
                    + provider.name() + "'s " + launch.program() + ", or srun --mpi=pmix");
        }
        return transport;
    }
}
