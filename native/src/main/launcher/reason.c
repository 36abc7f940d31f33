#include "reason.h"

#include <ctype.h>
#include <string.h>

/* The start of lines that say that something failed, or who printed them, but not why. */
static const char *const empty_words[] = {
    "Error occurred during initialization of",
    "Picked up ",
    "NOTE: Picked up ",
    "Error: Could not create the Java Virtual Machine",
    "An error report file",
};

/* A line without its prefix: `# ` in the JVM's crash report, `[host:123] *** ` of Open MPI. */
static const char *words_of(const char *line, const char *end)
{
    while (line < end && strchr(" \t#*->[", *line) != NULL)
        line = *line == '[' ? line + strcspn(line, " \t\n") : line + 1;
    return line;
}

static int begins_with(const char *line, const char *end, const char *words)
{
    size_t length = strlen(words);
    return (size_t)(end - line) >= length && strncmp(line, words, length) == 0;
}

static int says_nothing(const char *line, const char *end)
{
    for (size_t i = 0; i < sizeof empty_words / sizeof *empty_words; i++)
        if (begins_with(line, end, empty_words[i]))
            return 1;
    return line == end;
}

/* Whether a line is a warning or a log message. It comes before a reason, and is used if none follows. */
static int warns(const char *line, const char *end)
{
    const char *warning = strstr(line, "warning"), *log = strstr(line, "ORTE_ERROR_LOG");
    return (warning != NULL && warning < end) || (log != NULL && log < end);
}

/* Whether a sentence continues on the next line, as Open MPI writes them. */
static int continues(const char *words, const char *end)
{
    enum { LONG = 50 };
    return end - words > LONG && end[-1] != '.' && end[-1] != ':' && *end != '\0';
}

/* The end of the first sentence. */
static const char *sentence_end(const char *words, const char *end)
{
    for (const char *dot = words; dot + 2 < end; dot++)
        if (dot[0] == '.' && dot[1] == ' ' && (dot[2] == ' ' || isupper((unsigned char)dot[2])))
            return dot;
    return end;
}

/* A line `Component: nope`, which Open MPI writes after the sentences, with the subject of the reason. */
static int is_detail(const char *words, const char *end)
{
    const char *colon = words;
    while (colon < end && (isalnum((unsigned char)*colon) || *colon == ' '))
        colon++;
    return colon > words && isupper((unsigned char)*words) && end - colon > 2 && colon[0] == ':' && colon[1] == ' ';
}

struct reason {
    char *text;
    size_t used;
    size_t bytes;
};

/* Appends words, separated by single blanks. */
static void append(struct reason *reason, const char *between, const char *words, const char *end)
{
    for (; *between != '\0' && reason->used + 1 < reason->bytes; between++)
        reason->text[reason->used++] = *between;
    for (; words < end && reason->used + 1 < reason->bytes; words++) {
        int is_blank = !isgraph((unsigned char)*words);
        if (!is_blank || reason->text[reason->used - (reason->used > 0)] != ' ')
            reason->text[reason->used++] = is_blank ? ' ' : *words;
    }
    reason->text[reason->used] = '\0';
}

void pc_reason(const char *text, char *buffer, size_t bytes)
{
    struct reason reason = {buffer, 0, bytes};
    int is_warning = 0, is_open = 0, details = 0;
    buffer[0] = '\0';
    for (const char *line = text; *line != '\0';) {
        const char *begin = line, *end = strchrnul(line, '\n');
        const char *words = words_of(line, end);
        line = *end == '\0' ? end : end + 1;
        if (says_nothing(words, end)) {
            is_open = 0;
            continue;
        }
        int has_reason = reason.used > 0 && !is_warning;
        if (has_reason && !is_open) {
            if (is_detail(words, end))
                append(&reason, details++ == 0 ? "; " : ", ", words, end);
            continue;
        }
        if (!has_reason)
            reason.used = 0;
        is_warning = !has_reason && warns(begin, end);
        const char *stop = sentence_end(words, end);
        append(&reason, reason.used == 0 ? "" : " ", words, stop);
        is_open = !is_warning && stop == end && continues(words, end);
    }
}
