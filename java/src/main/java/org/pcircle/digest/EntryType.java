package org.pcircle.digest;

import org.jspecify.annotations.Nullable;

/** The types of entries, with the content that the definition gives each. */
public enum EntryType {
    /** Content: the data of the file. */
    REGULAR('f'),
    /** No content. */
    DIRECTORY('d'),
    /** Content: the path in the link. */
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

    /** The letter of the type in the definition. */
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
