package org.pcircle.fs;

import org.pcircle.jni.Native;

/** The instruction sets that the processor supports. */
public final class Processor {

    private Processor() {}

    /**
     * Whether libraries that were compiled for x86-64-v3 (AVX2, BMI2) run here; others die of SIGILL. True on
     * processors of other kinds, for which libraries are compiled without such demands.
     */
    public static boolean runsX86V3() {
        return Native.runsX86V3();
    }
}
