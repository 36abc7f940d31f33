package org.pcircle.plan;

/**
 * One SOURCE and what it becomes.
 *
 * @param record the entry record of the source when the plan was made
 */
public record Root(Place source, Place target, byte[] record) {}
