package org.pcircle.digest;

import org.jspecify.annotations.Nullable;

/** What an entry is; its content is what the definition says for it. */
public enum EntryType {
    /** Content: its data. */
    REGULAR('f'),
    /** No content. */
    DIRECTORY('d'),
    /** Content: the path that it holds. */
    SYMLINK('l'),
    /** No content. */
    FIFO('p'),
    /** No content. */
    SOCKET('s'),
    /** Content: its numbers, see {@link SignedEntry#device}. */
    CHARACTER_DEVICE('c'),
    /** Content: its numbers, see {@link SignedEntry#device}. */
    BLOCK_DEVICE('b');

    private static final EntryType[] ALL = values();

    private final byte letter;

    EntryType(char letter) {
        this.letter = (byte) letter;
    }

    /** What stands for it in the definition. */
    public byte letter() {
        return letter;
    }

    /** The type that a letter stands for; null if it stands for none. */
    public static @Nullable EntryType of(byte letter) {
        for (EntryType type : ALL) {
            if (type.letter == letter) {
                return type;
            }
        }
        return null;
    }
}
