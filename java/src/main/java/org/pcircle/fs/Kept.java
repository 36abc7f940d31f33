package org.pcircle.fs;

/** What of an entry a copy can keep beside its data. The order is that of {@code enum pc_kind} in {@code attribute_kind.h}. */
public enum Kept {
    OWNERSHIP("ownership"),
    MODE("mode"),
    TIMESTAMPS("timestamps"),
    LINKS("links"),
    XATTR("xattr"),
    ACL("acl"),
    LAYOUT("layout");

    private final String word;

    Kept(String word) {
        this.word = word;
    }

    /** As the user says it. */
    public String word() {
        return word;
    }
}
