package org.pcircle.cli.job;

import java.time.Instant;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.Signature;
import org.pcircle.fs.PathText;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.plan.Plan;

/** The signature of what was copied or read, at the end of a run that makes one. */
final class SignatureOutput {

    private final JobHooks hooks;
    private final Plan plan;
    private final JobIo io;
    private final DatasetSum signed;

    SignatureOutput(JobHooks hooks, Plan plan, JobIo io, DatasetSum signed) {
        this.hooks = hooks;
        this.plan = plan;
        this.io = io;
        this.signed = signed;
    }

    /** Writes it to the requested file, if any. */
    void write() {
        io.outputs()
                .write(
                        CommandOption.OUTPUT,
                        file -> SignatureFile.of(
                                        signature(),
                                        signed,
                                        Instant.now(),
                                        false,
                                        hooks.operands().signed(plan))
                                .write(file));
    }

    /** Prints it, or the result of the comparison, unless entries are missing in it. */
    void print(boolean whole) {
        ManifestOutput manifest = hooks.ending().manifest();
        String verdict = manifest == null ? null : manifest.verdict();
        if (verdict != null) {
            io.console().result(verdict);
            return;
        }
        if (!whole) {
            io.console()
                    .error("no signature, as not everything " + hooks.ending().undone());
            return;
        }
        StringBuilder line = new StringBuilder(signature().toString()).append(' ');
        for (byte[] path : hooks.operands().signed(plan)) {
            line.append(' ').append(PathText.shown(path));
        }
        io.console().result(line.toString());
    }

    private Signature signature() {
        return signed.signature(plan.task().metadata(), signed.algorithm().newHasher());
    }
}
