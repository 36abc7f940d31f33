package org.pcircle.work.mirror;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.work.WorkNotice;

/** To rank 0, which answers with {@link DeletionsAllowed}: this rank is about to delete so many entries. */
public record DeletionsWanted(int entries) implements WorkNotice<DeletionsWanted.Taker> {

    /** At rank 0. */
    public interface Taker {
        /** Returns how many may be deleted. */
        int allow(int entries);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        Notice answer = new DeletionsAllowed(part.allow(entries));
        return new Effects(List.of(), List.of(new Notice.Addressed(from, answer)));
    }

    /** So that no rank finds many more before it has deleted those. */
    @Override
    public boolean needsAck() {
        return true;
    }
}
