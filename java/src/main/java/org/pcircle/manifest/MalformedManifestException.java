package org.pcircle.manifest;

import java.io.IOException;

/** A file that is no signature file and no manifest, or a damaged one. */
public final class MalformedManifestException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedManifestException(String what) {
        super(what);
    }
}
