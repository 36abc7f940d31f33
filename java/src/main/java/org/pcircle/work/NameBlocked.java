package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;

/**
 * To rank 0, in a dry run: an extraneous directory has the name of an entry, or of the one it would be linked to, and
 * may be deleted before their turn comes.
 *
 * @param first the name it would be linked to; null: it would be copied
 * @param firstIsBlocked whether a directory has that name
 */
public record NameBlocked(HardLinkName name, @Nullable HardLinkName first, boolean firstIsBlocked)
        implements WorkNotice<NameBlocked.Taker> {

    /** At rank 0, keeps entries until it is known which directories would be deleted. */
    public interface Taker {
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

    public int encodedBytes() {
        return 2 + name.encodedBytes() + (first == null ? 0 : first.encodedBytes());
    }

    public void write(ByteBuffer target) {
        name.write(target);
        target.put((byte) (first == null ? 0 : 1)).put((byte) (firstIsBlocked ? 1 : 0));
        if (first != null) {
            first.write(target);
        }
    }

    public static NameBlocked read(ByteBuffer source) {
        HardLinkName name = HardLinkName.read(source);
        boolean hasFirst = source.get() != 0;
        boolean firstIsBlocked = source.get() != 0;
        return new NameBlocked(name, hasFirst ? HardLinkName.read(source) : null, firstIsBlocked);
    }
}
