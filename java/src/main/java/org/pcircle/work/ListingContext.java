package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.CopyContext;
import org.pcircle.plan.Plan;

/** What a listing asks of its worker, so that it can be tested without one: the part of a {@link WorkerContext}. */
public interface ListingContext {

    Plan plan();

    /** The items of this command. */
    EntryItems task();

    SourceTrees roots();

    /** Number of ranks. */
    int ranks();

    CopyContext context();

    /** The buffer for the records of listed entries. */
    ByteBuffer listing();

    /** Hashes data for the signature; null if there is none. */
    @Nullable
    EntryDigester digester();
}
