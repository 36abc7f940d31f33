#include "filesystem/trial_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static struct pc_context context;
static int names_at_close;

static void start(bool nameless)
{
    context = context_for(PC_AUTO);
    strcpy(context.temporary_prefix, ".fcp.test.");
    fault[FAULT_OPENAT] = (struct fault){.times = nameless ? 0 : 1, .error = EOPNOTSUPP};
}

static struct pc_trial_file open_trial(const char *name)
{
    struct pc_trial_file trial;
    CHECK_EQUAL(0, pc_trial_file_open(&trial, here, name, &context));
    CHECK_EQUAL(1, write(trial.fd, "x", 1));
    return trial;
}

static void it_has_no_name_where_it_can_be_without(void)
{
    start(true);
    struct pc_trial_file trial = open_trial("one");
    CHECK_EQUAL(0, count_entries(here));
    CHECK_EQUAL(0, pc_trial_file_close(&trial));
    CHECK_EQUAL(0, count_entries(here));
}

static void count_names(void)
{
    fault[FAULT_CLOSE].before = NULL;
    names_at_close = count_entries(here);
}

static void elsewhere_it_loses_its_name_after_it_is_closed(void)
{
    start(false);
    struct pc_trial_file trial = open_trial("one");
    fault[FAULT_CLOSE] = (struct fault){.times = 1, .before = count_names};
    CHECK_EQUAL(0, pc_trial_file_close(&trial));
    CHECK_EQUAL(1, names_at_close);
    CHECK_EQUAL(0, count_entries(here));
}

static void two_at_a_time_have_two_names(void)
{
    start(false);
    struct pc_trial_file one = open_trial("one");
    start(false);
    struct pc_trial_file two = open_trial("two");
    CHECK_EQUAL(2, count_entries(here));
    CHECK_EQUAL(0, pc_trial_file_close(&one));
    CHECK_EQUAL(0, pc_trial_file_close(&two));
    CHECK_EQUAL(0, count_entries(here));
}

static void what_a_killed_run_left_behind_is_in_nobodys_way(void)
{
    start(false);
    struct pc_trial_file killed = open_trial("one");
    close(killed.fd);
    start(false);
    struct pc_trial_file trial = open_trial("one");
    CHECK_EQUAL(1, lseek(trial.fd, 0, SEEK_END));
    CHECK_EQUAL(0, pc_trial_file_close(&trial));
    CHECK_EQUAL(0, count_entries(here));
}

static const struct test_case cases[] = {
    {"it has no name where it can be without", it_has_no_name_where_it_can_be_without},
    {"elsewhere it loses its name after it is closed", elsewhere_it_loses_its_name_after_it_is_closed},
    {"two at a time have two names", two_at_a_time_have_two_names},
    {"what a killed run left behind is in nobody's way", what_a_killed_run_left_behind_is_in_nobodys_way},
};

int main(void)
{
    return TEST_RUN(cases);
}
