package org.pcircle.cli.option;

import java.util.Map;

/**
 * Letters that cp, rsync or sha256sum have and the commands here have not, or that mean something else there: each with
 * the word for what is meant. So a habit ends in an answer, and never in another run than the one that was meant.
 */
final class ForeignLetters {

    private static final Map<Character, String> OF_FCP = Map.ofEntries(
            Map.entry('b', "existing files are replaced, with -f or -u, and no backups are made"),
            Map.entry('d', "symbolic links are always copied as links; for xattrs and ACLs, too, say -p"),
            Map.entry('e', "hosts are chosen by mpirun: mpirun -H a,b fcp SOURCE DEST"),
            Map.entry('g', "groups are always kept where you may; --preserve=ownership makes it a failure if not"),
            Map.entry('H', "hard links are always kept; --no-preserve=links copies each name by itself"),
            Map.entry('j', "the number of workers is --threads=N"),
            Map.entry('l', "symbolic links are always copied as links; cp's -l, hard links to the source, is not here"),
            Map.entry('L', "symbolic links are always copied as links, and never followed"),
            Map.entry('P', "symbolic links are always copied as links; progress is --progress"),
            Map.entry('S', "holes are always kept; --sparse=always makes more of them"),
            Map.entry('t', "times are always kept; cp's -t is --target-directory"),
            Map.entry('W', "files are always copied whole"),
            Map.entry('X', "extended attributes are --preserve=xattr, or -p with ACLs and layouts"),
            Map.entry('A', "ACLs are --preserve=acl, or -p with extended attributes and layouts"),
            Map.entry('z', "data is not compressed on its way"));

    private static final Map<Character, String> OF_FSUM = Map.ofEntries(
            Map.entry('a', "the algorithm is --digest=KIND"),
            Map.entry('b', "files are always read as they are"),
            Map.entry('r', "directories are always read with all that is in them"),
            Map.entry('R', "directories are always read with all that is in them"),
            Map.entry('t', "files are always read as they are"),
            Map.entry('w', "a malformed FILE of --check is always an error"),
            Map.entry('z', "control characters in paths are always escaped"));

    private static final Map<Command, Map<Character, String>> OF = Map.of(Command.FCP, OF_FCP, Command.FSUM, OF_FSUM);

    private ForeignLetters() {}

    /** What a letter's user wants to hear, as the end of a message; empty if nothing is known of it. */
    static String hint(Command command, char letter) {
        String told = OF.getOrDefault(command, Map.of()).get(letter);
        return told == null ? "" : ": " + told;
    }
}
