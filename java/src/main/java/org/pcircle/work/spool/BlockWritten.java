package org.pcircle.work.spool;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.work.LocalNotice;

/** A block of a spool that was handed out as a {@link WriteSpool} is in its file, and takes no memory any more. */
public record BlockWritten() implements LocalNotice<UnwrittenBlocks> {

    @Override
    public Class<UnwrittenBlocks> part() {
        return UnwrittenBlocks.class;
    }

    @Override
    public Effects applyTo(UnwrittenBlocks part, int from) {
        return new Effects(List.of(), part.written());
    }
}
