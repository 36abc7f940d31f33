package org.pcircle.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.cli.console.ProgressKind;
import org.pcircle.cli.settings.FcpSettings;
import org.pcircle.cli.settings.FsumSettings;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Sparse;
import org.pcircle.plan.UsageException;

class CommandLineTest {

    @Test
    void anArgumentFollowsAnEqualsSignOrASpace() throws UsageException {
        assertThat(settings("--threads=3", "a", "b").run().threads()).isEqualTo(3);
        assertThat(settings("--threads", "3", "a", "b").run().threads()).isEqualTo(3);
    }

    @Test
    void theLastOfAnOptionCounts() throws UsageException {
        assertThat(settings("--threads=3", "a", "--threads=4", "b").run().threads())
                .isEqualTo(4);
    }

    @Test
    void shortOptionsAreBundled() throws UsageException {
        FcpSettings settings = settings("-Rvqv", "a", "b");
        assertThat(settings.run().verbosity()).isEqualTo(2);
        assertThat(settings.run().quiet()).isTrue();
    }

    @Test
    void aLongOptionHasTwoDashes() {
        assertRefused("unknown option -e in -quiet; did you mean --quiet?", "-quiet", "a", "b");
        assertRefused("-u takes no word behind it: --update=differing", "-nu=differing", "a", "b");
        assertRefused("-x takes no word behind it", "-x=1", "a", "b");
        assertRefused("unknown option -t in -threads; did you mean --threads?", "-threads", "3", "a", "b");
    }

    @Test
    void anArgumentMayBeginWithADash() throws UsageException {
        assertThat(settings("--stats=-x", "a", "b").run().outputs().get(CommandOption.STATS))
                .isEqualTo(new byte[] {'-', 'x'});
    }

    @Test
    void twoDashesEndTheOptions() throws UsageException {
        assertThat(settings("--", "-v", "--threads=3").sources()).containsExactly(new byte[] {'-', 'v'});
    }

    @Test
    void otherSpellingsAreUnderstood() throws UsageException {
        assertThat(settings("--chunksize=1M", "a", "b").run().chunkBytes()).isEqualTo(1 << 20);
    }

    @Test
    void anOptionIsNotAbbreviated() {
        assertRefused("unknown option --thr; did you mean --threads?", "--thr=3", "a", "b");
        assertRefused("--checksum takes no argument", "--checksum=1", "a", "b");
        assertRefused("unknown option --verfy; did you mean --verify?", "--verfy", "a", "b");
    }

    @Test
    void quotesArePartOfAPath() throws UsageException {
        assertThat(settings("--stats=\"x\"", "\"a\"", "b").run().outputs().get(CommandOption.STATS))
                .isEqualTo(new byte[] {'"', 'x', '"'});
        assertThat(settings("\"a\"", "b").sources()).containsExactly(new byte[] {'"', 'a', '"'});
    }

    @Test
    void everyByteOfAPathIsKept() throws UsageException {
        String argument = "\u00ff\u0001\n\u00e9";
        assertThat(settings(argument, "b").sources()).containsExactly(new byte[] {(byte) 0xff, 1, '\n', (byte) 0xe9});
    }

    @Test
    void aMethodIsForcedUnlessItIsAuto() throws UsageException {
        assertThat(settings("a", "b").ioMethod()).isEqualTo(IoMethod.AUTO);
        assertThat(settings("--io=auto", "a", "b").ioMethod()).isEqualTo(IoMethod.AUTO);
        assertThat(settings("--io=buffered", "a", "b").ioMethod()).isEqualTo(IoMethod.BUFFERED);
    }

    @Test
    void aMethodThatCannotTreatHolesAsAskedIsRefused() throws UsageException {
        assertThat(settings("--sparse=always", "--io=direct", "a", "b").sparse())
                .isEqualTo(Sparse.ALWAYS);
        assertRefused("--sparse=always is not possible with --io=splice", "--sparse=always", "--io=splice", "a", "b");
        assertRefused("--sparse=never is not possible with --io=reflink", "--io=reflink", "--sparse=never", "a", "b");
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("SOURCE and DEST are missing");
        assertRefused("DEST is missing", "a");
        assertRefused("not one of auto, local, mpi", "--transport=carrier-pigeon", "a", "b");
        assertRefused("not one of auto, bar, plain, json, none", "--progress=loud", "a", "b");
        assertRefused("--threads needs an argument", "a", "b", "--threads");
        assertRefused("from 1 to 1024", "--threads=0", "a", "b");
        assertRefused("less than 64K", "--chunk-size=1", "a", "b");
        assertRefused("unknown option --frobnicate; see --help", "--frobnicate", "a", "b");
        assertRefused("not one of auto, always, never; did you mean always?", "--sparse=alwys", "a", "b");
        assertRefused("did you mean xattr?", "--preserve=mode,xatr", "a", "b");
    }

    @Test
    void aLetterThatMeansSomethingElseElsewhereIsAnswered() {
        assertRefused("-t: times are always kept", "-t", "a", "b");
        assertRefused("-t in -rt: times are always kept", "-rt", "a", "b");
        assertRefused("-l in -avlP", "-avlP", "a", "b");
        assertRefused("-z: data is not compressed", "-z", "a", "b");
        assertThatThrownBy(() -> CommandLine.parse(Command.FSUM, List.of("-a", "256", "a")))
                .hasMessage("unknown option -a: the algorithm is --digest=KIND");
        for (CommandOption option : CommandOption.values()) {
            for (Command command : Command.values()) {
                boolean isHere = CommandOption.of(command).contains(option) && option.letter() != null;
                assertThat(isHere ? ForeignLetters.hint(command, option.letter()) : "")
                        .as("%s has -%s itself", command.word(), option.letter())
                        .isEmpty();
            }
        }
    }

    @Test
    void progressWithoutAWordIsABarAndTakesNoOperand() throws UsageException {
        FcpSettings settings = settings("--progress", "a", "b");
        assertThat(settings.run().progress()).isEqualTo(ProgressKind.BAR);
        assertThat(settings.sources()).hasSize(1);
        assertThat(settings("--progress=json", "a", "b").run().progress()).isEqualTo(ProgressKind.JSON);
    }

    @Test
    void anOptionThatTookAnOperandIsNamed() {
        assertRefused("--sparse=a: not one of auto, always, never", "--sparse", "a", "x");
        assertRefused("--io=a: not one of auto", "--io", "a", "x");
        assertRefused("--chunk-size=a", "--chunk-size", "a", "x");
        assertRefused("DEST is missing; --stats took a", "--stats", "a", "x");
        assertRefused("SOURCE and DEST are missing; --exclude took x", "--stats", "a", "--exclude", "x");
        assertThatThrownBy(() -> settings("--stats=a", "x")).hasMessage("DEST is missing");
        assertThatThrownBy(() -> FsumSettings.of(CommandLine.parse(Command.FSUM, List.of("-qo", "a"))))
                .hasMessage("PATH is missing; --output took a");
    }

    @Test
    void aLetterThatNeedsAnArgumentTakesTheRestOfItsWordOrTheNext() throws UsageException {
        for (List<String> words : List.of(
                List.of("-o", "file", "a"),
                List.of("-ofile", "a"),
                List.of("-qofile", "a"),
                List.of("-qo", "file", "a"))) {
            FsumSettings settings = FsumSettings.of(CommandLine.parse(Command.FSUM, words));
            assertThat(settings.run().outputs().get(CommandOption.OUTPUT))
                    .asString()
                    .isEqualTo("file");
            assertThat(settings.paths()).hasSize(1);
        }
    }

    @Test
    void aCommandKnowsItsOwnOptionsOnly() {
        for (String word : List.of("--sparse=auto", "-s", "-r", "-R", "-vR", "--preserve", "-a", "--chunksized=1M")) {
            assertThatThrownBy(() -> CommandLine.parse(Command.FSUM, List.of(word, "a")))
                    .as(word)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("unknown option -");
        }
    }

    private static void assertRefused(String said, String... arguments) {
        assertThatThrownBy(() -> settings(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("\n");
    }

    private static FcpSettings settings(String... arguments) throws UsageException {
        return FcpSettings.of(CommandLine.parse(Command.FCP, List.of(arguments)));
    }
}
