package org.pcircle.report;

import java.util.Locale;

/** Numbers as people read them: binary units, thousands apart, three digits or so. */
public final class Quantity {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String COUNT_UNITS = "kMGTPE";
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private Quantity() {}

    /** {@code 512 B}, {@code 1.50 GiB}. */
    public static String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, UNITS[unit]);
    }

    /** {@code 12 345 678}, with a plain space. */
    public static String count(long count) {
        String digits = Long.toString(count);
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                grouped.append(' ');
            }
            grouped.append(digits.charAt(i));
        }
        return grouped.toString();
    }

    /** {@code 1 file}, {@code 12 345 files}. */
    public static String count(long count, String one, String several) {
        return count(count) + ' ' + (count == 1 ? one : several);
    }

    /** {@code 0.52 s}, {@code 4:05 min}, {@code 2:05:09 h}. */
    public static String seconds(double seconds) {
        if (seconds < SECONDS_PER_MINUTE) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < SECONDS_PER_HOUR) {
            return String.format(Locale.ROOT, "%d:%02d min", whole / SECONDS_PER_MINUTE, whole % SECONDS_PER_MINUTE);
        }
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d h",
                whole / SECONDS_PER_HOUR,
                whole % SECONDS_PER_HOUR / SECONDS_PER_MINUTE,
                whole % SECONDS_PER_MINUTE);
    }

    /** {@code 54 minutes}, {@code 7 hours}, {@code 25 days}: about so long, of what takes minutes at least. */
    public static String duration(double seconds) {
        double minutes = seconds / SECONDS_PER_MINUTE;
        double hours = seconds / SECONDS_PER_HOUR;
        return minutes < 120
                ? Math.round(minutes) + " minutes"
                : hours < 48 ? Math.round(hours) + " hours" : Math.round(hours / 24) + " days";
    }

    /** {@code 0:07}, {@code 4:05}, {@code 2:05:09}: minutes and seconds, or hours before them. */
    public static String clock(double seconds) {
        long whole = (long) seconds;
        long minutes = whole / SECONDS_PER_MINUTE;
        String end = String.format(Locale.ROOT, "%02d", whole % SECONDS_PER_MINUTE);
        return whole < SECONDS_PER_HOUR
                ? minutes + ":" + end
                : String.format(Locale.ROOT, "%d:%02d:%s", whole / SECONDS_PER_HOUR, minutes % SECONDS_PER_MINUTE, end);
    }

    /** {@code 999}, {@code 12.3k}, {@code 4.56M}: five characters at most up to a million million. */
    public static String brief(long count) {
        int unit = -1;
        double value = count;
        // What would be rounded up to a thousand is one.
        while (value >= 999.5 && unit < COUNT_UNITS.length() - 1) {
            value /= 1000;
            unit++;
        }
        if (unit < 0) {
            return Long.toString(count);
        }
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value) + COUNT_UNITS.charAt(unit);
    }
}
