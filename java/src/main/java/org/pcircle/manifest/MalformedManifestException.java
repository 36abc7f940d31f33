package org.pcircle.manifest;

import java.io.IOException;

/** A file that is neither a signature file nor a manifest, or is damaged. */
public final class MalformedManifestException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedManifestException(String what) {
        super(what);
    }
}
