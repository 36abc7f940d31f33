package org.pcircle.transport;

import org.pcircle.circle.Message;
import org.pcircle.circle.Outbox;

/**
 * Carries messages between the ranks of a run.
 *
 * <p>A provider promises: every message is delivered once, unchanged; messages from one rank to another arrive in the
 * order in which they were sent; sending never blocks and never fails part way (what cannot be had ends the process).
 * Nothing arrives outside {@link #poll}. A rank does not send to itself. All methods are called from the one thread
 * that made the transport.
 */
public interface Transport extends Outbox, AutoCloseable {

    /** This process's rank, from 0. */
    int rank();

    /** How many ranks there are. */
    int size();

    /** The ranks on this rank's host, itself among them, ascending. */
    int[] ranksOfHost();

    /** Takes what arrived. */
    interface Inbox {
        void deliver(int from, Message message);
    }

    /**
     * Delivers messages that have arrived, at most {@code limit}, and helps those under way along.
     *
     * @return how many were delivered
     */
    int poll(Inbox inbox, int limit);

    /** Ends the other processes of the run at once, as far as they can be reached; this one is to end itself. */
    void abort(int code);

    /** Leaves; every message sent has been delivered by then. */
    @Override
    void close();
}
