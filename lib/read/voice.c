/* SPDX-License-Identifier: MIT */
#include "read/voice.h"

#include "base/error.h"
#include "key.h"
#include "read/known.h"

/* Opens a block and keeps it for the next assertion, mostly of the same document. */
static stemma_status load(stemma_snapshot *snapshot, uint32_t document, uint32_t block,
                          stemma_error *error)
{
    stm_last_voices *last = &snapshot->last_voices;
    stm_store_cursor *cursor = NULL;
    stemma_bytes found, value;
    uint8_t bytes[8];
    stemma_bytes key = {bytes, sizeof bytes};
    stemma_status status = stm_snapshot_cursor(snapshot, STM_TABLE_VOICE, &cursor, error);
    if (status != STEMMA_OK) {
        return status;
    }
    last->known = false;
    stm_key_u32x2(bytes, document, block);
    status = stm_store_ceiling(cursor, key, &found, &value); /* documents mostly ascend */
    if (status == STEMMA_END || (status == STEMMA_OK && (found.size != sizeof bytes ||
                                                         memcmp(found.data, bytes, sizeof bytes) != 0))) {
        return STEMMA_NOT_FOUND;
    }
    if (status != STEMMA_OK) {
        return stm_fail(error, status, "STORE_DAMAGED", "voice", "The table cannot be read");
    }
    if (stm_voice_block_open(value, &last->voices) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_VOICE, document, "COLUMN_BLOCK");
    }
    last->document = document;
    last->block = block;
    last->known = true;
    return STEMMA_OK;
}

stemma_status stm_assertion_voice(stemma_snapshot *snapshot, uint32_t document, uint32_t assertion,
                           stm_voice *out, stemma_error *error)
{
    const stm_last_voices *last = &snapshot->last_voices;
    uint32_t block = assertion / STEMMA_EVENT_BLOCK, row = assertion % STEMMA_EVENT_BLOCK;
    stemma_status status = STEMMA_OK;
    if (document >= stm_known_documents(snapshot)) {
        return STEMMA_NOT_FOUND;
    }
    if (!last->known || last->document != document || last->block != block) {
        status = load(snapshot, document, block, error);
    }
    if (status != STEMMA_OK || row >= last->voices.rows) {
        return status != STEMMA_OK ? status : STEMMA_NOT_FOUND;
    }
    status = stm_voice_block_get(&last->voices, row, out);
    return status == STEMMA_OK
               ? STEMMA_OK
               : stm_damaged(error, STM_TABLE_VOICE, document, "NUMBER_OUT_OF_RANGE");
}
