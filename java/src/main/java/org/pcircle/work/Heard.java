package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the sender of a notice that {@linkplain WorkNotice#needsAck wants to hear of it}: it has been taken in. */
record Heard() implements WorkNotice<Unheard> {

    @Override
    public Class<Unheard> part() {
        return Unheard.class;
    }

    @Override
    public Effects applyTo(Unheard part, int from) {
        part.heard();
        return Effects.NONE;
    }
}
