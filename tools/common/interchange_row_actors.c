/* SPDX-License-Identifier: MIT */
/* How the actors of a data set stand in its lines. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/large.h"
#include "common/interchange_row_text.h"
#include "digest.h"

#define PAGE 4096u

static stemma_text name_of(const stemma_document *document, uint32_t actor)
{
    const stemma_referent *referent = &document->referents[actor];
    return referent->name_count != 0 ? referent->names[0].text : (stemma_text){NULL, 0};
}

static char *slot_of(const struct stm_row_actors *actors, uint32_t actor)
{
    return actors->slots + (size_t)actor * STM_ROW_SLOT;
}

bool stm_row_actors_begin(struct stm_row_actors *actors, const stemma_document *document)
{
    uint32_t count = document->referent_count;
    *actors = (struct stm_row_actors){.count = count};
    actors->mapped = ((size_t)count * STM_ROW_SLOT / PAGE + 1) * PAGE;
    actors->slots = stm_large_map(actors->mapped);
    actors->hash = malloc(((size_t)count + 1) * sizeof *actors->hash);
    return actors->slots != NULL && actors->hash != NULL;
}

/* ---- Slots ----------------------------------------------------------------------------------- */

/* A text that is too long for a slot. */
static bool put_elsewhere(char *slot, const char *text, size_t size)
{
    struct stm_row_long elsewhere = {malloc(size + STM_ROW_SLACK), size};
    if (elsewhere.text == NULL) {
        return false;
    }
    memcpy(elsewhere.text, text, size);
    memset(elsewhere.text + size, 0, STM_ROW_SLACK);
    memcpy(slot, &elsewhere, sizeof elsewhere);
    slot[STM_ROW_SLOT - 1] = (char)STM_ROW_LONG;
    return true;
}

bool stm_row_slot_put(char *slot, const char *text, size_t size)
{
    if (size >= STM_ROW_SLOT) {
        return put_elsewhere(slot, text, size);
    }
    memcpy(slot, text, size);
    slot[STM_ROW_SLOT - 1] = (char)size;
    return true;
}

void stm_row_slot_free(const char *slot)
{
    struct stm_row_long elsewhere;
    if ((uint8_t)slot[STM_ROW_SLOT - 1] == STM_ROW_LONG) {
        memcpy(&elsewhere, slot, sizeof elsewhere);
        free(elsewhere.text);
    }
}

/* ---- Names ----------------------------------------------------------------------------------- */

/* A name in quotation marks. How long that is; 0 when there is no memory. */
static size_t quote(char *slot, stemma_text name, stm_json *escape)
{
    if (name.size + 2 < STM_ROW_SLOT && stm_json_stands(name) == name.size) {
        slot[0] = '"';
        if (name.size != 0) {
            memcpy(slot + 1, name.data, name.size);
        }
        slot[1 + name.size] = '"';
        slot[STM_ROW_SLOT - 1] = (char)(name.size + 2);
        return name.size + 2;
    }
    stm_json_reset(escape);
    stm_json_text(escape, name);
    return stm_json_status(escape) == STEMMA_OK && stm_row_slot_put(slot, escape->data, escape->size)
               ? escape->size
               : 0;
}

bool stm_row_actors_quote(const struct stm_row_actors *actors, const stemma_document *document,
                          uint32_t first, uint32_t end, size_t *longest)
{
    stm_json escape;
    bool good = true;
    stm_json_to_buffer(&escape, 0);
    for (uint32_t i = first; good && i < end; i++) {
        stemma_text name = name_of(document, i);
        size_t size = quote(slot_of(actors, i), name, &escape);
        actors->hash[i] = (uint32_t)stm_hash64((stemma_bytes){(const uint8_t *)name.data, name.size}, 0);
        *longest = size > *longest ? size : *longest;
        good = size != 0;
    }
    stm_json_free(&escape);
    return good;
}

/* ---- Positions ------------------------------------------------------------------------------- */

/* The actor stands as its position. */
static void number(struct stm_row_actors *actors, uint32_t actor)
{
    char digits[STM_ROW_DIGITS];
    char *slot = slot_of(actors, actor);
    uint32_t at = STM_ROW_DIGITS;
    uint32_t rest = actor;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    stm_row_slot_free(slot);
    (void)stm_row_slot_put(slot, digits + at, STM_ROW_DIGITS - at); /* it has room */
    actors->longest = actors->longest > STM_ROW_DIGITS ? actors->longest : STM_ROW_DIGITS;
}

bool stm_row_actors_number(struct stm_row_actors *actors, const stemma_document *document)
{
    const uint32_t *hash = actors->hash;
    size_t slots = 16;
    uint32_t *table;
    while (slots < 2 * (size_t)actors->count) {
        slots *= 2;
    }
    table = calloc(slots, sizeof *table); /* actor + 1 */
    if (table == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < actors->count; i++) {
        stemma_text name = name_of(document, i);
        size_t at = hash[i] & (slots - 1);
        while (table[at] != 0 && (hash[table[at] - 1] != hash[i] ||
                                  !stemma_text_equal(name_of(document, table[at] - 1), name))) {
            at = (at + 1) & (slots - 1);
        }
        if (name.size == 0 || table[at] != 0) {
            number(actors, i);
        }
        if (table[at] != 0) {
            number(actors, table[at] - 1);
        } else {
            table[at] = i + 1;
        }
    }
    free(table);
    free(actors->hash);
    actors->hash = NULL;
    return true;
}

bool stm_row_actors_make(struct stm_row_actors *actors, const stemma_document *document)
{
    return stm_row_actors_begin(actors, document) &&
           stm_row_actors_quote(actors, document, 0, actors->count, &actors->longest) &&
           stm_row_actors_number(actors, document);
}

void stm_row_actors_free(struct stm_row_actors *actors)
{
    if (actors->slots != NULL) {
        for (uint32_t i = 0; actors->longest >= STM_ROW_SLOT && i < actors->count; i++) {
            stm_row_slot_free(slot_of(actors, i));
        }
        munmap(actors->slots, actors->mapped);
    }
    free(actors->hash);
}
