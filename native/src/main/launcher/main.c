/*
 * fcp and fsum: one rank of a command, which has the name of this program. Loads the JVM into this process. So mpirun
 * or srun have started the only process, which gets their signals and whose end they see. Starts no other process.
 */
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "end.h"
#include "java.h"
#include "jvm.h"
#include "options.h"
#include "rank.h"
#include "stops.h"

/* The command that this program is, as the build names it, and its main class: org.pcircle.cli.Fcp is that of fcp. */
static const char command[] = PCIRCLE_COMMAND;

static const char *main_class(void)
{
    static char name[sizeof "org/pcircle/cli/" + sizeof command] = "org/pcircle/cli/";
    char *end = stpcpy(name + strlen(name), command);
    char *first = end - strlen(command);
    *first = (char)toupper((unsigned char)*first);
    return name;
}

/* The path of this program, without symbolic links, is HOME/bin/NAME. Writes HOME. */
static void find_home(char home[PATH_MAX])
{
    ssize_t bytes = readlink("/proc/self/exe", home, PATH_MAX - 1);
    if (bytes > 0)
        home[bytes] = '\0';
    else if (realpath((const char *)getauxval(AT_EXECFN), home) == NULL)
        pc_refuse("cannot find out where it is installed: %s", strerror(errno));
    char *name = strrchr(home, '/');
    *name = '\0';
    char *bin = strrchr(home, '/');
    if (bin == NULL)
        pc_refuse("is not where it is installed: expected in a folder bin");
    *bin = '\0';
}

/*
 * Opens closed standard streams, as a file opened later would get their descriptors, and be read as input or written to
 * as output. They are opened with the opposite access mode: a read or write fails, as if they were still closed.
 */
static void fill_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        int flags = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", flags) != stream)
            pc_refuse("descriptor %d is closed, and /dev/null cannot take its place: %s", stream, strerror(errno));
    }
}

/* Checks conditions for which the JVM has no, or no clear, error message. */
static void check(const char *home, struct options *options)
{
    char path[PATH_MAX + 32], here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL)
        pc_refuse("the current directory cannot be used (%s): change to another", strerror(errno));
    if (access("/proc/self/fd", R_OK) < 0)
        pc_refuse("/proc is not mounted here, which Java and pcircle need");
    snprintf(path, sizeof path, "%s/lib/pcircle.jar", home);
    if (access(path, R_OK) < 0)
        pc_refuse("this installation is damaged: %s: %s", path, strerror(errno));
    snprintf(path, sizeof path, "%s/lib/libpcircle.so", home);
    if (dlopen(path, RTLD_NOW | RTLD_LOCAL) == NULL)
        pc_refuse("this installation is damaged, or is for another kind of machine: %s", dlerror());
    pc_add_option(options, "-Dpcircle.native=%s", path);
}

/*
 * For a rank of Open MPI, Slurm or another PMI launcher: selects a fast transport for small messages without messages
 * on stderr, and without UCX's handler of SIGSEGV, which ends a JVM; unless the user or the site has set another.
 */
static void prepare_mpi(void)
{
    if (!pc_is_rank())
        return;
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("UCX_ERROR_SIGNALS", "", 0);
}

/* The C1 compiler makes SHA-256 ten times as slow: it does not use the processor's instructions for it. */
static int wants_sha256(int count, char **arguments)
{
    for (int i = 0; i < count; i++)
        if (strcmp(arguments[i], "--digest=sha256") == 0 ||
            (strcmp(arguments[i], "--digest") == 0 && i + 1 < count && strcmp(arguments[i + 1], "sha256") == 0))
            return 1;
    return 0;
}

/*
 * Uses shared class data that lib/share-classes has made for this Java; or makes them, in the folder that
 * PCIRCLE_CLASSES_TO names. The JVM checks whether they match; if not, it loads the classes from the jars, and its
 * warning is disabled.
 */
static void share_classes(struct options *options, const char *home, const char *version)
{
    const char *target = getenv("PCIRCLE_CLASSES_TO");
    int is_cache = pc_java_feature(version) >= 25;
    const char *kind = is_cache ? "aot" : "jsa";
    char archive[PATH_MAX + 64];
    snprintf(archive, sizeof archive, "%s/%s.%s.%s", target == NULL ? home : target, version, command, kind);
    if (target != NULL) {
        pc_add_option(options, "%s=%s", is_cache ? "-XX:AOTCacheOutput" : "-XX:ArchiveClassesAtExit", archive);
        unsetenv("PCIRCLE_CLASSES_TO");
        return;
    }
    snprintf(archive, sizeof archive, "%s/lib/cds/%s.%s.%s", home, version, command, kind);
    if (access(archive, R_OK) < 0)
        return;
    pc_add_option(options, "%s=%s", is_cache ? "-XX:AOTCache" : "-XX:SharedArchiveFile", archive);
    pc_add_option(options, "%s", is_cache ? "-Xlog:aot*=off" : "-Xlog:cds*=off");
}

/*
 * Many ranks share a host: one compiler (C1), a collector without threads, and limits for memory. The heap has a small
 * young generation, so that short-lived objects reuse the same part of it instead of touching a third of the heap.
 * Buffers take 1.4 MiB per worker, 4.4 MiB on Lustre, for 1024 workers at most. No performance data in /tmp, which
 * containers share. The JVM's own output goes to stderr, as stdout is for results. No core dumps.
 */
static void add_options(struct options *options, const char *home, int count, char **arguments)
{
    if (!wants_sha256(count, arguments))
        pc_add_option(options, "-XX:TieredStopAtLevel=1");
    pc_add_option(options, "-XX:+UseSerialGC");
    pc_add_option(options, "-Xmx256m");
    pc_add_option(options, "-Xmn16m");
    pc_add_option(options, "-XX:MaxDirectMemorySize=4608m");
    pc_add_option(options, "-XX:-UsePerfData");
    pc_add_option(options, "-XX:+DisplayVMOutputToStderr");
    pc_add_option(options, "-XX:-CreateCoredumpOnCrash");
    pc_add_option(options, "--enable-native-access=ALL-UNNAMED");
    pc_add_option(options, "-Djava.class.path=%s/lib/pcircle.jar:%s/lib/openmpi/mpi.jar", home, home);
    pc_add_option(options, "-Djava.library.path=%s/lib:%s/lib/openmpi", home, home);
    pc_add_words(options, getenv("PCIRCLE_JAVA_OPTS"));
}

int main(int count, char **arguments)
{
    static struct options options;
    static struct java java;
    char home[PATH_MAX];
    pc_catch_stop_signals();
    find_home(home);
    pc_watch_end(command);
    fill_standard_streams();
    count--;
    arguments++;
    check(home, &options);
    pc_find_java(&java);
    prepare_mpi();
    share_classes(&options, home, java.version);
    add_options(&options, home, count, arguments);
    pc_run_java(java.jvm, &options, main_class(), count, arguments);
}
