package org.pcircle.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.work.ItemResult;
import org.pcircle.work.ItemRunner;
import org.pcircle.work.WorkerContext;

/**
 * The worker threads of one rank. Items go in and results come out through queues; nothing else is shared. All methods
 * are for the loop's thread.
 */
final class WorkerPool implements AutoCloseable {

    /** An item that a worker has run, and what came of it; or the failure that it must not have. */
    record Completion(
            Item item,
            @Nullable ItemResult result,
            @Nullable Throwable failure) {}

    private final Thread loop = Thread.currentThread();
    private final BlockingDeque<Item> items = new LinkedBlockingDeque<>();
    private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
    private final List<Worker> workers = new ArrayList<>();

    WorkerPool(int size, Supplier<WorkerContext> contexts) {
        for (int i = 0; i < size; i++) {
            workers.add(new Worker("worker-" + i, contexts.get()));
        }
        for (Worker worker : workers) {
            worker.start();
        }
    }

    /** How many workers there are. */
    int size() {
        return workers.size();
    }

    /** Gives an item to the next worker that is free. */
    void submit(Item item) {
        items.add(item);
    }

    /** The item that was given last, if no worker has begun it; else null. */
    @Nullable
    Item takeBack() {
        return items.pollLast();
    }

    /** The next completion, or null if no worker has finished since. */
    @Nullable
    Completion poll() {
        return completions.poll();
    }

    /** Asks the workers to return soon, and returns the items that none of them has begun. */
    List<Item> stop() {
        for (Worker worker : workers) {
            worker.context.stop();
        }
        List<Item> notBegun = new ArrayList<>();
        items.drainTo(notBegun);
        return notBegun;
    }

    /** Sends the threads home; they are between items by now. */
    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.interrupt();
        }
    }

    private final class Worker extends Thread {

        private final WorkerContext context;

        Worker(String name, WorkerContext context) {
            super(name);
            this.context = context;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (context) {
                while (true) {
                    Item item = items.take();
                    completions.add(run(item));
                    LockSupport.unpark(loop);
                }
            } catch (InterruptedException e) {
                interrupt();
            }
        }

        /** Whatever goes wrong in a worker, out of memory included, is the loop's to report. */
        private Completion run(Item item) {
            try {
                return new Completion(item, ItemRunner.run(item, context), null);
            } catch (Throwable failure) {
                return new Completion(item, null, failure);
            }
        }
    }
}
