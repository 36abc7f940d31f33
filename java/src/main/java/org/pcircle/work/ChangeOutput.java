package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To rank 0, which prints them: whole lines about what is changed. */
public record ChangeOutput(byte[] lines) implements WorkNotice<ChangeOutput.Printer> {

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
