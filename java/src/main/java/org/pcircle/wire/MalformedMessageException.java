package org.pcircle.wire;

/** Bytes that are no message of this version: a sign of mixed installations or damaged memory. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MalformedMessageException(String what) {
        super(what);
    }
}
