package org.pcircle.circle;

/** Where a rank puts what it wants sent. Sending never blocks and never fails as far as the rank can see. */
@FunctionalInterface
public interface Outbox {
    void send(int to, Message message);
}
