package org.pcircle.cli.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pcircle.plan.UsageException;

/** Sizes and times as people type them. */
public final class Measures {

    private static final Pattern SIZE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGTPE]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)([smh]?)");
    private static final String PREFIXES = "KMGTPE";
    private static final int BITS_PER_PREFIX = 10;

    private Measures() {}

    /** Bytes: {@code 64K 16MiB 1.5G}, binary; a bare number is bytes. */
    public static long bytes(String option, String text) throws UsageException {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "--" + option + "=" + RawArguments.shown(text) + ": not a size such as 64K, 16MiB or 1.5G");
        }
        String prefix = matcher.group(2);
        int power = prefix.isEmpty() ? 0 : PREFIXES.indexOf(Character.toUpperCase(prefix.charAt(0))) + 1;
        BigDecimal bytes =
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (BITS_PER_PREFIX * power)));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new UsageException("--" + option + "=" + RawArguments.shown(text) + ": too large");
        }
        return bytes.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /** Milliseconds: seconds, fractions allowed, or {@code 90s 10m 2h}. */
    public static int millis(String option, String text) throws UsageException {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "--" + option + "=" + RawArguments.shown(text) + ": not a time such as 0.5, 90s, 10m or 2h");
        }
        int unitMillis = switch (matcher.group(2)) {
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1000;
        };
        BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitMillis));
        if (millis.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new UsageException("--" + option + "=" + RawArguments.shown(text) + ": too long");
        }
        return millis.setScale(0, RoundingMode.HALF_UP).intValue();
    }

    /** A whole number from {@code min} to {@code max}. */
    public static int whole(String option, String text, int min, int max) throws UsageException {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new UsageException(
                "--" + option + "=" + RawArguments.shown(text) + ": not a whole number from " + min + " to " + max);
    }
}
