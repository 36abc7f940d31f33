#pragma once

#include <stdbool.h>

#include "record/failure.h"

/*
 * The outcome of an entry.
 *
 * The values are part of the contract with Java, where org.pcircle.fs.Outcome mirrors them by ordinal, and are stored
 * in entry records. Append only.
 */
enum pc_outcome {
    PC_DONE = 0,     /* it was copied or read; or not tried yet */
    PC_CHANGED,      /* the source changed while it was copied; the target is in place, with the time first seen */
    PC_NOT_DONE,     /* stopped before it, or during it and undone */
    PC_UP_TO_DATE,   /* the target was right already, or is so now without copying data */
    PC_ALREADY_DONE, /* an earlier attempt of this run has done it */
    PC_FAILED,       /* an operation failed */
    PC_KEPT,         /* the target's entry was left alone as it is, by its times or as it exists; see kept.h */
};

/* The outcome of an entry, with its failure. */
struct pc_result {
    enum pc_outcome outcome;
    int failure; /* of PC_FAILED; else 0 */
};

static inline struct pc_result pc_came_to(enum pc_outcome outcome)
{
    return (struct pc_result){.outcome = outcome};
}

/* From a failure, or 0 or more. */
static inline struct pc_result pc_result_of(int result)
{
    return result < 0 ? (struct pc_result){PC_FAILED, result} : pc_came_to(PC_DONE);
}

/* Whether the target is as the source now. */
static inline bool pc_is_good(enum pc_outcome outcome)
{
    return outcome == PC_DONE || outcome == PC_UP_TO_DATE || outcome == PC_ALREADY_DONE;
}

/* Whether a copied file stays in the target. */
static inline bool pc_stays(struct pc_result result)
{
    return result.outcome == PC_DONE || result.outcome == PC_CHANGED;
}
