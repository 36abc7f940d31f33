package org.pcircle.fs;

import org.jspecify.annotations.Nullable;

/** The operation that failed on an entry: {@code enum pc_operation} of {@code operation.h}. */
public enum Operation {
    STAT(1, "stat", false),
    LIST(2, "list", false),
    OPEN(3, "open", false),
    CREATE(4, "create", true),
    READ(5, "read", false),
    WRITE(6, "write", true),
    COPY(7, "copy", false),
    READLINK(8, "readlink", false),
    SYMLINK(9, "symlink", true),
    MKNOD(10, "mknod", true),
    MKDIR(11, "mkdir", true),
    CHOWN(12, "chown", true),
    CHMOD(13, "chmod", true),
    UTIMENS(14, "set times", true),
    RENAME(15, "rename", true),
    UNLINK(16, "unlink", true),
    CLOSE(17, "close", true),
    /** Comparing the source with its record: without an errno, it has changed, which is its name in error lists. */
    COMPARE(18, "changed", false),
    LINK(21, "link", true),
    GETXATTR(22, "read extended attributes", false),
    SETXATTR(23, "set extended attributes", true),
    NOT_PRESERVED_OWNERSHIP(24, "keep ownership", true),
    NOT_PRESERVED_MODE(25, "keep mode", true),
    NOT_PRESERVED_TIMESTAMPS(26, "keep timestamps", true),
    NOT_PRESERVED_LINKS(27, "keep links", true),
    NOT_PRESERVED_XATTR(28, "keep extended attributes", true),
    NOT_PRESERVED_ACL(29, "keep ACLs", true),
    NOT_PRESERVED_LAYOUT(30, "keep layout", true),
    FLUSH(31, "flush", true),
    VERIFY(32, "verify", true),
    FIND(34, "find", false),
    NESTED(35, "copy into itself", false),
    TAKEN(36, "tell names apart", true);

    private static final @Nullable Operation[] BY_NUMBER = byNumber();

    private final int number;
    private final String label;
    private final boolean onTarget;

    Operation(int number, String label, boolean onTarget) {
        this.number = number;
        this.label = label;
        this.onTarget = onTarget;
    }

    private static @Nullable Operation[] byNumber() {
        @Nullable Operation[] operations = new Operation[TAKEN.number + 1];
        for (Operation operation : values()) {
            operations[operation.number] = operation;
        }
        return operations;
    }

    /** Its number in C, in entry records and in messages. */
    public int number() {
        return number;
    }

    /**
     * The operation of a number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Operation of(int number) {
        Operation operation = number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[number];
        if (operation == null) {
            throw new IllegalArgumentException("operation " + number);
        }
        return operation;
    }

    /** The operation in a word or two, for error messages. */
    public String label() {
        return label;
    }

    /** Whether the entry is in place although this failed, with an attribute missing. */
    public boolean leavesTarget() {
        boolean isAttribute = this == GETXATTR || this == SETXATTR;
        return isAttribute
                || this == COMPARE
                || (number >= NOT_PRESERVED_OWNERSHIP.number && number <= NOT_PRESERVED_LAYOUT.number);
    }

    /** Whether it may need room in the destination; {@code pc_is_full} of {@code operation.h} has the same list. */
    boolean takesRoom() {
        return switch (this) {
            case CREATE,
                    WRITE,
                    COPY,
                    SYMLINK,
                    MKNOD,
                    MKDIR,
                    CHOWN,
                    CHMOD,
                    UTIMENS,
                    RENAME,
                    UNLINK,
                    CLOSE,
                    LINK,
                    SETXATTR,
                    FLUSH -> true;
            default -> false;
        };
    }

    /** Whether it acts on the destination, so that its failure is the destination's. */
    public boolean onTarget() {
        return onTarget;
    }
}
