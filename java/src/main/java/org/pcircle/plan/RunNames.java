package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.TemporaryName;

/**
 * Names of runs and of their files: {@code .fcp/ID} or {@code .fcp.ID/ID} is the directory of the run ID,
 * {@code .fcp.ID.HASH} or {@code .fcp.ID.HASH+} is a temporary file, before it gets its final name.
 */
public final class RunNames {

    /** The directory that holds the directories of runs. */
    public static final String STATE = ".fcp";

    private static final byte[] START = STATE.getBytes(US_ASCII);
    private static final int ID_CHARS_MAX = 64;

    /** Checkpoints, snapshots and spools as {@code work.CheckpointFiles} draws them, and the files of sorted spools. */
    private static final Pattern OWN_FILE = Pattern.compile(
            "lock|room|checkpoint\\.[0-9]+(\\.new)?|snapshot\\.[0-9]+\\.[0-9]+|[a-z]+(-[a-z]+)?\\.[0-9]+\\.[0-9]+");

    private RunNames() {}

    /**
     * Whether this is a valid ID: up to 64 letters, digits, dots, dashes and underscores, the first one no dot or dash.
     */
    public static boolean isId(String id) {
        boolean isId = !id.isEmpty() && id.length() <= ID_CHARS_MAX && id.charAt(0) != '.' && id.charAt(0) != '-';
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            isId &= isPlain || c == '.' || c == '-' || c == '_';
        }
        return isId;
    }

    /**
     * The directory that holds a run's directory where another entry has the name {@link #STATE}; unique to the run.
     */
    public static String unusualState(String id) {
        return STATE + "." + id;
    }

    /** Prefix of the names of a run's temporary files. */
    public static String partialPrefix(String id) {
        return STATE + "." + id + ".";
    }

    /** Whether a name may be one of a run's, by its first characters. */
    public static boolean mayBeOwn(byte[] name) {
        return name.length >= START.length
                && name[0] == START[0]
                && name[1] == START[1]
                && name[2] == START[2]
                && name[3] == START[3]
                && (name.length == START.length || name[START.length] == '.');
    }

    /** The run that a temporary file with this name belongs to; null if it is not such a name. */
    public static @Nullable String runOfPartial(byte[] name) {
        int end = name.length - (name.length > 0 && name[name.length - 1] == TemporaryName.AGAIN ? 1 : 0);
        int dot = end - TemporaryName.HEX_DIGITS - 1;
        if (!mayBeOwn(name) || dot <= START.length + 1 || name[dot] != '.') {
            return null;
        }
        for (int i = dot + 1; i < end; i++) {
            boolean isHex = (name[i] >= '0' && name[i] <= '9') || (name[i] >= 'a' && name[i] <= 'f');
            if (!isHex) {
                return null;
            }
        }
        String id = new String(name, START.length + 1, dot - START.length - 1, US_ASCII);
        return isId(id) ? id : null;
    }

    /** The run whose {@link #unusualState} has this name; null if it is not such a name. */
    public static @Nullable String runOfUnusualState(byte[] name) {
        if (!mayBeOwn(name) || name.length <= START.length + 1) {
            return null;
        }
        String id = new String(name, START.length + 1, name.length - START.length - 1, US_ASCII);
        return isId(id) ? id : null;
    }

    /** Whether a file in a run's directory may have this name. */
    public static boolean isOwnFile(String name) {
        return OWN_FILE.matcher(name).matches();
    }
}
