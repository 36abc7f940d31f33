/** JMH benchmarks of the hot path: the natives, and what is paid to get to them. */
package org.pcircle.bench;
