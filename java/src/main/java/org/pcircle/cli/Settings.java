package org.pcircle.cli;

import org.pcircle.transport.Transport;

/** What the command line of a command means. */
interface Settings {

    /** What it means in all commands. */
    RunSettings run();

    /** What one rank does for it. */
    Job job(Transport transport, Console console);
}
