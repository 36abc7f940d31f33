package org.pcircle.work.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.report.Fault;
import org.pcircle.work.EntryDigester;
import org.pcircle.work.EntryRef;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.ItemResult;
import org.pcircle.work.ListingContext;
import org.pcircle.work.SourceTrees;
import org.pcircle.work.TreeTask;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.largefile.CreateLargeFile;

/** A worker that lists directories in memory. */
final class MemoryListing implements ListingContext, ListDirectory.InPlace, SourceTrees {

    static final int RANKS = 7;

    final CopyContext context = new CopyContext(new CopyOptions());

    /** Items that were run as a part of another one. */
    final List<Item> ranHere = new ArrayList<>();

    /** Names of entries that are missing when somebody looks for them again, on a file system that is there. */
    final List<String> vanished = new ArrayList<>();

    private final Plan plan;
    private final @Nullable EntryDigester digester;
    private final ByteBuffer listing;
    private final Map<TreePath, MemoryDirectory> directories = new HashMap<>();
    private final Map<String, LeftRuns> left = new HashMap<>();
    private @Nullable FileException unknown;

    MemoryListing(Plan plan, @Nullable EntryDigester digester, int listingBytes) {
        this.plan = plan;
        this.digester = digester;
        this.listing = ByteBuffer.allocate(listingBytes).order(ByteOrder.nativeOrder());
    }

    void add(TreePath path, MemoryDirectory directory) {
        directories.put(path, directory);
    }

    /** Lets a directory in the top hold runs. */
    void addRuns(String state, LeftRuns runs) {
        left.put(state, runs);
    }

    /** Lets nobody see which runs are left. */
    void hideRuns(Errno errno) {
        unknown = new FileException(Operation.OPEN, errno.number());
    }

    @Override
    public Root root(int index) {
        return plan.roots().get(index);
    }

    @Override
    public DirectoryStream openSourceToList(int root, TreePath path) throws FileException {
        MemoryDirectory directory = directories.get(path);
        if (directory == null) {
            throw new FileException(Operation.OPEN, Errno.ENOENT.number());
        }
        return directory.open();
    }

    @Override
    public LeftRuns leftIn(int root, String state) throws FileException {
        if (unknown != null) {
            throw unknown;
        }
        return left.getOrDefault(state, LeftRuns.NONE);
    }

    @Override
    public Fault judged(Fault fault, int root, TreePath path, byte @Nullable [] record) {
        boolean isMissing = fault.errno() == Errno.ENOENT.number()
                && vanished.stream().anyMatch(name -> Arrays.equals(name.getBytes(UTF_8), path.name()));
        return isMissing ? fault.vanished() : fault;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public SourceTrees roots() {
        return this;
    }

    @Override
    public int ranks() {
        return RANKS;
    }

    @Override
    public CopyContext context() {
        return context;
    }

    @Override
    public ByteBuffer listing() {
        return listing;
    }

    @Override
    public @Nullable EntryDigester digester() {
        return digester;
    }

    @Override
    public void run(Item item, ItemResult result) {
        ranHere.add(item);
    }

    @Override
    public TreeTask task() {
        return new TreeTask() {
            @Override
            public Item walk(int root, TreePath path, byte[] record) {
                return new WalkDirectory(root, path, record);
            }

            @Override
            public Item list(int root, TreePath path) {
                return new ListDirectory(root, path);
            }

            @Override
            public boolean enter(
                    int root,
                    TreePath path,
                    byte[] record,
                    boolean isListedNext,
                    WorkerContext worker,
                    ItemResult result) {
                throw new IllegalStateException("a listing enters nothing");
            }

            @Override
            public Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes) {
                return new CopyBatch(root, directory, records, count, dataBytes);
            }

            @Override
            public Item largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried) {
                return new CreateLargeFile(new EntryRef(root, directory, record), retried);
            }

            @Override
            public Effects linkedNames(List<HardLinkName> names, Plan plan, int ranks) {
                return new Effects(List.of(), HardLinkNames.toOwners(names, ranks));
            }
        };
    }

    /** The names in a batch. */
    static List<String> names(CopyBatch batch) {
        List<String> names = new ArrayList<>();
        ByteBuffer records = ByteBuffer.wrap(batch.records()).order(ByteOrder.nativeOrder());
        Entry entry = new Entry();
        for (int at = 0; at < batch.records().length; at += entry.recordBytes()) {
            names.add(new String(entry.wrap(records, at).name(), UTF_8));
        }
        return names;
    }
}
