/* SPDX-License-Identifier: MIT */
/* Which positions are opposed, by who says what. */
#include "claims/claim_arrange.h"

/* What happened, and what is planned, expected or demanded. Who does not say counts as the former. */
typedef enum sphere { HAPPENED, PLANNED, NEITHER } sphere;

static sphere sphere_of(const stm_said *said)
{
    return said->realis == STEMMA_REALIS_ACTUAL ||
                   said->realis == STEMMA_REALIS_UNSPECIFIED
               ? HAPPENED
           : said->realis == STEMMA_REALIS_OTHER ? PLANNED
                                                 : NEITHER;
}

/* Those in one document. */
static stm_voices voices_in(stm_voices all, uint32_t document)
{
    const stm_said *low = all.first, *high = all.end;
    while (low < high) {
        const stm_said *middle = low + (high - low) / 2;
        if (middle->document < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (high = low; high < all.end && high->document == document; high++) {
    }
    return (stm_voices){low, high};
}

/* ---- Opposed ------------------------------------------------------------------------------------------ */

/* Whether some document says `a`, in this sphere, and not `b`. */
static bool is_said_alone(stm_voices a, stm_voices b, sphere wanted)
{
    for (const stm_said *said = a.first; said < a.end; said++) {
        stm_voices there = voices_in(b, said->document);
        if (sphere_of(said) == wanted && there.first == there.end) {
            return true;
        }
    }
    return false;
}

/* Whether one document quotes different speakers for them. `own_voice`: a speaker and the document itself
   are different voices, too. */
static bool is_contradicted(stm_voices a, stm_voices b, sphere wanted, bool own_voice)
{
    for (const stm_said *said = a.first; said < a.end; said++) {
        stm_voices there = voices_in(b, said->document);
        for (const stm_said *other = there.first; other < there.end; other++) {
            bool both = said->speaker != STEMMA_NONE && other->speaker != STEMMA_NONE;
            if (sphere_of(said) == wanted && sphere_of(other) == wanted && said->read &&
                other->read && said->speaker != other->speaker && (both || own_voice)) {
                return true;
            }
        }
    }
    return false;
}

static bool are_opposed_in(stm_voices a, stm_voices b, sphere wanted, bool own_voice)
{
    return (is_said_alone(a, b, wanted) && is_said_alone(b, a, wanted)) ||
           is_contradicted(a, b, wanted, own_voice);
}

stemma_conflict_kind stm_excluded(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    stemma_conflict_kind kind = STEMMA_CONFLICT_NONE;
    for (uint32_t i = 0; i < at->compared; i++) {
        for (uint32_t j = 0; at->position[i] == a && j < at->compared; j++) {
            uint8_t found = at->kinds[i * at->compared + j];
            if (at->position[j] == b && found != STEMMA_CONFLICT_NONE &&
                (kind == STEMMA_CONFLICT_NONE || found < kind)) {
                kind = (stemma_conflict_kind)found;
            }
        }
    }
    return kind;
}

stemma_conflict_kind stm_opposed(const stm_arrangement *at, uint32_t a, uint32_t b)
{
    stemma_conflict_kind kind = stm_excluded(at, a, b);
    stm_voices x = stm_voices_of(at, a), y = stm_voices_of(at, b);
    if (kind == STEMMA_CONFLICT_NONE) {
        return kind;
    }
    if (kind == STEMMA_CONFLICT_POLARITY) {
        return are_opposed_in(x, y, HAPPENED, true) ? kind : STEMMA_CONFLICT_NONE;
    }
    return are_opposed_in(x, y, HAPPENED, false) || are_opposed_in(x, y, PLANNED, false)
               ? kind
               : STEMMA_CONFLICT_NONE;
}
