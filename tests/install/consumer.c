/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stemma/stemma.h>

int main(int argc, char **argv)
{
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    const stemma_found *found = NULL;
    uint32_t count = 0;
    stemma_error error;
    if (argc != 3 || stemma_open(&file, argv[1], NULL, &error) != STEMMA_OK ||
        stemma_snapshot_begin(&snapshot, file, &error) != STEMMA_OK ||
        stemma_find(snapshot, stemma_text_of(argv[2]), NULL, &found, &count, &error) != STEMMA_OK) {
        fprintf(stderr, "%s\n", argc == 3 ? error.message : "usage: consumer KB NAME");
        return 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        stemma_entity entity;
        if (stemma_entity_get(snapshot, found[i].entity, &entity, &error) == STEMMA_OK) {
            printf("%.*s: %u documents, %u events\n", (int)entity.name.size, entity.name.data,
                   entity.documents, entity.events);
        }
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return count == 0;
}
