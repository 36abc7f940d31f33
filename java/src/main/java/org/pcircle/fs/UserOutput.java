package org.pcircle.fs;

import java.io.IOException;
import java.io.OutputStream;

/** A stream for a document that the user wants. */
public abstract class UserOutput extends OutputStream {

    /** Marks the document as complete. One that is closed without this has failed and replaces nothing. */
    public abstract void complete() throws IOException;
}
