package org.pcircle.work;

/**
 * A notice of a worker to its own rank. It is taken in in the step in which the result that holds it is folded in, so no checkpoint
 * comes between; it is never encoded, and never counts as a message.
 *
 * @param <P> the part of the rank's state that takes it in
 */
interface LocalNotice<P> extends WorkNotice<P> {}
