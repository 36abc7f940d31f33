package org.pcircle.wire;

/** Bytes that are not a message of this version, because of mixed installations or damaged memory. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MalformedMessageException(String what) {
        super(what);
    }
}
