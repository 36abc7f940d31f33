package org.pcircle.work.change;

import org.pcircle.circle.Effects;
import org.pcircle.work.WorkNotice;

/** To rank 0, which prints them: whole lines about what is changed. */
public record ChangeOutput(byte[] lines) implements WorkNotice<PrintedLines> {

    /** At rank 0. */
    public interface Printer {
        void print(byte[] lines);

        /** Whether much is not printed yet. */
        default boolean isBehind() {
            return false;
        }
    }

    @Override
    public Class<PrintedLines> part() {
        return PrintedLines.class;
    }

    @Override
    public Effects applyTo(PrintedLines part, int from) {
        return part.print(lines);
    }

    @Override
    public boolean needsAck() {
        return true;
    }
}
