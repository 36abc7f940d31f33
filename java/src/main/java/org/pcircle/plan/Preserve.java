package org.pcircle.plan;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.pcircle.circle.MalformedMessageException;
import org.pcircle.fs.Kept;

/**
 * What of an entry is kept beside its data.
 *
 * @param kept as far as privilege and the destination allow
 * @param insisted what of that the user has named: an entry of which it cannot be kept has failed
 */
public record Preserve(Set<Kept> kept, Set<Kept> insisted) {

    static final int ENCODED_BYTES = 2 * Integer.BYTES;

    /** Whether entries of the source must be opened for what they have beside data, mode, owner and times. */
    public boolean wantsAttributes() {
        return kept.contains(Kept.XATTR) || kept.contains(Kept.ACL);
    }

    void write(ByteBuffer target) {
        target.putInt(bits(kept)).putInt(bits(insisted));
    }

    static Preserve read(ByteBuffer source) {
        return new Preserve(kinds(source.getInt()), kinds(source.getInt()));
    }

    private static int bits(Set<Kept> kinds) {
        int bits = 0;
        for (Kept kind : kinds) {
            bits |= 1 << kind.ordinal();
        }
        return bits;
    }

    private static Set<Kept> kinds(int bits) {
        Set<Kept> kinds = EnumSet.noneOf(Kept.class);
        for (Kept kind : Kept.values()) {
            if ((bits & 1 << kind.ordinal()) != 0) {
                kinds.add(kind);
            }
        }
        if (bits >>> Kept.values().length != 0) {
            throw new MalformedMessageException("kinds " + Integer.toHexString(bits));
        }
        return kinds;
    }
}
