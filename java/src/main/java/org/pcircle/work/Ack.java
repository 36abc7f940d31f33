package org.pcircle.work;

import org.pcircle.circle.Effects;

/**
 * To the sender of a notice that {@linkplain WorkNotice#needsAck needs an acknowledgement}: the notice has been
 * received.
 */
public record Ack() implements WorkNotice<Unacknowledged> {

    @Override
    public Class<Unacknowledged> part() {
        return Unacknowledged.class;
    }

    @Override
    public Effects applyTo(Unacknowledged part, int from) {
        part.acknowledged();
        return Effects.NONE;
    }
}
