package org.pcircle.circle;

/** Whom a rank without work asks for some, and to whom a rank with work owes some. Used by its rank only. */
interface StealPolicy {

    /** The victim to ask next, which will answer; −1: nobody. */
    int nextVictim();

    /** A neighbour to ask for work, now or when it has some, now marked as asked; −1: all have been asked. */
    int nextLifeline();

    /** This rank has work to spare again; when it runs out it may try victims again. */
    void fed();

    /** Work was granted between this rank and {@code other}, in either direction: neither owes the other any more. */
    void settle(int other);

    /** {@code neighbour} asks for work over a lifeline. */
    void owe(int neighbour);

    /** A neighbour that is owed work; −1: none is. */
    int creditor();
}
