package org.pcircle.plan;

import org.pcircle.digest.Algorithm;
import org.pcircle.wire.MalformedMessageException;

/**
 * The roots are read, for their signature.
 *
 * @param signature algorithm of the signature
 * @param metadata whether the signature covers modes, owners and times, too
 * @param detail level of detail of the manifest
 */
public record SumPlan(Algorithm signature, boolean metadata, ManifestDetail detail) implements TaskPlan {

    static final byte TAG = 1;

    static SumPlan of(TaskFields fields) {
        Algorithm signature = fields.signature;
        if (signature == null) {
            throw new MalformedMessageException("a sum without an algorithm");
        }
        return new SumPlan(signature, fields.metadata, fields.detail);
    }

    @Override
    public String command() {
        return "fsum";
    }

    @Override
    public boolean hasTargets() {
        return false;
    }

    @Override
    public TaskFields fields() {
        TaskFields fields = new TaskFields(TAG);
        fields.signature = signature;
        fields.metadata = metadata;
        fields.detail = detail;
        return fields;
    }
}
