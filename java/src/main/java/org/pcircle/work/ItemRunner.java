package org.pcircle.work;

import java.util.EnumSet;
import java.util.Set;
import org.pcircle.circle.Item;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.report.Counter;

/** Runs items on workers' threads and counts what the native context of a worker has counted meanwhile. */
public final class ItemRunner {

    private static final Set<IoMethod> METHODS = EnumSet.range(IoMethod.BUFFERED, IoMethod.REFLINK);
    private static final Set<PreservedAttribute> KINDS = EnumSet.allOf(PreservedAttribute.class);

    private ItemRunner() {}

    /** Runs one item to its end, or until the worker is told to stop. By that worker. */
    public static ItemResult run(Item item, WorkerContext worker) {
        long begin = System.nanoTime();
        ItemResult result = new ItemResult();
        CopyContext context = worker.context();
        context.heed();
        try {
            ((WorkItem) item).run(worker, result);
        } finally {
            CopyContext.heedNothing();
        }
        worker.itemDone();
        EntryDigester digester = worker.digester();
        if (digester != null) {
            digester.tellRecords(result);
        }
        for (IoMethod method : METHODS) {
            result.count(Counter.movedBy(method), context.takeMoved(method));
        }
        for (PreservedAttribute kind : KINDS) {
            result.count(Counter.notPreserved(kind), context.takeNotPreserved(kind));
        }
        result.count(Counter.VERIFIED, context.takeVerifiedBytes());
        result.count(Counter.REPAIRED, context.takeRepaired());
        result.count(Counter.UNPROVEN, context.takeUnproven());
        result.count(Counter.ITEMS, 1);
        result.ns = System.nanoTime() - begin;
        result.count(Counter.BUSY_NS, result.ns);
        return result;
    }
}
