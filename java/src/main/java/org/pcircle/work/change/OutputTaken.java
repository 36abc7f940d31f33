package org.pcircle.work.change;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.work.LocalNotice;

/** To the own rank: the output that an {@link AwaitOutput} has waited for is printed, but for a little. */
public record OutputTaken() implements LocalNotice<OutputTaken.Taker> {

    /** At rank 0. */
    public interface Taker {
        /** Returns the acknowledgements that are due. */
        List<Notice.Addressed> taken();
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return new Effects(List.of(), part.taken());
    }
}
