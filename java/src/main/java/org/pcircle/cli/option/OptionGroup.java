package org.pcircle.cli.option;

/** What options are about, in the order in which the help and the manual tell of them. */
public enum OptionGroup {
    SELECTION("What is taken"),
    EXISTING("What is there already"),
    KEEPING("What is kept"),
    SIGNATURE("What is verified and signed"),
    WORK("How the work is done"),
    RESUMING("Going on after a stop"),
    REPORT("What is reported");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /** What help and manual call it. */
    public String title() {
        return title;
    }
}
