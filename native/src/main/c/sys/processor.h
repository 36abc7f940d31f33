/* What the processor can do. */
#pragma once

/*
 * Whether a program that was compiled for x86-64-v3 runs here: AVX2, BMI2 and the rest of that level, as far as the processor has
 * them and the kernel lets them be used. 1 on processors of other kinds, where no such level is asked for.
 */
int pc_runs_x86_64_v3(void);
