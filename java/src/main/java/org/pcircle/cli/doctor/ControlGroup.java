package org.pcircle.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that the control group of a process, and all those around it, still allow: batch systems and containers
 * give jobs less than a node has. Supports both versions of control groups, as some systems still have the first.
 */
final class ControlGroup {

    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");

    private ControlGroup() {}

    /** Bytes that this process may still allocate; {@link Long#MAX_VALUE} without a limit. */
    static long memoryLeft() {
        return memoryLeft(MOUNTED, read(Path.of("/proc/self/cgroup")));
    }

    /**
     * Bytes that any process may still allocate.
     *
     * @param mounted where control groups are
     * @param groups that it is in, as {@code /proc/PID/cgroup} lists them
     */
    static long memoryLeft(Path mounted, String groups) {
        long left = Long.MAX_VALUE;
        for (String line : groups.lines().toList()) {
            String path = line.substring(line.lastIndexOf(':') + 1);
            if (line.startsWith("0::")) {
                left = Math.min(left, memoryLeft(mounted, path, "memory.max", "memory.current", ""));
            } else if (line.contains(":memory:")) {
                Path memory = mounted.resolve("memory");
                left = Math.min(
                        left, memoryLeft(memory, path, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_"));
            }
        }
        return left;
    }

    /**
     * The limit of a group and those around it; in a container some of them are invisible.
     *
     * @param total prefix of the figures that include the groups below
     */
    private static long memoryLeft(Path mounted, String path, String limitFile, String usedFile, String total) {
        long left = Long.MAX_VALUE;
        Path group =
                mounted.resolve(path.substring(path.startsWith("/") ? 1 : 0)).normalize();
        while (group != null && group.startsWith(mounted)) {
            long limit = number(read(group.resolve(limitFile)));
            if (limit >= 0) {
                long used =
                        number(read(group.resolve(usedFile))) - pageCache(read(group.resolve("memory.stat")), total);
                left = Math.min(left, Math.max(0, limit - Math.max(0, used)));
            }
            group = group.getParent();
        }
        return left;
    }

    /** Memory that counts as used but is reclaimed on demand. */
    private static long pageCache(String figures, String total) {
        long bytes = 0;
        for (String line : figures.lines().toList()) {
            if (line.startsWith(total + "inactive_file ") || line.startsWith(total + "active_file ")) {
                bytes += number(line.substring(line.indexOf(' ')));
            }
        }
        return bytes;
    }

    /** Parses a number; -1 for an empty text or a word for "no limit". */
    private static long number(String text) {
        String digits = text.strip();
        return digits.isEmpty() || !digits.chars().allMatch(Character::isDigit) ? -1 : Long.parseLong(digits);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // not in this kernel or group: unknown
        }
    }
}
