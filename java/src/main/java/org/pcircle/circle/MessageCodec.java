package org.pcircle.circle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;

/**
 * The bytes of a {@link Message}, in network byte order:
 *
 * <pre>
 *   0      2        3      4            8
 *   | 'PC' | version | kind | body bytes | body …
 * </pre>
 *
 * <p>A body is a sequence of fixed-width integers; lists and byte strings are preceded by a 32-bit count.
 */
public final class MessageCodec {

    public static final int HEADER_BYTES = 8;

    /** The largest message: a grant is bounded far below, but a plan may name very many sources. */
    public static final int MESSAGE_BYTES_MAX = 64 << 20;

    private static final short MAGIC = 0x5043;
    private static final byte VERSION = 2;

    private enum Kind {
        REQUEST,
        LIFELINE,
        REFUSAL,
        GRANT,
        NOTE,
        START,
        WAVE,
        COUNT,
        REDUCE,
        STOP,
        QUIESCE,
        QUIET,
        SNAPSHOT,
        SNAPPED,
        RESUME,
        WRITTEN,
        EPOCH_ENDED,
        FINISH,
        FINAL,
        EXIT;

        static final Kind[] ALL = values();
    }

    private final ItemCodec items;

    public MessageCodec(ItemCodec items) {
        this.items = items;
    }

    /**
     * Bytes that {@link #write} will write.
     *
     * @throws IllegalStateException if that is more than {@link #MESSAGE_BYTES_MAX}
     */
    public int encodedBytes(Message message) {
        int body = 0;
        if (message instanceof Message.Grant grant) {
            body = 1 + Integer.BYTES;
            for (Item item : grant.items()) {
                body += item.encodedBytes();
            }
        } else if (message instanceof Message.Note note) {
            body = items.encodedBytes(note.notice());
        } else if (message instanceof Message.Start start) {
            body = Wire.encodedBytes(start.plan());
        } else if (message instanceof Message.Wave) {
            body = 2 * Integer.BYTES;
        } else if (message instanceof Message.Count) {
            body = Integer.BYTES + 2 * Long.BYTES;
        } else if (message instanceof Message.Reduce reduce) {
            body = Wire.encodedBytes(reduce.counters());
        } else if (message instanceof Message.Final last) {
            body = Wire.encodedBytes(last.counters()) + 2 * Long.BYTES;
        } else if (message instanceof Message.Stop stop) {
            body = Integer.BYTES + Wire.encodedBytes(stop.reason());
        } else if (message instanceof Message.OfEpoch of) {
            body = Integer.BYTES + encodedBytesBeyondEpoch(of);
        } else if (message instanceof Message.Exit) {
            body = Integer.BYTES;
        }
        if (body < 0 || body > MESSAGE_BYTES_MAX - HEADER_BYTES) {
            throw new IllegalStateException("a message of more than " + MESSAGE_BYTES_MAX + " bytes");
        }
        return HEADER_BYTES + body;
    }

    private static int encodedBytesBeyondEpoch(Message.OfEpoch message) {
        if (message instanceof Message.Quiesce) {
            return Integer.BYTES;
        } else if (message instanceof Message.Quiet) {
            return Integer.BYTES + 2 * Long.BYTES;
        } else if (message instanceof Message.Written || message instanceof Message.EpochEnded) {
            return 1;
        }
        return 0;
    }

    /** Writes a message at the position of {@code target}, which moves past it. */
    public void write(Message message, ByteBuffer target) {
        int start = target.position();
        target.putShort(MAGIC)
                .put(VERSION)
                .put((byte) kindOf(message).ordinal())
                .putInt(0);
        writeBody(message, target);
        target.putInt(start + HEADER_BYTES - Integer.BYTES, target.position() - start - HEADER_BYTES);
    }

    /**
     * Reads the one message that {@code source} holds from its position to its limit.
     *
     * @throws MalformedMessageException if it holds anything else
     */
    public Message read(ByteBuffer source) {
        try {
            short magic = source.getShort();
            byte version = source.get();
            if (magic != MAGIC || version != VERSION) {
                throw new MalformedMessageException(
                        "not a message of version " + VERSION + ": another pcircle runs here");
            }
            int kind = source.get();
            int bodyBytes = source.getInt();
            if (kind < 0 || kind >= Kind.ALL.length || bodyBytes != source.remaining()) {
                throw new MalformedMessageException("message of kind " + kind + " with " + bodyBytes + " bytes");
            }
            Message message = readBody(Kind.ALL[kind], source);
            if (source.hasRemaining()) {
                throw new MalformedMessageException(source.remaining() + " bytes too many in " + Kind.ALL[kind]);
            }
            return message;
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("message cut short");
        }
    }

    private static Kind kindOf(Message message) {
        if (message instanceof Message.Request) {
            return Kind.REQUEST;
        } else if (message instanceof Message.Lifeline) {
            return Kind.LIFELINE;
        } else if (message instanceof Message.Refusal) {
            return Kind.REFUSAL;
        } else if (message instanceof Message.Grant) {
            return Kind.GRANT;
        } else if (message instanceof Message.Note) {
            return Kind.NOTE;
        } else if (message instanceof Message.Start) {
            return Kind.START;
        } else if (message instanceof Message.Wave) {
            return Kind.WAVE;
        } else if (message instanceof Message.Count) {
            return Kind.COUNT;
        } else if (message instanceof Message.Reduce) {
            return Kind.REDUCE;
        } else if (message instanceof Message.Stop) {
            return Kind.STOP;
        } else if (message instanceof Message.OfEpoch of) {
            return kindOf(of);
        } else if (message instanceof Message.Finish) {
            return Kind.FINISH;
        } else if (message instanceof Message.Final) {
            return Kind.FINAL;
        } else {
            return Kind.EXIT;
        }
    }

    private static Kind kindOf(Message.OfEpoch message) {
        if (message instanceof Message.Quiesce) {
            return Kind.QUIESCE;
        } else if (message instanceof Message.Quiet) {
            return Kind.QUIET;
        } else if (message instanceof Message.Snapshot) {
            return Kind.SNAPSHOT;
        } else if (message instanceof Message.Snapped) {
            return Kind.SNAPPED;
        } else if (message instanceof Message.Resume) {
            return Kind.RESUME;
        } else if (message instanceof Message.Written) {
            return Kind.WRITTEN;
        } else {
            return Kind.EPOCH_ENDED;
        }
    }

    private void writeBody(Message message, ByteBuffer target) {
        if (message instanceof Message.Grant grant) {
            Wire.writeFlag(grant.answer(), target);
            target.putInt(grant.items().size());
            for (Item item : grant.items()) {
                items.write(item, target);
            }
        } else if (message instanceof Message.Note note) {
            items.write(note.notice(), target);
        } else if (message instanceof Message.Start start) {
            Wire.writeBytes(start.plan(), target);
        } else if (message instanceof Message.Wave wave) {
            target.putInt(wave.wave()).putInt(wave.round());
        } else if (message instanceof Message.Count count) {
            target.putInt(count.wave()).putLong(count.sent()).putLong(count.received());
        } else if (message instanceof Message.Reduce reduce) {
            Wire.writeLongs(reduce.counters(), target);
        } else if (message instanceof Message.Final last) {
            Wire.writeLongs(last.counters(), target);
            target.putLong(last.sent()).putLong(last.received());
        } else if (message instanceof Message.Stop stop) {
            target.putInt(stop.code());
            Wire.writeText(stop.reason(), target);
        } else if (message instanceof Message.OfEpoch of) {
            target.putInt(of.epoch());
            writeBeyondEpoch(of, target);
        } else if (message instanceof Message.Exit exit) {
            target.putInt(exit.code());
        }
    }

    private static void writeBeyondEpoch(Message.OfEpoch message, ByteBuffer target) {
        if (message instanceof Message.Quiesce quiesce) {
            target.putInt(quiesce.wave());
        } else if (message instanceof Message.Quiet quiet) {
            target.putInt(quiet.wave()).putLong(quiet.sent()).putLong(quiet.received());
        } else if (message instanceof Message.Written written) {
            Wire.writeFlag(written.succeeded(), target);
        } else if (message instanceof Message.EpochEnded end) {
            Wire.writeFlag(end.committed(), target);
        }
    }

    private Message readBody(Kind kind, ByteBuffer source) {
        return switch (kind) {
            case REQUEST -> new Message.Request();
            case LIFELINE -> new Message.Lifeline();
            case REFUSAL -> new Message.Refusal();
            case GRANT -> readGrant(source);
            case NOTE -> new Message.Note(items.readNotice(source));
            case START -> new Message.Start(Wire.readBytes(source));
            case WAVE -> new Message.Wave(source.getInt(), source.getInt());
            case COUNT -> new Message.Count(source.getInt(), source.getLong(), source.getLong());
            case REDUCE -> new Message.Reduce(Wire.readLongs(source));
            case STOP -> new Message.Stop(source.getInt(), Wire.readText(source));
            case QUIESCE -> new Message.Quiesce(source.getInt(), source.getInt());
            case QUIET -> new Message.Quiet(source.getInt(), source.getInt(), source.getLong(), source.getLong());
            case SNAPSHOT -> new Message.Snapshot(source.getInt());
            case SNAPPED -> new Message.Snapped(source.getInt());
            case RESUME -> new Message.Resume(source.getInt());
            case WRITTEN -> new Message.Written(source.getInt(), Wire.readFlag(source));
            case EPOCH_ENDED -> new Message.EpochEnded(source.getInt(), Wire.readFlag(source));
            case FINISH -> new Message.Finish();
            case FINAL -> new Message.Final(Wire.readLongs(source), source.getLong(), source.getLong());
            case EXIT -> new Message.Exit(source.getInt());
        };
    }

    private Message.Grant readGrant(ByteBuffer source) {
        boolean answer = Wire.readFlag(source);
        int count = Wire.readCount(source, 1);
        List<Item> granted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            granted.add(items.readItem(source));
        }
        return new Message.Grant(granted, answer);
    }
}
