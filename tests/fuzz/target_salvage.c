/* SPDX-License-Identifier: MIT */
/* What is saved of a file with some of its bytes changed: first byte: bit 0 which file, bit 1 only what is
   proven, bit 2 the rest is a whole file; then edits as of target_file. All that is saved is read; a text
   that is given has its digest, spans lie in it; and of a sound file nothing is lost. */
#include "digest.h"
#include "fuzz.h"
#include "fuzz_file.h"
#include "stemma/salvage.h"
#include "utf8.h"

#define MOST  2000u /* of each thing */
#define LIMIT ((uint64_t)256 << 20)

static int lose(void *context, const stemma_loss *loss)
{
    uint64_t *told = context;
    fuzz_must(loss->code != NULL && loss->code[0] != '\0' && loss->message != NULL && loss->count != 0);
    ++*told;
    return 0;
}

/* Whether there is something, and what a function may say otherwise. */
static bool got(stemma_status status, const stemma_error *error)
{
    fuzz_must(status == STEMMA_OK || status == STEMMA_END || status == STEMMA_NOT_FOUND ||
              ((status == STEMMA_E_DAMAGED || status == STEMMA_E_NO_MEMORY) && error->code[0] != '\0'));
    return status == STEMMA_OK;
}

static void a_document(const stemma_document *d)
{
    if (d->text.size != 0) {
        uint8_t digest[STEMMA_DIGEST_SIZE];
        stm_sha256(digest, (stemma_bytes){(const uint8_t *)d->text.data, d->text.size});
        fuzz_must(memcmp(digest, d->digest, sizeof digest) == 0 && stm_utf8_valid(d->text));
    }
    for (uint32_t m = 0; m < d->mention_count; m++) {
        for (uint32_t s = 0; s < d->mentions[m].span_count; s++) {
            stemma_span span = d->mentions[m].spans[s];
            fuzz_must(span.start < span.end && span.end <= d->text_size);
        }
    }
    for (uint32_t a = 0; a < d->assertion_count; a++) {
        fuzz_must(d->assertions[a].subject < d->referent_count + (uint64_t)d->row_count);
    }
}

static void documents(stemma_salvage *salvage, stemma_snapshot *snapshot)
{
    stemma_document document;
    stemma_error error = {0};
    for (uint32_t number = 0, met = 0; met < MOST; number++, met++) {
        if (!got(stemma_salvage_document(salvage, snapshot, &number, &document, &error), &error)) {
            break;
        }
        a_document(&document);
        for (uint32_t row = 0, rows = 0; document.row_count != 0 && rows < MOST; row++, rows++) {
            if (!got(stemma_salvage_row(salvage, snapshot, number, &row, &error), &error)) {
                break;
            }
            fuzz_must(rows < document.row_count); /* how many there are now; places may be beyond */
        }
        stemma_snapshot_reset(snapshot);
    }
}

static void everything(stemma_salvage *salvage, stemma_snapshot *snapshot)
{
    stemma_error error = {0};
    stemma_run run;
    stemma_term term;
    stemma_judgement judgement;
    const stemma_derivation *derivations;
    uint32_t count;
    for (uint32_t i = 0; i < MOST && got(stemma_salvage_run(salvage, snapshot, i, &run, &error), &error); i++) {
    }
    for (uint32_t i = 0; i < MOST; i++) {
        (void)stemma_salvage_term(salvage, i, &term);
    }
    documents(salvage, snapshot);
    for (uint32_t i = 0; i < MOST; i++) {
        if (!got(stemma_salvage_judgement(salvage, snapshot, &i, &judgement, &error), &error)) {
            break;
        }
        fuzz_must(judgement.verdict >= STEMMA_VERDICT_SAME && judgement.verdict <= STEMMA_VERDICT_UNSURE);
    }
    stemma_counts counts;
    stemma_counts_get(stemma_salvage_file(salvage), &counts);
    for (uint32_t i = 0; i < MOST && i < counts.documents; i++) {
        if (!got(stemma_salvage_derivations(salvage, snapshot, i, &derivations, &count, &error), &error)) {
            break;
        }
        stemma_snapshot_reset(snapshot);
    }
    (void)stemma_salvage_finish(salvage);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    uint8_t way = fuzz_u8(&input);
    stemma_bytes base = fuzz_base_file(way & 1);
    stemma_bytes file = (way & 4) != 0 ? fuzz_rest(&input) : fuzz_edited_file(way & 1, &input);
    bool sound = file.size == base.size && memcmp(file.data, base.data, base.size) == 0;
    stemma_salvage *salvage = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_error error = {0};
    uint64_t told = 0;
    stemma_status status = stemma_salvage_begin(&salvage, fuzz_put_file(file), lose, &told,
                                                (way & 2) != 0 ? STEMMA_SALVAGE_PROVEN : 0, LIMIT, &error);
    fuzz_must(status == STEMMA_OK || (!sound && error.code[0] != '\0'));
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&snapshot, stemma_salvage_file(salvage), &error);
        fuzz_must(status == STEMMA_OK);
        everything(salvage, snapshot);
        fuzz_must(!sound || (told == 0 && stemma_salvage_losses(salvage) == 0));
        stemma_snapshot_end(snapshot);
        stemma_salvage_end(salvage);
    }
    fuzz_free(file);
    return 0;
}
