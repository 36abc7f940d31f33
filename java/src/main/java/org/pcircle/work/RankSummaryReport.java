package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.digest.DatasetSum;
import org.pcircle.report.RankShare;

/**
 * To rank 0: the share of the sender, which is complete now.
 *
 * @param signed sum of its entries for the signature; null if there is none
 */
public record RankSummaryReport(RankShare share, @Nullable DatasetSum signed) implements WorkNotice<RankShares> {

    @Override
    public Class<RankShares> part() {
        return RankShares.class;
    }

    @Override
    public Effects applyTo(RankShares part, int from) {
        part.add(share, signed);
        return Effects.NONE;
    }
}
