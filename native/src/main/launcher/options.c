#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "end.h"

static const char blanks[] = " \t\n";

static void add(struct options *options, char *text, void (*hook)(void))
{
    if (text == NULL)
        pc_refuse("out of memory");
    if (options->count == OPTIONS_MAX)
        pc_refuse("PCIRCLE_JAVA_OPTS has too many options");
    options->each[options->count++] = (struct option){text, hook};
}

void pc_add_option(struct options *options, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0)
        text = NULL;
    va_end(arguments);
    add(options, text, NULL);
}

void pc_add_words(struct options *options, const char *text)
{
    if (text == NULL)
        return;
    for (text += strspn(text, blanks); *text != '\0'; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);
        add(options, strndup(text, length), NULL);
        text += length;
    }
}

void pc_add_hook(struct options *options, const char *name, void (*hook)(void))
{
    add(options, strdup(name), hook);
}
