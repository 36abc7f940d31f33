package org.pcircle.fs;

/**
 * The operation that failed on an entry, or another outcome. The order is that of {@code enum pc_operation} in
 * {@code operation.h}.
 */
public enum Operation {
    NONE("none", false),
    STAT("stat", false),
    LIST("list", false),
    OPEN("open", false),
    CREATE("create", true),
    READ("read", false),
    WRITE("write", true),
    COPY("copy", false),
    READLINK("readlink", false),
    SYMLINK("symlink", true),
    MKNOD("mknod", true),
    MKDIR("mkdir", true),
    CHOWN("chown", true),
    CHMOD("chmod", true),
    UTIMENS("set times", true),
    RENAME("rename", true),
    UNLINK("unlink", true),
    CLOSE("close", true),
    CHANGED("changed", false),
    NOT_DONE("not done", false),
    UP_TO_DATE("up to date", true),
    LINK("link", true),
    GETXATTR("read extended attributes", false),
    SETXATTR("set extended attributes", true),
    LOST_OWNERSHIP("keep ownership", true),
    LOST_MODE("keep mode", true),
    LOST_TIMESTAMPS("keep timestamps", true),
    LOST_LINKS("keep links", true),
    LOST_XATTR("keep extended attributes", true),
    LOST_ACL("keep ACLs", true),
    LOST_LAYOUT("keep layout", true),
    FLUSH("flush", true),
    VERIFY("verify", true),
    FINISHED("finished before", true),
    FIND("find", false),
    NESTED("copy into itself", false),
    TAKEN("tell names apart", true);

    private static final Operation[] ALL = values();

    private final String label;
    private final boolean onTarget;

    Operation(String label, boolean onTarget) {
        this.label = label;
        this.onTarget = onTarget;
    }

    public static Operation of(int ordinal) {
        return ALL[ordinal];
    }

    /** The operation in a word or two, for error messages. */
    public String label() {
        return label;
    }

    /** Whether the entry is in place although this failed, with an attribute missing. */
    public boolean leavesTarget() {
        boolean isAttribute = this == GETXATTR || this == SETXATTR;
        return isAttribute
                || this == CHANGED
                || (ordinal() >= LOST_OWNERSHIP.ordinal() && ordinal() <= LOST_LAYOUT.ordinal());
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
