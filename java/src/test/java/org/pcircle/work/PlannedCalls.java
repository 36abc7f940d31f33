package org.pcircle.work;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;

/** The calls of a fake, by name: it reports each one here, and one of them can fail, or find something changed. */
public final class PlannedCalls {

    /** Happens right before a call; its exception is the call's. */
    public interface Event {
        void happen() throws FileException;
    }

    private record Planned(String call, int number, Event event) {}

    private final List<Planned> planned = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Plans an event.
     *
     * @param number of the call among those of its name, from 1 on
     */
    public void before(String call, int number, Event event) {
        planned.add(new Planned(call, number, event));
    }

    /** Lets one call fail. */
    public void fail(String call, int number, Operation operation, Errno errno) {
        before(call, number, () -> {
            throw new FileException(operation, errno.number());
        });
    }

    /** To be called by the fake. */
    public void made(String call) throws FileException {
        int number = counts.merge(call, 1, Integer::sum);
        for (Planned each : planned) {
            if (each.call().equals(call) && each.number() == number) {
                each.event().happen();
            }
        }
    }

    public int count(String call) {
        return counts.getOrDefault(call, 0);
    }
}
