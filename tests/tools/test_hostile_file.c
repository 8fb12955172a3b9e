/* SPDX-License-Identifier: MIT */
/* Damaged, cut, spliced and forged copies of a knowledge base of real articles through the tools that
   read one, stemma-pack among them: each ends by itself, soon, with a documented status, and says why
   when it fails. (Thousands of small files: tests/hostile/test_mutation_sweep.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/exit_codes.h"
#include "dump/dump.h"
#include "meta_record.h"
#include "page_layout.h"
#include "page_seal.h"
#include "pack/pack.h"
#include "stemma/stemma.h"
#include "support/mutate.h"
#include "support/rebuild.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif
#ifndef ROUNDS /* a longer run is built with -DROUNDS= -DSEED= */
#define ROUNDS (SANITIZED ? 96u : 240u)
#define SEED   20311u
#endif

#define ARTICLES  STEMMA_SOURCE_DIR "/tests/corpus/articles"
#define ARGUMENTS 10
#define MESSAGE   4096

/* query.h cannot stand beside tables.h: each names a stm_table. */
int stm_query_main(int argc, char **argv);

static char folder[64];
static char whole[96], other[96], made[96]; /* the file, one to splice from, the damaged copy */
static char again[96], rejects[128];        /* what pack makes of it */
static uint8_t *original, *stranger;
static size_t original_size, stranger_size;
static mutate_random chance = {SEED};
static int messages; /* what tools say on standard error goes here */

/* Ids to ask for, of an entity, an event and a claim. */
static char entity[STEMMA_ID_SIZE], event[STEMMA_ID_SIZE], claim[STEMMA_ID_SIZE];

/* ---- Making the files ---------------------------------------------------------------------- */

/* In a child, since it starts threads. */
static void pack(const char *output, const char *beginning)
{
    pid_t child = fork();
    int status;
    assert_true(child >= 0);
    if (child == 0) {
        static char paths[100][sizeof ARTICLES + 257];
        static const char *inputs[100];
        struct stm_pack_settings settings = {.output = output,
                                             .line_limit = 1u << 20,
                                             .jobs = 1,
                                             .quiet = 1,
                                             .inputs = inputs};
        DIR *articles = opendir(ARTICLES);
        for (struct dirent *one; articles != NULL && (one = readdir(articles)) != NULL;) {
            if (strncmp(one->d_name, beginning, strlen(beginning)) == 0 &&
                settings.input_count < 100) {
                snprintf(paths[settings.input_count], sizeof paths[0], "%s/%s", ARTICLES,
                         one->d_name);
                inputs[settings.input_count] = paths[settings.input_count];
                settings.input_count++;
            }
        }
        _exit(stm_pack_run(&settings));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static uint8_t *slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes;
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void write_made(const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(made, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void note_ids(void)
{
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_reference reference = {STEMMA_REFERENCE_ENTITY, 0};
    assert_int_equal(stemma_open(&file, whole, NULL, NULL), STEMMA_OK);
    assert_int_equal(stemma_snapshot_begin(&snapshot, file, NULL), STEMMA_OK);
    assert_int_equal(stemma_id_text(snapshot, reference, entity, NULL), STEMMA_OK);
    reference.kind = STEMMA_REFERENCE_EVENT;
    assert_int_equal(stemma_id_text(snapshot, reference, event, NULL), STEMMA_OK);
    reference.kind = STEMMA_REFERENCE_CLAIM;
    assert_int_equal(stemma_id_text(snapshot, reference, claim, NULL), STEMMA_OK);
    stemma_snapshot_end(snapshot);
    stemma_close(file);
}

static int make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stemma-hostile-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(whole, sizeof whole, "%s/whole.stemma", folder);
    snprintf(other, sizeof other, "%s/other.stemma", folder);
    snprintf(made, sizeof made, "%s/made.stemma", folder);
    snprintf(again, sizeof again, "%s/again.stemma", folder);
    snprintf(rejects, sizeof rejects, "%s.rejects.jsonl", again);
    pack(whole, "prisoners");
    pack(other, "mine");
    original = slurp(whole, &original_size);
    stranger = slurp(other, &stranger_size);
    note_ids();
    messages = memfd_create("messages", MFD_CLOEXEC);
    assert_true(messages >= 0);
    return 0;
}

static int discard(void **state)
{
    (void)state;
    free(original);
    free(stranger);
    unlink(whole);
    unlink(other);
    unlink(made);
    close(messages);
    return rmdir(folder);
}

/* ---- Damage -------------------------------------------------------------------------------- */

/* What a value is changed to: small damage of every kind, at one to three places. */
static void damage_value(uint8_t *value, size_t *size, size_t capacity)
{
    static const uint8_t edges[] = {0,    1,    0x7f, 0x80, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2,
                                    0xc4, 0xc6, 0xcc, 0xce, 0xcf, 0xd3, 0xdb, 0xdd, 0xdf, 0xff};
    for (uint64_t changes = 1 + mutate_below(&chance, 3); changes > 0 && *size > 0; changes--) {
        size_t at = (size_t)mutate_below(&chance, *size);
        size_t left = *size - at;
        size_t length = 1 + (size_t)mutate_below(&chance, left < 64 ? left : 64);
        switch (mutate_below(&chance, 9)) {
        case 0:
            value[at] ^= (uint8_t)(1u << mutate_below(&chance, 8));
            break;
        case 1:
            value[at] = (uint8_t)mutate_next(&chance);
            break;
        case 2:
            value[at] = edges[mutate_below(&chance, sizeof edges)];
            break;
        case 3:
            value[at]++;
            break;
        case 4:
            *size = at;
            break;
        case 5: /* one part over another */
            memmove(value + at, value + mutate_below(&chance, *size - length + 1), length);
            break;
        case 6: /* a part left out */
            memmove(value + at, value + at + length, left - length);
            *size -= length;
            break;
        case 7: /* a part twice */
            if (capacity - *size >= length) {
                memmove(value + at + length, value + at, left);
                *size += length;
            }
            break;
        default:
            memset(value + at, mutate_below(&chance, 2) ? 0xff : 0, length < 8 ? length : 8);
            break;
        }
    }
}

/* Pages of the other file in the place of some of this one's, with the numbers they then need. */
static void put_strangers_in(uint8_t *bytes)
{
    size_t pages = original_size / STEMMA_PAGE_SIZE, others = stranger_size / STEMMA_PAGE_SIZE;
    for (uint64_t count = 1 + mutate_below(&chance, 4); count > 0; count--) {
        size_t to = (size_t)mutate_below(&chance, pages);
        size_t from = to < others && mutate_below(&chance, 2) ? to : mutate_below(&chance, others);
        memcpy(bytes + to * STEMMA_PAGE_SIZE, stranger + from * STEMMA_PAGE_SIZE,
               STEMMA_PAGE_SIZE);
        if (to > 1 && mutate_below(&chance, 4) != 0) {
            stm_page_put64(bytes + to * STEMMA_PAGE_SIZE, to);
        }
    }
}

/* Writes one damaged file and says how it came about. */
static const char *make_one(uint32_t round)
{
    stemma_error error;
    const char *shape;
    if (round % 2 == 0) {
        /* A forger's work: everything around a few changed records is consistent. */
        static const stm_table often[] = {STM_TABLE_TESTIMONY, STM_TABLE_TEXT, STM_TABLE_META};
        rebuild plan = {STM_TABLE_COUNT, 0, damage_value, mutate_below(&chance, 4) == 0};
        plan.table = mutate_below(&chance, 3) == 0
                         ? often[mutate_below(&chance, sizeof often / sizeof often[0])]
                         : (stm_table)mutate_below(&chance, STM_TABLE_COUNT);
        plan.record = (uint32_t)mutate_below(&chance, 1u << 20);
        if (mutate_below(&chance, 16) == 0) {
            plan.change = NULL;
        }
        rebuild_file(whole, made, &plan);
        return "a changed record, resealed";
    }
    uint8_t *bytes = malloc(original_size);
    size_t size = original_size;
    assert_non_null(bytes);
    memcpy(bytes, original, size);
    if (round % 8 == 1) {
        put_strangers_in(bytes);
        shape = "pages of another file";
    } else {
        mutation kind = (mutation)mutate_below(&chance, MUTATE_KIND_COUNT);
        shape = mutation_name(kind);
        for (uint64_t times = 1 + mutate_below(&chance, 3); times > 0; times--) {
            mutate_apply(&chance, kind, bytes, &size);
        }
    }
    if (mutate_below(&chance, 4) == 0) {
        /* Sealed again where that is possible: then only the contents are wrong. */
        if (stm_page_seal(bytes, size, &error) != STEMMA_OK) {
            memset(&error, 0, sizeof error);
        }
    }
    write_made(bytes, size);
    free(bytes);
    return shape;
}

/* ---- Running tools ------------------------------------------------------------------------- */

typedef int tool_main(int argc, char **argv);

/* Packs from the damaged file: as documents on their own, or as what is built upon. */
static int pack_from(int argc, char **argv)
{
    const char *inputs[] = {argv[1]};
    struct stm_pack_settings settings = {
        .output = again, .line_limit = 1u << 20, .jobs = 1, .force = 1, .quiet = 1};
    (void)argc;
    if (strcmp(argv[2], "base") == 0) {
        settings.base = argv[1];
    } else {
        settings.inputs = inputs;
        settings.input_count = 1;
        settings.judge = strcmp(argv[2], "judge") == 0 ? STM_JUDGE_ALL : STM_JUDGE_NONE;
    }
    return stm_pack_run(&settings);
}

/* Runs a tool in a child of its own. Gives its exit status, or fails the test. */
static int run_tool(tool_main *tool, const char *const *arguments, const char *shape,
                    uint32_t round)
{
    char said[MESSAGE + 1] = "";
    int status = 0;
    ssize_t size;
    pid_t child;
    assert_int_equal(ftruncate(messages, 0), 0);
    assert_int_equal(lseek(messages, 0, SEEK_SET), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        /* A writer reserves room for its map, which is no memory yet. */
        rlim_t most = (rlim_t)(tool == pack_from ? 4 : 2) << 30;
        struct rlimit time = {10, 10}, memory = {most, most};
        struct rlimit core = {0, 0};
        char *argv[ARGUMENTS + 1];
        int argc = 0;
        int nothing = open("/dev/null", O_WRONLY);
        /* The framework's handlers would carry on with the tests in the child. */
        static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGABRT};
        for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
            signal(deadly[i], SIG_DFL);
        }
        setrlimit(RLIMIT_CORE, &core);
        setrlimit(RLIMIT_CPU, &time);
        if (!SANITIZED) {
            setrlimit(RLIMIT_AS, &memory);
        }
        dup2(nothing, STDOUT_FILENO);
        dup2(messages, STDERR_FILENO);
        for (; argc < ARGUMENTS && arguments[argc] != NULL; argc++) {
            argv[argc] = strdup(arguments[argc]);
        }
        argv[argc] = NULL;
        status = tool(argc, argv);
        fflush(NULL);
        _exit(status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    size = pread(messages, said, MESSAGE, 0);
    if (!WIFEXITED(status)) {
        fail_msg("round %u (%s): %s %s %s killed by signal %d\n%s", round, shape, arguments[0],
                 arguments[1], arguments[2], WTERMSIG(status), said);
    }
    status = WEXITSTATUS(status);
    if (status > STM_EXIT_INTERNAL || status == STM_EXIT_USAGE || status == STM_EXIT_SYSTEM ||
        (status == STM_EXIT_REJECTED && tool != pack_from) || (status > STM_EXIT_NOTHING && size <= 0)) {
        fail_msg("round %u (%s): %s %s %s ended with %d and said: %s", round, shape, arguments[0],
                 arguments[1], arguments[2], status, said);
    }
    return status;
}

/* Statuses that were met, by tool. */
static uint32_t met[4][8];

static void ask(const char *shape, uint32_t round)
{
    const char *const dumping[][ARGUMENTS] = {
        {"stemma-dump", made},
        {"stemma-dump", "--offsets", "utf16", made},
        {"stemma-dump", made},
        {"stemma-dump", "--stats", "--format", "json", made},
        {"stemma-dump", "--table", stm_tables[round / 5 % STM_TABLE_COUNT].name, made},
    };
    const char *const checking[] = {"stemma-dump", "--check", "-q", made, NULL};
    const char *const questions[][ARGUMENTS] = {
        {"stemma-query", made, "find", "Mikhas Darovich"},
        {"stemma-query", made, "find", "Darovitsch", "--format", "json"},
        {"stemma-query", made, "show", entity},
        {"stemma-query", made, "show", event, "--format", "jsonl"},
        {"stemma-query", made, "events"},
        {"stemma-query", made, "events", "--who", entity, "--from", "2001", "--format", "csv"},
        {"stemma-query", made, "why", claim},
        {"stemma-query", made, "why", event, "--format", "json"},
        {"stemma-query", made, "timeline", entity},
        {"stemma-query", made, "timeline", entity, "--as-of", "2024", "--format", "tsv"},
        {"stemma-query", made, "sources"},
        {"stemma-query", made, "sources", "--format", "dot"},
        {"stemma-query", made, "sources", "--passages", "--format", "json"},
        {"stemma-query", made, "doubtful", "--format", "jsonl"},
        {"stemma-query", made, "doubtful", "--limit", "0"},
        {"stemma-query", made, "search", "prisoners freed"},
        {"stemma-query", made, "search", "\"political prisoners\"", "--format", "jsonl"},
        {"stemma-query", made, "sql", "SELECT label, time, id FROM event ORDER BY earliest DESC"},
        {"stemma-query", made, "sql", "SELECT quote, claim FROM assertion a JOIN evidence e ON e.assertion = a.number"},
        {"stemma-query", made, "sql", "SELECT name, c.object FROM entity e JOIN claim c ON c.entity = e.number"},
        {"stemma-query", made, "stats"},
    };
    size_t question = round / 2 % (sizeof questions / sizeof questions[0]);
    int checked = run_tool(stm_dump_main, checking, shape, round);
    met[0][run_tool(stm_dump_main, dumping[round % 5], shape, round)]++;
    met[1][checked]++;
    met[2][run_tool(stm_query_main, questions[question], shape, round)]++;
    if (round % 2 == 0) {
        static const char *const ways[] = {"base", "input", "judge"};
        const char *const packing[] = {"stemma-pack", made, ways[round / 2 % 3], NULL};
        int packed = run_tool(pack_from, packing, shape, round);
        met[3][packed]++;
        if (packed == STM_EXIT_OK || access(again, F_OK) == 0) {
            /* Whatever came in, what goes out is sound. */
            const char *const rechecking[] = {"stemma-dump", "--check", "-q", again, NULL};
            if (run_tool(stm_dump_main, rechecking, shape, round) != STM_EXIT_OK) {
                fail_msg("round %u (%s): pack made an unsound file of %s", round, shape, made);
            }
        }
        unlink(again);
        unlink(rejects);
    }
}

static void the_tools_read_the_file_when_it_is_whole(void **state)
{
    (void)state;
    write_made(original, original_size);
    for (uint32_t round = 0; round < 28; round += 2) {
        memset(met, 0, sizeof met);
        ask("whole", round);
        assert_int_equal(met[0][0] + met[1][0] + met[2][0], 3);
        assert_int_equal(met[3][0], round % 2 == 0);
    }
}

/* Counts that nothing bounds, of what lies in documents. */
static void count_beyond_reason(uint8_t *value, size_t *size, size_t capacity)
{
    static const uint32_t unbounded[] = {1, 2, 3, 4, 10, 11, 14, 15};
    stm_meta meta;
    stm_buffer out = stm_buffer_over(value, capacity);
    if (stm_meta_decode((stemma_bytes){value, *size}, &meta, NULL) != STEMMA_OK) {
        return; /* another record */
    }
    for (size_t i = 0; i < sizeof unbounded / sizeof unbounded[0]; i++) {
        meta.counts[unbounded[i]] = UINT64_MAX;
    }
    assert_int_equal(stm_meta_encode(&meta, &out, NULL), STEMMA_OK);
    *size = out.size;
}

static void sql_guesses_by_no_count_beyond_reason(void **state)
{
    static const char *const questions[] = {
        "SELECT count(*) FROM assertion a JOIN evidence e ON e.assertion = a.number",
        "SELECT e.quote FROM document d JOIN evidence e ON e.document = d.number LIMIT 1",
        "SELECT count(*) FROM name n JOIN entity e ON e.number = n.entity"};
    (void)state;
    for (uint32_t record = 0; record < 4; record++) {
        rebuild plan = {STM_TABLE_META, record, count_beyond_reason, 1};
        rebuild_file(whole, made, &plan);
        for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
            const char *const asking[] = {"stemma-query", made, "sql", questions[i], NULL};
            assert_int_equal(run_tool(stm_query_main, asking, "counts", record), STM_EXIT_OK);
        }
    }
}

static void no_altered_file_harms_a_tool(void **state)
{
    (void)state;
    memset(met, 0, sizeof met);
    print_message("seed %llu\n", (unsigned long long)chance.state);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        ask(make_one(round), round);
    }
    for (int tool = 0; tool < 4; tool++) {
        static const char *const names[] = {"dump", "check", "query", "pack"};
        print_message("%-5s", names[tool]);
        for (int status = 0; status < 8; status++) {
            print_message(" %d: %u", status, met[tool][status]);
        }
        print_message("\n");
    }
    /* The copies reach all depths: refused on sight, found by a check, and unharmed. */
    assert_true(met[1][STM_EXIT_DAMAGED] > ROUNDS / 8);
    assert_true(met[1][STM_EXIT_NOTHING] > ROUNDS / 8);
    assert_true(met[0][STM_EXIT_OK] > ROUNDS / 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tools_read_the_file_when_it_is_whole),
        cmocka_unit_test(sql_guesses_by_no_count_beyond_reason),
        cmocka_unit_test(no_altered_file_harms_a_tool),
    };
    return cmocka_run_group_tests(tests, make, discard);
}
