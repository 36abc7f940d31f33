package org.pcircle.work.walk;

import org.pcircle.circle.Effects;
import org.pcircle.work.WorkNotice;

/** To rank 0, which finishes the tops of the trees last: the directory at the top of a root has been created. */
public record TopCreated(PendingDirectory top) implements WorkNotice<TopCreated.Taker> {

    /** At rank 0. */
    public interface Taker {
        void addTop(PendingDirectory top);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        part.addTop(top);
        return Effects.NONE;
    }
}
