package org.pcircle.fs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * An open directory, through which all of its entries are reached: nothing below a root is ever named by a full path,
 * so that no symbolic link swapped in by somebody else can lead elsewhere. Threads may share one; its listing position
 * is shared, too.
 */
public final class Directory implements DirectoryStream {

    private static final int NO_FILE = -1;
    private static final int LISTING_BYTES = 64 * 1024;

    /** Longest path that a system call takes or returns, in bytes. */
    private static final int PATH_MAX = 4096;

    private static final String MOUNT_ID = "mnt_id:";

    private final int descriptor;

    private final AtomicInteger holders = new AtomicInteger(1);

    private Directory(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a directory at a path as the user gave it. */
    public static Directory open(byte[] path) throws FileException {
        return new Directory(FileException.check(Operation.OPEN, Native.openDirectory(path)));
    }

    /**
     * The absolute path of this directory as the kernel knows it, without symbolic links; the caller must check that
     * this directory is still there. Fails if the path is longer than PATH_MAX.
     */
    public byte[] realPath() throws FileException {
        ByteBuffer path = ByteBuffer.allocateDirect(PATH_MAX);
        byte[] bytes = new byte[FileException.check(Operation.STAT, Native.realPath(descriptor, path))];
        path.get(0, bytes);
        return bytes;
    }

    /** The number of the mount that this directory was opened on, as {@link MountTable} has it. */
    public int mountId() throws IOException {
        try (InputStream info = new FileInputStream("/proc/self/fdinfo/" + descriptor)) {
            String lines = new String(info.readAllBytes(), StandardCharsets.US_ASCII);
            int at = lines.indexOf(MOUNT_ID);
            int end = lines.indexOf('\n', at + 1);
            if (at < 0 || end < 0) {
                throw new IOException("/proc/self/fdinfo names no mount");
            }
            return Integer.parseInt(lines.substring(at + MOUNT_ID.length(), end).trim());
        }
    }

    /** Opens a directory below this one; symbolic links are not followed. */
    public Directory beneath(TreePath path) throws FileException {
        return new Directory(FileException.check(Operation.OPEN, Native.openBeneath(descriptor, path.bytes())));
    }

    @Override
    public Listed list(ByteBuffer buffer) throws FileException {
        int listed = FileException.check(Operation.LIST, Native.list(descriptor, buffer));
        return new Listed(listed & ~Native.LIST_END, (listed & Native.LIST_END) != 0);
    }

    /** Describes all entries of a directory that has just been opened and holds few of them. */
    public List<Entry> all() throws FileException {
        List<Entry> entries = new ArrayList<>();
        forEach(entry -> entries.add(Entry.of(entry.copy())));
        return entries;
    }

    /**
     * Describes the entries of a directory that has just been opened, however many there are.
     *
     * @param taker takes each of them; it is valid for that call
     */
    public void forEach(Consumer<Entry> taker) throws FileException {
        ByteBuffer listing = ByteBuffer.allocateDirect(LISTING_BYTES).order(ByteOrder.nativeOrder());
        Entry entry = new Entry();
        Listed listed;
        do {
            listed = list(listing);
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
                taker.accept(entry.wrap(listing, at));
            }
        } while (!listed.atEnd());
    }

    @Override
    public OptionalLong position() throws FileException {
        long position = Native.position(descriptor);
        if (position == -Errno.EOPNOTSUPP.number()) {
            return OptionalLong.empty();
        }
        FileException.check(Operation.LIST, (int) Math.min(position, 0));
        return OptionalLong.of(position);
    }

    @Override
    public void goTo(long position) throws FileException {
        FileException.check(Operation.LIST, Native.goToPosition(descriptor, position));
    }

    @Override
    public byte[] describe(byte[] name) throws FileException {
        return Stat.record(descriptor, name, false);
    }

    /**
     * Finds the end of a regular file of this directory by reading. If its status says another size, before and after,
     * its record is corrected.
     *
     * @param record in a direct buffer
     * @return whether the record was corrected
     */
    public boolean measure(ByteBuffer record, CopyContext context, ByteBuffer io) throws FileException {
        return FileException.check(Native.measure(descriptor, record, context.buffer(), io)) > 0;
    }

    /** The record of one entry of this directory; null if there is none of this name. */
    public @Nullable Entry describeIfThere(byte[] name) throws FileException {
        try {
            return Entry.of(describe(name));
        } catch (FileException e) {
            if (e.errno() == Errno.ENOENT.number()) {
                return null;
            }
            throw e;
        }
    }

    /** Renames an entry within this directory, replacing an entry of the new name. */
    public void rename(byte[] oldName, byte[] newName) throws FileException {
        FileException.check(Operation.RENAME, Native.rename(descriptor, oldName, newName));
    }

    /** Flushes the file system that this directory is on (syncfs). */
    public void flushFileSystem() throws FileException {
        FileException.check(Operation.FLUSH, Native.flushFileSystem(descriptor));
    }

    /**
     * Whether an earlier attempt of this resumed run has finished an entry of another directory.
     *
     * @param record of the entry of this directory, in a direct buffer; brought up to date
     */
    public boolean isFinished(Directory target, ByteBuffer record, byte[] targetName, CopyContext context)
            throws FileException {
        return FileException.check(
                        Native.isFinished(descriptor, target.descriptor, record, targetName, context.buffer()))
                > 0;
    }

    /** Whether an entry of this directory is a directory itself; false if there is none. */
    public boolean isDirectory(byte[] name) throws FileException {
        Entry entry = describeIfThere(name);
        return entry != null && entry.isDirectory();
    }

    public void makeDirectory(byte[] name, int mode) throws FileException {
        FileException.check(Operation.MKDIR, Native.makeDirectory(descriptor, name, mode));
    }

    /**
     * The final permission bits of a directory in this one where modes are not preserved: its own if it existed, else
     * those of its source, less the umask or as the default ACL of this directory leaves them.
     *
     * @param name empty for this directory itself
     */
    public int targetMode(byte[] name, int sourceMode, boolean made, CopyContext context) throws FileException {
        int mode = Native.targetDirectoryMode(descriptor, name, sourceMode, made, context.buffer());
        return FileException.check(Operation.STAT, mode);
    }

    /**
     * Whether an earlier attempt of a resumed run created a directory of this one, by its birth time; false if the file
     * system has none.
     *
     * @param name empty for this directory itself
     */
    public boolean isOfThisRun(byte[] name, CopyContext context) throws FileException {
        return FileException.check(Operation.STAT, Native.isDirectoryOfThisRun(descriptor, name, context.buffer()))
                != 0;
    }

    /**
     * Makes sure that the owner of a directory in this one may list, enter and fill it.
     *
     * @return 0 if that was so; else what {@link #closeToOwner} needs
     */
    public int letOwnerFill(byte[] name) throws FileException {
        return FileException.check(Operation.CHMOD, Native.letOwnerFill(descriptor, name));
    }

    /**
     * Gives a directory of this one the mode again that it had.
     *
     * @param filled what {@link #letOwnerFill} returned
     */
    public void closeToOwner(byte[] name, int filled) throws FileException {
        FileException.check(Operation.CHMOD, Native.closeToOwner(descriptor, name, filled));
    }

    public void unlink(byte[] name) throws FileException {
        FileException.check(Operation.UNLINK, Native.unlink(descriptor, name));
    }

    public void removeDirectory(byte[] name) throws FileException {
        FileException.check(Operation.UNLINK, Native.removeDirectory(descriptor, name));
    }

    /** Opens a regular file of this directory for reading. */
    public OpenFile openFile(byte[] name) throws FileException {
        return new OpenFile(FileException.check(Operation.OPEN, Native.openForReading(descriptor, name)));
    }

    /** Opens a file for reading and writing, and makes it if it does not exist; the descriptor is the caller's. */
    int openOrCreate(byte[] name) throws FileException {
        return FileException.check(Operation.CREATE, Native.openOrCreate(descriptor, name));
    }

    /**
     * Creates the target of a large file, in another directory; it must not exist yet. It has mode 0600, the layout
     * that the context chooses, and the given length, all of it a hole.
     *
     * @return where ranges of the file are best cut
     */
    public RangeBoundaries beginLarge(byte[] name, Directory target, byte[] targetName, long bytes, CopyContext context)
            throws FileException {
        ByteBuffer cuts = RangeBoundaries.struct();
        FileException.check(
                Native.beginLarge(descriptor, name, target.descriptor, targetName, bytes, context.buffer(), cuts));
        return RangeBoundaries.of(cuts);
    }

    /** Whether this directory is on Lustre. */
    public boolean isLustre() {
        return Native.isLustre(descriptor);
    }

    /**
     * Gives another directory this one's layout for new files.
     *
     * @param exactly whether the target's layout is removed if this directory has none
     */
    public void copyDefaultLayout(Directory target, boolean exactly, CopyContext context) {
        Native.copyDefaultLayout(descriptor, target.descriptor, exactly, context.buffer());
    }

    /**
     * Copies entries of this directory, none of them a directory, to another one, and writes each outcome into its
     * record.
     *
     * <p>If the context wants data to stay in memory, {@code io} then holds the data of regular files and the paths in
     * symbolic links that were copied, one after the other, each at a multiple of 8 and of length
     * {@link Entry#contentBytes}. The call ends before the first entry for which there is no more room.
     *
     * @param position of the first record
     * @param bytes of records from there on
     * @param targetName the name to give to the only entry, or null to keep each one's own
     * @param changes direct: gets what became of each entry, {@link Changes} of 16 bits each; null if nobody asks
     * @return how many bytes of records have an outcome; at least one record's
     */
    public int copyEntries(
            Directory target,
            ByteBuffer records,
            int position,
            int bytes,
            byte @Nullable [] targetName,
            CopyContext context,
            ByteBuffer io,
            @Nullable ByteBuffer changes)
            throws FileException {
        return FileException.check(
                Operation.COPY,
                Native.copyEntries(
                        descriptor,
                        target.descriptor,
                        records,
                        position,
                        bytes,
                        targetName,
                        context.buffer(),
                        io,
                        changes));
    }

    /**
     * Copies a range of a file of this directory into an existing file of another one.
     *
     * @param dataMax bound on the data that is copied, holes aside
     * @return bytes that are done; less than asked for at the end of the source, after {@code dataMax} bytes of data,
     *     or when stopped
     */
    public long copyRange(
            byte[] name,
            Directory target,
            byte[] targetName,
            long offset,
            long bytes,
            long dataMax,
            CopyContext context,
            ByteBuffer io)
            throws FileException {
        return between(
                name,
                target,
                targetName,
                context,
                (in, out) -> Native.copyRange(in, out, offset, bytes, dataMax, context.buffer(), io));
    }

    /** Opens a file of this directory to read pieces of it. */
    public SourceFile source(byte[] name, CopyContext context) throws FileException {
        return new SourceDescriptor(
                FileException.check(Operation.OPEN, Native.openForReading(descriptor, name)), context);
    }

    /** Opens a file of this directory that was written and flushed, to read it back. */
    public VerifyFile readBack(byte[] name, CopyContext context) throws FileException {
        return new VerifyDescriptor(
                FileException.check(Operation.VERIFY, Native.openForReading(descriptor, name)), context);
    }

    /** Flushes this directory, so that its entries are on the device or server. */
    public void flush() throws FileException {
        FileException.check(Operation.FLUSH, Native.flush(descriptor, true));
    }

    /** Opens a file of this directory to copy pieces of it into an existing one of another. */
    public SourceFile pair(byte[] name, Directory target, byte[] targetName, CopyContext context) throws FileException {
        int in = FileException.check(Operation.OPEN, Native.openForReading(descriptor, name));
        try {
            int out = FileException.check(Operation.CREATE, Native.openForWriting(target.descriptor, targetName));
            return new CopyPair(in, out, context);
        } catch (FileException e) {
            Native.close(in);
            throw e;
        }
    }

    /**
     * Makes a file of another directory, as {@link #beginLarge} leaves it, share the data of a file of this one
     * (FICLONE).
     *
     * @return whether that succeeded; if not, the data must be copied
     */
    public boolean cloneFile(byte[] name, Directory target, byte[] targetName, CopyContext context)
            throws FileException {
        return between(name, target, targetName, context, (in, out) -> Native.cloneFile(in, out, context.buffer())) > 0;
    }

    /** A native call on two open files; returns a count or {@code -errno}. */
    private interface Transfer {
        long apply(int in, int out);
    }

    /** Opens a file of this directory and an existing one of another, for one transfer of data. */
    private long between(byte[] name, Directory target, byte[] targetName, CopyContext context, Transfer transfer)
            throws FileException {
        int in = FileException.check(Operation.OPEN, Native.openForReading(descriptor, name));
        try {
            int out = FileException.check(Operation.CREATE, Native.openForWriting(target.descriptor, targetName));
            long done;
            int flushed = 0;
            int closed;
            try {
                done = transfer.apply(in, out);
                flushed = done > 0 ? context.flushData(out) : 0;
            } finally {
                closed = Native.close(out);
            }
            FileException.check(done);
            FileException.check(Operation.FLUSH, flushed);
            FileException.check(Operation.CLOSE, closed);
            return done;
        } finally {
            Native.close(in);
        }
    }

    /**
     * Completes a file whose data is in place in {@code target} under a temporary name.
     *
     * @param record of the source in this directory, in a direct buffer
     * @param acceptChanged whether to finish it although the source has changed
     * @return {@code DONE}; {@code CHANGED} if the source has changed and nothing was done; {@code KEPT} if the name has
     *     become that of an entry that is kept, and the temporary file is gone
     */
    public Outcome finishFile(
            Directory target,
            ByteBuffer record,
            byte[] temporaryName,
            byte[] targetName,
            boolean acceptChanged,
            CopyContext context)
            throws FileException {
        context.acceptChanged(acceptChanged);
        int result =
                Native.finishFile(descriptor, target.descriptor, record, temporaryName, targetName, context.buffer());
        return Outcome.of(FileException.check(result));
    }

    /**
     * Gives this directory the attributes and times of {@code record}, in a direct buffer.
     *
     * @param source the directory to take extended attributes from; null where none are preserved
     */
    public void finish(@Nullable Directory source, ByteBuffer record, CopyContext context) throws FileException {
        int from = source == null ? NO_FILE : source.descriptor;
        FileException.check(Native.finishDirectory(from, descriptor, record, context.buffer()));
    }

    /**
     * Finds out what becomes of an existing entry of another directory that has the name of one of this directory. If it
     * is up to date, the attributes in which it differs are set.
     *
     * @param record of the entry of this directory, in a direct buffer
     * @param changes direct: gets what is set of an entry that is up to date, {@link Changes} of 16 bits; null if nobody
     *     asks
     * @return {@code UP_TO_DATE}, {@code KEPT}, or {@code DONE}: it has to be copied, or there is none
     */
    public Outcome update(
            Directory target, ByteBuffer record, byte[] targetName, CopyContext context, @Nullable ByteBuffer changes)
            throws FileException {
        return Outcome.of(FileException.check(
                Native.update(descriptor, target.descriptor, record, targetName, context.buffer(), changes)));
    }

    /**
     * Whether an entry of this directory is kept although it differs from one that would be copied; false if there is
     * none.
     *
     * @param record of the entry that would be copied, in a direct buffer
     * @param lookOnly whether nothing may be created to measure how finely this file system keeps times
     */
    public boolean keeps(ByteBuffer record, byte[] name, boolean lookOnly, CopyContext context) throws FileException {
        return FileException.check(Native.keeps(descriptor, record, name, lookOnly, context.buffer())) > 0;
    }

    /**
     * The {@link Changes} if a new entry, copied from this directory, takes a name in another one.
     *
     * @param record of the entry of this directory, in a direct buffer
     * @param lookOnly whether nothing may be created to measure how finely the target keeps times
     */
    public int changesByMaking(
            Directory target, ByteBuffer record, byte[] targetName, boolean lookOnly, CopyContext context)
            throws FileException {
        return FileException.check(
                Native.changesByMaking(descriptor, target.descriptor, record, targetName, lookOnly, context.buffer()));
    }

    /**
     * Finds out what copying entries of this directory would do, and writes the expected outcome into each record:
     * {@code DONE}: would be created or replaced, {@code UP_TO_DATE}: would be left alone.
     *
     * @param target null if there is no such directory yet
     * @param records from the start of a direct buffer
     * @param targetName the name of the only entry there, or null
     * @param changes direct: gets what would become of each entry, {@link Changes} of 16 bits each
     */
    public void lookAt(
            @Nullable Directory target,
            ByteBuffer records,
            int bytes,
            byte @Nullable [] targetName,
            CopyContext context,
            ByteBuffer changes)
            throws FileException {
        int there = target == null ? NO_FILE : target.descriptor;
        FileException.check(
                Operation.STAT,
                Native.lookAtEntries(descriptor, there, records, bytes, targetName, context.buffer(), changes));
    }

    /**
     * Finds out in a dry run what {@link #finish} would change, see {@link Changes}, and what it could not preserve.
     *
     * @param source as in {@link #finish}
     * @param target null if it would be created
     */
    public static int differenceBetween(
            @Nullable Directory source, @Nullable Directory target, ByteBuffer record, CopyContext context)
            throws FileException {
        int from = source == null ? NO_FILE : source.descriptor;
        int to = target == null ? NO_FILE : target.descriptor;
        return FileException.check(Native.lookAtDirectory(from, to, record, context.buffer(), true));
    }

    /** As {@link #differenceBetween}, but counts nothing: {@link #finish} will. */
    public static int changesBetween(
            @Nullable Directory source, Directory target, ByteBuffer record, CopyContext context) throws FileException {
        int from = source == null ? NO_FILE : source.descriptor;
        return FileException.check(Native.lookAtDirectory(from, target.descriptor, record, context.buffer(), false));
    }

    /**
     * Whether this directory may fold this name together with another one (it ignores case); {@link #refuseTaken}
     * decides.
     */
    public boolean mayBeTaken(byte[] name) throws FileException {
        return FileException.check(Operation.TAKEN, Native.mayBeTaken(descriptor, name)) > 0;
    }

    /**
     * The name in this directory of a target's entry whose name it does not list, where the target folds the two names
     * together.
     *
     * @return the name; empty if there is no such entry
     */
    public byte[] spelling(Directory target, byte[] name) throws FileException {
        ByteBuffer spelling = ByteBuffer.allocateDirect(PATH_MAX + 1);
        int bytes = Native.spellingIn(descriptor, target.descriptor, name, spelling);
        byte[] found = new byte[FileException.check(Operation.TAKEN, bytes)];
        spelling.get(0, found);
        return found;
    }

    /**
     * Fails if the target's entry of this name belongs to another entry of this directory, because the target folds the
     * two names together.
     */
    public void refuseTaken(Directory target, byte[] name) throws FileException {
        FileException.check(Native.refuseTaken(descriptor, target.descriptor, name));
    }

    /** Fails if nothing can be created in this directory, as far as that is known without trying. */
    public void checkRoom(Operation operation) throws FileException {
        FileException.check(operation, Native.lookForRoom(descriptor));
    }

    /** Fails if an entry of this directory cannot be deleted or replaced, as far as that is known without trying. */
    public void checkRemoval(Operation operation, byte[] name) throws FileException {
        FileException.check(operation, Native.lookForRemoval(descriptor, name));
    }

    /**
     * Looks up in this directory the names of another one's records: a byte for each record, the type of the entry with
     * this name here, or 0.
     *
     * @param types direct, with a byte for each record
     */
    public void typesOf(ByteBuffer records, int bytes, ByteBuffer types) throws FileException {
        FileException.check(Operation.STAT, Native.typesOf(descriptor, records, bytes, types));
    }

    /**
     * Creates a hard link to an entry of this directory in another one.
     *
     * @param isOurs whether {@link #refuseTaken} has been called for the entry that has that name already; if not, and
     *     it must be, this fails with {@link Operation#TAKEN}
     * @return false if it was a link to the entry already
     */
    public boolean link(byte[] name, Directory target, byte[] targetName, boolean isOurs, CopyContext context)
            throws FileException {
        return FileException.check(
                        Native.link(descriptor, name, target.descriptor, targetName, isOurs, context.buffer()))
                == 0;
    }

    /**
     * Reads the content of an entry of this directory: the data of a regular file, the path in a symbolic link.
     *
     * @param record in a direct buffer; says the type and the length of a file
     * @return bytes in {@code io}
     */
    public int readContent(byte[] name, ByteBuffer record, ByteBuffer io) throws FileException {
        return FileException.check(Native.readContent(descriptor, name, record, io));
    }

    /**
     * Reads the contents of entries of this directory, none of them a directory, and writes each outcome into its
     * record. The contents are left in {@code io} as by {@link #copyEntries}.
     *
     * @param position of the first record
     * @param bytes of records from there on
     * @return how many bytes of records have an outcome; at least one record's
     */
    public int readEntries(ByteBuffer records, int position, int bytes, CopyContext context, ByteBuffer io)
            throws FileException {
        return FileException.check(
                Operation.READ, Native.readEntries(descriptor, records, position, bytes, context.buffer(), io));
    }

    /** Tries which methods and attributes work between this directory and a target; leaves nothing behind. */
    public Probe probe(Directory target, CopyContext context) throws FileException {
        Probe probe = new Probe();
        FileException.check(Native.probe(descriptor, target.descriptor, context.buffer(), probe.buffer()));
        return probe;
    }

    /** Adds a holder: the descriptor is closed when every holder has called {@link #close}. */
    public Directory share() {
        holders.incrementAndGet();
        return this;
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            Native.close(descriptor);
        }
    }
}
