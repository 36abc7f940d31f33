package org.pcircle.cli.console;

/** How progress is shown on stderr. */
public enum ProgressKind {
    /** {@link #BAR} on a terminal, {@link #PLAIN} elsewhere. */
    AUTO,
    /** One line that is rewritten. */
    BAR,
    /** A line now and then. */
    PLAIN,
    /** A JSON object a line, for programs. */
    JSON,
    NONE
}
