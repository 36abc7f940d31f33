#include "support/batches.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/mode.h"
#include "batch/batch.h"
#include "entries/list_directory.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

int source_dir, target_dir;
struct pc_context context;
static void *io;

void begin_batch(void)
{
    source_dir = make_directory(here, "source");
    target_dir = make_directory(here, "target");
    io = test_memory(IO_BYTES);
    context = context_for(PC_BUFFERED);
    pc_umask(0);
    fault_clear();
}

int copy_records(struct pc_entry *records, size_t bytes, const char *target_name)
{
    int64_t done = pc_copy_entries(source_dir, target_dir, records, bytes, target_name, &context, io, IO_BYTES, NULL);
    if (done < 0)
        return (int)done;
    CHECK_EQUAL(bytes, done);
    int troubled = 0;
    const char *end = (char *)records + bytes;
    for (struct pc_entry *entry = records; (char *)entry < end; entry = pc_entry_next(entry))
        troubled += pc_entry_outcome(entry) != PC_DONE;
    return troubled;
}

int copy_record(struct pc_entry *entry)
{
    return copy_records(entry, entry->record_bytes, NULL);
}

struct pc_entry *copy_one(const char *name)
{
    struct pc_entry *entry = record_of(source_dir, name);
    int troubled = copy_record(entry);
    CHECK_EQUAL(troubled, pc_entry_outcome(entry) != PC_DONE);
    return entry;
}

int copy_all(struct pc_entry **records, size_t *bytes)
{
    *records = test_memory(MIB);
    CHECK(lseek(source_dir, 0, SEEK_SET) == 0);
    ssize_t listed = pc_list_directory(source_dir, *records, MIB);
    CHECK(listed >= 0);
    *bytes = (size_t)listed & ~(size_t)PC_LIST_END;
    return copy_records(*records, *bytes, NULL);
}

void check_outcome(const struct pc_entry *entry, enum pc_outcome outcome)
{
    CHECK_EQUAL(outcome, pc_entry_outcome(entry));
    CHECK(outcome == PC_FAILED || entry->error == 0);
}

void check_failed(const struct pc_entry *entry, enum pc_operation operation, int error)
{
    check_outcome(entry, PC_FAILED);
    CHECK_EQUAL(operation, entry->operation);
    CHECK_EQUAL(error, entry->error);
}

void check_copied(const char *name)
{
    struct stat source = status_of(source_dir, name), target = status_of(target_dir, name);
    CHECK_EQUAL(source.st_mode, target.st_mode);
    CHECK_EQUAL(source.st_size, target.st_size);
    CHECK(is_same_time(source.st_mtim, target.st_mtim));
    if (S_ISREG(source.st_mode))
        CHECK(is_same_data(source_dir, name, target_dir, name));
}
