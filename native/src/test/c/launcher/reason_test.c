#include <stdio.h>
#include <string.h>

#include "reason.h"
#include "support/test.h"

/* Whether a text has this reason. */
static int has_reason(const char *text, const char *expected)
{
    char reason[200];
    pc_reason(text, reason, sizeof reason);
    if (strcmp(reason, expected) != 0)
        fprintf(stderr, "[%s] is not [%s]\n", reason, expected);
    return strcmp(reason, expected) == 0;
}

static void the_jvm_says_why_below_its_title(void)
{
    CHECK(has_reason("Picked up JAVA_TOOL_OPTIONS: -Dx=1\n"
                     "Error occurred during initialization of VM\n"
                     "Could not reserve enough space for 262144KB object heap\n",
                     "Could not reserve enough space for 262144KB object heap"));
    CHECK(has_reason("Unrecognized VM option 'Foo'\nDid you mean 'Bar'?\n", "Unrecognized VM option 'Foo'"));
}

static void a_warning_counts_where_there_is_nothing_else(void)
{
    static const char warning[] = "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x1, 2, 0) failed\n";
    char both[500];
    snprintf(both, sizeof both, "%s#\n# There is insufficient memory to continue.\n# Native memory ...\n", warning);
    CHECK(has_reason(both, "There is insufficient memory to continue."));
    CHECK(has_reason(warning, "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x1, 2, 0) failed"));
}

static void a_sentence_of_open_mpi_is_joined_and_its_details_follow(void)
{
    CHECK(has_reason("[host:12] [[1,0],0] ORTE_ERROR_LOG: Data unpack had inadequate space in file x.c at line 5\n"
                     "--------------------------------------------------------------------------\n"
                     "A requested component was not found, or was unable to be opened.  This\n"
                     "means that this component is either not installed or is unable to be\n"
                     "used.\n\nHost:      vm\nFramework: pml\nComponent: nope\n"
                     "--------------------------------------------------------------------------\n",
                     "A requested component was not found, or was unable to be opened; Host: vm, Framework: pml, "
                     "Component: nope"));
    CHECK(has_reason("The application appears to have been direct launched using \"srun\",\n"
                     "but OMPI was not built with SLURM's PMI support and therefore cannot\n"
                     "execute. There are several\n",
                     "The application appears to have been direct launched using \"srun\", but OMPI was not built with "
                     "SLURM's PMI support and therefore cannot execute"));
    CHECK(has_reason("[host:12] *** An error occurred in MPI_Init_thread\n[host:12] *** on a NULL communicator\n",
                     "An error occurred in MPI_Init_thread"));
}

static void where_nothing_is_said_there_is_no_reason(void)
{
    CHECK(has_reason("", ""));
    CHECK(has_reason("\n#\n-----\n[[[\n", ""));
    CHECK(has_reason("Error occurred during initialization of VM", ""));
}

static void a_reason_has_room_or_is_cut(void)
{
    char reason[8];
    pc_reason("abc \t def\x1b[0m ghi\n", reason, sizeof reason);
    CHECK(strcmp(reason, "abc def") == 0);
    pc_reason("abc", reason, 1);
    CHECK(strcmp(reason, "") == 0);
}

static const struct test_case cases[] = {
    {"the JVM says why below its title", the_jvm_says_why_below_its_title},
    {"a warning counts where there is nothing else", a_warning_counts_where_there_is_nothing_else},
    {"a sentence of Open MPI is joined and its details follow",
     a_sentence_of_open_mpi_is_joined_and_its_details_follow},
    {"where nothing is said there is no reason", where_nothing_is_said_there_is_no_reason},
    {"a reason has room or is cut", a_reason_has_room_or_is_cut},
};

int main(void)
{
    return TEST_RUN(cases);
}
