package org.pcircle.digest;

import java.nio.ByteBuffer;

/**
 * The metadata that a signature covers besides type and content, with --metadata.
 *
 * @param mode permission bits, with set-user-id, set-group-id and the sticky bit
 * @param seconds of the modification time since 1970
 * @param nanoseconds of the modification time
 */
public record Metadata(int mode, int owner, int group, long seconds, int nanoseconds) {

    public static final int ENCODED_BYTES = 4 * Integer.BYTES + Long.BYTES;

    public void write(ByteBuffer target) {
        target.putInt(mode).putInt(owner).putInt(group).putLong(seconds).putInt(nanoseconds);
    }

    public static Metadata read(ByteBuffer source) {
        return new Metadata(source.getInt(), source.getInt(), source.getInt(), source.getLong(), source.getInt());
    }
}
