package org.pcircle.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Entry;

class HardLinkNamesTest {

    private static final int INODE_OFFSET = 56;
    private static final int RANKS = 65_536;

    @Test
    void noNamesAreNoNotice() {
        assertThat(HardLinkNames.toOwners(List.of(), RANKS)).isEmpty();
    }

    @Test
    void eachNameGoesToTheRankThatBringsItsEntryTogetherAndNothingToTheOthers() {
        List<HardLinkName> names = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            names.add(name("name" + i, i / 3));
        }

        List<Notice.Addressed> notices = HardLinkNames.toOwners(names, RANKS);

        assertThat(notices)
                .extracting(Notice.Addressed::to)
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(20);
        List<HardLinkName> arrived = new ArrayList<>();
        for (Notice.Addressed addressed : notices) {
            HardLinkNames found = (HardLinkNames) addressed.notice();
            assertThat(found.names()).allMatch(name -> name.owner(RANKS) == addressed.to());
            arrived.addAll(found.names());
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void manyNamesOfOneOwnerAreSpreadOverNotices() {
        List<HardLinkName> names = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            names.add(name("name" + i, 7));
        }

        List<Notice.Addressed> notices = HardLinkNames.toOwners(names, RANKS);

        assertThat(notices).hasSizeGreaterThan(1);
        assertThat(notices.stream().flatMap(notice -> ((HardLinkNames) notice.notice()).names().stream()))
                .containsExactlyElementsOf(names);
    }

    private static HardLinkName name(String name, long inode) {
        byte[] record = Samples.record(name, Entry.REGULAR, 3);
        ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).putLong(INODE_OFFSET, inode);
        assertThat(Entry.of(record).inode()).isEqualTo(inode);
        return new HardLinkName(1, Samples.DIRECTORY, record);
    }
}
