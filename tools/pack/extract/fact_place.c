/* SPDX-License-Identifier: MIT */
/* Where places and bodies are, from the words right beside their names. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_word.h"
#include "pack/extract/lexicon.h"
#include "pack/extract/syntax.h"

enum { LONGEST_PLACE = 64 };

/** A place of the lexicon by the words of tokens, or NULL. */
static const struct stm_place_entry *place_of(const struct stm_annotation *ann, uint32_t first,
                                              uint32_t count)
{
    char lower[LONGEST_PLACE];
    stemma_text words = stm_ann_words(ann, first, count);
    if (words.size >= sizeof lower) {
        return NULL;
    }
    for (size_t i = 0; i < words.size; i++) {
        char c = words.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    stemma_text key = {lower, words.size};
    return stm_lexicon_place(key);
}

stemma_status stm_fact_country_behind(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *inner = &ann->mentions[mention];
    uint32_t comma = inner->first + inner->count;
    uint32_t limit = stm_ann_sentence_end(ann, ann->tokens[inner->first].sentence);
    if (comma + 1 >= limit || !stm_ann_is(ann, comma, ",")) {
        return STEMMA_OK;
    }
    uint32_t outer = stm_fact_name_at(ann, comma + 1);
    if (outer == STEMMA_NONE || ann->mentions[outer].type != STM_ENTITY_PLACE ||
        ann->mentions[outer].first != comma + 1) {
        return STEMMA_OK;
    }
    uint32_t end = comma + 1 + ann->mentions[outer].count;
    if (end < limit && (stm_ann_is(ann, end, "and") || stm_ann_is(ann, end, "or"))) {
        return STEMMA_OK; /* "Minsk, Lithuania and Poland" is a list */
    }
    const struct stm_place_entry *place = place_of(ann, comma + 1, ann->mentions[outer].count);
    if (place == NULL || (place->kind != STM_PLACE_COUNTRY && place->kind != STM_PLACE_REGION)) {
        return STEMMA_OK;
    }
    const struct stm_place_entry *own = place_of(ann, inner->first, inner->count);
    if (own != NULL && own->kind == STM_PLACE_COUNTRY) {
        return STEMMA_OK; /* two countries beside each other are a list */
    }
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    return stm_emit_relation(scan, inner->referent, "located", outer, inner->first, &stand, 800);
}

/** The named place that begins at a token, if it is another than `inner`; or STEMMA_NONE. */
static uint32_t other_place_at(const struct stm_annotation *ann, uint32_t inner, uint32_t token)
{
    uint32_t outer = token < ann->token_count && ann->tokens[token].sentence ==
                                                     ann->tokens[ann->mentions[inner].first].sentence
                         ? stm_fact_name_at(ann, token)
                         : STEMMA_NONE;
    return outer != STEMMA_NONE && ann->mentions[outer].type == STM_ENTITY_PLACE &&
                   ann->mentions[outer].first == token &&
                   ann->mentions[outer].referent != ann->mentions[inner].referent
               ? outer
               : STEMMA_NONE;
}

/** Behind "in": "northern X", "the north of X": the place X; or STEMMA_NONE. */
static uint32_t quarter_of(const struct stm_annotation *ann, uint32_t inner, uint32_t at)
{
    static const char *const adjectives[] = {"northern",     "southern",     "eastern",
                                             "western",      "central",      "north-eastern",
                                             "northeastern", "northwestern", "southeastern",
                                             "southwestern", "neighbouring", "neighboring"};
    static const char *const nouns[] = {"north",     "south",     "east",   "west",  "northeast",
                                        "northwest", "southeast", "centre", "center", "southwest"};
    at += stm_ann_is(ann, at, "the");
    if (STM_TOKEN_IS_ANY(ann, at, adjectives)) {
        return other_place_at(ann, inner, at + 1);
    }
    return STM_TOKEN_IS_ANY(ann, at, nouns) && stm_ann_is(ann, at + 1, "of")
               ? other_place_at(ann, inner, at + 2)
               : STEMMA_NONE;
}

/** Of "X's capital, Y" the mention X, for the mention Y; or STEMMA_NONE. */
static uint32_t capital_of(const struct stm_annotation *ann, uint32_t inner)
{
    uint32_t at = ann->mentions[inner].first;
    uint32_t start = ann->sentences[ann->tokens[at].sentence].first;
    at -= at > start && stm_ann_is(ann, at - 1, ",");
    if (at < start + 3 || !stm_ann_is(ann, at - 1, "capital") || !stm_ann_is(ann, at - 2, "'s")) {
        return STEMMA_NONE;
    }
    uint32_t whose = stm_fact_name_at(ann, at - 3);
    return whose != STEMMA_NONE ? other_place_at(ann, inner, ann->mentions[whose].first)
                                : STEMMA_NONE;
}

/** "LOMNA, Rurland -": the country behind the place that opens a dateline; or STEMMA_NONE. */
static uint32_t dateline_of(const struct stm_annotation *ann, uint32_t inner)
{
    static const char *const closing[] = {"-", "--", "\xe2\x80\x93", "\xe2\x80\x94", "("};
    const struct stm_mention *mention = &ann->mentions[inner];
    uint32_t comma = mention->first + mention->count;
    if (mention->first != ann->sentences[ann->tokens[mention->first].sentence].first ||
        !stm_ann_is(ann, comma, ",")) {
        return STEMMA_NONE;
    }
    uint32_t outer = other_place_at(ann, inner, comma + 1);
    return outer != STEMMA_NONE &&
                   STM_TOKEN_IS_ANY(ann, comma + 1 + ann->mentions[outer].count, closing)
               ? outer
               : STEMMA_NONE;
}

/** "Lomna, the old capital of Rurland", "Lomna, a town in northern Rurland": the country; or
    STEMMA_NONE. */
static uint32_t described_of(const struct stm_annotation *ann, uint32_t inner, uint32_t comma)
{
    static const char *const nouns[] = {"capital", "city", "town", "village", "port", "suburb",
                                        "district", "resort"};
    if (!stm_ann_is(ann, comma, ",")) {
        return STEMMA_NONE;
    }
    comma += stm_ann_is(ann, comma + 1, "in"); /* "Lomna, in the district of Rurland" */
    for (uint32_t at = comma + 1; at < comma + 5 && at + 2 < ann->token_count; at++) {
        uint8_t pos = ann->tokens[at].pos;
        if (STM_TOKEN_IS_ANY(ann, at, nouns)) {
            if (stm_ann_is(ann, at + 1, "of") && ann->tokens[at + 2].pos == STM_POS_CD) {
                at += 2u + (at + 3 < ann->token_count && ann->tokens[at + 3].pos == STM_POS_NNS);
            }
            uint32_t part = stm_ann_is(ann, at + 1, "in") ? quarter_of(ann, inner, at + 2)
                                                          : STEMMA_NONE;
            int linked = stm_ann_is(ann, at + 1, "of") || stm_ann_is(ann, at + 1, "in");
            return part != STEMMA_NONE ? part
                   : linked            ? other_place_at(ann, inner, at + 2)
                                       : STEMMA_NONE;
        }
        if (pos != STM_POS_DT && pos != STM_POS_JJ && pos != STM_POS_NN) {
            break;
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_fact_inside(const struct stm_fact_scan *scan, uint32_t mention)
{
    const struct stm_annotation *ann = scan->ann;
    const struct stm_mention *inner = &ann->mentions[mention];
    uint32_t behind = inner->first + inner->count;
    uint32_t outer = described_of(ann, mention, behind);
    for (uint32_t i = 0; i < 3 && behind < ann->token_count &&
                         ann->tokens[behind].pos == STM_POS_NN &&
                         stm_fact_name_at(ann, behind) == STEMMA_NONE;
         i++) {
        behind++; /* "the Lomna phosphate mine in southern Rurland" */
    }
    if (outer == STEMMA_NONE) {
        outer = stm_ann_is(ann, behind, "in") ? quarter_of(ann, mention, behind + 1)
                                              : dateline_of(ann, mention);
    }
    if (outer == STEMMA_NONE) {
        outer = capital_of(ann, mention);
    }
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    return outer == STEMMA_NONE ? STEMMA_OK
                                : stm_emit_relation(scan, inner->referent, "located", outer,
                                                    inner->first, &stand, 750);
}

/** "the north of X", "the Y region of X": X. */
static uint32_t inner_part(const struct stm_annotation *ann, uint32_t noun)
{
    static const char *const parts[] = {"north",  "south",  "east",      "west",      "northeast",
                                        "centre", "center", "northwest", "southeast", "southwest",
                                        "part",   "region", "province",  "district",  "outskirts",
                                        "area",   "state",  "middle",    "heart",     "suburb"};
    for (size_t i = 0; noun != STEMMA_NONE && i < sizeof parts / sizeof parts[0]; i++) {
        if (stm_ann_has_lemma(ann, noun, parts[i]) && stm_fact_name_at(ann, noun) == STEMMA_NONE) {
            uint32_t of = stm_syntax_oblique(ann, noun, "of");
            return of != STEMMA_NONE ? of : noun;
        }
    }
    return noun;
}

stemma_status stm_fact_whole(const struct stm_fact_scan *scan, uint32_t subject, uint32_t noun,
                             const struct stm_fact_stand *stand)
{
    static const char *const parts[] = {
        "subsidiary", "unit",     "branch",     "arm",     "wing",  "division", "affiliate",
        "part",       "offshoot", "department", "chapter", "brand", "district", "suburb"};
    static const char *const where[] = {"in", "of", "near", "on"};
    const struct stm_annotation *ann = scan->ann;
    uint8_t type = ann->referents[subject].entity_type;
    int is_part = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        is_part |= stm_ann_has_lemma(ann, noun, parts[i]);
    }
    int is_place = stm_lexicon_has(STM_LEXICON_PLACE_NOUN, ann->tokens[noun].lemma) ||
                   stm_ann_has_lemma(ann, noun, "capital");
    for (size_t i = 0; i < sizeof where / sizeof where[0]; i++) {
        uint32_t whole = inner_part(ann, stm_syntax_oblique(ann, noun, where[i]));
        uint32_t place = stm_fact_named(ann, whole, STM_ENTITY_PLACE, STM_ENTITY_PLACE);
        uint32_t body =
            stm_fact_named(ann, whole, STM_ENTITY_ORGANIZATION, STM_ENTITY_ORGANIZATION);
        if (type == STM_ENTITY_PLACE && (is_place || is_part) && place != STEMMA_NONE && i < 3) {
            return i == 2 ? STEMMA_OK
                          : stm_emit_relation(scan, subject, "located", place, noun, stand, 800);
        }
        if (type == STM_ENTITY_ORGANIZATION && i == 1 && is_part && body != STEMMA_NONE) {
            return stm_emit_relation(scan, subject, "part_of", body, noun, stand, 800);
        }
        if (type == STM_ENTITY_ORGANIZATION && i == 0 && place != STEMMA_NONE) {
            return stm_emit_relation(scan, subject, "located", place, noun, stand, 700);
        }
    }
    return STEMMA_OK;
}

/** Whether the name of an organisation says that it is a party. */
static int is_party(const struct stm_annotation *ann, const struct stm_mention *name)
{
    return stm_ann_is(ann, name->first + name->count - 1, "party") ||
           stm_ann_is(ann, name->first, "party");
}

stemma_status stm_fact_of_behind(const struct stm_fact_scan *scan, uint32_t mention)
{
    struct stm_annotation *ann = scan->ann;
    const struct stm_mention *inner = &ann->mentions[mention];
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[inner->first].sentence);
    uint32_t of = inner->first + inner->count;
    int bracket = of + 2 < end && stm_ann_is(ann, of, "(") && inner->type == STM_ENTITY_PERSON;
    if (bracket) {
        uint32_t party = stm_fact_name_at(ann, of + 1); /* "Olga Stern (Green Party)" */
        return party != STEMMA_NONE && ann->mentions[party].type == STM_ENTITY_ORGANIZATION &&
                       is_party(ann, &ann->mentions[party])
                   ? stm_emit_relation(scan, inner->referent, "member", party, of + 1, &stand, 700)
                   : STEMMA_OK;
    }
    of += of + 2 < end && stm_ann_is(ann, of, ",") &&
          (stm_ann_is(ann, of + 1, "of") || stm_ann_is(ann, of + 1, "from"));
    uint32_t at = of + 1;
    int from = of < end && (stm_ann_is(ann, of, "from") || stm_ann_is(ann, of, "at"));
    if (of + 1 >= end || !(stm_ann_is(ann, of, "of") || from)) {
        return STEMMA_OK;
    }
    if (ann->tokens[at].pos == STM_POS_DT && at + 1 < end) {
        at++;
    }
    uint32_t outer = stm_fact_name_at(ann, at);
    if (outer == STEMMA_NONE || ann->mentions[outer].first != at) {
        return STEMMA_OK;
    }
    const struct stm_mention *whole = &ann->mentions[outer];
    if (inner->type == STM_ENTITY_PERSON && whole->type == STM_ENTITY_ORGANIZATION) {
        return stm_emit_relation(scan, inner->referent,
                                 is_party(ann, whole) ? "member" : "affiliation", outer, of, &stand,
                                 750);
    }
    if (inner->type == STM_ENTITY_ORGANIZATION && whole->type == STM_ENTITY_PLACE && !from) {
        return stm_emit_relation(scan, inner->referent, "located", outer, of, &stand, 650);
    }
    return STEMMA_OK;
}

/** "Tirsk-based", "Tirsk-born" of a place that is no name of the document: its first part, or 0 characters. */
static size_t before_hyphen(const struct stm_annotation *ann, uint32_t token, const char *ending)
{
    stemma_text word = ann->tokens[token].lower;
    size_t tail = strlen(ending);
    return word.size > tail + 2 && (ann->tokens[token].flags & STM_TOKEN_CAPITALISED) &&
                   memcmp(word.data + word.size - tail, ending, tail) == 0
               ? word.size - tail
               : 0;
}

/** "X, 34, a Tirsk-born actress", "X is a Tirsk-born actress": the person whom the noun behind a compound
    describes; a mention or STEMMA_NONE. */
static uint32_t described_before(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t noun = ann->tokens[token].head;
    if (noun == STEMMA_NONE || noun < token || !stm_is_role_word(ann, noun)) {
        return STEMMA_NONE;
    }
    uint32_t who = ann->tokens[noun].relation == STM_RELATION_APPOS
                       ? ann->tokens[noun].head
                       : stm_syntax_child(ann, noun, STM_RELATION_NSUBJ);
    return stm_fact_named(ann, who, STM_ENTITY_PERSON, STM_ENTITY_PERSON);
}

/** Whom a compound before a noun describes: a name right behind it or behind one or two nouns. */
static uint32_t described_behind(const struct stm_annotation *ann, uint32_t token)
{
    uint32_t whose =
        stm_fact_named(ann, ann->tokens[token].head, STM_ENTITY_ORGANIZATION, STM_ENTITY_PERSON);
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[token].sentence);
    for (uint32_t i = token + 1; whose == STEMMA_NONE && i < end && i < token + 5; i++) {
        uint32_t name = stm_fact_name_at(ann, i);
        if (ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) {
            break;
        }
        if (name != STEMMA_NONE && ann->mentions[name].referent != STEMMA_NONE &&
            (ann->mentions[name].type == STM_ENTITY_ORGANIZATION ||
             ann->mentions[name].type == STM_ENTITY_PERSON)) {
            whose = name;
        }
    }
    return whose;
}

stemma_status stm_fact_compound(const struct stm_fact_scan *scan, uint32_t token)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand stand = {STEMMA_TENSE_PRESENT, 0, 0};
    int based = stm_ann_is(ann, token, "based");
    int born = stm_ann_is(ann, token, "born");
    if ((based || born) && token >= 2 && ann->tokens[token - 1].lower.data[0] == '-') {
        uint32_t place = stm_fact_name_at(ann, token - 2);
        uint32_t whose = described_behind(ann, token);
        whose = whose == STEMMA_NONE ? described_before(ann, token) : whose;
        if (place == STEMMA_NONE || whose == STEMMA_NONE ||
            ann->mentions[place].type != STM_ENTITY_PLACE) {
            return STEMMA_OK;
        }
        int is_person = ann->mentions[whose].type == STM_ENTITY_PERSON;
        if (born && !is_person) {
            return STEMMA_OK;
        }
        return stm_emit_relation(scan, ann->mentions[whose].referent,
                                 born        ? "birthplace"
                                 : is_person ? "residence"
                                             : "located",
                                 place, token, &stand, 750);
    }
    size_t size = before_hyphen(ann, token, "-based");
    size_t birth = before_hyphen(ann, token, "-born");
    uint32_t whose = size + birth != 0 ? described_behind(ann, token) : STEMMA_NONE;
    if (whose == STEMMA_NONE && size + birth != 0) {
        whose = described_before(ann, token);
    }
    stemma_text place = {ann->text.data + ann->tokens[token].start, size + birth};
    stemma_text lower = {ann->tokens[token].lower.data, size + birth};
    int people = lower.size > 3 && (memcmp(lower.data + lower.size - 3, "ian", 3) == 0 ||
                                    memcmp(lower.data + lower.size - 3, "ese", 3) == 0 ||
                                    memcmp(lower.data + lower.size - 3, "ish", 3) == 0);
    if (whose == STEMMA_NONE ||
        (birth != 0 && (people || stm_lexicon_demonym(lower) != NULL))) {
        return STEMMA_OK; /* nobody, or "Polish-born" */
    }
    int is_person = ann->mentions[whose].type == STM_ENTITY_PERSON;
    if (birth != 0 && !is_person) {
        return STEMMA_OK;
    }
    struct stm_fact fact = stm_fact_of(ann->mentions[whose].referent,
                                       birth != 0  ? "birthplace"
                                       : is_person ? "residence"
                                                   : "located",
                                       stm_object_text(place), token, token, token + 1, 700);
    return stm_emit_fact(scan, &fact);
}
