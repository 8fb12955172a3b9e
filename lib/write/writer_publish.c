/* SPDX-License-Identifier: MIT */
/* The end of a writer's work: the new file is proven, synced and put in its place. */
#include "write/writer_stage.h"

#include "base/error.h"
#include "base/parallel.h"
#include "page_check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What was just written must pass the check that every reader makes. */
static stemma_status check_pages(const uint8_t *map, size_t size, stemma_error *error)
{
    stemma_bytes file = {map, size};
    size_t claimed_size = stm_page_bitmap_size(size);
    uint8_t *claimed = malloc(claimed_size);
    stm_page_report *report = malloc(sizeof *report);
    stemma_status status = STEMMA_E_NO_MEMORY;
    if (claimed != NULL && report != NULL) {
        status = stm_page_check(file, claimed, claimed_size, report, error);
        if (status != STEMMA_OK && error != NULL) {
            error->status = STEMMA_E_INTERNAL;
        }
        status = status == STEMMA_OK ? STEMMA_OK : STEMMA_E_INTERNAL;
    } else {
        stm_no_memory(error);
    }
    free(claimed);
    free(report);
    return status;
}

static stemma_status check_file(stemma_writer *writer, size_t size, stemma_error *error)
{
    const char *path = writer->publication.path;
    void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, writer->publication.file, 0);
    if (map == MAP_FAILED) {
        return stm_system_failed(error, "MAP_FAILED", path, "map the new file");
    }
    stm_memory_watch(writer->memory, map, size);
    stemma_status status = check_pages(map, size, error);
    stm_memory_unwatch(writer->memory, map);
    munmap(map, size);
    return status;
}

/* What is left to do with the new file, and what is not needed any more. */
struct sealing {
    stemma_writer *writer;
    uint64_t size;
    stemma_error errors[2];
    stemma_status statuses[2];
};

static void sync_file(void *context)
{
    struct sealing *sealing = context;
    sealing->statuses[0] =
        stm_publication_sync(&sealing->writer->publication, &sealing->errors[0]);
}

/* While the disk writes, the pages are checked, and memory given back, which takes a while, too. */
static void check_and_release(void *context)
{
    struct sealing *sealing = context;
    stemma_writer *writer = sealing->writer;
    sealing->statuses[1] = check_file(writer, (size_t)sealing->size, &sealing->errors[1]);
    stm_store_writer_free(writer->store);
    writer->store = NULL;
    stm_index_free(&writer->index);
    memset(&writer->index, 0, sizeof writer->index);
}

stemma_status stm_writer_publish(stemma_writer *writer, uint64_t size, stemma_error *error)
{
    struct sealing sealing;
    memset(&sealing, 0, sizeof sealing);
    sealing.writer = writer;
    sealing.size = size;
    stm_writer_progress(writer, "sealing", 0, 0);
    stm_parallel_beside(writer->jobs, sync_file, check_and_release, &sealing);
    int failed = sealing.statuses[0] != STEMMA_OK ? 0 : 1;
    if (sealing.statuses[failed] != STEMMA_OK && error != NULL) {
        *error = sealing.errors[failed];
    }
    return sealing.statuses[failed] == STEMMA_OK
               ? stm_publication_commit(&writer->publication, error)
               : sealing.statuses[failed];
}
