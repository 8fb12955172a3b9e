/* SPDX-License-Identifier: MIT */
/* A part of testimony: what decodes, encodes to the same bytes in memory that is bounded by them, and each
   way to look at a piece of it sees what the decoder saw. */
#include "fuzz.h"
#include "fuzz_bounds.h"
#include "testimony_record.h"

#define TEXT_SIZE 4096u
#define PART_MOST (STM_PART_BYTES / 2u) /* so that it is one part again */

/* The head of a part and the tally of its mentions tell what a glance at all of it does. */
static void kept_glance(stemma_bytes part, uint32_t referent, const stm_glance *direct, stemma_status status)
{
    uint32_t own[4] = {0};
    stm_tally tally;
    stm_glance glance = {0};
    if (stm_testimony_tally(part, own, 4, &tally, NULL) != STEMMA_OK) {
        fuzz_must(status != STEMMA_OK);
        return;
    }
    fuzz_must(tally.head <= part.size);
    stemma_bytes head = {part.data, tally.head};
    fuzz_must(stm_testimony_glance_head(head, referent, fuzz_bounds(), &glance, NULL) == status);
    if (status == STEMMA_OK) {
        fuzz_must(glance.found == direct->found && glance.type == direct->type &&
                  glance.referents == direct->referents && glance.name_count == direct->name_count &&
                  tally.referents == direct->referents && tally.mentions == direct->mentions &&
                  own[referent] == direct->own_mentions);
    }
}

/* One glance at each of the first referents. */
static void glance_at(stemma_bytes part, const stemma_document *document, bool sound)
{
    for (uint32_t i = 0; i < 3; i++) {
        stm_glance glance = {0};
        stemma_status status = stm_testimony_glance(part, i, fuzz_bounds(), &glance, NULL);
        kept_glance(part, i, &glance, status);
        if (!sound || i >= document->referent_count) {
            fuzz_must(status == STEMMA_OK || status == STEMMA_E_DAMAGED);
        } else {
            const stemma_referent *referent = &document->referents[i];
            uint32_t own = 0;
            for (uint32_t m = 0; m < document->mention_count; m++) {
                own += document->mentions[m].referent == i;
            }
            fuzz_must(status == STEMMA_OK && glance.found && glance.own_mentions == own &&
                      glance.name_count == referent->name_count &&
                      glance.mentions == document->mention_count);
        }
        if (status == STEMMA_OK && glance.found) {
            fuzz_must(glance.name_count <= part.size);
            stm_glance_name *names = fuzz_zeroed(glance.name_count, sizeof *names);
            status = stm_testimony_glance_names(&glance, names, NULL);
            for (uint32_t n = 0; sound && n < glance.name_count; n++) {
                fuzz_must(status == STEMMA_OK && names[n].kind == document->referents[i].names[n].kind &&
                          stemma_text_equal(names[n].text, document->referents[i].names[n].text));
            }
            free(names);
        }
    }
}

/* Assertions one by one, without the rest. */
static void pass_assertions(stemma_bytes part, const stemma_document *document, bool sound)
{
    stm_part open;
    stemma_status status = stm_part_open(part, &open, NULL);
    if (status != STEMMA_OK) {
        fuzz_must(!sound && status == STEMMA_E_DAMAGED);
        return;
    }
    fuzz_must(open.assertions <= part.size);
    stm_assertion_place place = open.first;
    for (uint32_t i = 0; i < open.assertions; i++) {
        stm_testimony_need need = {0};
        stm_assertion_place before = place;
        status = stm_assertion_pass(part, TEXT_SIZE, &place, &need, NULL);
        if (status != STEMMA_OK) {
            fuzz_must(!sound);
            return;
        }
        fuzz_must(place.at > before.at && place.at <= part.size);
        need.referents = open.referents;
        size_t room = stm_testimony_size(&need);
        fuzz_must(room < (part.size + 64) * 256);
        void *memory = fuzz_zeroed(room, 1);
        stm_testimony into;
        stemma_assertion assertion;
        stm_testimony_begin(&into, &need, memory);
        status = stm_assertion_decode((stemma_bytes){part.data + before.at, place.at - before.at}, &before,
                                      fuzz_bounds(), TEXT_SIZE, &into, true, &assertion, NULL);
        if (sound) {
            const stemma_assertion *same = &document->assertions[i];
            fuzz_must(status == STEMMA_OK && assertion.subject == same->subject &&
                      assertion.evidence_count == same->evidence_count &&
                      assertion.speaker == same->speaker && assertion.object.kind == same->object.kind);
        }
        free(memory);
    }
}

static void encode_again(stemma_bytes part, stemma_document *document)
{
    stm_testimony_position position = {0};
    size_t capacity = part.size + 16;
    uint8_t *bytes = fuzz_zeroed(capacity, 1);
    stm_buffer out = stm_buffer_over(bytes, capacity);
    document->text_size = TEXT_SIZE;
    if (stm_testimony_done(document, &position)) {
        free(bytes); /* no rows: there would be no part */
        return;
    }
    fuzz_must(stm_testimony_encode(document, fuzz_bounds(), &position, &out, NULL) == STEMMA_OK);
    fuzz_must(stm_testimony_done(document, &position));
    fuzz_must(out.size == part.size && memcmp(bytes, part.data, part.size) == 0);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stemma_bytes part = {data, size};
    stm_testimony_need need = {0};
    stemma_document document = {0};
    void *memory = NULL;
    stm_fault fault = {NULL, 0};
    if (size > PART_MOST) {
        return 0;
    }
    stemma_status status = stm_testimony_count(part, &need, &fault);
    if (status == STEMMA_OK) {
        stm_testimony testimony;
        size_t room = stm_testimony_size(&need);
        fuzz_must(room < (size + 64) * 256);
        memory = fuzz_zeroed(room, 1);
        stm_testimony_begin(&testimony, &need, memory);
        status = stm_testimony_decode(&testimony, part, fuzz_bounds(), TEXT_SIZE, &fault);
        if (status == STEMMA_OK) {
            status = stm_testimony_end(&testimony, &document, &fault);
        }
    }
    fuzz_must(status == STEMMA_OK ||
              (status == STEMMA_E_DAMAGED && fault.code != NULL && fault.offset <= size));
    bool sound = status == STEMMA_OK;
    glance_at(part, &document, sound);
    pass_assertions(part, &document, sound);
    if (sound) {
        encode_again(part, &document);
    }
    free(memory);
    return 0;
}
