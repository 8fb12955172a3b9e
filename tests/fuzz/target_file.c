/* SPDX-License-Identifier: MIT */
/* A file with some of its bytes changed: first byte: bit 0 which file, bit 1 sealed again, bit 2 the rest is
   a whole file; then edits of [page, offset (2), size, bytes]. What the page check accepts, LMDB reads to
   its end; the check in shares says the same as the check in one; whatever opens is read, and what
   stemma_check() finds sound answers everything. */
#include "fuzz.h"
#include "fuzz_file.h"
#include "page_check.h"
#include "page_seal.h"
#include "stemma/check.h"
#include "support/page_file.h"
#include "support/read_all.h"

static stemma_status check_pages(stemma_bytes file)
{
    size_t room = stm_page_bitmap_size(file.size);
    uint8_t *claimed = fuzz_zeroed(2 * room, 1);
    static stm_page_report report, other;
    stemma_error error = {0};
    stemma_status status = stm_page_check(file, claimed, room, &report, &error);
    fuzz_must(status == STEMMA_OK || (error.status == status && error.code[0] != '\0'));
    stemma_status first = stm_page_check_share(file, 0, 2, claimed, room, &report);
    stemma_status second = stm_page_check_share(file, 1, 2, claimed + room, room, &other);
    bool whole = first == STEMMA_OK && second == STEMMA_OK &&
                 stm_page_check_join(file, claimed, &report, claimed + room, &other) &&
                 stm_page_check_whole(file, claimed, &report);
    fuzz_must(whole == (status == STEMMA_OK));
    free(claimed);
    return status;
}

static void read_file(stemma_bytes file)
{
    const char *path = fuzz_put_file(file);
    read_all_result result = {0};
    stemma_check_summary summary = {0};
    stemma_error error = {0};
    fuzz_must(page_file_read_all(file.data, file.size, NULL, NULL));
    stemma_status status = read_all(path, NULL, &result);
    stemma_status checked = stemma_check(path, NULL, NULL, &summary, &error);
    fuzz_must(result.other == 0);
    fuzz_must(checked == status || status == STEMMA_OK);
    fuzz_must(checked != STEMMA_OK || summary.problems != 0 || (status == STEMMA_OK && result.damaged == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    uint8_t way = fuzz_u8(&input);
    stemma_bytes file = (way & 4) != 0 ? fuzz_rest(&input) : fuzz_edited_file(way & 1, &input);
    if (way & 2) {
        stemma_error error;
        stemma_status status = stm_page_seal((uint8_t *)(uintptr_t)file.data, file.size, &error);
        fuzz_must(status != STEMMA_OK || stm_page_sealed(file, &error) == STEMMA_OK);
    }
    if (check_pages(file) == STEMMA_OK) {
        read_file(file);
    }
    fuzz_free(file);
    return 0;
}
