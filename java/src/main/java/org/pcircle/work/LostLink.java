package org.pcircle.work;

import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Kept;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/** A name of an entry that cannot be a link of another name, and becomes an entry of its own. */
final class LostLink {

    private LostLink() {}

    static void copyInstead(LinkedName other, FileException e, Workbench bench, Result result) {
        result.count(Counter.lost(Kept.LINKS), 1);
        if (bench.plan().preserve().insisted().contains(Kept.LINKS)) {
            byte[] shown = bench.roots().showTarget(other.root(), other.path());
            result.fault(new Fault(shown, Operation.LOST_LINKS, e.errno()));
        }
        result.found(Entry.of(other.record()));
        result.spawned.add(other.copy(bench.task(), bench.plan()));
    }
}
