package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.circle.Item;

/**
 * An item of work on trees. It runs on any worker thread of any rank and calls nobody back: all its effects are in the
 * result.
 */
public interface WorkItem extends Item {

    /** Does the work. Failures of single entries are faults in the result, never exceptions. */
    void run(WorkerContext worker, ItemResult result);

    /**
     * The items that a checkpoint holds in its place: itself, or none if it follows from other state in the checkpoint.
     */
    default List<? extends Item> saved() {
        return List.of(this);
    }

    /**
     * Writes the item's fields into a message, behind the tag byte, which the codec writes and {@link #encodedBytes}
     * counts.
     */
    void write(ByteBuffer target);
}
