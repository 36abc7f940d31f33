package org.pcircle.digest;

import java.util.Locale;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Processor;

/** The two implementations of XXH64 in lz4-java, with the same digests. Naming one does not load it. */
public enum Xxh64Library {
    /**
     * Its C library, several times as fast; on x86 it is compiled for AVX2 and BMI2, and dies of SIGILL without them.
     */
    NATIVE("lz4-java's C library"),
    /** Java code, which runs everywhere. */
    JAVA("Java code");

    /** {@code -Dpcircle.xxh64=java} forces Java code. */
    private static final String PROPERTY = "pcircle.xxh64";

    private final String label;

    Xxh64Library(String label) {
        this.label = label;
    }

    /** The implementation used here. lz4-java's own choice would try the C library on any processor. */
    public static Xxh64Library here() {
        return Here.LIBRARY;
    }

    /**
     * Which one to use.
     *
     * @param wanted the user's choice; null if none
     * @param runsX86V3 whether code compiled for AVX2 and BMI2 runs
     */
    static Xxh64Library chosen(@Nullable String wanted, boolean runsX86V3) {
        boolean isJavaWanted = wanted != null && wanted.toUpperCase(Locale.ROOT).equals(JAVA.name());
        return runsX86V3 && !isJavaWanted ? NATIVE : JAVA;
    }

    /** A description for the middle of a sentence. */
    public String label() {
        return label;
    }

    /** The factory of the hash functions; lz4-java's "unsafe" Java code would make newer JVMs complain. */
    XXHashFactory factory() {
        return this == NATIVE ? XXHashFactory.nativeInstance() : XXHashFactory.safeInstance();
    }

    private boolean isThere() {
        try {
            return factory().hash64() != null;
        } catch (LinkageError | RuntimeException | AssertionError e) {
            return false; // lz4-java has no C library for this processor, or none that can be loaded
        }
    }

    private static final class Here {
        static final Xxh64Library LIBRARY = loaded();

        private static Xxh64Library loaded() {
            Xxh64Library chosen = chosen(System.getProperty(PROPERTY), Processor.runsX86V3());
            return chosen.isThere() ? chosen : JAVA;
        }
    }
}
