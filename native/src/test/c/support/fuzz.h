#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Tests with random damage. PCIRCLE_FUZZ_SECONDS sets the duration of each instead of the default of two seconds;
 * PCIRCLE_FUZZ_SEED repeats another run.
 */

/* Prints the seed, and extends the case's time limit. */
void fuzz_begin(void);

/* Whether to continue; at the end it prints the number of rounds, of `what`. */
bool fuzz_continues(const char *what);

/* A number from 0 to bound - 1. */
uint64_t fuzz_below(uint64_t bound);
