#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filesystem/name_folding.h"
#include "support/batches.h"
#include "support/files.h"
#include "support/test.h"

/*
 * No file system here folds names, so the target says that it does; it then holds a name in the spelling it was made
 * with.
 */
static int refuse(const char *name)
{
    struct pc_folding folding = {.names = PC_NAMES_FOLDED};
    int result = pc_refuse_taken(source_dir, name, target_dir, name, &folding);
    pc_folding_end(&folding);
    return result;
}

static void in_a_directory_where_names_are_distinct_nothing_is_taken(void)
{
    begin_batch();
    make_file(source_dir, "name", 1);
    make_file(source_dir, "Name", 1);
    make_file(target_dir, "name", 1);
    struct pc_folding folding = {0};
    CHECK_EQUAL(0, pc_refuse_taken(source_dir, "name", target_dir, "name", &folding));
    CHECK_EQUAL(PC_NAMES_DISTINCT, folding.names);
    CHECK_EQUAL(0, pc_may_be_taken(target_dir, "name"));
}

static void two_entries_and_two_names_of_one_do_not_make_a_directory_that_folds(void)
{
    begin_batch();
    make_file(source_dir, "name", 1);
    make_file(target_dir, "name", 1);
    for (int linked = 0; linked < 2; linked++) {
        if (linked)
            CHECK(unlinkat(target_dir, "Name", 0) == 0 && linkat(target_dir, "name", target_dir, "Name", 0) == 0);
        else
            make_file(target_dir, "Name", 1);
        struct pc_folding folding = {0};
        CHECK_EQUAL(1, pc_may_be_taken(target_dir, "name"));
        CHECK_EQUAL(0, pc_refuse_taken(source_dir, "name", target_dir, "name", &folding));
        CHECK_EQUAL(PC_NAMES_DISTINCT, folding.names);
    }
}

static void what_is_stored_as_an_entry_of_the_source_is_spelled_is_that_entrys(void)
{
    begin_batch();
    make_file(source_dir, "name", 1);
    make_file(source_dir, "Name", 1);
    make_file(target_dir, "name", 1);
    CHECK_EQUAL(0, refuse("name"));
    CHECK_EQUAL(pc_failed(PC_TAKEN, EEXIST), refuse("Name"));
}

static void what_is_spelled_as_nothing_in_the_source_is_for_the_first_of_its_names(void)
{
    begin_batch();
    make_file(target_dir, "name", 1);
    make_file(source_dir, "NAME", 1);
    CHECK_EQUAL(0, refuse("NAME"));
    make_file(source_dir, "Name", 1);
    CHECK_EQUAL(0, refuse("NAME"));
    CHECK(pc_failed_with(refuse("Name"), EEXIST));
}

/* As the source folds names, too, and holds this entry in the other spelling. */
static void an_entry_that_the_source_does_not_list_has_no_rival(void)
{
    begin_batch();
    make_file(source_dir, "Name", 1);
    make_file(target_dir, "Name", 1);
    CHECK_EQUAL(0, refuse("name"));
}

static void an_entry_that_is_to_have_another_name_has_no_rival(void)
{
    begin_batch();
    make_file(source_dir, "Name", 1);
    make_file(source_dir, "name", 1);
    make_file(target_dir, "Name", 1);
    struct pc_folding folding = {.names = PC_NAMES_FOLDED};
    CHECK_EQUAL(0, pc_refuse_taken(source_dir, "other", target_dir, "name", &folding));
}

static void a_target_that_cannot_be_read_is_a_failure(void)
{
    begin_batch();
    make_file(target_dir, "name", 1);
    struct pc_folding folding = {0};
    CHECK_EQUAL(pc_failed(PC_TAKEN, EBADF), pc_refuse_taken(source_dir, "name", -1, "name", &folding));
}

static void an_entry_alone_is_asked_of_the_directory_itself(void)
{
    begin_batch();
    make_file(source_dir, "name", 1);
    make_file(target_dir, "name", 1);
    CHECK_EQUAL(0, pc_refuse_taken_alone(source_dir, "name", target_dir, "name"));
    CHECK_EQUAL(pc_failed(PC_TAKEN, EBADF), pc_refuse_taken_alone(source_dir, "name", -1, "name"));
}

static const struct test_case cases[] = {
    {"an entry alone is asked of the directory itself", an_entry_alone_is_asked_of_the_directory_itself},
    {"in a directory where names are distinct nothing is taken",
     in_a_directory_where_names_are_distinct_nothing_is_taken},
    {"two entries and two names of one do not make a directory that folds",
     two_entries_and_two_names_of_one_do_not_make_a_directory_that_folds},
    {"what is stored as an entry of the source is spelled is that entry's",
     what_is_stored_as_an_entry_of_the_source_is_spelled_is_that_entrys},
    {"what is spelled as nothing in the source is for the first of its names",
     what_is_spelled_as_nothing_in_the_source_is_for_the_first_of_its_names},
    {"an entry that the source does not list has no rival", an_entry_that_the_source_does_not_list_has_no_rival},
    {"an entry that is to have another name has no rival", an_entry_that_is_to_have_another_name_has_no_rival},
    {"a target that cannot be read is a failure", a_target_that_cannot_be_read_is_a_failure},
};

int main(void)
{
    return TEST_RUN(cases);
}
