package org.pcircle.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A struct of a C header, laid out as compilers for our machines do: each field at a multiple of its size. */
final class CStruct {

    private static final Path HEADERS = Path.of("..", "native", "src", "main", "c");

    private static final int PRIVATE_CONSTANT = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;

    private static final Map<String, Integer> BYTES = Map.of(
            "char", 1, "uint8_t", 1, "uint16_t", 2, "int", 4, "int32_t", 4, "uint32_t", 4, "int64_t", 8, "uint64_t", 8);

    /** One field, and what its line says of it. */
    record Member(int offset, int bytes, String comment) {}

    final Map<String, Member> members = new LinkedHashMap<>();
    private int end;
    private int alignment = 1;

    private CStruct() {}

    /**
     * Reads one whose fields are each of a type with a fixed size, or an array of it, or a struct of such fields, which
     * the same header declares: field {@code y} of field {@code x} is called {@code x_y}.
     *
     * @param constants what stands between brackets
     */
    static CStruct of(String header, String name, Map<String, Integer> constants) throws IOException {
        String code = Files.readString(HEADERS.resolve(header));
        Matcher body =
                Pattern.compile("(?s)struct\\s+" + name + "\\s*\\{(.*?)\\n\\}").matcher(code);
        assertThat(body.find()).as(name).isTrue();
        CStruct struct = new CStruct();
        Matcher lines =
                Pattern.compile("(?m)^    (.*?);[ ]*(?:/\\*(.*?)\\*/)?$").matcher(body.group(1));
        while (lines.find()) {
            String declaration = lines.group(1);
            String comment = lines.group(2) == null ? "" : lines.group(2).strip();
            if (declaration.startsWith("struct ")) {
                String[] words = declaration.split(" ");
                struct.add(words[2], of(header, words[1], constants));
                continue;
            }
            int space = declaration.indexOf(' ');
            String type = declaration.substring(0, space);
            for (String declared : declaration.substring(space).split(",")) {
                assertThat(BYTES).as(declaration).containsKey(type);
                struct.add(declared.strip(), BYTES.get(type), comment, constants);
            }
        }
        return struct;
    }

    private void add(String declared, CStruct inner) {
        end = multiple(end, inner.alignment);
        alignment = Math.max(alignment, inner.alignment);
        inner.members.forEach((name, member) -> members.put(
                declared + "_" + name, new Member(end + member.offset(), member.bytes(), member.comment())));
        end += inner.bytes();
    }

    private void add(String declared, int bytes, String comment, Map<String, Integer> constants) {
        int bracket = declared.indexOf('[');
        int count = 1;
        if (bracket >= 0) {
            String length = declared.substring(bracket + 1, declared.length() - 1);
            assertThat(constants).as(declared).containsKey(length);
            count = constants.get(length);
        }
        end = multiple(end, bytes);
        alignment = Math.max(alignment, bytes);
        String name = bracket < 0 ? declared : declared.substring(0, bracket);
        members.put(name, new Member(end, count * bytes, comment));
        end += count * bytes;
    }

    int bytes() {
        return multiple(end, alignment);
    }

    private static int multiple(int offset, int of) {
        return (offset + of - 1) / of * of;
    }

    /** The offsets of all fields but some, by the names of constants in Java. */
    Map<String, Integer> offsetsBut(String... names) {
        Map<String, Integer> offsets = new TreeMap<>();
        members.forEach((name, member) -> offsets.put(name.toUpperCase(Locale.ROOT), member.offset()));
        for (String name : names) {
            assertThat(offsets.remove(name.toUpperCase(Locale.ROOT))).as(name).isNotNull();
        }
        return offsets;
    }

    /** The private constants of a class, but for some that are no offsets. */
    static Map<String, Integer> constantsBut(Class<?> of, String... names) throws IllegalAccessException {
        Map<String, Integer> constants = new TreeMap<>();
        for (Field field : of.getDeclaredFields()) {
            if (field.getType() == int.class && field.getModifiers() == PRIVATE_CONSTANT) {
                field.setAccessible(true);
                constants.put(field.getName(), field.getInt(null));
            }
        }
        for (String name : names) {
            assertThat(constants.remove(name)).as(name).isNotNull();
        }
        return constants;
    }
}
