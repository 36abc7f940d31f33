package org.pcircle.cli.job;

import org.pcircle.plan.TaskPlan;

/**
 * What a command wants of a run that it resumes.
 *
 * @param kind of the run's task
 * @param toBeginAgain what to do with a run that cannot be resumed: the end of a sentence
 */
record ResumableTask(Class<? extends TaskPlan> kind, String toBeginAgain) {}
