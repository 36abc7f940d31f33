/** Benchmarks of the work's messages, in its package, as they measure what only it sees. */
package org.pcircle.work;
