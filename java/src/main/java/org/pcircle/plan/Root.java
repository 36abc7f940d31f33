package org.pcircle.plan;

/**
 * One SOURCE and what it becomes.
 *
 * @param target where nothing is copied, only its name counts: the root's own name in the signature
 * @param record the entry record of the source when the plan was made
 */
public record Root(Place source, Place target, byte[] record) {}
