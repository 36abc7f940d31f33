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
import org.pcircle.work.change.ChangeOutput;

/**
 * The inputs and outputs of one rank besides the trees.
 *
 * @param asyncOutput prints during the run without blocking the loop
 * @param inputs input files, at rank 0
 * @param outputs output files, at rank 0
 * @param creationMask the user's umask, which this process has cleared
 * @param quiet whether only failures are printed (--quiet)
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

    /** Prints a warning at the start, unless --quiet is given. */
    void tell(String what) {
        if (!quiet) {
            console.error(what);
        }
    }

    /** Prints whole lines after all previous output. */
    void print(byte[] lines) {
        asyncOutput.write(() -> console.lines(lines));
    }

    /** Prints lines about changes so. */
    ChangeOutput.Printer printer() {
        return new ChangeOutput.Printer() {
            @Override
            public void print(byte[] lines) {
                JobIo.this.print(lines);
            }

            @Override
            public boolean isBehind() {
                return asyncOutput.isBehind();
            }
        };
    }

    /** Fails if an output would overwrite an input, another output, a source or a target. */
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
