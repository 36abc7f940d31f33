#pragma once

/*
 * Notes the signals that stop a run (stop_signals.h) from now on, whatever the JVM and other libraries, which have their own ideas of some,
 * would do with them.
 */
void pc_keep_stop_signals(void);
