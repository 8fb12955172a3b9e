/* SPDX-License-Identifier: MIT */
/* Whole packs: lines of interchange, up to a line "%%"; then lines of judgements. Whatever comes in, what
   goes out is sound; and written as interchange and packed again it is the same file. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/exit_codes.h"
#include "dump/dump.h"
#include "fuzz.h"
#include "pack/pack.h"
#include "stemma/check.h"

static char folder[40];
static char lines[64], judgements[64], packed[64], dumped[64], again[64], rejects[2][80];

static void remove_all(void)
{
    unlink(lines);
    unlink(judgements);
    unlink(packed);
    unlink(dumped);
    unlink(again);
    unlink(rejects[0]);
    unlink(rejects[1]);
    rmdir(folder);
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/stemma-fuzz-XXXXXX");
    fuzz_must(mkdtemp(folder) != NULL);
    snprintf(lines, sizeof lines, "%s/lines.jsonl", folder);
    snprintf(judgements, sizeof judgements, "%s/judged.jsonl", folder);
    snprintf(packed, sizeof packed, "%s/a.stemma", folder);
    snprintf(dumped, sizeof dumped, "%s/dump.jsonl", folder);
    snprintf(again, sizeof again, "%s/b.stemma", folder);
    snprintf(rejects[0], sizeof rejects[0], "%s.rejects.jsonl", packed);
    snprintf(rejects[1], sizeof rejects[1], "%s.rejects.jsonl", again);
    atexit(remove_all);
}

static void put(const char *path, stemma_bytes bytes)
{
    FILE *file = fopen(path, "wb");
    fuzz_must(file != NULL && fwrite(bytes.data, 1, bytes.size, file) == bytes.size && fclose(file) == 0);
}

static int pack(const char *from, const char *with, const char *to, int judge)
{
    const char *inputs[] = {from};
    struct stm_pack_settings settings = {.output = to,
                                         .line_limit = 1u << 20,
                                         .jobs = 1,
                                         .force = 1,
                                         .quiet = 1,
                                         .judge = judge,
                                         .model = STEMMA_SOURCE_DIR "/tools/model/english.model",
                                         .inputs = inputs,
                                         .input_count = 1};
    if (with != NULL) {
        settings.judgements.items[0] = with;
        settings.judgements.count = 1;
    }
    return stm_pack_run(&settings);
}

static int tell(void *context, const stemma_problem *problem)
{
    (void)context;
    fprintf(stderr, "%s at %s: %s\n", problem->code, problem->where, problem->message);
    return 0;
}

static void must_be_sound(const char *path)
{
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    fuzz_must(stemma_check(path, tell, NULL, &summary, &error) == STEMMA_OK && summary.problems == 0);
}

static void must_be_same(const char *one, const char *other)
{
    char left[4096], right[4096];
    FILE *a = fopen(one, "rb"), *b = fopen(other, "rb");
    size_t size;
    fuzz_must(a != NULL && b != NULL);
    while ((size = fread(left, 1, sizeof left, a)) != 0) {
        fuzz_must(fread(right, 1, sizeof right, b) == size && memcmp(left, right, size) == 0);
    }
    fuzz_must(fread(right, 1, 1, b) == 0);
    fclose(a);
    fclose(b);
}

static void there_and_back(void)
{
    const struct stm_dump_settings settings = {
        .offsets = -1, .jobs = 1, .format = -1, .last = STEMMA_NONE, .path = packed};
    FILE *out = fopen(dumped, "wb");
    fuzz_must(out != NULL && stm_dump_interchange(&settings, out) == STM_EXIT_OK && fclose(out) == 0);
    fuzz_must(pack(dumped, NULL, again, STM_JUDGE_NONE) == STM_EXIT_OK);
    must_be_same(packed, again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    if (folder[0] == '\0') {
        make_folder();
    }
    int judge = size % 3 == 0 ? STM_JUDGE_ALL : STM_JUDGE_NONE;
    stemma_bytes first = fuzz_section(&input, "%%\n"), second = fuzz_rest(&input);
    put(lines, first);
    put(judgements, second);
    unlink(packed);
    int status = pack(lines, second.size != 0 ? judgements : NULL, packed, judge);
    fuzz_must(status == STM_EXIT_OK || status == STM_EXIT_REJECTED || status == STM_EXIT_UNSUPPORTED);
    if (access(packed, F_OK) == 0) {
        must_be_sound(packed);
        there_and_back();
    } else {
        fuzz_must(status != STM_EXIT_OK);
    }
    fuzz_free(first);
    fuzz_free(second);
    return 0;
}
