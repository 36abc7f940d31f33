package org.pcircle.manifest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafRuns.LeafRun;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.Signature;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.EscapedPath;
import org.pcircle.fs.PathOrder;

/**
 * Reads a signature file or a manifest, entry by entry. A deviation from docs/signature.md raises a
 * {@link MalformedManifestException}.
 */
public final class ManifestReader implements Closeable {

    private static final String[] COUNTS = {"entries", "files", "directories", "symlinks", "bytes"};
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;

    private final InputStream file;
    private final Lines lines;
    private final SignatureFile header;
    private final boolean hasEntries;

    /** A line that was read ahead. */
    private byte @Nullable [] ahead;

    private @Nullable SignedEntry last;

    /** Reads the beginning of a file, which is closed with the reader. */
    public ManifestReader(InputStream file) throws IOException {
        this.file = file;
        this.lines = new Lines(file);
        byte[] line = lines.next();
        SignatureFile result = line == null ? null : ResultLine.read(line);
        if (result != null) {
            if (lines.next() != null) {
                throw new MalformedManifestException(
                        "it has more than one line of a result: give each a file of its own");
            }
            this.hasEntries = false;
            this.header = result;
            return;
        }
        if (line == null || !isSignature(line)) {
            throw new MalformedManifestException("it is no line of fsum, no signature file and no manifest");
        }
        List<byte[]> head = new ArrayList<>();
        while (line != null && line.length > 0) {
            head.add(line);
            line = lines.next();
        }
        this.hasEntries = line != null;
        this.header = header(head);
        this.ahead = hasEntries ? lines.next() : null;
    }

    /** What the file says about the whole tree. */
    public SignatureFile header() {
        return header;
    }

    /** Whether it is a manifest. */
    public boolean hasEntries() {
        return hasEntries;
    }

    /** The next entry; null after the last. Leaves of the previous entry that have not been read are skipped. */
    public @Nullable SignedEntry next() throws IOException {
        LeafRun passed = nextLeaves();
        while (passed != null) {
            passed = nextLeaves();
        }
        byte[] line = ahead;
        if (line == null || isResult(line)) {
            return null;
        }
        SignedEntry entry = entry(line);
        if (last != null && PathOrder.compare(last.path(), entry.path()) >= 0) {
            throw lines.malformed("its path does not come after the one before");
        }
        last = entry;
        ahead = lines.next();
        return entry;
    }

    /** Whether this is the result line of fsum, which follows a manifest that went to standard output. */
    private boolean isResult(byte[] line) throws IOException {
        byte[] start = (header.signature() + " ").getBytes(StandardCharsets.US_ASCII);
        if (line.length < start.length || !Arrays.equals(line, 0, start.length, start, 0, start.length)) {
            return false;
        }
        if (lines.next() != null) {
            throw lines.malformed("something comes after the last");
        }
        ahead = null;
        return true;
    }

    /** The next leaves of the entry that was read last; null if it has no more. */
    public @Nullable LeafRun nextLeaves() throws IOException {
        byte[] line = ahead;
        if (line == null || line.length == 0 || line[0] != ' ') {
            return null;
        }
        if (last == null || last.type() != EntryType.REGULAR || !header.leaves()) {
            throw lines.malformed("leaves that belong to no file");
        }
        String[] words = new String(line, 1, line.length - 1, StandardCharsets.ISO_8859_1).split(" ", -1);
        byte[] digest = Signature.bytes(words[0]);
        long count = words.length == 2 && words[1].startsWith("x") ? number(words[1].substring(1), DECIMAL) : 1;
        if (words.length > 2 || digest == null || digest.length != algorithm().leafDigestBytes() || count < 1) {
            throw lines.malformed("no digest of a leaf");
        }
        ahead = lines.next();
        return new LeafRun(count, digest);
    }

    /**
     * Reads the file to its end to see that it is whole: that its entries have its signature and its leaves are those
     * of its files.
     */
    public void check() throws IOException {
        if (!hasEntries) {
            return;
        }
        Hasher hasher = algorithm().newHasher();
        DatasetSum sum = new DatasetSum(algorithm());
        for (SignedEntry entry = next(); entry != null; entry = next()) {
            sum.add(entry, hasher);
            if (header.leaves() && entry.type() == EntryType.REGULAR) {
                checkLeaves(entry, hasher);
            }
        }
        SignatureFile whole = SignatureFile.of(header.signature(), sum, header.date(), header.leaves(), header.paths());
        if (!whole.equals(header)) {
            throw new MalformedManifestException("it is damaged: it does not have as many entries as it says");
        }
        Signature found = sum.signature(header.signature().metadata(), hasher);
        if (!Arrays.equals(found.value(), header.signature().value())) {
            throw new MalformedManifestException("it is damaged: its entries do not have its signature");
        }
    }

    private void checkLeaves(SignedEntry entry, Hasher hasher) throws IOException {
        FileSum sum = new FileSum(algorithm());
        long leaves = Leaf.count(entry.bytes());
        long index = 0;
        for (LeafRun run = nextLeaves(); run != null; run = nextLeaves()) {
            if (run.count() > leaves - index) {
                throw lines.malformed("more leaves than the file has");
            }
            for (long end = index + run.count(); index < end; index++) {
                sum.addLeaf(index, run.digest(), hasher);
            }
        }
        if (index < leaves || !Arrays.equals(sum.digest(entry.bytes(), hasher), entry.content())) {
            throw lines.malformed("the leaves before it are not those of their file");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Algorithm algorithm() {
        return header.signature().algorithm();
    }

    /** Whether a line is the first one of a signature file or a manifest. */
    private static boolean isSignature(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).startsWith(SignatureFile.SIGNATURE + ": ");
    }

    private SignatureFile header(List<byte[]> encoded) throws IOException {
        List<String> head = new ArrayList<>();
        List<byte[]> paths = new ArrayList<>();
        for (byte[] line : encoded) {
            String text = new String(line, StandardCharsets.UTF_8);
            head.add(text);
            if (text.startsWith(SignatureFile.PATH + ": ")) {
                paths.add(namedPath(Arrays.copyOfRange(line, SignatureFile.PATH.length() + 2, line.length)));
            }
        }
        if (!Integer.toString(Signature.VERSION).equals(value(head, SignatureFile.DEFINITION))) {
            throw new MalformedManifestException(
                    "it does not follow version " + Signature.VERSION + " of the definition");
        }
        Signature signature = Signature.parse(String.valueOf(value(head, SignatureFile.SIGNATURE)));
        if (signature == null) {
            throw new MalformedManifestException("its signature is none of that version");
        }
        long[] counts = new long[COUNTS.length];
        for (int i = 0; i < counts.length; i++) {
            String count = value(head, COUNTS[i]);
            counts[i] = count == null ? -1 : number(count, DECIMAL);
            if (counts[i] < 0) {
                throw new MalformedManifestException("it does not say its number of " + COUNTS[i]);
            }
        }
        boolean leaves = "yes".equals(value(head, SignatureFile.LEAVES));
        return new SignatureFile(
                signature, date(head), counts[0], counts[1], counts[2], counts[3], counts[4], leaves, paths);
    }

    private static Instant date(List<String> head) throws IOException {
        try {
            return Instant.parse(String.valueOf(value(head, "date")));
        } catch (DateTimeException e) {
            throw new MalformedManifestException("it does not say its date");
        }
    }

    private static @Nullable String value(List<String> head, String key) {
        for (String line : head) {
            if (line.startsWith(key + ": ")) {
                return line.substring(key.length() + 2);
            }
        }
        return null;
    }

    /** Parses a line: letter, size, digest, perhaps mode, owner, group and time, path. */
    private SignedEntry entry(byte[] line) throws IOException {
        int fields = header.signature().metadata() ? 7 : 3;
        String[] words = new String[fields];
        int from = 0;
        for (int i = 0; i < fields; i++) {
            int end = from;
            while (end < line.length && line[end] != ' ') {
                end++;
            }
            if (end == line.length) {
                throw lines.malformed("no entry");
            }
            words[i] = new String(line, from, end - from, StandardCharsets.ISO_8859_1);
            from = end + 1;
        }
        @Nullable EntryType type = words[0].length() == 1 ? EntryType.of((byte) words[0].charAt(0)) : null;
        long bytes = number(words[1], DECIMAL);
        byte[] content = Signature.bytes(words[2]);
        byte[] path = path(Arrays.copyOfRange(line, from, line.length));
        if (type == null || content == null || path == null) {
            throw lines.malformed("no entry");
        }
        boolean isOfFile = type == EntryType.REGULAR || bytes == 0;
        if (content.length != algorithm().hashBytes() || bytes < 0 || !isOfFile) {
            throw lines.malformed("no entry");
        }
        @Nullable Metadata metadata = fields == 3 ? null : metadata(i -> words[3 + i]);
        return new SignedEntry(type, path, content, bytes, metadata);
    }

    private static byte[] namedPath(byte[] escaped) throws IOException {
        byte[] path = EscapedPath.read(escaped);
        if (path == null || path.length == 0) {
            throw new MalformedManifestException("a path of it is none");
        }
        return path;
    }

    private static byte @Nullable [] path(byte[] escaped) {
        if (Arrays.equals(escaped, ManifestWriter.TOP)) {
            return new byte[0];
        }
        return escaped.length == 0 ? null : EscapedPath.read(escaped);
    }

    private Metadata metadata(IntFunction<String> word) throws IOException {
        long mode = number(word.apply(0), OCTAL);
        long owner = number(word.apply(1), DECIMAL);
        long group = number(word.apply(2), DECIMAL);
        String time = word.apply(3);
        int dot = time.indexOf('.');
        boolean isTime = dot >= 0 && time.length() - dot - 1 == ManifestWriter.NANOSECOND_DIGITS;
        long nanoseconds = isTime ? number(time.substring(dot + 1), DECIMAL) : -1;
        if (mode < 0 || owner < 0 || group < 0 || nanoseconds < 0) {
            throw lines.malformed("no metadata");
        }
        try {
            long seconds = Long.parseLong(time.substring(0, dot));
            return new Metadata((int) mode, (int) owner, (int) group, seconds, (int) nanoseconds);
        } catch (NumberFormatException e) {
            throw lines.malformed("no metadata");
        }
    }

    /** −1 for anything but digits, or too many of them. */
    private static long number(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
