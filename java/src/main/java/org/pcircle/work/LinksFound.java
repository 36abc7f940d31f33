package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Notice;

/** To the rank that brings the names of an entry together: names of entries that have several. */
record LinksFound(List<LinkedName> names) implements Notice {

    /** Encoded bytes in one notice, unless a single name is longer. */
    private static final int BYTES_MAX = 128 * 1024;

    /** Any number of names, each to its owner among so many ranks, in notices that are not too large for a message. */
    static List<Notice.Addressed> toOwners(List<LinkedName> names, int ranks) {
        List<List<LinkedName>> byOwner = new ArrayList<>();
        for (int owner = 0; owner < ranks; owner++) {
            byOwner.add(List.of());
        }
        List<Notice.Addressed> notices = new ArrayList<>();
        int[] bytes = new int[ranks];
        for (LinkedName name : names) {
            int owner = name.owner(ranks);
            List<LinkedName> gathered = byOwner.get(owner);
            if (!gathered.isEmpty() && bytes[owner] + name.encodedBytes() > BYTES_MAX) {
                notices.add(new Notice.Addressed(owner, new LinksFound(gathered)));
                gathered = List.of();
                bytes[owner] = 0;
            }
            if (gathered.isEmpty()) {
                gathered = new ArrayList<>();
                byOwner.set(owner, gathered);
            }
            gathered.add(name);
            bytes[owner] += name.encodedBytes();
        }
        for (int owner = 0; owner < ranks; owner++) {
            if (!byOwner.get(owner).isEmpty()) {
                notices.add(new Notice.Addressed(owner, new LinksFound(byOwner.get(owner))));
            }
        }
        return notices;
    }
}
