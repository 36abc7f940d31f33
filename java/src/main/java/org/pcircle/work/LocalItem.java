package org.pcircle.work;

import java.nio.ByteBuffer;

/** An item that is never stolen, because it refers to state of this process. */
public interface LocalItem extends WorkItem {

    @Override
    default boolean stealable() {
        return false;
    }

    @Override
    default long dataBytes() {
        return 0;
    }

    @Override
    default long entries() {
        return 1;
    }

    @Override
    default int encodedBytes() {
        return 0;
    }

    @Override
    default void write(ByteBuffer target) {
        throw new IllegalStateException(this + " stays with its rank");
    }
}
