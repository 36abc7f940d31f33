#pragma once

/*
 * Catches the signals that stop a run (stop_signals.h) for the rest of the process, and keeps the JVM and other
 * libraries from changing their handlers.
 */
void pc_catch_stop_signals(void);
