/* SPDX-License-Identifier: MIT */
/* The pages of a file that opened: nothing lies in their gaps. */
#include <sys/mman.h>

#include "check/check_state.h"
#include "file/publish.h"
#include "page_seal.h"

stemma_status stm_check_seal(stm_check *check, stemma_error *error)
{
    size_t size = check->file->size;
    stemma_check_result *result = &check->summary->checks[STEMMA_CHECK_PAGES];
    result->looked = size / STEMMA_PAGE_SIZE;
    if (check->damaged) {
        return STEMMA_OK; /* what is wrong was told when the file was looked through */
    }
    void *map =
        mmap(NULL, size, PROT_READ, MAP_SHARED, stm_store_descriptor(check->file->store), 0);
    if (map == MAP_FAILED) {
        return stm_system_failed(error, "MAP_FAILED", "", "map the file");
    }
    stemma_status status = stm_page_sealed((stemma_bytes){map, size}, error);
    munmap(map, size);
    stm_check_tell_progress(check, STEMMA_CHECK_PAGES, result->looked, result->looked);
    return stm_check_failed(check, "pages", status, error);
}
