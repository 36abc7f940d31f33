/* The options to start a JVM with. */
#pragma once

enum { OPTIONS_MAX = 256 };

struct option {
    char *text; /* as -Xmx1g, or the name of a hook; never freed */
    void (*hook)(void);
};

/* Initialize it with {0}. */
struct options {
    int count;
    struct option each[OPTIONS_MAX];
};

/* Adds an option. Ends the process if there are too many, or memory is exhausted. */
void pc_add_option(struct options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds an option for each word of a text, separated by blanks. Does nothing for NULL. */
void pc_add_words(struct options *options, const char *text);

/* Adds a hook: a function that the JVM calls at a moment with this name. */
void pc_add_hook(struct options *options, const char *name, void (*hook)(void));
