#include "rank.h"

#include <stddef.h>
#include <stdlib.h>

int pc_is_rank(void)
{
    return getenv("OMPI_COMM_WORLD_RANK") != NULL || getenv("PMIX_RANK") != NULL || getenv("PMI_RANK") != NULL ||
           getenv("SLURM_STEP_NUM_TASKS") != NULL;
}

int pc_is_rank_of_mpirun(void)
{
    return getenv("OMPI_COMM_WORLD_RANK") != NULL;
}

int pc_rank(void)
{
    static const char *const names[] = {"OMPI_COMM_WORLD_RANK", "SLURM_PROCID", "PMI_RANK", "PMIX_RANK"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *rank = getenv(names[i]);
        if (rank != NULL && *rank != '\0')
            return atoi(rank);
    }
    return 0;
}
