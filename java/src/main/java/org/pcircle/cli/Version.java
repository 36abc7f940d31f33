package org.pcircle.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.NativeLibrary;

/** What runs here, a line for each part. */
final class Version {

    private Version() {}

    static String text(Command command) {
        return command.word() + " (pcircle) " + Installation.version()
                + "\n" + Installation.java()
                + "\nOpen MPI: " + openMpi()
                + "\nnative: " + NativeLibrary.features()
                + "\nlibattr: " + orNot(Installation.loaded("libattr.so"))
                + "\nliblustreapi: "
                + (NativeLibrary.hasLustreApi() ? orNot(Installation.loaded("liblustreapi.so")) : "not found");
    }

    private static String openMpi() {
        Path bindings = Installation.mpiBindings();
        return orNot(Installation.mpirun()) + ", Java bindings "
                + (bindings == null ? "not found" : bindings.toString());
    }

    private static String orNot(@Nullable String found) {
        return found == null ? "not found" : found;
    }
}
