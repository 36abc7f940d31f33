/* The options that a JVM is started with. */
#pragma once

enum { OPTIONS_MAX = 256 };

struct option {
    char *text; /* the option's, which stays for good; as -Xmx1g, or the name of a hook */
    void (*hook)(void);
};

/* Begin with {0}. */
struct options {
    int count;
    struct option each[OPTIONS_MAX];
};

/* Adds one. Ends the process where there are too many, or no memory is left. */
void pc_add_option(struct options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one for each word of a text, which blanks separate. Nothing for NULL. */
void pc_add_words(struct options *options, const char *text);

/* Has the JVM call a function at a moment that it has a name for. */
void pc_add_hook(struct options *options, const char *name, void (*hook)(void));
