/* Which of many processes this one was started as: org.pcircle.transport.Launcher, before there is a JVM. */
#pragma once

/* Its rank as the launcher says; 0 if it does not, or there is none. */
int pc_rank(void);

/* Whether it was started as one of several. */
int pc_is_rank(void);

/* Whether Open MPI's mpirun did that, which ends all ranks when one has failed. */
int pc_is_rank_of_mpirun(void);
