package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To rank 0, which prints them: whole lines of a dry run. */
public record DryRunOutput(byte[] lines) implements WorkNotice<DryRunOutput.Printer> {

    /** At rank 0. */
    public interface Printer {
        void print(byte[] lines);
    }

    @Override
    public Class<Printer> part() {
        return Printer.class;
    }

    @Override
    public Effects applyTo(Printer part, int from) {
        part.print(lines);
        return Effects.NONE;
    }

    @Override
    public boolean needsAck() {
        return true;
    }
}
