package org.pcircle.journal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bits that flip, ends that are missing, bytes that are other ones, and pieces that come twice. */
public final class Damage {
    private final byte[] original;
    private final SplittableRandom random;

    public Damage(byte[] original, long seed) {
        this.original = original;
        this.random = new SplittableRandom(seed);
    }

    public byte[] next() {
        byte[] bytes = original.clone();
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(1, 64);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + length);
            case 3 -> {
                for (int i = at; i < Math.min(bytes.length, at + length); i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int count = Math.min(length, bytes.length - Math.max(from, at));
                System.arraycopy(original, from, bytes, at, count);
            }
        }
        return bytes;
    }
}
