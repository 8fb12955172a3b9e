/* SPDX-License-Identifier: MIT */
/* Lines of interchange; the first byte is the unit of offsets. A line is read, or refused with a code and a
   place; the quick reader of rows reads what the whole reader reads. */
#include "common/interchange_read.h"
#include "fuzz.h"
#include "utf8.h"

#define CAP ((size_t)64 << 20)

static void same_actor(const struct stm_line_actor *a, const struct stm_line_actor *b)
{
    fuzz_must(stemma_text_equal(a->name, b->name) && a->position == b->position);
}

static void quick(stemma_text line, enum stm_offset_unit unit)
{
    struct stm_line_participant participants[64];
    struct stm_line_row row;
    struct stm_line *whole = fuzz_zeroed(1, sizeof *whole);
    struct stm_arena arena;
    stemma_error error = {0};
    stm_arena_init(&arena, CAP);
    if (stm_interchange_row_plain(line, &row, participants, 64)) {
        fuzz_must(stm_interchange_line(line, unit, &arena, whole, &error) == STEMMA_OK);
        fuzz_must(whole->kind == STM_LINE_ROW);
        const struct stm_line_row *same = &whole->as.row;
        fuzz_must(row.number == same->number && stemma_text_equal(row.type, same->type) &&
                  stemma_text_equal(row.time, same->time) &&
                  row.participant_count == same->participant_count &&
                  stemma_text_equal(row.external_id, same->external_id) &&
                  stemma_text_equal(row.content, same->content) &&
                  stemma_text_equal(row.predicate, same->predicate) &&
                  stemma_text_equal(row.amount, same->amount) && stemma_text_equal(row.unit, same->unit));
        same_actor(&row.place, &same->place);
        same_actor(&row.source, &same->source);
        for (uint32_t i = 0; i < row.participant_count; i++) {
            fuzz_must(stemma_text_equal(row.participants[i].role, same->participants[i].role));
            same_actor(&row.participants[i].actor, &same->participants[i].actor);
        }
    }
    stm_arena_free(&arena);
    free(whole);
}

static void spans(const stemma_document *document)
{
    uint64_t size = document->text.size;
    for (uint32_t m = 0; m < document->mention_count; m++) {
        const stemma_mention *mention = &document->mentions[m];
        for (uint32_t s = 0; s < mention->span_count && size != 0; s++) {
            fuzz_must(mention->spans[s].end <= size);
        }
    }
}

static void whole(stemma_text line, enum stm_offset_unit unit)
{
    struct stm_line *out = fuzz_zeroed(1, sizeof *out);
    struct stm_arena arena;
    stemma_error error = {0};
    stm_arena_init(&arena, CAP);
    stemma_status status = stm_interchange_line(line, unit, &arena, out, &error);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_INVALID || status == STEMMA_E_UNSUPPORTED ||
              status == STEMMA_E_LIMIT);
    if (status != STEMMA_OK) {
        fuzz_must(error.code[0] != '\0' && error.message[0] != '\0');
        fuzz_must(stm_utf8_valid(stemma_text_of(error.message)) && stm_utf8_valid(stemma_text_of(error.where)));
    } else if (out->kind == STM_LINE_DOCUMENT) {
        spans(&out->as.document.document);
    }
    fuzz_must(out->unknown_count <= STM_IN_UNKNOWN);
    fuzz_must(arena.total <= ((size_t)1 << 20) + 400 * line.size);
    stm_arena_free(&arena);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    enum stm_offset_unit unit = (enum stm_offset_unit)(fuzz_u8(&input) % 3);
    while (input.left != 0) {
        stemma_bytes line = fuzz_section(&input, "\n");
        whole(fuzz_text(line), unit);
        quick(fuzz_text(line), unit);
        fuzz_free(line);
    }
    return 0;
}
