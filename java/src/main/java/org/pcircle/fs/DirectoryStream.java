package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A directory that is listed one buffer at a time, as with readdir(3), telldir(3) and seekdir(3). */
public interface DirectoryStream extends AutoCloseable {

    /**
     * The result of reading one buffer of a directory.
     *
     * @param bytes of entry records
     * @param atEnd whether there are no more entries
     */
    record Listed(int bytes, boolean atEnd) {}

    /** Describes the next entries of this directory, as records at the start of {@code buffer}. */
    Listed list(ByteBuffer buffer) throws FileException;

    /**
     * The offset of the listing, from which another descriptor can continue; empty where the file system has no lasting
     * offsets.
     */
    OptionalLong position() throws FileException;

    /** Continues the listing at an offset of another descriptor. */
    void goTo(long position) throws FileException;

    /** The record of one entry of this directory, or of the directory itself for an empty name. */
    byte[] describe(byte[] name) throws FileException;

    @Override
    void close();
}
