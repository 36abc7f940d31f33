package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.circle.Item;

/** An item of a copy. It runs on any worker thread of any rank and calls nobody back: all that comes of it is a result. */
interface WorkItem extends Item {

    /** Does the work. Failures of single entries are faults in the result, never exceptions. */
    void run(Workbench bench, Result result);

    /** What a checkpoint holds in its place: itself, or nothing if it follows from something else that one holds. */
    default List<? extends Item> saved() {
        return List.of(this);
    }

    /**
     * Writes the item's fields into a message, behind the byte that says its kind, which the codec writes and {@link #encodedBytes}
     * counts.
     */
    void write(ByteBuffer target);
}
