package org.pcircle.cli.job;

import java.util.concurrent.locks.LockSupport;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.StateDirectory;
import org.pcircle.plan.UsageException;
import org.pcircle.work.CheckpointFiles;

/** Takes the lock of a stopped run, which says whether it is dead. */
final class RunLock {

    private static final long WAIT_NS = 3_000_000_000L;
    private static final long LOOK_NS = 20_000_000L;

    private RunLock() {}

    /**
     * Locks a run, so that nobody else resumes it. Waits a while for the lock of a run that was just killed, as its
     * process ends some time after mpirun.
     *
     * <p>Where files cannot be locked, the user confirms that the run is dead by deleting the lock.
     *
     * @param asked beginning of the message
     * @param ifDead what the user can do if he knows that the run is dead, where files cannot be locked
     * @throws UsageException if the run is alive, or that is unknown
     */
    static OpenFile take(String asked, StateDirectory files, String ifDead) throws UsageException, FileException {
        boolean isSaidToBeDead = !files.files().contains(CheckpointFiles.LOCK);
        OpenFile lock = files.open(CheckpointFiles.LOCK);
        boolean isTaken = false;
        try {
            long startNs = System.nanoTime();
            while (!lock.lock()) {
                if (System.nanoTime() - startNs > WAIT_NS) {
                    throw new UsageException(asked + ": this run is still going on, on this host or another");
                }
                LockSupport.parkNanos(LOOK_NS);
            }
            isTaken = true;
            return lock;
        } catch (FileException e) {
            isTaken = isSaidToBeDead;
            if (isTaken) {
                return lock;
            }
            throw new UsageException(asked + ": files cannot be locked there (" + Errno.message(e.errno())
                    + "), so nobody can tell whether this run is still going on; if it is not, delete " + ifDead);
        } finally {
            if (!isTaken) {
                lock.close();
            }
        }
    }
}
