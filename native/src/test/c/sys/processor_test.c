#include <stdio.h>
#include <string.h>

#include "support/test.h"
#include "sys/processor.h"

/* Whether /proc/cpuinfo has a word among the flags of the first processor. */
static int has_flag(const char *flag)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    CHECK(file != NULL);
    char line[8192], word[64];
    int found = 0;
    snprintf(word, sizeof word, " %s ", flag);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "flags", 5) != 0)
            continue;
        line[strcspn(line, "\n")] = ' ';
        found = strstr(line, word) != NULL;
        break;
    }
    fclose(file);
    return found;
}

static void the_level_is_what_the_kernel_lists(void)
{
#if defined(__x86_64__)
    int expected = has_flag("avx2") && has_flag("fma") && has_flag("bmi1") && has_flag("bmi2") && has_flag("abm") &&
                   has_flag("movbe");
#else
    int expected = 1 + 0 * has_flag("");
#endif
    CHECK_EQUAL(expected, pc_runs_x86_64_v3());
}

static const struct test_case cases[] = {
    {"the level is what the kernel lists", the_level_is_what_the_kernel_lists},
};

int main(void)
{
    return TEST_RUN(cases);
}
