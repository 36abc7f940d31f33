package org.pcircle.plan;

/** The kinds of {@link TaskPlan} in the encoded form of a plan. */
enum Task {
    COPY {
        @Override
        TaskPlan of(TaskFields fields) {
            return CopyPlan.of(fields);
        }
    },
    SUM {
        @Override
        TaskPlan of(TaskFields fields) {
            return SumPlan.of(fields);
        }
    },
    DISCARD {
        @Override
        TaskPlan of(TaskFields fields) {
            return DiscardPlan.of(fields);
        }
    };

    abstract TaskPlan of(TaskFields fields);
}
