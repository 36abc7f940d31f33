#include "java.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "end.h"

/* The oldest Java version that runs pcircle. */
enum { VERSION_MIN = 17 };

#define MISSING "no Java here: install Java 17 or newer, or set JAVA_HOME"

enum { LINE_BYTES = 4096 };

void pc_java_version(const char *release, char version[32])
{
    static const char key[] = "JAVA_VERSION=\"";
    char line[LINE_BYTES];
    *version = '\0';
    FILE *file = fopen(release, "re");
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, key, sizeof key - 1) == 0) {
            char *begin = line + sizeof key - 1;
            begin[strcspn(begin, "\"\n/")] = '\0';
            snprintf(version, 32, "%.31s", begin);
            break;
        }
    fclose(file);
}

int pc_java_feature(const char *version)
{
    return atoi(version);
}

/* The first executable file called java on PATH. Returns 1 if there is one. */
static int find_on_path(char java[PATH_MAX])
{
    const char *path = getenv("PATH");
    for (const char *part = path == NULL ? "" : path; *part != '\0';) {
        size_t length = strcspn(part, ":");
        snprintf(java, PATH_MAX, "%.*s/java", length == 0 ? 1 : (int)length, length == 0 ? "." : part);
        if (access(java, X_OK) == 0)
            return 1;
        part += length + (part[length] == ':');
    }
    return 0;
}

/* Asks a `java` that is a script, of a version manager or a site, for its home. Empty if it does not say. */
static void ask_home(const char *java, char home[PATH_MAX])
{
    static const char key[] = "java.home = ";
    char command[PATH_MAX + 64], line[LINE_BYTES];
    *home = '\0';
    setenv("PCIRCLE_ASKED_JAVA", java, 1);
    snprintf(
        command,
        sizeof command,
        "exec \"$PCIRCLE_ASKED_JAVA\" -XshowSettings:properties -version 2>&1 </dev/null");
    FILE *answer = popen(command, "re");
    unsetenv("PCIRCLE_ASKED_JAVA");
    if (answer == NULL)
        return;
    while (fgets(line, sizeof line, answer) != NULL) {
        char *begin = strstr(line, key);
        if (begin != NULL) {
            begin += sizeof key - 1;
            begin[strcspn(begin, "\n")] = '\0';
            snprintf(home, PATH_MAX, "%.*s", PATH_MAX - 1, begin);
        }
    }
    pclose(answer);
}

/* Tries a folder as Java's home. Returns 1 if there is a JVM in it. */
static int take(struct java *java, const char *home)
{
    char release[PATH_MAX + 16];
    if (java->home != home)
        snprintf(java->home, sizeof java->home, "%s", home);
    snprintf(release, sizeof release, "%s/release", java->home);
    pc_java_version(release, java->version);
    if (*java->version != '\0' && pc_java_feature(java->version) < VERSION_MIN)
        pc_refuse("Java %s is too old (%s): 17 or newer is needed", java->version, java->home);
    snprintf(java->jvm, sizeof java->jvm, "%s/lib/server/libjvm.so", java->home);
    return access(java->jvm, R_OK) == 0;
}

void pc_find_java(struct java *java)
{
    const char *given = getenv("JAVA_HOME");
    if (given != NULL && *given != '\0') {
        if (!take(java, given))
            pc_refuse(MISSING " (it is %s)", given);
        return;
    }
    char program[PATH_MAX], real[PATH_MAX];
    if (!find_on_path(program))
        pc_refuse(MISSING);
    if (realpath(program, real) != NULL) {
        char *name = strrchr(real, '/');
        if (name - real > 4 && memcmp(name - 4, "/bin", 4) == 0) {
            name[-4] = '\0';
            if (take(java, real))
                return;
        }
    }
    ask_home(program, java->home);
    if (*java->home == '\0' || !take(java, java->home))
        pc_refuse(MISSING " (%s is none)", program);
}
