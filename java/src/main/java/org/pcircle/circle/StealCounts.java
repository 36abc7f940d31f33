package org.pcircle.circle;

/** How much stealing one rank has done. Written by its {@link Rank}, on the rank's thread. */
public final class StealCounts {

    long requests;
    long grants;

    /** Requests sent, those over lifelines included. */
    public long requests() {
        return requests;
    }

    /** Grants received. */
    public long grants() {
        return grants;
    }
}
