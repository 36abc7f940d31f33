#include "jvm.h"

#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "end.h"
#include "sys/held_output.h"

/* The stack of the main thread, in bytes; only the part that is used takes memory. */
enum { STACK_BYTES = 8 << 20 };

typedef jint create_function(JavaVM **, void **, void *);

struct run {
    create_function *create;
    struct options *options;
    const char *class;
    int count;
    char **arguments;
};

static JNIEnv *create_jvm(const struct run *run)
{
    struct options *options = run->options;
    pc_add_hook(options, "exit", (void (*)(void))pc_ends_by_java);
    pc_add_hook(options, "abort", (void (*)(void))pc_ends_by_library);
    JavaVMOption *all = calloc((size_t)options->count, sizeof *all);
    if (all == NULL)
        pc_refuse("out of memory");
    for (int i = 0; i < options->count; i++)
        all[i] = (JavaVMOption){.optionString = options->each[i].text, .extraInfo = (void *)options->each[i].hook};
    JavaVMInitArgs arguments = {.version = JNI_VERSION_10, .nOptions = options->count, .options = all};
    JavaVM *jvm;
    JNIEnv *env;
    pc_hold_output();
    if (run->create(&jvm, (void **)&env, &arguments) != JNI_OK)
        pc_ends_by_library();
    pc_release_output();
    free(all);
    return env;
}

/* A Java string in which each byte is a character. */
static jstring string_of(JNIEnv *env, const char *bytes)
{
    size_t length = strlen(bytes);
    jchar *characters = calloc(length + 1, sizeof *characters);
    if (characters == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++)
        characters[i] = (unsigned char)bytes[i];
    jstring string = (*env)->NewString(env, characters, (jsize)length);
    free(characters);
    return string;
}

static jobjectArray strings_of(JNIEnv *env, int count, char **arguments)
{
    jclass string = (*env)->FindClass(env, "java/lang/String");
    jobjectArray all = string == NULL ? NULL : (*env)->NewObjectArray(env, count, string, NULL);
    for (int i = 0; i < count && all != NULL; i++) {
        jstring each = string_of(env, arguments[i]);
        if (each == NULL)
            return NULL;
        (*env)->SetObjectArrayElement(env, all, i, each);
        (*env)->DeleteLocalRef(env, each);
    }
    return all;
}

static void *run_main(void *argument)
{
    const struct run *run = argument;
    JNIEnv *env = create_jvm(run);
    jclass class = (*env)->FindClass(env, run->class);
    jmethodID main_method =
        class == NULL ? NULL : (*env)->GetStaticMethodID(env, class, "main", "([Ljava/lang/String;)V");
    if (main_method == NULL) {
        (*env)->ExceptionClear(env);
        pc_refuse("this installation is damaged: lib/pcircle.jar has no class %s that can be used", run->class);
    }
    jobjectArray arguments = strings_of(env, run->count, run->arguments);
    if (arguments == NULL)
        pc_refuse("out of memory: the arguments are too long");
    pc_has_started();
    (*env)->CallStaticVoidMethod(env, class, main_method, arguments);
    if ((*env)->ExceptionCheck(env))
        (*env)->ExceptionDescribe(env);
    pc_fail("internal error, please report it with what is said above");
}

void pc_run_java(const char *library, struct options *options, const char *class, int count, char **arguments)
{
    void *jvm = dlopen(library, RTLD_NOW | RTLD_GLOBAL);
    create_function *create = jvm == NULL ? NULL : (create_function *)dlsym(jvm, "JNI_CreateJavaVM");
    if (create == NULL)
        pc_refuse("Java cannot be started: %s", dlerror());
    struct run run = {create, options, class, count, arguments};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_t thread;
    int error = pthread_create(&thread, &attributes, run_main, &run);
    if (error != 0)
        pc_refuse("Java cannot be started: no thread can be made for it (%s): see ulimit -u and -v", strerror(error));
    pthread_join(thread, NULL);
    pc_fail("internal error: the thread of main has ended");
}
