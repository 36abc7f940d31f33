package org.pcircle.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.pcircle.circle.Message;
import org.pcircle.circle.MessageCodec;

/**
 * Ranks within one process, each driven by a thread of its own. A run without MPI is one such rank, with nobody to send
 * to; several serve tests, which then need no MPI either.
 */
public final class InProcess implements Transport {

    /** Opens a run of one rank; always there. */
    static final TransportProvider PROVIDER = new TransportProvider() {
        @Override
        public String name() {
            return "one process";
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public Transport open(MessageCodec codec) {
            return alone();
        }
    };

    private record Envelope(int from, Message message) {}

    private final int rank;

    /** What has been sent to each rank and not been taken in yet. */
    private final List<Queue<Envelope>> mailboxes;

    private InProcess(int rank, List<Queue<Envelope>> mailboxes) {
        this.rank = rank;
        this.mailboxes = mailboxes;
    }

    /** The transport of a run of one rank. */
    public static Transport alone() {
        return cluster(1).get(0);
    }

    /** The transports of {@code size} ranks, in their order. */
    public static List<Transport> cluster(int size) {
        List<Queue<Envelope>> mailboxes = new ArrayList<>();
        List<Transport> ranks = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            mailboxes.add(new ConcurrentLinkedQueue<>());
            ranks.add(new InProcess(rank, mailboxes));
        }
        return ranks;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return mailboxes.size();
    }

    @Override
    public int[] ranksOfHost() {
        int[] ranks = new int[size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = i;
        }
        return ranks;
    }

    @Override
    public void send(int to, Message message) {
        mailboxes.get(to).add(new Envelope(rank, message));
    }

    @Override
    public int poll(Inbox inbox, int limit) {
        int delivered = 0;
        while (delivered < limit) {
            Envelope next = mailboxes.get(rank).poll();
            if (next == null) {
                break;
            }
            inbox.deliver(next.from(), next.message());
            delivered++;
        }
        return delivered;
    }

    @Override
    public void abort(int code) {
        // The other ranks end with this process.
    }

    @Override
    public void close() {
        // What was sent is where it belongs already.
    }
}
