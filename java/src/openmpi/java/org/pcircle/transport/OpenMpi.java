package org.pcircle.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import mpi.Comm;
import mpi.Group;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;
import mpi.Status;
import org.pcircle.circle.Message;
import org.pcircle.circle.MessageCodec;

/**
 * Ranks as processes of one Open MPI job, over the Java bindings: the only class that knows them. One thread makes all
 * MPI calls (MPI_THREAD_FUNNELED), which is many times faster than several. Messages are small, so they are sent and
 * probed for one by one; MPI keeps the order between two ranks.
 */
public final class OpenMpi implements Transport {

    private static final int TAG = 1;

    private final MessageCodec codec;
    private final Intracomm comm;
    private final int rank;
    private final int size;
    private final int[] ranksOfHost;

    /** Sends under way, oldest first; a buffer and its request are held until the send is done. */
    private final ArrayDeque<Sending> sending = new ArrayDeque<>();

    private final MessageBuffers buffers = new MessageBuffers();

    private record Sending(Request request, ByteBuffer buffer) {}

    public OpenMpi(MessageCodec codec) throws MPIException {
        MPI.InitThread(new String[0], MPI.THREAD_FUNNELED);
        this.codec = codec;
        this.comm = MPI.COMM_WORLD;
        this.rank = comm.getRank();
        this.size = comm.getSize();
        this.ranksOfHost = findRanksOfHost();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int[] ranksOfHost() {
        return ranksOfHost.clone();
    }

    @Override
    public void send(int to, Message message) {
        try {
            ByteBuffer buffer = buffers.take(codec.encodedBytes(message));
            codec.write(message, buffer);
            sending.addLast(new Sending(comm.iSend(buffer, buffer.position(), MPI.BYTE, to, TAG), buffer));
        } catch (MPIException e) {
            throw failed(e);
        }
    }

    @Override
    public int poll(Inbox inbox, int limit) {
        try {
            reapSent();
            int delivered = 0;
            while (delivered < limit) {
                Status status = comm.iProbe(MPI.ANY_SOURCE, TAG);
                if (status == null) {
                    break;
                }
                int from = status.getSource();
                inbox.deliver(from, receive(from, status.getCount(MPI.BYTE)));
                delivered++;
            }
            return delivered;
        } catch (MPIException e) {
            throw failed(e);
        }
    }

    @Override
    public void abort(int code) {
        try {
            comm.abort(code);
        } catch (MPIException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            for (Sending left : sending) {
                left.request().waitFor();
            }
            MPI.Finalize();
        } catch (MPIException e) {
            throw failed(e);
        }
    }

    /** Those with which memory could be shared. */
    private int[] findRanksOfHost() throws MPIException {
        Comm ofHost = comm.splitType(Comm.TYPE_SHARED, rank, MPI.INFO_NULL);
        int[] ranks = new int[ofHost.getSize()];
        Arrays.setAll(ranks, i -> i);
        int[] found = Group.translateRanks(ofHost.getGroup(), ranks, comm.getGroup());
        ofHost.free();
        Arrays.sort(found);
        return found;
    }

    private Message receive(int from, int bytes) throws MPIException {
        ByteBuffer buffer = buffers.take(bytes);
        comm.recv(buffer, bytes, MPI.BYTE, from, TAG);
        Message message = codec.read(buffer.limit(bytes));
        buffers.giveBack(buffer);
        return message;
    }

    private void reapSent() throws MPIException {
        Iterator<Sending> oldestFirst = sending.iterator();
        while (oldestFirst.hasNext()) {
            Sending next = oldestFirst.next();
            if (!next.request().test()) {
                return;
            }
            oldestFirst.remove();
            buffers.giveBack(next.buffer());
        }
    }

    private static IllegalStateException failed(MPIException e) {
        return new IllegalStateException("MPI: " + e.getMessage(), e);
    }
}
