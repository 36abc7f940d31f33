/* The rank of this process, before there is a JVM: as org.pcircle.transport.Launcher. */
#pragma once

/* Its rank as the launcher says; 0 if it is not started by one. */
int pc_rank(void);

/* Whether it was started as one of several. */
int pc_is_rank(void);

/* Whether it was started by Open MPI's mpirun, which ends all ranks when one has failed. */
int pc_is_rank_of_mpirun(void);
