package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Scratch;

/** What is there to be installed: the archive and the packages that the build makes, unpacked somewhere. */
class PackagesIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir source root; echo data > source/file");
    }

    @Test
    void theArchiveRunsWhereverItIsUnpacked() {
        scratch.shell("tar -C root --strip-components=1 -xzf '" + made("*.tar.gz") + "'");

        assertRuns("root/bin");
        assertThat(scratch.resolve("root/share/man/man1/fcp.1")).isRegularFile();
        assertThat(scratch.resolve("root/lib/cds")).doesNotExist();
    }

    @Test
    void theModuleFileFindsTheInstallationItLiesIn() {
        scratch.shell("tar -C root --strip-components=1 -xzf '" + made("*.tar.gz") + "'");
        assumeTrue(Command.shell("command -v tclsh").run().code() == 0, "tclsh is not installed");

        String path = scratch.shell("""
                { echo 'proc module-whatis {text} {}; proc conflict {name} {}; proc append-path {name value} {}'
                  echo 'proc prepend-path {name value} {puts "$name $value"}'
                  echo "set ModulesCurrentModulefile $PWD/root/share/modulefiles/pcircle"
                  cat root/share/modulefiles/pcircle; echo 'ModulesHelp'; } | tclsh 2>help""");

        assertThat(path).isEqualTo("PATH %1$s/bin%nMANPATH %1$s/share/man%n".formatted(scratch.resolve("root")));
        assertThat(scratch.resolve("help")).content().contains("fcp --help");
    }

    @Test
    void thePackageOfDebianHasAllInItsPlace() {
        assumeTrue(Command.shell("command -v dpkg-deb").run().code() == 0, "dpkg-deb is not installed");
        String deb = made("*.deb");
        scratch.shell("dpkg-deb -x '" + deb + "' root");

        assertRuns("root/usr/bin");
        assertInPlace("vendor-completions");
        assertThat(scratch.resolve("root/usr/share/doc/pcircle/copyright")).isRegularFile();
        assertThat(scratch.shell("dpkg-deb -f '" + deb + "'"))
                .contains("Package: pcircle", "jre-headless", "libattr1", "Recommends: openmpi-bin");
    }

    @Test
    void thePackageOfRedHatHasAllInItsPlace() {
        assumeTrue(
                Command.shell("command -v rpm && command -v cpio").run().code() == 0, "rpm or cpio is not installed");
        scratch.shell("rpm2cpio '" + made("*.rpm") + "' | (cd root; cpio -idm --quiet)");

        assertRuns("root/usr/bin");
        assertInPlace("site-functions");
        assertThat(scratch.shell("rpm -qpR '" + made("*.rpm") + "'"))
                .contains("java-headless", "libattr.so.1()(64bit)", "libc.so.6(GLIBC_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fcp", "fsum"})
    void theDistributionHasManualAndCompletion(String command) {
        Path share = Fcp.HOME.resolve("share");

        assertThat(share.resolve("man/man1/" + command + ".1")).content().contains(".SH EXIT STATUS");
        assertThat(share.resolve("bash-completion/completions/" + command))
                .content()
                .contains("complete -o");
        assertThat(share.resolve("zsh/site-functions/_" + command)).content().contains("#compdef " + command);
    }

    private void assertInPlace(String zshFolder) {
        for (String command : new String[] {"fcp", "fsum"}) {
            Path share = scratch.resolve("root/usr/share");
            assertThat(share.resolve("man/man1/" + command + ".1")).isRegularFile();
            assertThat(share.resolve("bash-completion/completions/" + command)).isRegularFile();
            assertThat(share.resolve("zsh/" + zshFolder + "/_" + command)).isRegularFile();
        }
    }

    private void assertRuns(String folder) {
        scratch.shell(folder + "/fcp -q source copy && " + folder + "/fsum -q source");
        scratch.assertSame("source", "copy");
    }

    /** The one file of this name that the build has left beside the distribution. */
    private static String made(String name) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Fcp.HOME.getParent(), name)) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            assertThat(files).as(name).hasSize(1);
            return files.get(0).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
