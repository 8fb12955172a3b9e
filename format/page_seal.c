/* SPDX-License-Identifier: MIT */
#include "page_seal.h"

#include "page_build.h"
#include "page_layout.h"

#include <stdbool.h>
#include <string.h>

/* A pass over a file that brings each page into its sealed form, or only compares. */
typedef struct pass {
    const uint8_t *file;
    uint8_t *writable; /* the same bytes, or NULL to change nothing */
    uint64_t size;
    stm_page_place place;
} pass;

/* Makes the bytes at `offset` what they should be. */
static stm_page_problem settle(pass *run, uint64_t offset, const uint8_t *wanted, size_t size)
{
    if (memcmp(run->file + offset, wanted, size) == 0) {
        return STM_PAGE_SOUND;
    }
    if (run->writable == NULL) {
        run->place.page = (int64_t)(offset / STEMMA_PAGE_SIZE);
        run->place.node = -1;
        return STM_BAD_PAGE_SLACK;
    }
    memcpy(run->writable + offset, wanted, size);
    return STM_PAGE_SOUND;
}

/* Zeros behind a value on overflow pages: less than two pages of them. */
static stm_page_problem settle_zeros(pass *run, uint64_t offset, uint64_t end)
{
    static const uint8_t zeros[STEMMA_PAGE_SIZE];
    stm_page_problem problem = STM_PAGE_SOUND;
    while (offset < end && problem == STM_PAGE_SOUND) {
        uint64_t part = end - offset < sizeof zeros ? end - offset : sizeof zeros;
        problem = settle(run, offset, zeros, part);
        offset += part;
    }
    return problem;
}

/* Reads the newest meta page as LMDB chooses it and writes both anew. */
static stm_page_problem seal_metas(pass *run)
{
    const uint8_t *file = run->file;
    if (run->size < STM_META_END || stm_page_get32(file + STM_META_MAGIC) != STM_META_MAGIC_VALUE) {
        return STM_BAD_FILE_MAGIC;
    }
    if (run->size % STEMMA_PAGE_SIZE != 0 || run->size < STM_META_PAGES * STEMMA_PAGE_SIZE) {
        return STM_BAD_FILE_SIZE;
    }
    const uint8_t *second = file + STEMMA_PAGE_SIZE;
    bool newer = stm_page_get64(file + STM_META_TXNID) < stm_page_get64(second + STM_META_TXNID);
    const uint8_t *meta = newer ? second : file;
    run->place.page = newer ? 1 : 0;
    if (stm_page_get32(meta + STM_META_MAGIC) != STM_META_MAGIC_VALUE) {
        return STM_BAD_META_MAGIC;
    }
    if (stm_page_get32(meta + STM_META_VERSION) != STM_META_VERSION_VALUE) {
        return STM_BAD_META_VERSION;
    }
    if (stm_page_get32(meta + STM_META_FREE + STM_TABLE_PAD) != STEMMA_PAGE_SIZE) {
        return STM_BAD_META_PAGE_SIZE;
    }
    if (stm_page_get64(meta + STM_META_FREE + STM_TABLE_ROOT) != STM_NO_PAGE) {
        return STM_BAD_META_FREE_LIST;
    }
    if (stm_page_get64(meta + STM_META_LAST_PAGE) != run->size / STEMMA_PAGE_SIZE - 1) {
        return STM_BAD_META_LAST_PAGE;
    }
    uint8_t record[STM_TABLE_RECORD];
    uint8_t sealed[STEMMA_PAGE_SIZE];
    memcpy(record, meta + STM_META_MAIN, sizeof record);
    stm_page_put_meta(sealed, 0, run->size, NULL);
    stm_page_problem problem = settle(run, 0, sealed, sizeof sealed);
    if (problem == STM_PAGE_SOUND) {
        stm_page_put_meta(sealed, 1, run->size, record);
        problem = settle(run, STEMMA_PAGE_SIZE, sealed, sizeof sealed);
    }
    return problem;
}

/* The slack behind a value on overflow pages. */
static stm_page_problem seal_run(pass *run, uint64_t number, uint64_t value_size)
{
    uint64_t pages = run->size / STEMMA_PAGE_SIZE;
    uint64_t count = stm_page_run(value_size);
    if (number < STM_META_PAGES || count > pages || number > pages - count) {
        return STM_BAD_PAGE_RANGE;
    }
    uint64_t begin = number * STEMMA_PAGE_SIZE;
    const uint8_t *header = run->file + begin;
    if (stm_page_get16(header + STM_PAGE_FLAGS) != STM_PAGE_IS_OVERFLOW) {
        return STM_BAD_OVERFLOW_HEADER;
    }
    /* LMDB overwrites a long value with a shorter one in place and keeps the run as it was. */
    if (stm_page_get32(header + STM_PAGE_OVERFLOW_RUN) != count) {
        return STM_BAD_OVERFLOW_RUN;
    }
    return settle_zeros(run, begin + STM_PAGE_HEADER + value_size,
                        begin + count * STEMMA_PAGE_SIZE);
}

/* Copies node by node into an empty page, from its end down, and settles the result. */
static stm_page_problem seal_nodes(pass *run, uint64_t number, bool branch)
{
    const uint8_t *page = run->file + number * STEMMA_PAGE_SIZE;
    unsigned lower = stm_page_get16(page + STM_PAGE_LOWER);
    if (lower < STM_PAGE_HEADER || lower % 2 != 0 || lower > STEMMA_PAGE_SIZE) {
        return STM_BAD_PAGE_BOUNDS;
    }
    uint8_t sealed[STEMMA_PAGE_SIZE] = {0};
    unsigned end = STEMMA_PAGE_SIZE;
    unsigned nodes = (lower - STM_PAGE_HEADER) / 2;
    for (unsigned node = 0; node < nodes; node++) {
        run->place.node = (int32_t)node;
        uint64_t at = stm_page_get16(page + STM_PAGE_HEADER + 2 * node);
        if (at < lower || at + STM_NODE_HEADER > STEMMA_PAGE_SIZE) {
            return STM_BAD_NODE_BOUNDS;
        }
        uint64_t key_size = stm_page_get16(page + at + STM_NODE_KEY_SIZE);
        uint64_t value_size = branch ? 0 : stm_page_get32(page + at);
        bool big = !branch && (stm_page_get16(page + at + STM_NODE_FLAGS) & STM_NODE_BIG) != 0;
        uint64_t size = STM_NODE_HEADER + key_size + (big ? STM_NODE_PAGE_REF : value_size);
        if (at + size > STEMMA_PAGE_SIZE) {
            return STM_BAD_NODE_BOUNDS;
        }
        if (size + size % 2 > end - lower) {
            return STM_BAD_NODE_PACKING;
        }
        if (big) {
            uint64_t overflow = stm_page_get64(page + at + STM_NODE_HEADER + key_size);
            stm_page_problem problem = seal_run(run, overflow, value_size);
            if (problem != STM_PAGE_SOUND) {
                return problem;
            }
        }
        end -= (unsigned)(size + size % 2);
        memcpy(sealed + end, page + at, size);
        stm_page_put16(sealed + STM_PAGE_HEADER + 2 * node, (uint16_t)end);
    }
    memcpy(sealed, page, STM_PAGE_HEADER);
    stm_page_put16(sealed + STM_PAGE_PAD, 0);
    stm_page_put16(sealed + STM_PAGE_UPPER, (uint16_t)end);
    return settle(run, number * STEMMA_PAGE_SIZE, sealed, sizeof sealed);
}

/* The page at `number` and, when it begins an overflow run, those behind it: sets *count. */
static stm_page_problem seal_page(pass *run, uint64_t number, uint64_t *count)
{
    static const uint8_t zero_pad[2];
    const uint8_t *page = run->file + number * STEMMA_PAGE_SIZE;
    *count = 1;
    switch (stm_page_get16(page + STM_PAGE_FLAGS)) {
    case STM_PAGE_IS_BRANCH:
        return seal_nodes(run, number, true);
    case STM_PAGE_IS_LEAF:
        return seal_nodes(run, number, false);
    case STM_PAGE_IS_OVERFLOW:
        *count = stm_page_get32(page + STM_PAGE_OVERFLOW_RUN);
        if (*count == 0 || *count > run->size / STEMMA_PAGE_SIZE - number) {
            return STM_BAD_OVERFLOW_RUN;
        }
        return settle(run, number * STEMMA_PAGE_SIZE + STM_PAGE_PAD, zero_pad, sizeof zero_pad);
    default:
        return STM_BAD_PAGE_KIND;
    }
}

static stemma_status seal_all(pass *run, stemma_error *error)
{
    uint64_t pages = run->size / STEMMA_PAGE_SIZE;
    uint64_t count = 0;
    run->place = (stm_page_place){.page = -1, .node = -1};
    stm_page_problem problem = seal_metas(run);
    for (uint64_t page = STM_META_PAGES; page < pages && problem == STM_PAGE_SOUND; page += count) {
        run->place.page = (int64_t)page;
        run->place.node = -1;
        problem = seal_page(run, page, &count);
    }
    if (run->place.page >= 0) {
        run->place.offset = (uint64_t)run->place.page * STEMMA_PAGE_SIZE;
    }
    return stm_page_fail(problem, &run->place, error);
}

stemma_status stm_page_seal(uint8_t *file, size_t size, stemma_error *error)
{
    pass run = {.file = file, .writable = file, .size = size};
    return seal_all(&run, error);
}

stemma_status stm_page_sealed(stemma_bytes file, stemma_error *error)
{
    pass run = {.file = file.data, .writable = NULL, .size = file.size};
    return seal_all(&run, error);
}
