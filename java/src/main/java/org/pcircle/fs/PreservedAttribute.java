package org.pcircle.fs;

/**
 * The kinds of attributes that a copy can preserve. The order is that of {@code enum pc_kind} in
 * {@code attribute_kind.h}.
 */
public enum PreservedAttribute {
    OWNERSHIP("ownership"),
    MODE("mode"),
    TIMESTAMPS("timestamps"),
    LINKS("links"),
    XATTR("xattr"),
    ACL("acl"),
    LAYOUT("layout");

    private final String word;

    PreservedAttribute(String word) {
        this.word = word;
    }

    /** The word for it on the command line. */
    public String word() {
        return word;
    }
}
