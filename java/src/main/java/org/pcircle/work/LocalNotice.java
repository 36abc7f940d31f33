package org.pcircle.work;

/**
 * A notice of a worker to its own rank. It is received in the step in which its result is applied, so no checkpoint
 * comes between. It is never encoded and does not count as a message.
 *
 * @param <P> the part of the rank's state that receives it
 */
public interface LocalNotice<P> extends WorkNotice<P> {}
