package org.pcircle.digest;

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
    /** Content: its numbers, see {@link DatasetSum#addDevice}. */
    CHARACTER_DEVICE('c'),
    /** Content: its numbers, see {@link DatasetSum#addDevice}. */
    BLOCK_DEVICE('b');

    private final byte letter;

    EntryType(char letter) {
        this.letter = (byte) letter;
    }

    byte letter() {
        return letter;
    }
}
