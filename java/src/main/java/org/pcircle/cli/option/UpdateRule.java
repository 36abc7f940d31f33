package org.pcircle.cli.option;

import org.pcircle.fs.ExistingPolicy;

/** What {@code --update} replaces, said behind an equals sign. */
public enum UpdateRule {
    /** What differs, unless it is newer in the destination. */
    OLDER(ExistingPolicy.UPDATE_OLDER),
    /** What differs. */
    DIFFERING(ExistingPolicy.UPDATE_DIFFERING),
    /** Nothing that exists. */
    NONE(ExistingPolicy.KEEP);

    private final ExistingPolicy policy;

    UpdateRule(ExistingPolicy policy) {
        this.policy = policy;
    }

    public ExistingPolicy policy() {
        return policy;
    }
}
