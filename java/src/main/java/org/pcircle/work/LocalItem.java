package org.pcircle.work;

import java.nio.ByteBuffer;

/** An item that stays with its rank, as it holds or concerns something of this process. */
abstract class LocalItem implements WorkItem {

    @Override
    public final boolean stealable() {
        return false;
    }

    @Override
    public final long dataBytes() {
        return 0;
    }

    @Override
    public final long entries() {
        return 1;
    }

    @Override
    public final int encodedBytes() {
        return 0;
    }

    @Override
    public final void write(ByteBuffer target) {
        throw new IllegalStateException(this + " stays with its rank");
    }
}
