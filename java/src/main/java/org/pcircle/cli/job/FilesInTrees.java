package org.pcircle.cli.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.InputFile;
import org.pcircle.fs.StandardStream;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Root;

/**
 * The files of a run that are in the trees it reads, where they would enter the signature. They are identified by path,
 * which is the same for all ranks and known for missing files. A symbolic link to one is not the file.
 */
final class FilesInTrees {

    private static final byte[] HERE = {'.'};

    private FilesInTrees() {}

    /**
     * The paths of such files, from the top of the trees.
     *
     * @param files regular files, existing or to be created; others are ignored
     */
    static List<byte[]> among(Collection<byte[]> files, List<Root> roots) {
        Set<TreePath> found = new LinkedHashSet<>();
        List<byte[]> places = new ArrayList<>();
        for (byte[] file : files) {
            add(placeOf(file), places);
        }
        add(StandardStream.regularFile(StandardStream.OUTPUT), places);
        add(StandardStream.regularFile(StandardStream.ERROR), places);
        for (Root root : roots) {
            byte[] top = Entry.of(root.record()).isDirectory()
                    ? realPath(root.source().show(TreePath.TOP))
                    : null;
            for (byte[] place : places) {
                TreePath below = top == null ? null : below(place, top);
                if (below != null) {
                    found.add(
                            roots.size() == 1
                                    ? below
                                    : below.below(root.target().name()));
                }
            }
        }
        return found.stream().map(TreePath::bytes).toList();
    }

    private static void add(byte @Nullable [] place, List<byte[]> places) {
        if (place != null) {
            places.add(place);
        }
    }

    private static byte @Nullable [] placeOf(byte[] file) {
        if (FileIdentity.of(file).isEmpty()) {
            return null;
        }
        if (isLink(file)) {
            return whereItLeads(file);
        }
        byte[] name = new TreePath(file).name();
        byte[] holder = realPath(Arrays.copyOf(file, file.length - name.length));
        return holder == null ? null : TreePath.join(holder, name);
    }

    private static boolean isLink(byte[] file) {
        try {
            return Entry.of(Stat.at(file, false)).type() == Entry.SYMLINK;
        } catch (FileException e) {
            return false; // It does not exist yet.
        }
    }

    private static byte @Nullable [] whereItLeads(byte[] link) {
        try (InputFile file = InputFile.open(link)) {
            return file.realPath();
        } catch (FileException e) {
            return null; // Whoever wants to read it will say so.
        }
    }

    private static byte @Nullable [] realPath(byte[] directory) {
        try (Directory open = Directory.open(directory.length == 0 ? HERE : directory)) {
            return open.realPath();
        } catch (FileException e) {
            return null; // Whoever wants to read it will say so.
        }
    }

    private static @Nullable TreePath below(byte[] place, byte[] top) {
        byte[] start = top.length == 1 ? top : TreePath.join(top, new byte[0]);
        boolean isBelow = place.length > start.length && Arrays.equals(place, 0, start.length, start, 0, start.length);
        return isBelow ? new TreePath(Arrays.copyOfRange(place, start.length, place.length)) : null;
    }
}
