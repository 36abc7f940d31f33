package org.pcircle.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Signature;
import org.pcircle.digest.SignedEntry;

class SignatureFileTest {

    @Test
    void aLineSaysEachThing() throws IOException {
        Hasher hasher = Algorithm.XXH64.newHasher();
        DatasetSum signed = new DatasetSum(Algorithm.XXH64);
        signed.add(SignedEntry.empty(EntryType.DIRECTORY, new byte[0], null, hasher), hasher);
        signed.add(new SignedEntry(EntryType.REGULAR, new byte[] {'a'}, new byte[16], 1L << 40, null), hasher);
        signed.add(new SignedEntry(EntryType.REGULAR, new byte[] {'b'}, new byte[16], 5, null), hasher);
        signed.add(SignedEntry.device(EntryType.BLOCK_DEVICE, new byte[] {'c'}, 1, 2, null, hasher), hasher);
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        SignatureFile.of(
                        new Signature(Algorithm.XXH64, false, new byte[] {1, (byte) 0xfe}),
                        signed,
                        Instant.ofEpochSecond(1_000_000_000, 999),
                        false,
                        List.of("some where".getBytes(ISO_8859_1), "a\n\u00ff".getBytes(ISO_8859_1)))
                .write(file);

        assertThat(file).asString().isEqualTo("""
                signature: pcircle1-xxh64:01fe
                definition: 1
                digest: xxh64
                date: 2001-09-09T01:46:40Z
                entries: 4
                files: 2
                directories: 1
                symlinks: 0
                bytes: 1099511627781
                path: some where
                path: a\\012\\377
                """);
    }
}
