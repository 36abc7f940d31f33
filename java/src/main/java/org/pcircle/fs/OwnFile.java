package org.pcircle.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that this program writes for its user, such as the error list: made with the user's creation mask. */
public final class OwnFile {

    private final int creationMask;

    public OwnFile(int creationMask) {
        this.creationMask = creationMask;
    }

    /** Opens a file for writing, empty. */
    public OutputStream create(String name) throws IOException {
        return Channels.newOutputStream(Files.newByteChannel(
                Path.of(name),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(permissions())));
    }

    /** Read and write for all, but what the mask takes away. Bit 8 is the owner's read, bit 1 the others' write. */
    private Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        int mode = 0666 & ~creationMask;
        for (int i = 0; i < fromHighestBit.length; i++) {
            if ((mode & (1 << (fromHighestBit.length - 1 - i))) != 0) {
                permissions.add(fromHighestBit[i]);
            }
        }
        return permissions;
    }
}
