package org.pcircle.cli.option;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses which of some words was meant by a misspelled one. */
public final class Spelling {

    /** Of so many letters one may be wrong. */
    private static final int LETTERS_PER_SLIP = 3;

    private Spelling() {}

    /** The end of a message about a misspelled word: the word that was perhaps meant; empty if none is near. */
    public static String hint(String typed, Collection<String> words) {
        String near = nearest(typed, words);
        return near == null ? "" : "; did you mean " + near + "?";
    }

    /** The only word that begins so, else the one with the smallest distance; null if none is near. */
    static @Nullable String nearest(String typed, Collection<String> words) {
        String nearest = null;
        int fewest = Math.max(1, typed.length() / LETTERS_PER_SLIP) + 1;
        String completed = null;
        int completions = 0;
        for (String word : words) {
            if (word.startsWith(typed)) {
                completed = word;
                completions++;
            }
            int slips = slips(typed, word);
            if (slips < fewest) {
                nearest = word;
                fewest = slips;
            }
        }
        return completions == 1 && !typed.isEmpty() ? completed : nearest;
    }

    /**
     * How many letters must be added, left out, changed or exchanged with their neighbour to make one word of another
     * (optimal string alignment: Damerau, CACM 1964).
     */
    static int slips(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] now = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(last[j], now[j - 1]) + 1, last[j - 1] + change);
                boolean isExchanged = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (isExchanged) {
                    now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = now;
            now = free;
        }
        return last[to.length()];
    }
}
