package org.pcircle.fs;

import java.io.IOException;
import java.io.OutputStream;

/** Where a document goes that the user wants. */
public abstract class UserOutput extends OutputStream {

    /** All of it has been written. One that is closed without has failed, and takes the place of nothing. */
    public abstract void complete() throws IOException;
}
