package org.pcircle.cli;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.digest.Algorithm;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.Transport;

/** What the command line of fsum means. */
record FsumSettings(RunSettings run, List<byte[]> paths, Algorithm digest) implements Settings {

    static FsumSettings of(CommandLine line) throws UsageException {
        if (line.words().isEmpty()) {
            throw new UsageException("PATH is missing");
        }
        List<byte[]> paths = new ArrayList<>();
        for (String word : line.words()) {
            paths.add(RawArguments.bytes(word));
        }
        return new FsumSettings(
                RunSettings.of(line),
                List.copyOf(paths),
                line.choice(CommandOption.DIGEST, Algorithm.values(), Algorithm.XXH64));
    }

    @Override
    public Job job(Transport transport, Console console) {
        return new SumJob(this, transport, console);
    }
}
