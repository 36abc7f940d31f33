package org.pcircle.transport;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.circle.Message;

/**
 * What every transport must do: the test of a transport extends this, and says how ranks of it are run. A promise is
 * kept by all ranks at once, each in a thread or process of its own.
 */
abstract class TransportContract {

    private static final int RANKS = 3;

    /**
     * Runs so many ranks, each of which {@linkplain Promise#verify verifies} the promise; fails if it does not hold at
     * one of them.
     */
    abstract void atEachRank(int ranks, Promise promise) throws Exception;

    @ParameterizedTest
    @EnumSource(Promise.class)
    void isKept(Promise promise) throws Exception {
        atEachRank(RANKS, promise);
    }

    /** Each throws an AssertionError at a rank where it does not hold. */
    enum Promise {
        EVERY_RANK_KNOWS_ITS_PLACE {
            @Override
            void verify(Transport transport) {
                int rank = transport.rank();
                int[] ranksOfHost = transport.ranksOfHost();
                expect(transport.size() == RANKS && rank >= 0 && rank < RANKS, rank + " of " + transport.size());
                int[] ascending = Arrays.stream(ranksOfHost).sorted().distinct().toArray();
                boolean isOnHost = Arrays.stream(ranksOfHost).anyMatch(each -> each == rank);
                expect(Arrays.equals(ranksOfHost, ascending) && isOnHost, Arrays.toString(ranksOfHost));
            }
        },
        NOTHING_ARRIVES_THAT_NOBODY_SENT {
            @Override
            void verify(Transport transport) {
                int delivered = transport.poll((from, message) -> {}, 1);
                expect(delivered == 0, delivered + " messages");
            }
        },
        /** Each rank sends to every other many messages of all sizes and takes in as many, a few at a time. */
        ALL_MESSAGES_ARRIVE_ONCE_UNCHANGED_AND_IN_ORDER {
            @Override
            void verify(Transport transport) {
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
                    expect(System.nanoTime() < deadlineNs, total + " of " + expected + " messages");
                }
                expect(transport.poll((from, message) -> {}, 1) == 0, "a message too many");
            }
        };

        private static final int MESSAGES = 300;
        private static final int LONGS_MAX = 100_000;
        private static final int LIMIT = 7;

        abstract void verify(Transport transport);

        private static int take(Transport transport, int[] arrived) {
            int delivered = transport.poll(
                    (from, message) -> {
                        long[] expected = message(from, arrived[from]++).counters();
                        boolean isDue = Arrays.equals(((Message.Reduce) message).counters(), expected);
                        expect(isDue, "message " + arrived[from] + " from rank " + from + " is not the one due");
                    },
                    LIMIT);
            expect(delivered <= LIMIT, delivered + " messages at once");
            return delivered;
        }

        private static Message.Reduce message(int from, int number) {
            long[] counters = new long[number % 50 == 49 ? LONGS_MAX : number];
            Arrays.setAll(counters, i -> ((long) from << 40) + ((long) number << 20) + i);
            return new Message.Reduce(counters);
        }

        private static void expect(boolean holds, String found) {
            if (!holds) {
                throw new AssertionError(found);
            }
        }
    }
}
