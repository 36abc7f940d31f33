/*
 * The JNI functions: they convert arguments and results, and decide nothing. Results are passed on unchanged: a count,
 * -errno or a failure (failure.h). Native.java documents each function.
 */
#include "pcircle_config.h"

#include "org_pcircle_jni_Native.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attribute/mode.h"
#include "attribute/target_mode.h"
#include "batch/already_done.h"
#include "batch/batch.h"
#include "batch/difference.h"
#include "batch/dry_run.h"
#include "batch/update.h"
#include "data/copy.h"
#include "data/create_large.h"
#include "data/read_back.h"
#include "entries/finish.h"
#include "entries/hard_link.h"
#include "entries/kept.h"
#include "entries/list_directory.h"
#include "entries/probe.h"
#include "entries/read_entries.h"
#include "filesystem/dir_offset.h"
#include "filesystem/filesystem.h"
#include "filesystem/lustre_api.h"
#include "filesystem/lustre_layout.h"
#include "filesystem/name_folding.h"
#include "sys/file_lock.h"
#include "sys/full_io.h"
#include "sys/held_output.h"
#include "sys/open_beneath.h"
#include "sys/open_file.h"
#include "sys/processor.h"
#include "sys/real_path.h"
#include "sys/retry.h"
#include "sys/stop_signals.h"
#include "sys/terminal.h"
#include "sys/user_file.h"

/*
 * ---- arguments ----
 *
 * Each is converted by a function that sets `error` to -errno, unless it is set already. So all are converted, then one
 * check shows whether they are valid.
 */

/* A name or path from Java with a NUL: mostly in `room`, else on the heap. */
struct text {
    char *chars; /* NULL if there is none */
    size_t bytes;
    char room[512];
};

static void drop_text(struct text *text)
{
    if (text->chars != text->room)
        free(text->chars);
}

/* Declares a text that frees itself at the end of its scope. Initialize it with {0}. */
#define TEXT __attribute__((cleanup(drop_text))) struct text

/* -EINVAL for null, and for a NUL inside, where the kernel would stop. */
static void take_path(JNIEnv *env, jbyteArray array, struct text *text, int *error)
{
    if (*error < 0)
        return;
    *error = -EINVAL;
    if (array == NULL)
        return;
    text->bytes = (size_t)(*env)->GetArrayLength(env, array);
    text->chars = text->bytes < sizeof text->room ? text->room : malloc(text->bytes + 1);
    *error = -ENOMEM;
    if (text->chars == NULL)
        return;
    (*env)->GetByteArrayRegion(env, array, 0, (jsize)text->bytes, (jbyte *)text->chars);
    text->chars[text->bytes] = '\0';
    *error = strlen(text->chars) == text->bytes ? 0 : -EINVAL;
}

/* As take_path, for the name of an entry. */
static void take_name(JNIEnv *env, jbyteArray array, struct text *text, int *error)
{
    take_path(env, array, text, error);
    if (*error == 0 && !pc_is_name(text->chars, text->bytes))
        *error = -EINVAL;
}

/* The memory of a direct buffer. */
struct memory {
    char *address;
    size_t bytes;
};

/* -EINVAL if it is not direct, not aligned to 8, or too small. */
static struct memory memory_of(JNIEnv *env, jobject buffer, size_t bytes_min, int *error)
{
    struct memory memory = {0};
    if (buffer != NULL && *error == 0) {
        memory.address = (*env)->GetDirectBufferAddress(env, buffer);
        memory.bytes = memory.address ? (size_t)(*env)->GetDirectBufferCapacity(env, buffer) : 0;
    }
    bool fits = memory.address != NULL && (uintptr_t)memory.address % 8 == 0 && memory.bytes >= bytes_min;
    if (!fits && *error == 0)
        *error = -EINVAL;
    return memory;
}

/* Room for what becomes of so many entries; NULL if Java asks for nothing. */
static uint16_t *changes_of(JNIEnv *env, jobject buffer, size_t entries_max, int *error)
{
    if (buffer == NULL || *error < 0)
        return NULL;
    uint16_t *changes = (*env)->GetDirectBufferAddress(env, buffer);
    bool fits = changes != NULL && (uintptr_t)changes % sizeof *changes == 0
        && (size_t)(*env)->GetDirectBufferCapacity(env, buffer) / sizeof *changes >= entries_max;
    *error = fits ? 0 : -EINVAL;
    return changes;
}

static struct pc_context *context_of(JNIEnv *env, jobject buffer, int *error)
{
    return (struct pc_context *)memory_of(env, buffer, sizeof(struct pc_context), error).address;
}

static struct pc_entry *record_of(JNIEnv *env, jobject buffer, int *error)
{
    struct memory memory = memory_of(env, buffer, 0, error);
    struct pc_entry *entry = (struct pc_entry *)memory.address;
    if (*error == 0 && !pc_entry_is_whole(entry, memory.bytes))
        *error = -EINVAL;
    return entry;
}

/* The failure for an invalid argument, which is found before anything is opened. */
static jint bad_argument(int error)
{
    return pc_failed(PC_OPEN, -error);
}

/* Converts the result of a system call. */
static jint result_of(int result)
{
    return result < 0 ? -errno : result;
}

/* ---- the process ---- */

static const char features[] = PCIRCLE_BUILD_FLAGS
#ifdef PCIRCLE_HAVE_COPY_FILE_RANGE
    " +copy_file_range"
#endif
#ifdef PCIRCLE_HAVE_STATX
    " +statx"
#endif
#ifdef PCIRCLE_HAVE_OPENAT2
    " +openat2"
#endif
    ;

JNIEXPORT jstring JNICALL Java_org_pcircle_jni_Native_features(JNIEnv *env, jclass class)
{
    (void)class;
    return (*env)->NewStringUTF(env, features);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_umask(JNIEnv *env, jclass class, jint mask)
{
    (void)env;
    (void)class;
    return (jint)pc_umask((mode_t)mask);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_terminalColumns(JNIEnv *env, jclass class, jint fd)
{
    (void)env;
    (void)class;
    return pc_terminal_columns(fd);
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_hasLustreApi(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    return pc_lustre_api_is_there();
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_probe(
    JNIEnv *env, jclass class, jint sourceDir, jint targetDir, jobject context, jobject result)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    struct pc_probe *probe = (struct pc_probe *)memory_of(env, result, sizeof *probe, &error).address;
    return error < 0 ? bad_argument(error) : pc_probe(sourceDir, targetDir, how, probe);
}

/* ---- directories and names ---- */

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openDirectory(JNIEnv *env, jclass class, jbyteArray path)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_open_directory(text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_realPath(JNIEnv *env, jclass class, jint dir, jobject path)
{
    (void)class;
    int error = 0;
    struct memory memory = memory_of(env, path, 1, &error);
    return error < 0 ? error : pc_real_path(dir, memory.address, memory.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openBeneath(JNIEnv *env, jclass class, jint root, jbyteArray path)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_open_beneath(root, text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openForReading(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_open_file(dir, text.chars, O_RDONLY);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openForWriting(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_open_file(dir, text.chars, O_WRONLY);
}

static_assert(sizeof(struct pc_range_boundaries) == org_pcircle_jni_Native_CUTS_BYTES, "both sides say the same");

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_beginLarge(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jbyteArray sourceName,
    jint targetDir,
    jbyteArray targetName,
    jlong bytes,
    jobject context,
    jobject cuts)
{
    (void)class;
    TEXT source = {0};
    TEXT target = {0};
    int error = bytes < 0 ? -EINVAL : 0;
    take_name(env, sourceName, &source, &error);
    take_name(env, targetName, &target, &error);
    struct pc_context *how = context_of(env, context, &error);
    struct memory places = memory_of(env, cuts, sizeof(struct pc_range_boundaries), &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_loss loss = {.context = how};
    int result = pc_create_large(
        sourceDir, source.chars, targetDir, target.chars, bytes, (struct pc_range_boundaries *)places.address, &loss);
    how->loss = loss.failure;
    return result;
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_isLustre(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return pc_is_lustre(descriptor);
}

JNIEXPORT void JNICALL Java_org_pcircle_jni_Native_copyDefaultLayout(
    JNIEnv *env, jclass class, jint source, jint target, jboolean exactly, jobject context)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    if (error < 0)
        return;
    struct pc_loss loss = {.context = how};
    pc_preserve_default_layout(source, target, exactly, &loss);
    how->loss = loss.failure;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_makeDirectory(
    JNIEnv *env, jclass class, jint dir, jbyteArray name, jint mode)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : result_of(PC_RETRY(mkdirat(dir, text.chars, (mode_t)mode)));
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_targetDirectoryMode(
    JNIEnv *env, jclass class, jint dir, jbyteArray name, jint sourceMode, jboolean made, jobject context)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, name, &text, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? error : pc_target_mode_of_directory(dir, text.chars, (mode_t)sourceMode, made, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_isDirectoryOfThisRun(
    JNIEnv *env, jclass class, jint dir, jbyteArray name, jobject context)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, name, &text, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? error : pc_is_directory_of_this_run(dir, text.chars, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_letOwnerFill(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_let_owner_fill(dir, text.chars);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_closeToOwner(JNIEnv *env, jclass class, jint dir, jbyteArray name, jint filled)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_close_to_owner(dir, text.chars, filled);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_unlink(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : result_of(PC_RETRY(unlinkat(dir, text.chars, 0)));
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_standardDescriptor(JNIEnv *env, jclass class, jbyteArray path, jboolean launched)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_standard_descriptor(text.chars, launched);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_checkWritable(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return pc_check_writable(descriptor);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openInput(JNIEnv *env, jclass class, jbyteArray path)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_open_input(text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_readOn(
    JNIEnv *env, jclass class, jint file, jobject buffer, jint bytes, jint waitMs)
{
    (void)class;
    int error = bytes < 0 ? -EINVAL : 0;
    struct memory memory = memory_of(env, buffer, (size_t)bytes, &error);
    return error < 0 ? error : (jint)pc_read_on(file, memory.address, (size_t)bytes, waitMs);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_checkOutput(JNIEnv *env, jclass class, jbyteArray path)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_check_output(text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openOutput(
    JNIEnv *env, jclass class, jbyteArray path, jint mode, jboolean append)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    return error < 0 ? error : pc_open_output(text.chars, (mode_t)mode, append);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_beginBeside(
    JNIEnv *env, jclass class, jbyteArray path, jint mode, jobject beside)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    struct memory memory = memory_of(env, beside, 1, &error);
    return error < 0 ? error : pc_begin_beside(text.chars, (mode_t)mode, memory.address, memory.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_putInPlace(
    JNIEnv *env, jclass class, jint file, jobject beside, jbyteArray path)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_path(env, path, &text, &error);
    struct memory memory = memory_of(env, beside, 1, &error);
    return error < 0 ? error : pc_put_in_place(file, memory.address, text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_takeBesideAway(JNIEnv *env, jclass class, jobject beside)
{
    (void)class;
    int error = 0;
    struct memory memory = memory_of(env, beside, 1, &error);
    return error < 0 ? error : result_of(PC_RETRY(unlink(memory.address)));
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_isReaderGone(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return pc_is_reader_gone(descriptor);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_removeDirectory(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : result_of(PC_RETRY(unlinkat(dir, text.chars, AT_REMOVEDIR)));
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_openOrCreate(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_open_or_create_file(dir, text.chars);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_writeAt(JNIEnv *env, jclass class, jint file, jobject buffer, jint bytes, jlong offset)
{
    (void)class;
    int error = bytes < 0 ? -EINVAL : 0;
    struct memory memory = memory_of(env, buffer, (size_t)bytes, &error);
    return error < 0 ? error : (jint)pc_write_at(file, memory.address, (size_t)bytes, offset);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_writeOn(JNIEnv *env, jclass class, jint file, jobject buffer, jint bytes)
{
    (void)class;
    int error = bytes < 0 ? -EINVAL : 0;
    struct memory memory = memory_of(env, buffer, (size_t)bytes, &error);
    return error < 0 ? error : (jint)pc_write_on(file, memory.address, (size_t)bytes);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_readAt(JNIEnv *env, jclass class, jint file, jobject buffer, jint bytes, jlong offset)
{
    (void)class;
    int error = bytes < 0 ? -EINVAL : 0;
    struct memory memory = memory_of(env, buffer, (size_t)bytes, &error);
    return error < 0 ? error : (jint)pc_read_at(file, memory.address, (size_t)bytes, offset);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_flush(JNIEnv *env, jclass class, jint descriptor, jboolean all)
{
    (void)env;
    (void)class;
    return pc_flush(descriptor, all);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_flushFileSystem(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return PC_RETRY(syncfs(descriptor)) < 0 ? -errno : 0;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_allocate(JNIEnv *env, jclass class, jint descriptor, jlong bytes)
{
    (void)env;
    (void)class;
    return -posix_fallocate(descriptor, 0, bytes);
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_runsX86V3(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    return pc_runs_x86_64_v3() ? JNI_TRUE : JNI_FALSE;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_catchSignals(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    return pc_note_stop_signals();
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_caughtSignal(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    return pc_noted_stop_signal();
}

JNIEXPORT void JNICALL Java_org_pcircle_jni_Native_holdOutput(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    pc_hold_output();
}

JNIEXPORT void JNICALL Java_org_pcircle_jni_Native_releaseOutput(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    pc_release_output();
}

JNIEXPORT void JNICALL Java_org_pcircle_jni_Native_dropOutput(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    char nothing[1];
    pc_drop_output(nothing, 0);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_lock(JNIEnv *env, jclass class, jint file)
{
    (void)env;
    (void)class;
    return pc_lock(file);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_isLocked(JNIEnv *env, jclass class, jint file)
{
    (void)env;
    (void)class;
    return pc_is_locked(file);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_rename(
    JNIEnv *env, jclass class, jint dir, jbyteArray oldName, jbyteArray newName)
{
    (void)class;
    TEXT from = {0}, to = {0};
    int error = 0;
    take_name(env, oldName, &from, &error);
    take_name(env, newName, &to, &error);
    if (error < 0)
        return error;
    return PC_RETRY(renameat(dir, from.chars, dir, to.chars)) < 0 ? -errno : 0;
}

static_assert(PC_READ_BACK_ALIGNMENT == org_pcircle_jni_Native_READ_BACK_ALIGNMENT, "both sides say the same");

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_readBack(JNIEnv *env, jclass class, jint file, jobject buffer, jint bytes, jlong offset)
{
    (void)class;
    int error = bytes < 0 || offset < 0 ? -EINVAL : 0;
    size_t room = ((size_t)bytes + PC_READ_BACK_ALIGNMENT - 1) / PC_READ_BACK_ALIGNMENT * PC_READ_BACK_ALIGNMENT;
    struct memory memory = memory_of(env, buffer, room, &error);
    return error < 0 ? error : (jint)pc_read_back(file, memory.address, (size_t)bytes, offset);
}

JNIEXPORT jint JNICALL
Java_org_pcircle_jni_Native_clearRange(JNIEnv *env, jclass class, jint file, jlong offset, jlong bytes)
{
    (void)env;
    (void)class;
    return pc_clear_range(file, offset, bytes);
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_isRemote(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return pc_is_remote(descriptor);
}

JNIEXPORT jboolean JNICALL Java_org_pcircle_jni_Native_isInMemory(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return pc_is_in_memory(descriptor);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_close(JNIEnv *env, jclass class, jint descriptor)
{
    (void)env;
    (void)class;
    return result_of(close(descriptor)); /* not repeated after EINTR: the descriptor may have been reused by then */
}

/* ---- entries ---- */

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_describe(
    JNIEnv *env, jclass class, jint dir, jbyteArray name, jboolean follow, jobject record)
{
    (void)class;
    TEXT path = {0};
    int error = 0;
    take_path(env, name, &path, &error);
    struct memory memory = memory_of(env, record, 0, &error);
    return error < 0 ? error : pc_describe(dir, path.chars, path.bytes, follow, memory.address, memory.bytes);
}

static_assert(PC_LIST_END == org_pcircle_jni_Native_LIST_END, "both sides say the same");

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_list(JNIEnv *env, jclass class, jint dir, jobject buffer)
{
    (void)class;
    int error = 0;
    struct memory memory = memory_of(env, buffer, PC_LIST_BYTES_MIN, &error);
    return error < 0 ? error : (jint)pc_list_directory(dir, memory.address, memory.bytes);
}

JNIEXPORT jlong JNICALL Java_org_pcircle_jni_Native_position(JNIEnv *env, jclass class, jint dir)
{
    (void)env;
    (void)class;
    return pc_dir_offset(dir);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_goToPosition(JNIEnv *env, jclass class, jint dir, jlong position)
{
    (void)env;
    (void)class;
    return pc_seek_dir_offset(dir, position);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_copyEntries(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject records,
    jint position,
    jint bytes,
    jbyteArray targetName,
    jobject context,
    jobject io,
    jobject changes)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    if (targetName != NULL)
        take_name(env, targetName, &name, &error);
    struct memory list = memory_of(env, records, 0, &error);
    struct pc_context *how = context_of(env, context, &error);
    struct memory data = memory_of(env, io, PC_IO_BYTES_MIN, &error);
    size_t entries_max = bytes < 0 ? 0 : (size_t)bytes / pc_entry_bytes(1);
    uint16_t *told = changes_of(env, changes, entries_max, &error);
    bool within = position >= 0 && position % 8 == 0 && bytes >= 0 && (size_t)position + (size_t)bytes <= list.bytes;
    if (error < 0 || !within)
        return error < 0 ? error : -EINVAL;
    char *first = list.address + position;
    return (jint)pc_copy_entries(
        sourceDir, targetDir, first, (size_t)bytes, name.chars, how, data.address, data.bytes, told);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_lookAtEntries(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject records,
    jint bytes,
    jbyteArray targetName,
    jobject context,
    jobject changes)
{
    (void)class;
    TEXT name = {0};
    int error = bytes < 0 ? -EINVAL : 0;
    if (targetName != NULL)
        take_name(env, targetName, &name, &error);
    struct memory list = memory_of(env, records, bytes < 0 ? 0 : (size_t)bytes, &error);
    struct pc_context *how = context_of(env, context, &error);
    struct memory found = memory_of(env, changes, 0, &error);
    if (error < 0)
        return error;
    return (jint)pc_dry_run_entries(
        sourceDir,
        targetDir,
        list.address,
        (size_t)bytes,
        name.chars,
        (uint16_t *)(void *)found.address,
        found.bytes / sizeof(uint16_t),
        how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_lookAtDirectory(
    JNIEnv *env, jclass class, jint source, jint target, jobject record, jobject context, jboolean counts)
{
    (void)class;
    int error = 0;
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_loss loss = {.context = how, .is_foreseen = !counts};
    int result = pc_dry_run_directory(source, target, entry, &loss);
    how->loss = loss.failure;
    return result;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_effectiveUserId(JNIEnv *env, jclass class)
{
    (void)env;
    (void)class;
    return (jint)geteuid();
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_lookForRoom(JNIEnv *env, jclass class, jint dir)
{
    (void)env;
    (void)class;
    return pc_dry_run_fill(dir);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_lookForRemoval(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_dry_run_remove(dir, text.chars);
}

JNIEXPORT jlong JNICALL Java_org_pcircle_jni_Native_copyRange(
    JNIEnv *env,
    jclass class,
    jint source,
    jint target,
    jlong offset,
    jlong bytes,
    jlong dataMax,
    jobject context,
    jobject io)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    struct memory data = memory_of(env, io, PC_IO_BYTES_MIN, &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_pipe pipe = {0};
    struct pc_copy copy = {source, target, how, data.address, data.bytes, &pipe, dataMax};
    int64_t done = pc_copy_range(&copy, offset, bytes);
    pc_pipe_close(&pipe);
    return done;
}

JNIEXPORT jlong JNICALL Java_org_pcircle_jni_Native_copyViaBuffer(
    JNIEnv *env, jclass class, jint source, jint target, jlong offset, jlong bytes, jobject context, jobject io)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    struct memory data = memory_of(env, io, 0, &error);
    struct pc_copy copy = {
        .source = source, .target = target, .context = how, .io = data.address, .io_bytes = data.bytes,
    };
    return error < 0 ? bad_argument(error) : pc_copy_via_buffer(&copy, offset, bytes);
}

JNIEXPORT jlong JNICALL Java_org_pcircle_jni_Native_nextData(
    JNIEnv *env, jclass class, jint source, jlong offset, jlong end, jobject context)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    struct pc_copy copy = {.source = source, .target = -1, .context = how};
    return error < 0 ? bad_argument(error) : pc_next_data(&copy, offset, end);
}

JNIEXPORT jlong JNICALL
Java_org_pcircle_jni_Native_cloneFile(JNIEnv *env, jclass class, jint source, jint target, jobject context)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context_of(env, context, &error);
    struct pc_copy copy = {.source = source, .target = target, .context = how};
    return error < 0 ? bad_argument(error) : pc_clone_file(&copy);
}

/* ---- completion ---- */

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_finishFile(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject record,
    jbyteArray temporaryName,
    jbyteArray targetName,
    jobject context)
{
    (void)class;
    TEXT from = {0};
    TEXT to = {0};
    int error = 0;
    take_name(env, temporaryName, &from, &error);
    take_name(env, targetName, &to, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_loss loss = {.context = how};
    int result = pc_finish_file(sourceDir, targetDir, entry, from.chars, to.chars, &loss);
    how->loss = loss.failure;
    return result;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_finishDirectory(
    JNIEnv *env, jclass class, jint source, jint target, jobject record, jobject context)
{
    (void)class;
    int error = 0;
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_loss loss = {.context = how};
    int result = pc_finish_directory(source, target, entry, &loss);
    how->loss = loss.failure;
    return result;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_update(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject record,
    jbyteArray targetName,
    jobject context,
    jobject changes)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    take_name(env, targetName, &name, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    uint16_t *told = changes_of(env, changes, 1, &error);
    if (error < 0)
        return bad_argument(error);
    struct pc_loss loss = {.context = how};
    int result = pc_update_alone(sourceDir, targetDir, entry, name.chars, &loss, told);
    how->loss = loss.failure;
    return result;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_changesByMaking(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject record,
    jbyteArray targetName,
    jboolean lookOnly,
    jobject context)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    take_name(env, targetName, &name, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? bad_argument(error)
                     : pc_changes_by_making(sourceDir, targetDir, entry, name.chars, lookOnly, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_keeps(
    JNIEnv *env,
    jclass class,
    jint targetDir,
    jobject record,
    jbyteArray targetName,
    jboolean lookOnly,
    jobject context)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    take_name(env, targetName, &name, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? bad_argument(error) : pc_keeps(entry, targetDir, name.chars, lookOnly, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_isFinished(
    JNIEnv *env,
    jclass class,
    jint sourceDir,
    jint targetDir,
    jobject record,
    jbyteArray targetName,
    jobject context)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    take_name(env, targetName, &name, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? bad_argument(error) : pc_is_already_done(sourceDir, targetDir, entry, name.chars, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_link(
    JNIEnv *env,
    jclass class,
    jint fromDir,
    jbyteArray fromName,
    jint toDir,
    jbyteArray toName,
    jboolean isOurs,
    jobject context)
{
    (void)class;
    TEXT from = {0};
    TEXT to = {0};
    int error = 0;
    take_name(env, fromName, &from, &error);
    take_name(env, toName, &to, &error);
    struct pc_context *how = context_of(env, context, &error);
    return error < 0 ? bad_argument(error) : pc_hard_link(fromDir, from.chars, toDir, to.chars, isOurs, how);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_mayBeTaken(JNIEnv *env, jclass class, jint dir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? error : pc_may_be_taken(dir, text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_spellingIn(
    JNIEnv *env, jclass class, jint sourceDir, jint targetDir, jbyteArray name, jobject spelling)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    struct memory room = memory_of(env, spelling, 1, &error);
    return error < 0 ? error : pc_spelling_in(sourceDir, targetDir, text.chars, room.address, room.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_refuseTaken(
    JNIEnv *env, jclass class, jint sourceDir, jint targetDir, jbyteArray name)
{
    (void)class;
    TEXT text = {0};
    int error = 0;
    take_name(env, name, &text, &error);
    return error < 0 ? bad_argument(error) : pc_refuse_taken_alone(sourceDir, text.chars, targetDir, text.chars);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_readContent(
    JNIEnv *env, jclass class, jint dir, jbyteArray entryName, jobject record, jobject io)
{
    (void)class;
    TEXT name = {0};
    int error = 0;
    take_name(env, entryName, &name, &error);
    struct pc_entry *entry = record_of(env, record, &error);
    struct memory data = memory_of(env, io, PC_IO_BYTES_MIN, &error);
    return error < 0 ? bad_argument(error) : (jint)pc_read_content(dir, name.chars, entry, data.address, data.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_readEntries(
    JNIEnv *env, jclass class, jint dir, jobject records, jint position, jint bytes, jobject context, jobject io)
{
    (void)class;
    int error = 0;
    struct memory list = memory_of(env, records, 0, &error);
    struct pc_context *how = context_of(env, context, &error);
    struct memory data = memory_of(env, io, PC_IO_BYTES_MIN, &error);
    bool within = position >= 0 && position % 8 == 0 && bytes >= 0 && (size_t)position + (size_t)bytes <= list.bytes;
    if (error < 0 || !within)
        return error < 0 ? error : -EINVAL;
    return (jint)pc_read_entries(dir, list.address + position, (size_t)bytes, how, data.address, data.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_typesOf(
    JNIEnv *env, jclass class, jint dir, jobject records, jint bytes, jobject types)
{
    (void)class;
    int error = bytes < 0 ? -EINVAL : 0;
    struct memory list = memory_of(env, records, bytes < 0 ? 0 : (size_t)bytes, &error);
    struct memory found = memory_of(env, types, 0, &error);
    if (error < 0)
        return error;
    return (jint)pc_types_of(dir, list.address, (size_t)bytes, (unsigned char *)found.address, found.bytes);
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_heed(JNIEnv *env, jclass class, jobject context)
{
    (void)class;
    int error = 0;
    struct pc_context *how = context == NULL ? NULL : context_of(env, context, &error);
    pc_heed(how ? &how->stop : NULL);
    return error;
}

JNIEXPORT jint JNICALL Java_org_pcircle_jni_Native_measure(
    JNIEnv *env, jclass class, jint dir, jobject record, jobject context, jobject io)
{
    (void)class;
    int error = 0;
    struct pc_entry *entry = record_of(env, record, &error);
    struct pc_context *how = context_of(env, context, &error);
    struct memory data = memory_of(env, io, PC_IO_BYTES_MIN, &error);
    return error < 0 ? bad_argument(error) : pc_measure(dir, entry, how, data.address, data.bytes);
}
