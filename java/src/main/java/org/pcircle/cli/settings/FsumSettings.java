package org.pcircle.cli.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.digest.Algorithm;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.UsageException;

/**
 * The settings of fsum.
 *
 * @param paths none if a run is resumed, or {@code checkFile} names them
 * @param digest null: not said
 * @param metadata whether the signature covers it
 * @param detail of the manifest, if one is wanted
 * @param checkFile file to compare with; null: none
 */
public record FsumSettings(
        RunSettings run,
        List<byte[]> paths,
        @Nullable Algorithm digest,
        boolean metadata,
        ManifestDetail detail,
        byte @Nullable [] checkFile) {

    /**
     * Checks a command line.
     *
     * @throws UsageException if options contradict each other, or operands are missing
     */
    public static FsumSettings of(CommandLine line) throws UsageException {
        List<byte[]> paths = new ArrayList<>();
        for (String word : line.words()) {
            paths.add(RawArguments.bytes(word));
        }
        FsumSettings settings = new FsumSettings(
                RunSettings.of(line, ChangeFormat.NONE),
                List.copyOf(paths),
                line.has(CommandOption.DIGEST)
                        ? line.choice(CommandOption.DIGEST, Algorithm.values(), Algorithm.XXH64)
                        : null,
                line.has(CommandOption.METADATA),
                detail(line),
                line.file(CommandOption.CHECK));
        // Last: where a word that is no value of an option was meant as PATH, the option has to say so.
        if (line.words().isEmpty() && !line.has(CommandOption.RESUME) && !line.has(CommandOption.CHECK)) {
            throw line.missing("PATH is missing");
        }
        return settings;
    }

    private static ManifestDetail detail(CommandLine line) throws UsageException {
        boolean leaves = line.has(CommandOption.EXPORT_BLOCK_SIGNATURES);
        if (!line.has(CommandOption.MANIFEST)) {
            if (leaves) {
                throw new UsageException("--export-block-signatures says what a manifest has: give --manifest, too");
            }
            return ManifestDetail.NONE;
        }
        return leaves ? ManifestDetail.LEAVES : ManifestDetail.ENTRIES;
    }
}
