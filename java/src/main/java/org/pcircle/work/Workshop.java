package org.pcircle.work;

import java.util.function.Consumer;
import org.pcircle.fs.FileException;
import org.pcircle.plan.Plan;
import org.pcircle.report.Fault;

/** What the workers of one rank share: the roots and the rank's own files, open for as long as the run goes on. */
public final class Workshop implements AutoCloseable {

    private final Plan plan;
    private final Roots roots;
    private final RankState state;
    private final int rank;

    private Workshop(Plan plan, Roots roots, int rank) {
        this.plan = plan;
        this.roots = roots;
        this.state = new RankState(plan, roots, rank);
        this.rank = rank;
    }

    /** Opens the roots of a plan. */
    public static Workshop open(Plan plan, int rank) throws Roots.UnreachableException {
        return new Workshop(plan, Roots.open(plan), rank);
    }

    /** A bench for one more worker. */
    public Workbench newBench() {
        return new Workbench(plan, roots, state, rank);
    }

    Roots roots() {
        return roots;
    }

    /** Takes away what the run has written down for itself. */
    void removeState(Consumer<String> complaints) {
        try {
            state.removeAll();
        } catch (FileException e) {
            complaints.accept("files of the run are left behind: " + Fault.of(state.shownHolder(), e));
        }
    }

    @Override
    public void close() {
        state.close();
        roots.close();
    }
}
