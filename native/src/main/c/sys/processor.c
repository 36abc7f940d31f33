#include "sys/processor.h"

#if defined(__x86_64__)

#include <cpuid.h>

/*
 * LZCNT and MOVBE, for which not all compilers have names. A processor without LZCNT executes it as BSR, with wrong
 * results.
 */
static int counts_and_swaps(void)
{
    enum { LZCNT = 1 << 5, MOVBE = 1 << 22 };
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & MOVBE) && __get_cpuid(0x80000001, &a, &b, &c, &d) && (c & LZCNT);
}

int pc_runs_x86_64_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && counts_and_swaps();
}

#else

int pc_runs_x86_64_v3(void)
{
    return 1;
}

#endif
