package org.pcircle.transport;

import java.util.Arrays;
import org.pcircle.circle.Message;

/**
 * What every transport must do, exercised by all ranks at once: each sends to every other many messages of all sizes and
 * takes in as many, unchanged and in order.
 */
public final class TransportContract {

    private static final int MESSAGES = 300;
    private static final int LONGS_MAX = 100_000;

    private TransportContract() {}

    /** Throws an AssertionError if the transport breaks its promises. */
    public static void exercise(Transport transport) {
        int[] arrived = new int[transport.size()];
        int expected = (transport.size() - 1) * MESSAGES;
        int total = 0;
        for (int number = 0; number < MESSAGES; number++) {
            for (int to = 0; to < transport.size(); to++) {
                if (to != transport.rank()) {
                    transport.send(to, message(transport.rank(), number));
                }
            }
            total += take(transport, arrived);
        }
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (total < expected) {
            total += take(transport, arrived);
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("rank " + transport.rank() + ": " + total + " of " + expected + " messages");
            }
        }
        if (transport.poll((from, message) -> {}, 1) != 0) {
            throw new AssertionError("a message too many");
        }
    }

    private static int take(Transport transport, int[] arrived) {
        int limit = 7;
        int delivered = transport.poll(
                (from, message) -> {
                    long[] expected = message(from, arrived[from]++).counters();
                    if (!Arrays.equals(((Message.Reduce) message).counters(), expected)) {
                        throw new AssertionError(
                                "message " + arrived[from] + " from rank " + from + " is not the one due");
                    }
                },
                limit);
        if (delivered > limit) {
            throw new AssertionError(delivered + " messages at once");
        }
        return delivered;
    }

    private static Message.Reduce message(int from, int number) {
        long[] counters = new long[number % 50 == 49 ? LONGS_MAX : number];
        Arrays.setAll(counters, i -> ((long) from << 40) + ((long) number << 20) + i);
        return new Message.Reduce(counters);
    }
}
