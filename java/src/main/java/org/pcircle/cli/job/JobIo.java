package org.pcircle.cli.job;

import java.util.HashMap;
import java.util.Map;
import org.pcircle.cli.console.AsyncOutput;
import org.pcircle.cli.console.Console;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.Entry;
import org.pcircle.fs.PathText;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.UsageException;

/**
 * What one rank reads and writes beside the trees that a run is about.
 *
 * @param asyncOutput has printed, while the rank works, what would keep it from that
 * @param inputs the files that say what is to be done, at rank 0
 * @param outputs the files that are wanted of the run, at rank 0
 * @param creationMask the user's umask, which this process has cleared
 * @param quiet whether the user wants to hear of nothing but failures
 */
record JobIo(
        Console console,
        AsyncOutput asyncOutput,
        InputFiles inputs,
        OutputFiles outputs,
        int creationMask,
        boolean quiet) {

    /**
     * For one run; clears the umask of this process.
     *
     * @param launched whether this process is one of several that a launcher has started
     */
    static JobIo open(Console console, boolean launched, boolean quiet) {
        int creationMask = Credentials.clearCreationMask();
        return new JobIo(
                console,
                new AsyncOutput(),
                new InputFiles(launched),
                new OutputFiles(console, creationMask, launched),
                creationMask,
                quiet);
    }

    /** Says at the start what the user may not expect, unless he wants to hear of nothing but failures. */
    void tell(String what) {
        if (!quiet) {
            console.error(what);
        }
    }

    /** Has whole lines printed as soon as what was to be said before has been. */
    void print(byte[] lines) {
        asyncOutput.write(() -> console.lines(lines));
    }

    /** Refuses an output that would be written over an input, over another output, or over what is copied or read. */
    void refuseClashes(Plan plan) throws UsageException {
        Map<String, byte[]> files = new HashMap<>();
        inputs.opened().forEach((option, path) -> files.put("what " + option + " reads", path));
        for (Root root : plan.roots()) {
            if (!outputs.isEmpty() && !Entry.of(root.record()).isDirectory()) {
                byte[] source = root.source().show(TreePath.TOP);
                files.put("what is to be read: " + PathText.shown(source), source);
                byte[] target = root.target().show(TreePath.TOP);
                files.putIfAbsent("what is to be made: " + PathText.shown(target), target);
            }
        }
        outputs.refuseClashes(files);
    }
}
