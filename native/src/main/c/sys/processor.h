/* Capabilities of the processor. */
#pragma once

/*
 * Whether programs compiled for x86-64-v3 run here: the processor has AVX2, BMI2 and the rest of that level, and the
 * kernel allows their use. 1 on other architectures, which have no such level.
 */
int pc_runs_x86_64_v3(void);
