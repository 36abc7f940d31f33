/** Benchmarks of the circle, in its package, as they measure what only it sees. */
package org.pcircle.circle;
