package org.pcircle.cli;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.NativeLibrary;

/** What runs here. */
final class Version {

    private Version() {}

    static String text(Command command) {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return command.word() + " (pcircle) " + (version == null ? "unpackaged" : version)
                + "\nJava " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name")
                + "\nnative: " + NativeLibrary.features();
    }
}
