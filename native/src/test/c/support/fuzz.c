#include "support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 2 };

static uint64_t state;
static time_t end;
static unsigned long long rounds;

/* xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016). */
uint64_t fuzz_below(uint64_t bound)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * 0x2545F4914F6CDD1DULL >> 11) % bound;
}

static uint64_t number_from(const char *variable, uint64_t otherwise)
{
    const char *value = getenv(variable);
    return value ? strtoull(value, NULL, 10) : otherwise;
}

void fuzz_begin(void)
{
    state = number_from("PCIRCLE_FUZZ_SEED", (uint64_t)time(NULL) << 20 | (uint64_t)getpid());
    printf("        PCIRCLE_FUZZ_SEED=%llu\n", (unsigned long long)state);
    fflush(stdout);
    end = time(NULL) + (time_t)number_from("PCIRCLE_FUZZ_SECONDS", SECONDS);
    alarm((unsigned)(end - time(NULL)) + 60);
}

bool fuzz_continues(const char *what)
{
    if (time(NULL) < end) {
        rounds++;
        return true;
    }
    printf("        %llu %s\n", rounds, what);
    return false;
}
