package org.pcircle.it.fsum;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A tree in memory that can be changed and written down. Two states of it are compared byte for byte, so that what
 * {@code fsum --check} says can be foretold without any digest.
 */
final class ModelTree {

    private static final int MIB = 1 << 20;
    private static final int[] FILE_BYTES = {0, 1, 300, 70_000, MIB - 1, MIB, MIB + 1, 2 * MIB + 5, 4 * MIB};
    private static final String[] NAMES = {"a", "a-b", "a b", "a.c", "line\nfeed", "back\\slash", "~", "B"};

    /** What stands at a path. */
    sealed interface Node {
        record Directory() implements Node {}

        record Link(String to) implements Node {}

        record Data(byte[] bytes) implements Node {}
    }

    private final SplittableRandom random;

    /**
     * In the order of paths, in which a slash comes before all other bytes; directories hold what is below them by name
     * alone.
     */
    private final TreeMap<String, Node> nodes = new TreeMap<>((a, b) -> Arrays.compareUnsigned(
            a.replace('/', '\0').getBytes(UTF_8), b.replace('/', '\0').getBytes(UTF_8)));

    ModelTree(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 8 + random.nextInt(30); i > 0; i--) {
            add();
        }
    }

    Map<String, Node> now() {
        return new TreeMap<>(nodes);
    }

    /** Writes it where nothing is yet. */
    void writeTo(Path top) throws IOException {
        Files.createDirectory(top);
        for (Map.Entry<String, Node> each : nodes.entrySet()) {
            Path path = top.resolve(each.getKey());
            if (each.getValue() instanceof Node.Data data) {
                Files.write(path, data.bytes());
            } else if (each.getValue() instanceof Node.Link link) {
                Files.createSymbolicLink(path, Path.of(link.to()));
            } else {
                Files.createDirectory(path);
            }
        }
    }

    /** Does one of the things that happen to trees; returns what, in words. */
    String change() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> flipABit();
            case 2 -> lengthen();
            case 3 -> shorten();
            case 4 -> exchangeTwoMebibytes();
            case 5 -> exchangeTwoFiles();
            case 6 -> "added " + add();
            case 7 -> remove();
            case 8 -> rename();
            case 9 -> replace();
            default -> duplicate();
        };
    }

    private String flipABit() {
        String path = any(Node.Data.class);
        byte[] bytes = bytesOf(path);
        if (bytes.length == 0) {
            return "nothing";
        }
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        nodes.put(path, new Node.Data(bytes));
        return "flipped a bit of byte " + at + " of " + path;
    }

    private String lengthen() {
        String path = any(Node.Data.class);
        byte[] bytes = bytesOf(path);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(2 * MIB));
        nodes.put(path, new Node.Data(longer));
        return "lengthened " + path + " to " + longer.length;
    }

    private String shorten() {
        String path = any(Node.Data.class);
        byte[] bytes = bytesOf(path);
        byte[] shorter = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        nodes.put(path, new Node.Data(shorter));
        return "shortened " + path + " to " + shorter.length;
    }

    private String exchangeTwoMebibytes() {
        String path = any(Node.Data.class);
        byte[] bytes = bytesOf(path);
        if (bytes.length < 2 * MIB) {
            return "nothing";
        }
        byte[] first = Arrays.copyOf(bytes, MIB);
        System.arraycopy(bytes, MIB, bytes, 0, MIB);
        System.arraycopy(first, 0, bytes, MIB, MIB);
        nodes.put(path, new Node.Data(bytes));
        return "exchanged the first two mebibytes of " + path;
    }

    private String exchangeTwoFiles() {
        String one = any(Node.Data.class);
        String two = any(Node.Data.class);
        byte[] bytes = bytesOf(one);
        nodes.put(one, new Node.Data(bytesOf(two)));
        nodes.put(two, new Node.Data(bytes));
        return "exchanged " + one + " and " + two;
    }

    private String remove() {
        String path = any(Node.class);
        nodes.keySet().removeIf(each -> isWithin(each, path));
        return "removed " + path;
    }

    private String rename() {
        String path = any(Node.class);
        String renamed = path + "-renamed-" + random.nextInt(1000);
        Map<String, Node> moved = new TreeMap<>();
        nodes.forEach((each, node) -> {
            if (isWithin(each, path)) {
                moved.put(renamed + each.substring(path.length()), node);
            }
        });
        nodes.keySet().removeIf(each -> isWithin(each, path));
        nodes.putAll(moved);
        return "renamed " + path;
    }

    private String replace() {
        String path = any(Node.class);
        nodes.keySet().removeIf(each -> isWithin(each, path));
        nodes.put(path, anyNode());
        return "replaced " + path;
    }

    private String duplicate() {
        String path = any(Node.Data.class);
        String copy = path + "-copy-" + random.nextInt(1000);
        nodes.put(copy, new Node.Data(bytesOf(path)));
        return "copied " + path;
    }

    private String add() {
        List<String> directories = new ArrayList<>(List.of(""));
        nodes.forEach((path, node) -> {
            if (node instanceof Node.Directory) {
                directories.add(path + "/");
            }
        });
        String in = directories.get(random.nextInt(directories.size()));
        String path = in + NAMES[random.nextInt(NAMES.length)];
        while (nodes.containsKey(path)) {
            path += "'";
        }
        nodes.put(path, anyNode());
        return path;
    }

    private Node anyNode() {
        return switch (random.nextInt(5)) {
            case 0 -> new Node.Directory();
            case 1 -> new Node.Link("to-" + random.nextInt(1000));
            default -> {
                byte[] bytes = new byte[FILE_BYTES[random.nextInt(FILE_BYTES.length)]];
                if (random.nextInt(4) > 0) {
                    random.nextBytes(bytes);
                }
                yield new Node.Data(bytes);
            }
        };
    }

    /** The path of something of a kind; if there is none yet, of one that is made for it. */
    private String any(Class<? extends Node> kind) {
        List<String> paths = new ArrayList<>();
        nodes.forEach((path, node) -> {
            if (kind.isInstance(node)) {
                paths.add(path);
            }
        });
        if (paths.isEmpty()) {
            nodes.put("made", new Node.Data(new byte[] {1}));
            return "made";
        }
        return paths.get(random.nextInt(paths.size()));
    }

    private byte[] bytesOf(String path) {
        return ((Node.Data) nodes.get(path)).bytes().clone();
    }

    private static boolean isWithin(String path, String top) {
        return path.equals(top) || path.startsWith(top + "/");
    }

    /** What has become of an earlier state, in the order and the words of {@code fsum --check}, with byte ranges. */
    List<String> differencesFrom(Map<String, Node> before) {
        TreeMap<String, Node> all = new TreeMap<>(nodes.comparator());
        all.putAll(before);
        all.putAll(nodes);
        List<String> lines = new ArrayList<>();
        for (String path : all.keySet()) {
            Node old = before.get(path);
            Node now = nodes.get(path);
            String shown = path.replace("\\", "\\\\").replace("\n", "\\012");
            if (now == null) {
                lines.add("missing " + shown);
            } else if (old == null) {
                lines.add("extra " + shown);
            } else if (old.getClass() != now.getClass()) {
                lines.add("changed " + shown + ": type");
            } else if (old instanceof Node.Data oldData && now instanceof Node.Data nowData) {
                addDifferences(shown, oldData.bytes(), nowData.bytes(), lines);
            } else if (!old.equals(now)) {
                lines.add("changed " + shown + ": content");
            }
        }
        return lines;
    }

    private static void addDifferences(String shown, byte[] old, byte[] now, List<String> lines) {
        if (Arrays.equals(old, now)) {
            return;
        }
        lines.add("changed " + shown + ": " + (old.length == now.length ? "content" : "size, content"));
        int end = Math.max(old.length, now.length);
        int from = -1;
        for (int leaf = 0; leaf <= end; leaf += MIB) {
            boolean differs = leaf < end && !Arrays.equals(leafOf(old, leaf), leafOf(now, leaf));
            if (differs && from < 0) {
                from = leaf;
            } else if (!differs && from >= 0) {
                lines.add("changed " + shown + ": bytes " + from + "-" + (leaf - 1));
                from = -1;
            }
        }
        if (from >= 0) {
            lines.add("changed " + shown + ": bytes " + from + "-" + (end - 1));
        }
    }

    private static byte[] leafOf(byte[] bytes, int from) {
        return from >= bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MIB));
    }
}
