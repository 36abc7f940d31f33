#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Tests with random damage. PCIRCLE_FUZZ_SECONDS makes each last longer than its usual two seconds; PCIRCLE_FUZZ_SEED
 * begins as another run did.
 */

/* Prints the seed, and lets the case last as long as it has to. */
void fuzz_begin(void);

/* Whether to go on; prints how many rounds there were of `what` when it is time to end. */
bool fuzz_goes_on(const char *what);

/* A number from 0 to bound - 1. */
uint64_t fuzz_below(uint64_t bound);
