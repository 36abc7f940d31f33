package org.pcircle.cli.option;

/** The groups of options, in the order of the help and the manual. */
public enum OptionGroup {
    SELECTION("Selection"),
    EXISTING("Existing destination"),
    PRESERVED("Preserved attributes"),
    VERIFICATION("Verification and signatures"),
    PERFORMANCE("Performance"),
    RESUMING("Resuming"),
    REPORTING("Reporting");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /** The heading in help and manual. */
    public String title() {
        return title;
    }
}
