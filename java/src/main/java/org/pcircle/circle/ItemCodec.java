package org.pcircle.circle;

import java.nio.ByteBuffer;

/**
 * How the work writes its items and notices into messages. A decoder trusts nothing: what does not fit raises
 * {@link org.pcircle.wire.MalformedMessageException} or a {@link java.nio.BufferUnderflowException}, never anything
 * else.
 */
public interface ItemCodec {

    /** Writes a {@linkplain Item#stealable() stealable} item: {@link Item#encodedBytes()} bytes. */
    void write(Item item, ByteBuffer target);

    Item readItem(ByteBuffer source);

    /** Bytes that {@link #write(Notice, ByteBuffer)} will write. */
    int encodedBytes(Notice notice);

    void write(Notice notice, ByteBuffer target);

    Notice readNotice(ByteBuffer source);
}
