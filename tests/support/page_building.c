/* SPDX-License-Identifier: MIT */
#include "page_building.h"

#include <stdlib.h>
#include <string.h>

static stemma_status append(void *context, const uint8_t *bytes, size_t size)
{
    page_building *building = context;
    size_t needed = building->size + size;
    if (needed > building->fail_at) {
        return STEMMA_E_SYSTEM;
    }
    if (needed > building->capacity) {
        building->capacity = 2 * needed;
        building->data = realloc(building->data, building->capacity);
        if (building->data == NULL) {
            abort();
        }
    }
    memcpy(building->data + building->size, bytes, size);
    building->size = needed;
    return STEMMA_OK;
}

static stemma_status place(void *context, uint64_t number, const uint8_t *page)
{
    page_building *building = context;
    memcpy(building->data + number * STEMMA_PAGE_SIZE, page, STEMMA_PAGE_SIZE);
    return STEMMA_OK;
}

page_building *page_building_begin(uint64_t front)
{
    page_building *building = malloc(sizeof *building);
    uint8_t *data = calloc(front, STEMMA_PAGE_SIZE);
    if (building == NULL || data == NULL) {
        abort();
    }
    memset(building, 0xA5, sizeof *building); /* nothing is expected of it */
    building->data = data;
    building->size = building->capacity = front * STEMMA_PAGE_SIZE;
    building->fail_at = SIZE_MAX;
    building->sink = (stm_page_sink){building, append, place};
    stm_page_build_begin(&building->builder, &building->sink, front);
    return building;
}

void page_building_drop(page_building *building)
{
    free(building->data);
    free(building);
}
