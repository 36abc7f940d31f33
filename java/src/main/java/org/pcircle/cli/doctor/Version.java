package org.pcircle.cli.doctor;

import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.Command;
import org.pcircle.fs.NativeLibrary;
import org.pcircle.transport.TransportChoice;
import org.pcircle.transport.TransportProvider;

/** The versions of all parts, a line each. */
public final class Version {

    private Version() {}

    /** Several lines, without the last end of line. */
    public static String text(Command command) {
        return command.word() + " (pcircle) " + Installation.version()
                + "\n" + Installation.java()
                + transports()
                + "\nnative: " + NativeLibrary.features()
                + "\nlibattr: " + orNot(Installation.loaded("libattr.so"))
                + "\nliblustreapi: "
                + (NativeLibrary.hasLustreApi() ? orNot(Installation.loaded("liblustreapi.so")) : "not found");
    }

    /** A line for each transport that needs a program and a library. */
    private static String transports() {
        StringBuilder lines = new StringBuilder();
        for (TransportChoice choice : TransportChoice.values()) {
            TransportProvider provider = choice.provider();
            TransportProvider.LaunchCommand launch = provider == null ? null : provider.launchCommand();
            if (provider != null && launch != null) {
                lines.append('\n').append(provider.name());
                lines.append(": ").append(orNot(Installation.version(launch)));
                lines.append(", Java bindings ").append(orNot(provider.bindings()));
            }
        }
        return lines.toString();
    }

    private static String orNot(@Nullable Object found) {
        return found == null ? "not found" : found.toString();
    }
}
