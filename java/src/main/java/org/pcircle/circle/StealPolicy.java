package org.pcircle.circle;

/**
 * Whom a rank without work asks for some, and which lifeline thieves a rank with work serves. Used by its rank only.
 */
interface StealPolicy {

    /** The victim to ask next, which will answer; −1: nobody. */
    int nextVictim();

    /**
     * The next neighbour whose lifeline is not active: it is to be asked, and its lifeline counts as active from now
     * on; −1: all are.
     */
    int nextLifeline();

    /** This rank has work again, received or found: when it runs out it may try random victims again. */
    void workReceived();

    /**
     * Work was granted between this rank and {@code other}, in either direction: the lifeline between them is active in
     * neither direction any more.
     */
    void clearLifeline(int other);

    /** {@code neighbour} has activated its lifeline to this rank. */
    void addLifelineThief(int neighbour);

    /**
     * The lifeline thief to serve next; it stays one until it is {@linkplain #clearLifeline cleared}; −1: there is
     * none.
     */
    int nextLifelineThief();
}
