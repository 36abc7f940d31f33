package org.pcircle.cli.option;

/** What {@code --delete} may delete, said behind an equals sign. */
public enum DeleteScope {
    /** Also in a destination that is no mirror of its source. */
    ANYTHING
}
