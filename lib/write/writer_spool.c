/* SPDX-License-Identifier: MIT */
#include "write/writer_spool.h"

#include "base/error.h"
#include "file/publish.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define BUFFER_PARTS 64u
#define BUFFER_LEAST ((size_t)256 << 10)
#define BUFFER_MOST  ((size_t)4 << 20)

stemma_status stm_spool_begin(stm_spool *spool, const char *folder, stm_memory *memory,
                              stemma_error *error)
{
    memset(spool, 0, sizeof *spool);
    spool->memory = memory;
    spool->file = -1;
    return stm_private_file(folder, &spool->file, error);
}

static stemma_status flush(stm_spool *spool, stemma_error *error)
{
    if (spool->lost) {
        return stm_fail(error, STEMMA_E_SYSTEM, "WRITE_FAILED", "temporary file",
                        "writing had failed before");
    }
    stemma_status status = stm_write_all(spool->file, spool->waiting.bytes, spool->waiting.size,
                                         "temporary file", error);
    spool->waiting.size = 0;
    spool->lost = status != STEMMA_OK;
    return status;
}

stemma_status stm_spool_add(stm_spool *spool, const stemma_document *document, uint64_t *place,
                            stemma_error *error)
{
    size_t before = spool->waiting.size;
    if (spool->lost) {
        return flush(spool, error);
    }
    if (stm_document_pack(document, &spool->waiting) != STEMMA_OK) {
        return stm_no_memory(error);
    }
    *place = spool->size;
    spool->size += spool->waiting.size - before;
    size_t most = stm_memory_part(spool->memory, BUFFER_PARTS, BUFFER_LEAST, BUFFER_MOST);
    return spool->waiting.size >= most ? flush(spool, error) : STEMMA_OK;
}

stemma_status stm_spool_read(stm_spool *spool, stemma_error *error)
{
    stemma_status status = flush(spool, error);
    free(spool->waiting.bytes);
    memset(&spool->waiting, 0, sizeof spool->waiting);
    if (status != STEMMA_OK || spool->size == 0) {
        return status;
    }
    void *map = mmap(NULL, spool->size, PROT_READ, MAP_SHARED, spool->file, 0);
    if (map == MAP_FAILED) {
        return stm_system_failed(error, "MAP_FAILED", "temporary file", "map it");
    }
    spool->map = map;
    stm_memory_watch(spool->memory, map, spool->size);
    return STEMMA_OK;
}

stemma_status stm_spool_get(const stm_spool *spool, uint64_t place, int with_testimony,
                            stm_document_arrays *arrays, stemma_document *document)
{
    return stm_document_unpack(spool->map + place, with_testimony, arrays, document);
}

void stm_spool_end(stm_spool *spool)
{
    if (spool->map != NULL) {
        stm_memory_unwatch(spool->memory, spool->map);
        munmap((void *)(uintptr_t)spool->map, spool->size);
    }
    if (spool->file >= 0) {
        close(spool->file);
    }
    free(spool->waiting.bytes);
    memset(spool, 0, sizeof *spool);
    spool->file = -1;
}
