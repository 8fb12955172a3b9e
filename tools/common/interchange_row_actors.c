/* SPDX-License-Identifier: MIT */
/* How the actors of a data set stand in its lines. */
#include <stdlib.h>
#include <string.h>

#include "common/interchange_row_text.h"
#include "digest.h"

static stemma_text name_of(const stemma_document *document, uint32_t actor)
{
    const stemma_referent *referent = &document->referents[actor];
    return referent->name_count != 0 ? referent->names[0].text : (stemma_text){NULL, 0};
}

/* Marks the actors whose name no other one has. */
static bool find_unique(const stemma_document *document, uint8_t *unique)
{
    size_t slots = 16;
    uint32_t *table;
    while (slots < 2 * (size_t)document->referent_count) {
        slots *= 2;
    }
    table = calloc(slots, sizeof *table); /* actor + 1 */
    if (table == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < document->referent_count; i++) {
        stemma_text name = name_of(document, i);
        size_t at = (size_t)stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, 0) &
                    (slots - 1);
        unique[i] = name.size != 0;
        while (table[at] != 0 && !stemma_text_equal(name_of(document, table[at] - 1), name)) {
            at = (at + 1) & (slots - 1);
        }
        if (table[at] != 0) {
            unique[table[at] - 1] = 0;
            unique[i] = 0;
        } else {
            table[at] = i + 1;
        }
    }
    free(table);
    return true;
}

bool stm_row_actors_make(struct stm_row_actors *actors, const stemma_document *document)
{
    static const char slack[STM_ROW_SLACK];
    uint32_t count = document->referent_count;
    uint8_t *unique = malloc((size_t)count + 1);
    stm_json text;
    bool good;
    *actors = (struct stm_row_actors){.count = count};
    actors->starts = malloc(((size_t)count + 1) * sizeof *actors->starts);
    stm_json_to_buffer(&text, 0);
    good = unique != NULL && actors->starts != NULL && find_unique(document, unique);
    for (uint32_t i = 0; good && i < count; i++) {
        actors->starts[i] = text.size;
        if (unique[i]) {
            stm_json_text(&text, name_of(document, i));
        } else {
            stm_json_unsigned(&text, i);
        }
        if (text.size - actors->starts[i] > actors->longest) {
            actors->longest = text.size - actors->starts[i];
        }
    }
    if (good) {
        actors->starts[count] = text.size;
    }
    stm_json_raw(&text, (stemma_text){slack, sizeof slack});
    good = good && stm_json_status(&text) == STEMMA_OK;
    if (good) {
        actors->text = text.data; /* taken over */
    } else {
        stm_json_free(&text);
    }
    free(unique);
    return good;
}

void stm_row_actors_free(struct stm_row_actors *actors)
{
    free(actors->text);
    free(actors->starts);
}
