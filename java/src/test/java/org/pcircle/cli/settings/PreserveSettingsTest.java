package org.pcircle.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.UsageException;

class PreserveSettingsTest {

    @Test
    void ownersModesTimesAndLinksAreKeptUnasked() throws UsageException {
        assertThat(preserve().kept())
                .containsExactlyInAnyOrder(
                        PreservedAttribute.OWNERSHIP,
                        PreservedAttribute.MODE,
                        PreservedAttribute.TIMESTAMPS,
                        PreservedAttribute.LINKS);
        assertThat(preserve().required()).isEmpty();
    }

    @Test
    void withoutAListAttributesAreKeptToo() throws UsageException {
        for (String spelling : List.of("-p", "-a", "--preserve", "-pv", "-vp", "--preserve=all")) {
            assertThat(preserve(spelling).kept()).as(spelling).containsExactlyInAnyOrder(PreservedAttribute.values());
            assertThat(preserve(spelling).required()).as(spelling).isEmpty();
        }
    }

    @Test
    void aListIsAddedAndInsistedOn() throws UsageException {
        Preserve preserve = preserve("--preserve=xattr,ownership");
        assertThat(preserve.kept())
                .containsExactlyInAnyOrder(
                        PreservedAttribute.MODE,
                        PreservedAttribute.TIMESTAMPS,
                        PreservedAttribute.LINKS,
                        PreservedAttribute.XATTR,
                        PreservedAttribute.OWNERSHIP);
        assertThat(preserve.required())
                .containsExactlyInAnyOrder(PreservedAttribute.XATTR, PreservedAttribute.OWNERSHIP);
    }

    @Test
    void theLastWordOnAKindCounts() throws UsageException {
        assertThat(preserve("--no-preserve=ownership,mode").kept())
                .containsExactlyInAnyOrder(PreservedAttribute.TIMESTAMPS, PreservedAttribute.LINKS);
        assertThat(preserve("-p", "--no-preserve=acl").kept())
                .doesNotContain(PreservedAttribute.ACL)
                .contains(PreservedAttribute.XATTR);
        assertThat(preserve("--preserve=acl", "--no-preserve=acl").required()).isEmpty();
        assertThat(preserve("--no-preserve=all", "--preserve=mode").kept()).containsExactly(PreservedAttribute.MODE);
        assertThat(preserve("--no-preserve=all", "--preserve=mode").required())
                .containsExactly(PreservedAttribute.MODE);
    }

    @Test
    void whatIsNoKindIsRefused() {
        for (String list :
                List.of("--preserve=acls", "--preserve=acl,", "--preserve=,", "--no-preserve=", "--no-preserve=x")) {
            assertThatThrownBy(() -> preserve(list))
                    .as(list)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is not one of ownership, mode");
        }
    }

    @Test
    void anArgumentThatWasLeftOutIsNotTakenFromTheWordsBehind() throws UsageException {
        assertThat(CommandLine.parse(Command.FCP, List.of("-p", "a", "b")).words())
                .containsExactly("a", "b");
        assertThat(CommandLine.parse(Command.FCP, List.of("--preserve", "a", "b"))
                        .words())
                .containsExactly("a", "b");
    }

    private static Preserve preserve(String... options) throws UsageException {
        return preserveSettings(options).preserve(0);
    }

    private static PreserveSettings preserveSettings(String... options) throws UsageException {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("a", "b"));
        return FcpSettings.of(CommandLine.parse(Command.FCP, arguments)).preserve();
    }
}
