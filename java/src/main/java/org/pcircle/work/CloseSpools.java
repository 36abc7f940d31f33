package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Item;

/**
 * At every rank but rank 0, when nothing is read back any more: closes the files of this rank's spools, which rank 0 takes away
 * afterwards. What is unlinked while it is open stays in its directory under another name on some file systems (see
 * {@link org.pcircle.fs.Lingering}).
 */
record CloseSpools() implements LocalItem {

    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(Workbench bench, Result result) {
        bench.state().closeSpools();
    }
}
