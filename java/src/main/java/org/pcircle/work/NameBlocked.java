package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;

/**
 * To rank 0, in a dry run: a directory is in the way of an entry, or of the one that it would become a link of, and may be taken
 * away before their turn comes.
 *
 * @param first what it would become a link of; null: it would be copied
 * @param firstIsBlocked whether a directory is in the way of that
 */
record NameBlocked(LinkedName name, @Nullable LinkedName first, boolean firstIsBlocked)
        implements WorkNotice<NameBlocked.Taker> {

    /** At rank 0, lets entries wait until it is known which directories would be gone. */
    interface Taker {
        Effects blocked(NameBlocked name);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return part.blocked(this);
    }

    int encodedBytes() {
        return 2 + name.encodedBytes() + (first == null ? 0 : first.encodedBytes());
    }

    void write(ByteBuffer target) {
        name.write(target);
        target.put((byte) (first == null ? 0 : 1)).put((byte) (firstIsBlocked ? 1 : 0));
        if (first != null) {
            first.write(target);
        }
    }

    static NameBlocked read(ByteBuffer source) {
        LinkedName name = LinkedName.read(source);
        boolean hasFirst = source.get() != 0;
        boolean firstIsBlocked = source.get() != 0;
        return new NameBlocked(name, hasFirst ? LinkedName.read(source) : null, firstIsBlocked);
    }
}
