package org.pcircle.work;

import java.util.HashMap;
import java.util.Map;

/** The parts of a rank's state, by class: each notice is received by one of them. Used by the rank's own thread. */
public final class RankParts {

    private final Map<Class<?>, Object> parts = new HashMap<>();

    public <P> void add(Class<P> type, P part) {
        Object other = parts.put(type, part);
        assert other == null : type;
    }

    /** The part of a class, which must be one that this kind of run has. */
    public <P> P get(Class<P> type) {
        Object part = parts.get(type);
        if (part == null) {
            throw new IllegalStateException("this run has no " + type.getSimpleName());
        }
        return type.cast(part);
    }
}
