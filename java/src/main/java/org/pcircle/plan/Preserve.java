package org.pcircle.plan;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;

/**
 * Which attributes of an entry are preserved.
 *
 * @param kept attributes to preserve as far as privilege and the destination allow
 * @param required attributes that the user has named: an entry that loses one has failed
 * @param layout where the Lustre layouts of new files come from
 * @param creationMask umask of the user on rank 0, applied to new entries where modes are not preserved
 */
public record Preserve(
        Set<PreservedAttribute> kept, Set<PreservedAttribute> required, Layout layout, int creationMask) {

    static final int ENCODED_BYTES = 3 * Integer.BYTES + 1;

    /** Whether entries of the source must be opened for their extended attributes, ACLs or layouts. */
    public boolean wantsAttributes() {
        return kept.contains(PreservedAttribute.XATTR) || kept.contains(PreservedAttribute.ACL);
    }

    public boolean keepsModes() {
        return kept.contains(PreservedAttribute.MODE);
    }

    void write(ByteBuffer target) {
        target.putInt(bits(kept)).putInt(bits(required));
        Wire.writeConstant(layout, target);
        target.putInt(creationMask);
    }

    static Preserve read(ByteBuffer source) {
        return new Preserve(
                kinds(source.getInt()),
                kinds(source.getInt()),
                Wire.readConstant(Layout.values(), source),
                source.getInt());
    }

    private static int bits(Set<PreservedAttribute> kinds) {
        int bits = 0;
        for (PreservedAttribute kind : kinds) {
            bits |= 1 << kind.ordinal();
        }
        return bits;
    }

    private static Set<PreservedAttribute> kinds(int bits) {
        Set<PreservedAttribute> kinds = EnumSet.noneOf(PreservedAttribute.class);
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            if ((bits & 1 << kind.ordinal()) != 0) {
                kinds.add(kind);
            }
        }
        if (bits >>> PreservedAttribute.values().length != 0) {
            throw new MalformedMessageException("kinds " + Integer.toHexString(bits));
        }
        return kinds;
    }
}
