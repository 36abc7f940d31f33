package org.pcircle.transport;

import org.pcircle.circle.Message;

/** A run of one rank in one process: there is nobody to send to. */
public final class InProcess implements Transport {

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void send(int to, Message message) {
        throw new IllegalArgumentException("rank " + to + " of a run of one");
    }

    @Override
    public int poll(Inbox inbox, int limit) {
        return 0;
    }

    @Override
    public void abort(int code) {}

    @Override
    public void close() {}
}
