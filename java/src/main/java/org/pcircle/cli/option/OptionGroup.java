package org.pcircle.cli.option;

/** What options are about, in the order in which the help and the manual tell of them. */
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

    /** What help and manual call it. */
    public String title() {
        return title;
    }
}
