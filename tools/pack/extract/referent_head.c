/* SPDX-License-Identifier: MIT */
/* What is taken up by a noun: "a gunman ... the gunman", "the Lantern Theatre ... the theatre",
   "Kestrel Airways ... the company". */
#include "pack/extract/referent_anaphora.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/nominal_class.h"

#include <xxhash.h>

#define WINDOW_SENTENCES 3u
#define WINDOW_TRACES    48u
#define HEADS_BACK       8u /* earlier phrases of a noun that are looked at */

static int is_in(stemma_text word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (stemma_text_equal(word, stemma_text_of(list[i]))) {
            return 1;
        }
    }
    return 0;
}
#define IS_IN(word, list) is_in(word, list, sizeof(list) / sizeof *(list))

static struct stm_head_slot *slot_of(const struct stm_resolver *resolver, stemma_text lemma,
                                     int plural)
{
    stemma_text noun = stm_nominal_class(lemma);
    uint64_t hash = XXH64(noun.data, noun.size, (uint64_t)plural);
    hash += hash == 0;
    size_t at = (size_t)hash & resolver->head_mask;
    while (resolver->heads[at].hash != 0 && resolver->heads[at].hash != hash) {
        at = (at + 1) & resolver->head_mask;
    }
    resolver->heads[at].hash = hash;
    return &resolver->heads[at];
}

/* The noun that a name ends in, if it does: "Theatre" of "Lantern Theatre". */
static int name_noun(const struct stm_annotation *ann, const struct stm_mention *m)
{
    stemma_text word = ann->tokens[m->first + m->count - 1].lower;
    return m->type != STM_ENTITY_PERSON && m->count > 1 &&
           (stm_lexicon_has(STM_LEXICON_NOUN, word) ||
            stm_lexicon_has(STM_LEXICON_ORG_HEAD, word) ||
            stm_lexicon_has(STM_LEXICON_PLACE_HEAD, word) ||
            stm_lexicon_has(STM_LEXICON_THING_HEAD, word));
}

/* The first number word before a head, or empty: "12" of "the 12 miners". */
static stemma_text number_word(const struct stm_annotation *ann, const struct stm_mention *m)
{
    stemma_text none = {NULL, 0};
    for (uint32_t i = m->first; i < m->head; i++) {
        if (ann->tokens[i].tag == STM_TAG_NUMBER) {
            return ann->tokens[i].lower;
        }
    }
    return none;
}

/* Two counts of one kind are two groups. */
static int other_count(const struct stm_annotation *ann, const struct stm_mention *a,
                       const struct stm_mention *b)
{
    stemma_text x = number_word(ann, a);
    stemma_text y = number_word(ann, b);
    return x.size != 0 && y.size != 0 && !stemma_text_equal(x, y);
}

void stm_enter_head(struct stm_resolver *resolver, uint32_t mention)
{
    const struct stm_annotation *ann = resolver->ann;
    const struct stm_mention *m = &ann->mentions[mention];
    if (m->referent == STEMMA_NONE) {
        return;
    }
    if (m->kind == STEMMA_MENTION_NOMINAL) {
        struct stm_head_slot *slot = slot_of(resolver, ann->tokens[m->head].lemma, m->plural);
        for (uint32_t at = slot->mention, steps = 0; m->plural && at != 0 && steps < HEADS_BACK;
             at = resolver->same_head[at - 1], steps++) {
            slot->several |= (uint8_t)other_count(ann, m, &ann->mentions[at - 1]);
        }
        resolver->same_head[mention] = slot->mention;
        slot->mention = mention + 1;
    } else if (m->kind == STEMMA_MENTION_NAME && name_noun(ann, m)) {
        struct stm_head_slot *slot =
            slot_of(resolver, ann->tokens[m->first + m->count - 1].lower, 0);
        slot->several |= slot->named != 0 && slot->named != m->referent + 1;
        slot->named = m->referent + 1;
        resolver->same_head[mention] = slot->mention;
        slot->mention = mention + 1;
    }
}

/* Words before a head that tell what it is from others of its kind. */
static int tells(const struct stm_annotation *ann, uint32_t i)
{
    static const char *const words[] = {
        "former",   "ex",      "deputy",   "vice",     "assistant", "acting",  "new",
        "old",      "another", "other",    "foreign",  "prime",     "defence", "defense",
        "interior", "finance", "justice",  "young",    "younger",   "older",   "elder",
        "male",     "female",  "northern", "southern", "eastern",   "western", "opposition",
        "rival",    "second",  "third",    "next",     "previous",  "local",   "national"};
    const struct stm_token *token = &ann->tokens[i];
    return token->tag == STM_TAG_PROPN || token->tag == STM_TAG_NUMBER ||
           ((token->flags & STM_TOKEN_CAPITALISED) != 0 &&
            (token->flags & STM_TOKEN_SENTENCE_START) == 0) ||
           stm_lexicon_demonym(token->lower) != NULL || IS_IN(token->lower, words);
}

static int has_word(const struct stm_annotation *ann, const struct stm_mention *m, stemma_text word)
{
    for (uint32_t i = m->first; i < m->first + m->count; i++) {
        if (stemma_text_equal(ann->tokens[i].lower, word)) {
            return 1;
        }
    }
    return 0;
}

static int has_telling(const struct stm_annotation *ann, const struct stm_mention *m)
{
    for (uint32_t i = m->first; i < m->head; i++) {
        if (tells(ann, i)) {
            return 1;
        }
    }
    return 0;
}

/* Whether a later phrase says nothing that the earlier one does not allow: what it tells stands in
   the other too, unless that tells nothing. Of names it must stand there. */
static int fits(const struct stm_annotation *ann, const struct stm_mention *later,
                const struct stm_mention *earlier)
{
    int open = earlier->kind == STEMMA_MENTION_NOMINAL && !has_telling(ann, earlier);
    uint32_t owner = stm_role_owner(ann, later);
    uint32_t before =
        earlier->kind == STEMMA_MENTION_NOMINAL ? stm_role_owner(ann, earlier) : STEMMA_NONE;
    if (owner != STEMMA_NONE && before != STEMMA_NONE && owner != before) {
        return 0;
    }
    int bare = later->plural && later->generic &&
               ann->tokens[later->first].tag != STM_TAG_DETERMINER;
    for (uint32_t i = later->first; i < later->head; i++) {
        if (bare && !has_word(ann, earlier, ann->tokens[i].lower)) {
            return 0; /* "political prisoners" are a kind, and not "123 prisoners" again */
        }
        if (tells(ann, i) && ann->tokens[i].tag != STM_TAG_DETERMINER &&
            !has_word(ann, earlier, ann->tokens[i].lower)) {
            return open && ann->tokens[i].tag != STM_TAG_NUMBER;
        }
    }
    return 1;
}

/* "the ministry" is one whose name says that it is one. */
static int is_named_so(const struct stm_annotation *ann, stemma_text noun, const struct stm_mention *name)
{
    for (uint32_t i = name->first; i < name->first + name->count; i++) {
        if (stemma_text_equal(ann->tokens[i].lower, noun)) {
            return 1;
        }
    }
    return 0;
}

/* What the nouns for a kind of organisation or place may stand for. */
static int stands_for(const struct stm_annotation *ann, stemma_text noun,
                      const struct stm_mention *name)
{
    static const char *const companies[] = {
        "company",      "firm",     "corporation", "carrier",  "airline", "automaker",
        "manufacturer", "maker",    "retailer",    "chain",    "giant",   "business",
        "startup",      "start-up", "operator",    "supplier", "lender",  "conglomerate"};
    static const char *const bodies[] = {
        "group",       "organization", "organisation", "agency",    "movement",    "association",
        "charity",     "watchdog",     "network",      "institute", "institution", "body",
        "broadcaster", "newspaper",    "magazine",     "outlet",    "club",        "team",
        "party",       "union",        "bloc",         "alliance"};
    static const char *const offices[] = {"ministry", "commission"};
    static const char *const towns[] = {"city", "town", "village", "capital", "municipality"};
    static const char *const countries[] = {"country", "nation", "republic", "kingdom", "state"};
    static const char *const persons[] = {
        "actor",         "actress",   "singer",     "star",      "comedian",    "player",
        "athlete",       "striker",   "midfielder", "defender",  "goalkeeper",  "champion",
        "boxer",         "swimmer",   "musician",   "rapper",    "artist",      "author",
        "writer",        "novelist",  "poet",       "director",  "filmmaker",   "model",
        "politician",    "veteran",   "native",     "celebrity", "billionaire", "businessman",
        "businesswoman", "tycoon",    "cleric",     "dissident", "statesman",   "entertainer",
        "starlet",       "songwriter"};
    if (name->type == STM_ENTITY_PERSON) {
        return IS_IN(noun, persons);
    }
    if (name->type == STM_ENTITY_ORGANIZATION) {
        return IS_IN(noun, companies) || IS_IN(noun, bodies) ||
               (IS_IN(noun, offices) && is_named_so(ann, noun, name));
    }
    if (name->type != STM_ENTITY_PLACE) {
        return 0;
    }
    char buffer[64];
    size_t size = 0;
    for (uint32_t i = name->first; i < name->first + name->count; i++) {
        stemma_text word = ann->tokens[i].lower;
        if (size + word.size + 1 > sizeof buffer) {
            return 0;
        }
        buffer[size] = ' ';
        size += size != 0;
        memcpy(buffer + size, word.data, word.size);
        size += word.size;
    }
    stemma_text key = {buffer, size};
    const struct stm_place_entry *place = stm_lexicon_place(key);
    int country = place != NULL && place->kind == STM_PLACE_COUNTRY;
    return country ? IS_IN(noun, countries) : IS_IN(noun, towns);
}

/* "the company": the one name of its kind in the last sentences, a subject before others. */
static uint32_t by_kind(const struct stm_resolver *resolver, const struct stm_mention *m)
{
    const struct stm_annotation *ann = resolver->ann;
    stemma_text noun = ann->tokens[m->head].lemma;
    uint32_t sentence = ann->tokens[m->head].sentence;
    uint32_t found = STEMMA_NONE;
    uint32_t subject = STEMMA_NONE;
    int several = 0;
    int subjects = 0;
    for (size_t i = resolver->count; i-- > 0 && resolver->count - i <= WINDOW_TRACES;) {
        const struct stm_trace *trace = &resolver->traces[i];
        if (trace->sentence + WINDOW_SENTENCES < sentence) {
            break;
        }
        const struct stm_mention *name = &ann->mentions[trace->mention];
        if (trace->kind != STEMMA_MENTION_NAME || !stands_for(ann, noun, name) ||
            (name->type == STM_ENTITY_PERSON &&
             !stm_genders_agree(ann->referents[trace->referent].gender, m->gender))) {
            continue;
        }
        several |= found != STEMMA_NONE && ann->mentions[found].referent != trace->referent;
        found = found == STEMMA_NONE ? trace->mention : found;
        if (trace->place == STM_TRACE_SUBJECT) {
            subjects |=
                subject != STEMMA_NONE && ann->mentions[subject].referent != trace->referent;
            subject = subject == STEMMA_NONE ? trace->mention : subject;
        }
    }
    if (!several) {
        return found;
    }
    return subjects ? STEMMA_NONE : subject;
}

uint32_t stm_resolve_head(const struct stm_resolver *resolver, uint32_t mention)
{
    const struct stm_annotation *ann = resolver->ann;
    const struct stm_mention *m = &ann->mentions[mention];
    const struct stm_token *first = &ann->tokens[m->first];
    int indefinite = m->generic && first->tag == STM_TAG_DETERMINER;
    if (indefinite) {
        return STEMMA_NONE; /* "a gunman" is somebody new */
    }
    const struct stm_head_slot *slot = slot_of(resolver, ann->tokens[m->head].lemma, m->plural);
    uint32_t at = slot->mention;
    for (uint32_t steps = 0; at != 0 && steps < HEADS_BACK; steps++) {
        const struct stm_mention *earlier = &ann->mentions[at - 1];
        int far = slot->several &&
                  ann->tokens[earlier->head].sentence + 1 < ann->tokens[m->head].sentence;
        if (far || (earlier->kind == STEMMA_MENTION_NAME && m->generic)) {
            return STEMMA_NONE; /* "theatre" without an article is no certain one */
        }
        if (fits(ann, m, earlier)) {
            return at - 1;
        }
        at = resolver->same_head[at - 1];
    }
    if (slot->mention != 0) {
        return STEMMA_NONE;
    }
    return m->generic || m->plural || has_telling(ann, m) || stm_role_owner(ann, m) != STEMMA_NONE
               ? STEMMA_NONE
               : by_kind(resolver, m);
}
