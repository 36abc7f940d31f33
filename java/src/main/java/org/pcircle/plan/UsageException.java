package org.pcircle.plan;

/** The command line asks for something that cannot be; nothing was touched. The message is one line for the user. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
