package org.pcircle.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pcircle.jni.Native;
import org.pcircle.report.Counter;

/** What both sides of JNI must say alike, held against the C headers. */
class NativeContractTest {

    private static final Path HEADERS = Path.of("..", "native", "src", "main", "c");

    @Test
    void operationsHaveTheNumbersOfTheCHeader() throws IOException {
        Map<String, Integer> numbers = numbers("record/operation.h", "pc_operation", "PC_");
        assertThat(numbers.remove("NONE")).isZero();
        Map<String, Integer> ours = new TreeMap<>();
        for (Operation operation : Operation.values()) {
            ours.put(operation.name(), operation.number());
            assertThat(Operation.of(operation.number())).isEqualTo(operation);
        }
        assertThat(numbers).isEqualTo(ours);
    }

    @Test
    void outcomesStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("record/outcome.h", "pc_outcome", "PC_")).isEqualTo(names(Outcome.values()));
    }

    @Test
    void changesHaveTheBitsOfTheCHeader() throws IOException, IllegalAccessException {
        Map<String, Integer> bits = new TreeMap<>();
        for (Field field : Changes.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                bits.put(field.getName(), field.getInt(null));
            }
        }
        assertThat(numbers("record/change.h", "pc_change", "PC_")).isEqualTo(bits);
    }

    @Test
    void methodsStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("record/context.h", "pc_method", "PC_")).isEqualTo(names(IoMethod.values()));
    }

    @Test
    void treatmentsOfHolesStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("record/context.h", "pc_sparse", "PC_SPARSE_")).isEqualTo(names(Sparse.values()));
    }

    @Test
    void preservedAttributesStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("record/attribute_kind.h", "pc_kind", "PC_"))
                .isEqualTo(names(PreservedAttribute.values()));
    }

    @Test
    void treatmentsOfWhatExistsStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("record/context.h", "pc_existing", "PC_")).isEqualTo(names(ExistingPolicy.values()));
    }

    @Test
    void choicesOfLayoutStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("filesystem/lustre_layout.h", "pc_layout_choice", "PC_LAYOUT_"))
                .isEqualTo(names(Layout.values()));
    }

    @Test
    void eachPreservedAttributeHasItsOperationAndItsCounterInTheSameOrder() {
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            assertThat(Operation.of(Operation.NOT_PRESERVED_OWNERSHIP.number() + kind.ordinal()))
                    .isEqualTo(Operation.valueOf("NOT_PRESERVED_" + kind));
            assertThat(Counter.notPreserved(kind)).isEqualTo(Counter.valueOf("NOT_PRESERVED_" + kind));
        }
        for (IoMethod method : EnumSet.range(IoMethod.BUFFERED, IoMethod.REFLINK)) {
            assertThat(Counter.movedBy(method)).isEqualTo(Counter.valueOf("MOVED_" + method));
        }
    }

    @Test
    void everyFieldOfAContextIsWhereTheCHeaderHasIt() throws IOException, IllegalAccessException {
        CStruct struct = context();
        assertThat(CStruct.constantsBut(CopyContext.class, "STRUCT_BYTES", "PREFIX_BYTES_MAX"))
                .isEqualTo(struct.offsetsBut(
                        "data_cache_device", "data_cache_inode", "data_cache_start", "data_cache_end"));
        assertThat(newContext().buffer().capacity()).isEqualTo(struct.bytes());
    }

    @Test
    void everyFieldOfAnEntryIsWhereTheCHeaderHasIt() throws IOException, IllegalAccessException {
        CStruct struct = CStruct.of("record/entry.h", "pc_entry", Map.of("", 0));
        assertThat(CStruct.constantsBut(Entry.class, "PERMISSIONS"))
                .isEqualTo(struct.offsetsBut("atime_s", "atime_ns", "zero"));
        assertThat(Entry.HEADER_BYTES).isEqualTo(struct.bytes());
    }

    @Test
    void everyFieldOfAProbeIsWhereTheCHeaderHasIt() throws IOException, IllegalAccessException {
        CStruct struct = CStruct.of("entries/probe.h", "pc_probe", Map.of("PC_METHODS", IoMethod.values().length));
        assertThat(CStruct.constantsBut(Probe.class)).isEqualTo(struct.offsetsBut());
        assertThat(Native.PROBE_BYTES).isEqualTo(struct.bytes());
    }

    @Test
    void placesToCutAreWhereTheCHeaderHasThem() throws IOException, IllegalAccessException {
        int count = number("filesystem/range_boundaries.h", "PC_STRETCHES_MAX");
        int end = 2 * Integer.BYTES;
        assertThat(CStruct.constantsBut(RangeBoundaries.class))
                .isEqualTo(Map.of("COUNT", 0, "STRETCHES", end, "COUNT_MAX", count));
        assertThat(Native.CUTS_BYTES).isEqualTo(end + count * 2 * Long.BYTES);
    }

    /** What Java never writes the natives would take for 0, whatever the user said. */
    @Test
    void everyFieldOfAContextThatTheNativesReadIsWritten() throws IOException {
        CopyContext context = newContext();
        context.acceptChanged(true);
        context.stop();
        context().members.forEach((name, member) -> {
            if (!isOut(member) && !name.startsWith("data_cache_")) {
                assertThat(sumOf(context, member)).as(name).isNotZero();
            }
        });
    }

    @Test
    void everyFieldOfAContextThatTheNativesWriteIsRead() throws IOException {
        CopyContext context = newContext();
        List<String> written = new ArrayList<>();
        context().members.forEach((name, member) -> {
            if (isOut(member)) {
                written.add(name);
                context.buffer().put(member.offset(), ones(member.bytes()));
            }
        });
        int failure = -(Operation.NOT_PRESERVED_MODE.number() << 12 | Errno.EPERM.number());
        context.buffer().putInt(context().members.get("loss").offset(), failure);
        FileException refused = context.refused();
        assertThat(refused).isNotNull();
        assertThat(refused.operation()).isEqualTo(Operation.NOT_PRESERVED_MODE);
        assertThat(refused.errno()).isEqualTo(Errno.EPERM.number());
        Map<String, Object> read = new TreeMap<>(Map.of(
                "loss", refused,
                "bytes", context.takeBytes(),
                "moved", context.takeMoved(IoMethod.REFLINK),
                "not_preserved", context.takeNotPreserved(PreservedAttribute.LAYOUT),
                "verified", context.takeVerifiedBytes(),
                "repaired", context.takeRepaired(),
                "unproven", context.takeUnproven()));
        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(read.values()).doesNotContain(0, 0L);
    }

    private static CStruct context() throws IOException {
        return CStruct.of(
                "record/context.h",
                "pc_context",
                Map.of(
                        "PC_KINDS", PreservedAttribute.values().length,
                        "PC_METHODS", IoMethod.values().length,
                        "PC_PREFIX_BYTES", number("sys/temporary_name.h", "PC_PREFIX_BYTES")));
    }

    /** With another value than 0 for everything. */
    private static CopyContext newContext() {
        return new CopyContext(new CopyOptions()
                .method(IoMethod.DIRECT)
                .sparse(Sparse.NEVER)
                .preserved(EnumSet.of(PreservedAttribute.MODE))
                .required(EnumSet.of(PreservedAttribute.MODE))
                .creationMask(027)
                .layout(Layout.AUTO)
                .existing(ExistingPolicy.UPDATE_DIFFERING)
                .inMemory(true)
                .verify(true)
                .flush(true)
                .temporaryPrefix(".fcp.x.")
                .resumedSince(1, 2));
    }

    private static boolean isOut(CStruct.Member member) {
        return member.comment().startsWith("out,");
    }

    private static int sumOf(CopyContext context, CStruct.Member member) {
        int sum = 0;
        for (int i = 0; i < member.bytes(); i++) {
            sum += context.buffer().get(member.offset() + i) & 0xff;
        }
        return sum;
    }

    /** Not 0 as any number, and small as one of four bytes. */
    private static byte[] ones(int bytes) {
        byte[] ones = new byte[bytes];
        for (int i = 0; i < bytes; i += Integer.BYTES) {
            ones[i] = 1;
        }
        return ones;
    }

    @Test
    void temporaryNamesAreTheSameOnBothSides() {
        assertThat(TemporaryName.of(".fcp.x.", new byte[] {'a'})).asString().isEqualTo(".fcp.x.af63dc4c8601ec8c");
        assertThat(TemporaryName.of(".fcp.x.", new byte[] {'f', 'o', 'o', 'b', 'a', 'r'}))
                .asString()
                .isEqualTo(".fcp.x.85944171f73967e8");
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static int number(String header, String name) throws IOException {
        Matcher definition = Pattern.compile(name + " = (\\d+)").matcher(Files.readString(HEADERS.resolve(header)));
        assertThat(definition.find()).as(name).isTrue();
        return Integer.parseInt(definition.group(1));
    }

    private static List<String> constants(String header, String enumName, String prefix) throws IOException {
        Map<String, Integer> numbers = numbers(header, enumName, prefix);
        List<String> names = List.copyOf(numbers.keySet());
        assertThat(names).allSatisfy(name -> assertThat(numbers.get(name)).isEqualTo(names.indexOf(name)));
        return names;
    }

    /** A number, or a bit: {@code 1 << 3}. */
    private static int number(String text) {
        String[] bit = text.split("\\s*<<\\s*");
        return Integer.parseInt(bit[0]) << (bit.length > 1 ? Integer.parseInt(bit[1]) : 0);
    }

    /** By name, in the order in which they stand there. */
    private static Map<String, Integer> numbers(String header, String enumName, String prefix) throws IOException {
        String code = Files.readString(HEADERS.resolve(header)).replaceAll("(?s)/\\*.*?\\*/", "");
        Matcher body =
                Pattern.compile("(?s)enum\\s+" + enumName + "\\s*\\{(.*?)\\}").matcher(code);
        assertThat(body.find()).isTrue();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int next = 0;
        for (String constant : body.group(1).split(",")) {
            String[] nameAndNumber = constant.strip().split("\\s*=\\s*");
            if (!nameAndNumber[0].isEmpty()) {
                next = nameAndNumber.length > 1 ? number(nameAndNumber[1]) : next;
                numbers.put(nameAndNumber[0].substring(prefix.length()), next++);
            }
        }
        return numbers;
    }
}
