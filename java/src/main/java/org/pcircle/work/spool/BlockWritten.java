package org.pcircle.work.spool;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.work.LocalNotice;

/** A block of a spool that was handed out as a {@link WriteSpool} is in its file, and takes no memory any more. */
public record BlockWritten() implements LocalNotice<BlockWritten.Counter> {

    /** Counts the blocks that are not written. */
    public interface Counter {
        /** Returns the acknowledgements that are due. */
        List<Notice.Addressed> written();
    }

    @Override
    public Class<Counter> part() {
        return Counter.class;
    }

    @Override
    public Effects applyTo(Counter part, int from) {
        return new Effects(List.of(), part.written());
    }
}
