package org.pcircle.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.OwnFile;
import org.pcircle.fs.PathText;

/** The files that the user wants of a run: each is tried, whatever became of the others, and each that cannot be written is named. */
final class OutputFiles {

    private final Console console;
    private final int creationMask;
    private boolean failed;

    /** @param creationMask of the user's, as the process has cleared its own */
    OutputFiles(Console console, int creationMask) {
        this.console = console;
        this.creationMask = creationMask;
    }

    /** What stands in a file; leaves it open. */
    interface Document {
        void write(OutputStream file) throws IOException;
    }

    /** What may fail to write. */
    interface Writing {
        void run() throws IOException;
    }

    /** Writes a file, if it is wanted. */
    void write(byte @Nullable [] file, Document document) {
        if (file == null) {
            return;
        }
        attempt(file, () -> {
            try (OutputStream target = OwnFile.create(file, creationMask)) {
                document.write(target);
            }
        });
    }

    /** Writes a file in another way, and says so if it cannot be written. */
    void attempt(byte[] file, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            failed = true;
            console.error(PathText.shown(file) + ": cannot be written: " + e.getMessage());
        }
    }

    /** Whether something could not be written. */
    boolean hasFailed() {
        return failed;
    }
}
