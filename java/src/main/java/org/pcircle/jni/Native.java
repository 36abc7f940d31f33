package org.pcircle.jni;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The native accelerator, function by function: declarations only.
 *
 * <p>Every function returns a count, a descriptor or 0, and on failure {@code -errno}, or a failure that
 * names the operation, too, if it says so ({@code failure.h}); none throws. Paths and
 * names are bytes without a terminating NUL. Buffers are direct, in native byte order, and stay the caller's;
 * a function never keeps a reference to one. All functions may be called from any thread, as long as no two
 * threads share a buffer. {@code org.pcircle.fs} is the only caller and says what the results mean.
 *
 * <p>The layouts of an <em>entry record</em> and of a <em>copy context</em> are drawn in
 * {@code native/src/main/c/record/entry.h} and {@code context.h}, and mirrored by {@code org.pcircle.fs.Entry} and
 * {@code org.pcircle.fs.CopyContext}.
 */
public final class Native {

    static {
        String library = System.getProperty("pcircle.native");
        if (library != null) {
            System.load(library);
        } else {
            System.loadLibrary("pcircle");
        }
    }

    private Native() {}

    /** How this library was built: the compiler flags and the optional parts that were found, on one line. */
    public static native String features();

    /** Whether a program that was compiled for x86-64-v3 (AVX2, BMI2) runs here; true on processors of other kinds. */
    public static native boolean runsX86V3();

    /** Sets the process's file mode creation mask and returns the old one, as umask(2). */
    public static native int umask(int mask);

    /** Columns of the terminal that is a descriptor, 0 if it does not say. */
    public static native int terminalColumns(int descriptor);

    /** Whether Lustre's own library is there, and has what is needed of it. */
    public static native boolean hasLustreApi();

    /** The length of {@code struct pc_probe}. */
    public static final int PROBE_BYTES = 48;

    /**
     * Tries out what can be done between two directories, and writes it into {@code probe}, a {@code struct pc_probe}.
     */
    public static native int probe(int sourceDir, int targetDir, ByteBuffer context, ByteBuffer probe);

    /** Opens the directory at a path as the user typed it: symbolic links are followed. */
    public static native int openDirectory(byte[] path);

    /**
     * The absolute path of an open directory, without symbolic links.
     *
     * @return its bytes in {@code path}, or {@code -errno}; {@code -ENAMETOOLONG} if there is no room
     */
    public static native int realPath(int dir, ByteBuffer path);

    /**
     * Opens the directory at {@code path} below {@code root}; no component may be a symbolic link or {@code ..}. The
     * path may be longer than PATH_MAX; an empty one or {@code .} opens {@code root} itself anew.
     */
    public static native int openBeneath(int root, byte[] path);

    /** Opens the regular file {@code name} of directory {@code dir} for reading, not following a symbolic link. */
    public static native int openForReading(int dir, byte[] name);

    /** Opens the existing regular file {@code name} of {@code dir} for writing, not following a symbolic link. */
    public static native int openForWriting(int dir, byte[] name);

    /** The length of {@code struct pc_range_boundaries}. */
    public static final int CUTS_BYTES = 264;

    /**
     * Creates the target of a file that is copied in ranges, which must not exist, with mode 0600, the layout that the
     * context chooses and the given length, all hole.
     *
     * @param cuts takes {@code struct pc_range_boundaries}: a count i32, and from 8 on pairs of i64, where a stretch ends and its
     *     unit
     * @return 0 or a failure
     */
    public static native int beginLarge(
            int sourceDir,
            byte[] sourceName,
            int targetDir,
            byte[] targetName,
            long bytes,
            ByteBuffer context,
            ByteBuffer cuts);

    /** Whether something open is on Lustre. */
    public static native boolean isLustre(int descriptor);

    /** Gives an open directory the layout for new files of another; what cannot be is noted in the context. */
    public static native void copyDefaultLayout(int source, int target, boolean exactly, ByteBuffer context);

    /** Creates a directory, as mkdirat(2). */
    public static native int makeDirectory(int dir, byte[] name, int mode);

    /** Removes a non-directory, as unlinkat(2). */
    public static native int unlink(int dir, byte[] name);

    /** Which of descriptors 1, 2 and 0 is the file at a path, as {@code user_file.h} says; -ENOENT if none is. */
    public static native int standardDescriptor(byte[] path, boolean launched);

    /** Whether a descriptor is open for writing: 0 or -EBADF. */
    public static native int checkWritable(int descriptor);

    /** Opens a file that the user has named, to be read once from its beginning; it may be a pipe. */
    public static native int openInput(byte[] path);

    /**
     * Reads up to {@code bytes} from where a file stands, or from a pipe what there is; 0 at its end.
     *
     * @return -EAGAIN if there was nothing for so many milliseconds, -EINTR if a signal came
     */
    public static native int readOn(int file, ByteBuffer buffer, int bytes, int waitMs);

    /** Whether a file can be written at a path, without changing anything: 0 or -errno. */
    public static native int checkOutput(byte[] path);

    /**
     * Opens the file at a path for writing, empty or to be added to, and creates it if it does not exist; -ENXIO for a
     * FIFO that nobody reads.
     *
     * @param mode permission bits of a new file, less the process's umask
     */
    public static native int openOutput(byte[] path, int mode, boolean append);

    /**
     * Begins a file that is to take the place of the one at a path.
     *
     * @param beside takes its path with a NUL
     * @return its descriptor; -errno if the file has to be written in its place
     */
    public static native int beginBeside(byte[] path, int mode, ByteBuffer beside);

    /** Gives such a file its name. */
    public static native int putInPlace(int file, ByteBuffer beside, byte[] path);

    /** Unlinks such a file. */
    public static native int takeBesideAway(ByteBuffer beside);

    /** Whether nobody could read any more from the pipe that is this descriptor. */
    public static native boolean isReaderGone(int descriptor);

    /** Removes an empty directory, as unlinkat(2) with AT_REMOVEDIR. */
    public static native int removeDirectory(int dir, byte[] name);

    /**
     * Opens the regular file {@code name} of {@code dir} for reading and writing, not following a symbolic link, and
     * creates it with mode 0600 if it does not exist.
     */
    public static native int openOrCreate(int dir, byte[] name);

    /** Writes all of the first {@code bytes} of a direct buffer to where the file, or pipe, stands. */
    public static native int writeOn(int file, ByteBuffer buffer, int bytes);

    /**
     * Writes the first {@code bytes} of a buffer at an offset of a file.
     *
     * @return {@code bytes}: all or an error
     */
    public static native int writeAt(int file, ByteBuffer buffer, int bytes, long offset);

    /**
     * Reads {@code bytes} at an offset of a file to the start of a buffer.
     *
     * @return bytes read, fewer only at the file's end
     */
    public static native int readAt(int file, ByteBuffer buffer, int bytes, long offset);

    /**
     * Waits until an open file's data is where it is kept, or until all of an open file or directory is.
     *
     * @param all whether its attributes and times count, too
     */
    public static native int flush(int descriptor, boolean all);

    /**
     * Gives a file its first {@code bytes}, zeros where it has none yet, so that there is room for them:
     * posix_fallocate(3). Returns 0 or −errno.
     */
    public static native int allocate(int descriptor, long bytes);

    /** Writes all that the kernel has not yet written of the file system that a descriptor is of: syncfs(2). */
    public static native int flushFileSystem(int descriptor);

    /**
     * Notes SIGTERM, SIGINT, SIGUSR1, SIGUSR2, SIGXCPU and, unless it is ignored, SIGHUP from now on, instead of ending
     * the process; but a SIGINT behind another of them ends it.
     */
    public static native int catchSignals();

    /** The first of these signals that came; 0 if none did. */
    public static native int caughtSignal();

    /** Holds back what anybody in this process prints on stdout and stderr, as far as that is possible. */
    public static native void holdOutput();

    /** Ends {@link #holdOutput} and prints the output held back. */
    public static native void releaseOutput();

    /** Ends {@link #holdOutput} and discards the output held back. */
    public static native void dropOutput();

    /** Locks a file for as long as it is open; {@code -EAGAIN} if another process has it. */
    public static native int lock(int file);

    public static native int isLocked(int file);

    /** Gives an entry of a directory another name there, in place of what has it. */
    public static native int rename(int dir, byte[] oldName, byte[] newName);

    /** What {@link #readBack} wants its memory and offset aligned to. */
    public static final int READ_BACK_ALIGNMENT = 4096;

    /**
     * Reads data that was flushed past the page cache. The descriptor is good for nothing else afterwards.
     *
     * @param buffer with room for {@code bytes} rounded up to the alignment
     * @return bytes read, fewer only at the file's end
     */
    public static native int readBack(int file, ByteBuffer buffer, int bytes, long offset);

    /** Makes a range of a file a hole again, where that can be. */
    public static native int clearRange(int file, long offset, long bytes);

    /** Whether something open is kept by a server. */
    public static native boolean isRemote(int descriptor);

    /** Whether something open is on a file system that has nothing but the page cache. */
    public static native boolean isInMemory(int descriptor);

    /** Closes a descriptor; the error of a delayed write comes back here. */
    public static native int close(int descriptor);

    /**
     * Describes one entry: writes its entry record at the start of {@code record} and returns the record's length.
     *
     * @param name relative to {@code dir}, or an absolute path; empty means {@code dir} itself
     * @param follow whether a symbolic link at the end of the name is followed
     */
    public static native int describe(int dir, byte[] name, boolean follow, ByteBuffer record);

    /**
     * Reads the next entries of a directory and describes each: getdents64 and a statx per entry.
     *
     * @return bytes of entry records written to the start of {@code buffer}, a multiple of 8; plus {@link #LIST_END}
     *     once there are no more entries
     */
    public static native int list(int dir, ByteBuffer buffer);

    /** {@code PC_LIST_END} of {@code list_directory.h}. */
    public static final int LIST_END = 1;

    /**
     * The offset of a listing, from which another descriptor can resume it; -EOPNOTSUPP where the file system does not
     * allow that.
     */
    public static native long position(int dir);

    /** Resumes the listing of an open directory at a position. */
    public static native int goToPosition(int dir, long position);

    /**
     * Copies entries that are not directories from one directory to another, where none of them may exist yet.
     *
     * @param records {@code bytes} bytes of entry records from {@code position}; the outcome of each is written
     *     into it
     * @param targetName name to give the only entry of {@code records}, or null to keep each one's own
     * @param context what to preserve and how to copy; updated
     * @param io memory for file data, of at least 64 KiB
     * @param changes what became of each entry, {@code enum pc_change}, 16 bits each; null: nobody asks
     * @return how many bytes of records have an outcome: all, unless the context wants data to stay in {@code io} and
     *     there is no more room; then at least one record's
     */
    public static native int copyEntries(
            int sourceDir,
            int targetDir,
            ByteBuffer records,
            int position,
            int bytes,
            byte @Nullable [] targetName,
            ByteBuffer context,
            ByteBuffer io,
            @Nullable ByteBuffer changes);

    /**
     * Copies a range between two open files at equal offsets. Where the target gets a hole nothing is written: its
     * range must read as zeros before.
     *
     * @param dataMax no more data than this is copied, holes aside
     * @return bytes of the range that are done; fewer than asked at the source's end, after so much data, or when the
     *     context says stop; or a failure
     */
    public static native long copyRange(
            int source, int target, long offset, long bytes, long dataMax, ByteBuffer context, ByteBuffer io);

    /**
     * Copies a piece that fits in {@code io} between two open files at equal offsets; {@code io} holds it afterwards,
     * zeros where it has holes. Where the target gets a hole nothing is written.
     *
     * @return bytes of the piece; fewer than asked at the source's end; or a failure
     */
    public static native long copyViaBuffer(
            int source, int target, long offset, long bytes, ByteBuffer context, ByteBuffer io);

    /**
     * Where an open file's next data begins, from an offset on; {@code end} if there is none before that; or a failure.
     */
    public static native long nextData(int source, long offset, long end, ByteBuffer context);

    /**
     * Makes an open file, empty or with as much of hole as the source has bytes, share all of the source's data.
     *
     * @return bytes it has now; 0 if that can't be and its data must be copied; or a failure
     */
    public static native long cloneFile(int source, int target, ByteBuffer context);

    /**
     * Completes a file whose data is in place: compares the source with {@code record}, gives the target its attributes
     * and times, and renames it to its final name.
     *
     * @return 0; 1 if the source has changed, and nothing was done; or a failure
     */
    public static native int finishFile(
            int sourceDir,
            int targetDir,
            ByteBuffer record,
            byte[] temporaryName,
            byte[] targetName,
            ByteBuffer context);

    /**
     * The final mode of an existing directory where modes are not preserved; {@code target_mode.h}.
     *
     * @param name in {@code dir}; empty means {@code dir} itself
     * @param made whether this run has just created it
     * @return the permission bits, or {@code -errno}
     */
    public static native int targetDirectoryMode(
            int dir, byte[] name, int sourceMode, boolean made, ByteBuffer context);

    /**
     * Whether an earlier attempt of a resumed run created a directory, as far as its birth time tells; {@code
     * target_mode.h}.
     *
     * @param name in {@code dir}; empty means {@code dir} itself
     * @return 1 if so, else 0, or {@code -errno}
     */
    public static native int isDirectoryOfThisRun(int dir, byte[] name, ByteBuffer context);

    /**
     * Adds to the mode of a directory what its owner needs to list, enter and fill it; {@code mode.h}.
     *
     * @return 1 and the permission bits that it had, 0 if they were not changed, or {@code -errno}
     */
    public static native int letOwnerFill(int dir, byte[] name);

    /**
     * Takes back what {@link #letOwnerFill} did; {@code mode.h}.
     *
     * @param filled what it returned
     * @return 0 or {@code -errno}
     */
    public static native int closeToOwner(int dir, byte[] name, int filled);

    /**
     * Gives an open directory the attributes and times of {@code record}.
     *
     * @param source the open directory to take extended attributes from; -1 where none are preserved
     * @return 0 or a failure
     */
    public static native int finishDirectory(int source, int target, ByteBuffer record, ByteBuffer context);

    /**
     * What a run would do with the entries of {@code bytes} of records: writes the outcome of each into it, and into
     * {@code changes} what would become of each, as in {@link #copyEntries}.
     *
     * @param targetDir -1 where there is none
     * @param targetName of the only entry; null: each keeps its own
     * @return how many there are
     */
    public static native int lookAtEntries(
            int sourceDir,
            int targetDir,
            ByteBuffer records,
            int bytes,
            byte @Nullable [] targetName,
            ByteBuffer context,
            ByteBuffer changes);

    /**
     * What finishing an open directory would change.
     *
     * @param target -1 if it would be made
     * @param source as in {@link #finishDirectory}
     * @param counts whether what cannot be preserved is counted
     * @return {@code enum pc_change}, or-ed; or a failure
     */
    public static native int lookAtDirectory(
            int source, int target, ByteBuffer record, ByteBuffer context, boolean counts);

    public static native int effectiveUserId();

    /** Whether something can be made in a directory, as far as can be told: 0, or why not. */
    public static native int lookForRoom(int dir);

    /** Whether an entry of a directory can be taken away or replaced, as far as can be told: 0, or why not. */
    public static native int lookForRemoval(int dir, byte[] name);

    /**
     * Looks up the names of {@code bytes} of entry records in another directory: a byte for each, its type there or 0.
     *
     * @return how many there are
     */
    public static native int typesOf(int dir, ByteBuffer records, int bytes, ByteBuffer types);

    /**
     * Gives an entry a second name, in another directory or the same.
     *
     * @param isOurs whether it is known that what has the name already is nobody else's
     * @return 0; 1 if it was a name of it already; or a failure
     */
    public static native int link(
            int fromDir, byte[] fromName, int toDir, byte[] toName, boolean isOurs, ByteBuffer context);

    /** Whether a directory may take this name for another: 1 or 0. */
    public static native int mayBeTaken(int dir, byte[] name);

    /**
     * How a source spells an entry of the target whose name it does not list.
     *
     * @param spelling direct; gets the name
     * @return the bytes of the name; 0: it has no such entry
     */
    public static native int spellingIn(int sourceDir, int targetDir, byte[] name, ByteBuffer spelling);

    /** Fails if what has this name in the target is there for another entry of the source directory: 0 or a failure. */
    public static native int refuseTaken(int sourceDir, int targetDir, byte[] name);

    /**
     * Reads what an entry holds: the data of a regular file, which must be as long as {@code record} says, the path in
     * a symbolic link, of others nothing.
     *
     * @return bytes at the start of {@code io}, or a failure
     */
    public static native int readContent(int dir, byte[] name, ByteBuffer record, ByteBuffer io);

    /**
     * Reads what entries that are not directories hold into {@code io}, one after the other, each at a multiple of 8.
     *
     * @param records {@code bytes} bytes of entry records from {@code position}; the outcome of each is written into it
     * @return how many bytes of records have an outcome: all, unless there is no more room in {@code io}; then at least
     *     one record's
     */
    public static native int readEntries(
            int dir, ByteBuffer records, int position, int bytes, ByteBuffer context, ByteBuffer io);

    /**
     * Whether an earlier attempt of a resumed run has finished an entry.
     *
     * @param record of the source, brought up to date
     * @return 1 if so, 0 if not, or a failure
     */
    public static native int isFinished(
            int sourceDir, int targetDir, ByteBuffer record, byte[] targetName, ByteBuffer context);

    /**
     * Whether an existing entry of the target directory is kept although it differs from a record of the source.
     *
     * @param lookOnly whether nothing may be created in the target to measure how finely it keeps times
     * @return 1 if so, 0 if not, or a failure
     */
    public static native int keeps(
            int targetDir, ByteBuffer record, byte[] targetName, boolean lookOnly, ByteBuffer context);

    /**
     * Whether an entry of the target directory is up to date with a record of the source directory, or kept; if it is up
     * to date, what else differs is set.
     *
     * @param changes what is set, as in {@link #copyEntries}; null: nobody asks
     * @return the outcome of what is left alone, 0 if the entry has to be copied, or a failure
     */
    public static native int update(
            int sourceDir,
            int targetDir,
            ByteBuffer record,
            byte[] targetName,
            ByteBuffer context,
            @Nullable ByteBuffer changes);

    /**
     * What becomes of an entry of the target directory if a new one takes its name.
     *
     * @param lookOnly as in {@link #keeps}
     * @return {@code enum pc_change}, or-ed; or a failure
     */
    public static native int changesByMaking(
            int sourceDir, int targetDir, ByteBuffer record, byte[] targetName, boolean lookOnly, ByteBuffer context);

    /**
     * Has the calls of this thread that wait for something give up when this context says stop; null: they only wait as
     * long as they may. The context must live until another one, or none, takes its place.
     */
    public static native int heed(@Nullable ByteBuffer context);

    /**
     * Looks where a regular file ends, and corrects its record if its status does not say; {@code pc_measure} of
     * {@code read_entries.h}.
     *
     * @return 1 if the record was corrected, 0 if not, or a failure
     */
    public static native int measure(int dir, ByteBuffer record, ByteBuffer context, ByteBuffer io);
}
