package org.pcircle.cli.doc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pcircle.cli.option.Command;

/** Writes the files of the distribution that follow from the table of options; the build runs it. */
public final class DistributionFiles {

    private DistributionFiles() {}

    /** Writes them all.
     *
     * @param arguments the folder with the manual's prose, the folder to write to, and the version */
    public static void main(String[] arguments) throws IOException {
        Path prose = Path.of(arguments[0]);
        Path share = Path.of(arguments[1]);
        String version = arguments[2];
        for (Command command : Command.values()) {
            String word = command.word();
            String page = Files.readString(prose.resolve(word + ".1"));
            write(share.resolve("man/man1/" + word + ".1"), ManPage.text(command, version, page));
            write(share.resolve("bash-completion/completions/" + word), BashCompletion.text(command));
            write(share.resolve("zsh/site-functions/_" + word), ZshCompletion.text(command));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
