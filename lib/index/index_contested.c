/* SPDX-License-Identifier: MIT */
/* How contested a subject can be, by the numbers of its claims alone. SPEC.md, "Posting tables", [I-35]. */
#include "index/claim_group.h"
#include "index/index_rows.h"

/* Claims some two of which may exclude each other. Of two sides that do, one is without the best supported
   claim: the lesser side has no more than the others together. */
typedef struct crowd {
    uint64_t sum;
    uint32_t most;
} crowd;

static void add(crowd *to, uint32_t independent)
{
    to->sum += independent;
    to->most = independent > to->most ? independent : to->most;
}

static uint64_t lesser_of(const crowd *of)
{
    return of->sum - of->most;
}

/* The claims of one predicate about one subject. */
typedef struct run {
    crowd all;
    crowd values; /* affirmed, no quantities */
    crowd counts; /* affirmed quantities */
    bool affirmed;
    bool denied;
    bool vague;         /* some quantity is no plain number */
    stemma_text amount; /* of the quantity at hand: equal ones stand together */
    uint64_t together;  /* independent sources of those with this amount */
    uint64_t first;     /* the most of one amount */
    uint64_t second;    /* the most of another */
} run;

static void end_amount(run *of)
{
    of->second = of->together > of->first   ? of->first
                 : of->together > of->second ? of->together
                                             : of->second;
    of->first = of->together > of->first ? of->together : of->first;
    of->together = 0;
}

static void take_quantity(const stm_index *index, run *of, const stm_index_claim *claim)
{
    stemma_quantity quantity = stm_quantity_of_key(stm_strings_get(&index->keys, claim->object));
    add(&of->counts, claim->independent);
    of->vague = of->vague || quantity.modifier != STEMMA_MODIFIER_NONE || quantity.amount.size == 0;
    if (!stemma_text_equal(quantity.amount, of->amount)) {
        end_amount(of);
        of->amount = quantity.amount;
    }
    of->together += claim->independent;
}

static void take(const stm_index *index, run *of, const stm_index_claim *claim)
{
    add(&of->all, claim->independent);
    if (claim->polarity == STEMMA_POLARITY_NEGATIVE) {
        of->denied = true;
        return;
    }
    of->affirmed = true;
    if (claim->object_kind == STEMMA_OBJECT_QUANTITY) {
        take_quantity(index, of, claim);
    } else {
        add(&of->values, claim->independent);
    }
}

static uint64_t greatest_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t contested_by(const stm_index *index, run *of, uint32_t predicate)
{
    bool single = index->terms[predicate].single_valued != 0 && predicate != index->term_type;
    end_amount(of);
    uint64_t bound = of->vague ? lesser_of(&of->counts) : of->second;
    bound = greatest_of(bound, single ? lesser_of(&of->values) : 0);
    return greatest_of(bound, of->affirmed && of->denied ? lesser_of(&of->all) : 0);
}

/* Of the subject of claim `*at`, behind whose claims `*at` goes. */
static uint32_t contested(const stm_index *index, uint32_t *at)
{
    const stm_index_claim *subject = &index->claims[*at];
    uint64_t bound = 0;
    while (*at < index->claim_count && index->claims[*at].subject == subject->subject &&
           index->claims[*at].subject_kind == subject->subject_kind) {
        uint32_t first = *at, predicate = index->claims[first].predicate;
        run of = {0};
        for (; *at < index->claim_count && index->claims[*at].predicate == predicate &&
               index->claims[*at].subject == subject->subject &&
               index->claims[*at].subject_kind == subject->subject_kind;
             ++*at) {
            take(index, &of, &index->claims[*at]);
        }
        if (*at - first > 1) {
            bound = greatest_of(bound, contested_by(index, &of, predicate));
        }
    }
    return bound < UINT32_MAX ? (uint32_t)bound : UINT32_MAX;
}

void stm_index_contested(stm_index *index)
{
    uint32_t event = 0, claims = 0;
    for (uint32_t i = 0; i < index->claim_count; claims++) {
        stm_index_claim subject = index->claims[i];
        uint32_t bound = contested(index, &i);
        stm_memory_step(index->memory, claims);
        if (subject.subject_kind == STEMMA_REFERENT_ENTITY) {
            index->entities[subject.subject].contested = bound;
            continue;
        }
        while (index->events[event].number < subject.subject) {
            event++;
        }
        index->events[event].contested = bound;
    }
}
