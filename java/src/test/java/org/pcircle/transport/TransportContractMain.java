package org.pcircle.transport;

import org.pcircle.circle.MessageCodec;
import org.pcircle.workload.WorkItemCodec;

/** A promise of the transport contract at one rank of a real MPI job; started by {@code mpirun}. */
final class TransportContractMain {

    private TransportContractMain() {}

    public static void main(String[] arguments) throws Exception {
        Launcher launcher = Launcher.of(System.getenv());
        try (Transport transport = TransportChoice.MPI.open(launcher, new MessageCodec(new WorkItemCodec()))) {
            TransportContract.Promise.valueOf(arguments[0]).verify(transport);
            System.out.println("kept by rank " + transport.rank() + " of " + transport.size());
        }
    }
}
