package org.pcircle.work.largefile;

import org.pcircle.circle.Effects;
import org.pcircle.work.WorkNotice;

/** To the rank that has written a range: the range was read back, so that it may send another request. */
public record VerifyReply() implements WorkNotice<VerifyReply.Asker> {

    /** Has sent the request. */
    public interface Asker {
        void done();
    }

    @Override
    public Class<Asker> part() {
        return Asker.class;
    }

    @Override
    public Effects applyTo(Asker part, int from) {
        part.done();
        return Effects.NONE;
    }
}
