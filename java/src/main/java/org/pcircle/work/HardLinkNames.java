package org.pcircle.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;

/** To the owner of hard-linked entries: names of them. */
public record HardLinkNames(List<HardLinkName> names) implements WorkNotice<HardLinkNames.Owner> {

    /** The owner of the entries. */
    public interface Owner {
        List<Item> add(List<HardLinkName> names);
    }

    @Override
    public Class<Owner> part() {
        return Owner.class;
    }

    @Override
    public Effects applyTo(Owner part, int from) {
        return Effects.of(part.add(names));
    }

    @Override
    public boolean needsAck() {
        return true;
    }

    /** Addresses any number of names to their owners, in notices that fit into a message. */
    public static List<Notice.Addressed> toOwners(List<HardLinkName> names, int ranks) {
        Map<Integer, List<HardLinkName>> byOwner = new LinkedHashMap<>();
        for (HardLinkName name : names) {
            byOwner.computeIfAbsent(name.owner(ranks), owner -> new ArrayList<>())
                    .add(name);
        }
        List<Notice.Addressed> notices = new ArrayList<>();
        byOwner.forEach((owner, owned) -> {
            for (List<HardLinkName> piece : Pieces.of(owned, HardLinkName::encodedBytes)) {
                notices.add(new Notice.Addressed(owner, new HardLinkNames(piece)));
            }
        });
        return notices;
    }
}
