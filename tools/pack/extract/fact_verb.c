/* SPDX-License-Identifier: MIT */
/* Verbs that tell of lasting relations: founding, owning, living, working, being born. */
#include "pack/extract/fact_emit.h"

#include "pack/extract/event_clause.h"
#include "pack/extract/mention_head.h"
#include "pack/extract/referent_syntax.h"
#include "pack/extract/syntax.h"

enum { MOST_FOUNDERS = 8 };

enum shape {
    BY_AGENT,  /**< Object first: "Y, founded by X". Subject Y, object X. */
    BY_DOER,   /**< Subject first: "X joined Y". */
    IN_PLACE,  /**< "X lives in Y" */
    FOR_BODY,  /**< "X works for Y" */
    BIRTH,     /**< "X was born in Y in 1970" */
    AS_OFFICE, /**< "X serves as Z", "X became Z" */
    CALLED,    /**< "known as Z" */
    LEADS,     /**< "X chairs the board of Y", "Y, headed by X": subject X, object Y. */
    APPOINT,   /**< "named X head of Z": subject X, the office Z. */
    MARRIED,   /**< "is married to X" */
    LEFT_OFFICE, /**< "X resigned as Z" */
    SIGNS,     /**< "Y signed X": subject X, object Y. */
    HOLDS      /**< "holds Estian citizenship" */
};

struct fact_verb {
    const char *lemma;
    uint8_t shape;
    uint8_t subject; /**< stm_entity_type that fits; NONE for any. */
    uint8_t object;
    const char *predicate;
};

#define PERSON STM_ENTITY_PERSON
#define BODY   STM_ENTITY_ORGANIZATION
#define PLACE  STM_ENTITY_PLACE
#define ANY    STM_ENTITY_NONE

static const struct fact_verb verbs[] = {
    {"act", AS_OFFICE, PERSON, ANY, "role"},
    {"appoint", APPOINT, PERSON, ANY, "role"},
    {"base", IN_PLACE, ANY, PLACE, "located"},
    {"bear", BIRTH, PERSON, PLACE, "birthplace"},
    {"become", AS_OFFICE, PERSON, ANY, "role"},
    {"belong", FOR_BODY, ANY, BODY, "member"},
    {"captain", LEADS, PERSON, BODY, "affiliation"},
    {"chair", LEADS, PERSON, BODY, "affiliation"},
    {"choose", APPOINT, PERSON, ANY, "role"},
    {"co-found", BY_AGENT, BODY, ANY, "founder"},
    {"co-own", BY_AGENT, BODY, ANY, "owner"},
    {"coach", LEADS, PERSON, BODY, "affiliation"},
    {"command", LEADS, PERSON, BODY, "affiliation"},
    {"direct", LEADS, PERSON, BODY, "affiliation"},
    {"educate", FOR_BODY, PERSON, BODY, "education"},
    {"elect", APPOINT, PERSON, ANY, "role"},
    {"employ", BY_AGENT, PERSON, BODY, "employer"},
    {"establish", BY_AGENT, BODY, PERSON, "founder"},
    {"found", BY_AGENT, BODY, ANY, "founder"},
    {"graduate", FOR_BODY, PERSON, BODY, "education"},
    {"have", HOLDS, PERSON, ANY, "nationality"},
    {"head", LEADS, PERSON, BODY, "affiliation"},
    {"headquarter", IN_PLACE, BODY, PLACE, "located"},
    {"hire", APPOINT, PERSON, ANY, "role"},
    {"hold", HOLDS, PERSON, ANY, "nationality"},
    {"join", BY_DOER, ANY, BODY, "member"},
    {"know", CALLED, ANY, ANY, "alias"},
    {"lead", LEADS, PERSON, BODY, "affiliation"},
    {"live", IN_PLACE, PERSON, PLACE, "residence"},
    {"locate", IN_PLACE, ANY, PLACE, "located"},
    {"manage", LEADS, PERSON, BODY, "affiliation"},
    {"marry", MARRIED, PERSON, PERSON, "spouse"},
    {"name", APPOINT, PERSON, ANY, "role"},
    {"nickname", CALLED, ANY, ANY, "alias"},
    {"own", BY_AGENT, BODY, ANY, "owner"},
    {"play", FOR_BODY, PERSON, BODY, "affiliation"},
    {"re-elect", APPOINT, PERSON, ANY, "role"},
    {"represent", LEADS, PERSON, BODY, "affiliation"},
    {"reside", IN_PLACE, PERSON, PLACE, "residence"},
    {"run", LEADS, PERSON, BODY, "affiliation"},
    {"serve", AS_OFFICE, PERSON, ANY, "role"},
    {"launch", BY_AGENT, BODY, PERSON, "founder"},
    {"set", BY_AGENT, BODY, ANY, "founder"}, /* "set up" */
    {"settle", IN_PLACE, PERSON, PLACE, "residence"},
    {"sign", SIGNS, PERSON, BODY, "affiliation"},
    {"situate", IN_PLACE, ANY, PLACE, "located"},
    {"resign", LEFT_OFFICE, PERSON, ANY, "role"},
    {"retire", LEFT_OFFICE, PERSON, ANY, "role"},
    {"step", LEFT_OFFICE, PERSON, ANY, "role"}, /* "stepped down as" */
    {"swear", AS_OFFICE, PERSON, ANY, "role"},
    {"take", AS_OFFICE, PERSON, ANY, "role"}, /* "took over as" */
    {"divorce", MARRIED, PERSON, PERSON, "spouse"},
    {"start", BY_AGENT, BODY, PERSON, "founder"},
    {"study", FOR_BODY, PERSON, BODY, "education"},
    {"teach", FOR_BODY, PERSON, BODY, "employer"},
    {"train", FOR_BODY, PERSON, BODY, "education"},
    {"work", FOR_BODY, PERSON, BODY, "employer"},
};

static const struct fact_verb *verb_at(const struct stm_annotation *ann, uint32_t token)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (stm_ann_has_lemma(ann, token, verbs[i].lemma)) {
            return &verbs[i];
        }
    }
    /* Forms that are written like those of other verbs, or are taken for adjectives. */
    static const struct {
        const char *form;
        const char *lemma;
    } forms[] = {{"born", "bear"},
                 {"founded", "found"},
                 {"headquartered", "headquarter"},
                 {"married", "marry"},
                 {"based", "base"},
                 {"educated", "educate"}};
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        if (!stm_ann_is(ann, token, forms[f].form)) {
            continue;
        }
        for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
            if (strcmp(verbs[i].lemma, forms[f].lemma) == 0) {
                return &verbs[i];
            }
        }
    }
    return NULL;
}

static uint32_t referent_of(const struct stm_annotation *ann, uint32_t token, uint8_t type)
{
    if (token == STEMMA_NONE) {
        return STEMMA_NONE;
    }
    uint32_t mention =
        type == ANY
            ? stm_fact_entity(ann, token, STM_ENTITY_PERSON, STM_ENTITY_ORGANIZATION)
            : stm_fact_entity(ann, token, (enum stm_entity_type)type, (enum stm_entity_type)type);
    return mention == STEMMA_NONE ? STEMMA_NONE : ann->mentions[mention].referent;
}

static stemma_status read_oblique(const struct stm_fact_scan *scan, const struct fact_verb *entry,
                                  uint32_t verb, uint32_t subject,
                                  const struct stm_fact_stand *stand)
{
    static const char *const in[] = {"in", "at", "near", "from", "for", "with", "to"};
    const struct stm_annotation *ann = scan->ann;
    size_t first = 0;
    size_t end = entry->shape == IN_PLACE ? 3 : sizeof in / sizeof in[0];
    for (size_t i = first; i < end; i++) {
        uint32_t where = stm_syntax_oblique(ann, verb, in[i]);
        if (where == STEMMA_NONE) {
            continue;
        }
        uint32_t named = stm_fact_named(ann, where, (enum stm_entity_type)entry->object,
                                        (enum stm_entity_type)entry->object);
        if (named != STEMMA_NONE) {
            const char *predicate = entry->predicate;
            if (strcmp(entry->lemma, "belong") == 0 &&
                ann->referents[subject].entity_type == STM_ENTITY_ORGANIZATION) {
                predicate = "owner";
            }
            if (strcmp(predicate, "located") == 0 &&
                ann->referents[subject].entity_type == STM_ENTITY_PERSON) {
                predicate = "residence";
            }
            return stm_emit_relation(scan, subject, predicate, named, verb, stand, 750);
        }
    }
    return STEMMA_OK;
}

/** The name behind "known as", "nicknamed", "aka". */
static stemma_status read_alias(const struct stm_fact_scan *scan, uint32_t from, uint32_t verb,
                                uint32_t subject)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    uint32_t first = from;
    int marked = first < end && (ann->tokens[first].flags & STM_TOKEN_QUOTE_OPEN);
    first += marked != 0;
    if (first < end && stm_ann_is(ann, first, "the")) {
        first++;
    }
    uint32_t last = first;
    while (last < end && last - first < 5 && (ann->tokens[last].flags & STM_TOKEN_CAPITALISED) &&
           !(ann->tokens[last].flags & STM_TOKEN_PUNCTUATION)) {
        last++;
    }
    stemma_text alias = last != first ? stm_ann_words(ann, first, last - first) : (stemma_text){0};
    const struct stm_referent *who = &ann->referents[subject];
    if (last == first ||
        (who->name_count != 0 && stemma_text_equal(who->names[0].text, alias))) {
        return STEMMA_OK; /* "the commander, known as Abu Layth": that is the name */
    }
    struct stm_fact fact =
        stm_fact_of(subject, "alias", stm_object_text(stm_ann_words(ann, first, last - first)),
                    verb, first, last, 750);
    return stm_emit_fact(scan, &fact);
}

/** "Y, founded by A and B", "X founded Y with B": all of them. */
static stemma_status read_founders(const struct stm_fact_scan *scan, uint32_t verb, uint32_t body,
                                   uint32_t founder, uint32_t doer,
                                   const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t all[MOST_FOUNDERS];
    if (founder == STEMMA_NONE || body == STEMMA_NONE) {
        return STEMMA_OK;
    }
    stemma_status status = stm_emit_relation(scan, body, "founder", founder, verb, stand, 800);
    /* "the brothers Piet and Klaas Hogeveen": the list hangs on the name */
    uint32_t name = ann->tokens[doer].mention != founder ? ann->mentions[founder].first : doer;
    uint32_t count = stm_syntax_conjuncts(ann, name, all, MOST_FOUNDERS - 1);
    uint32_t with = stm_clause_case(ann, verb, "with");
    if (with != STEMMA_NONE) {
        all[count++] = with;
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        uint32_t other = stm_fact_entity(ann, all[i], PERSON, PERSON);
        if (other != founder && other != STEMMA_NONE &&
            ann->referents[ann->mentions[other].referent].name_count != 0) {
            status = stm_emit_relation(scan, body, "founder", other, verb, stand, 750);
        }
    }
    return status;
}

/** "X served as Z": the office. */
static stemma_status read_office(const struct stm_fact_scan *scan, const struct fact_verb *entry,
                                 uint32_t verb, uint32_t subject, struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t office = stm_syntax_oblique(ann, verb, "as");
    if (office == STEMMA_NONE) {
        office = stm_clause_case(ann, verb, "as");
    }
    if (strcmp(entry->lemma, "become") == 0) {
        office = stm_syntax_child(ann, verb, STM_RELATION_XCOMP);
        stand->tense = STEMMA_TENSE_PRESENT;
    }
    return office == STEMMA_NONE || office < verb
               ? STEMMA_OK
               : stm_fact_description(scan, subject, office, stand, 750);
}

/** "X chairs the board of Y", "the charity Y, headed by X". */
static stemma_status read_leader(const struct stm_fact_scan *scan, const struct fact_verb *entry,
                                 uint32_t verb, int passive, uint32_t subject,
                                 const struct stm_fact_stand *stand)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t body = passive ? subject : stm_syntax_object(ann, verb);
    uint32_t leader = passive ? stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT) : subject;
    struct stm_fact_stand now = *stand;
    if (passive && leader == STEMMA_NONE) {
        leader = stm_syntax_oblique(ann, verb, "by");
    }
    if (passive && stm_syntax_child(ann, verb, STM_RELATION_AUX_PASS) == STEMMA_NONE) {
        now.tense = STEMMA_TENSE_PRESENT; /* "headed by X" */
    }
    uint32_t who = referent_of(ann, leader, PERSON);
    int place = strcmp(entry->lemma, "represent") == 0; /* "represents Lund in parliament" */
    uint32_t named = stm_fact_named(ann, body, BODY, place ? PLACE : BODY);
    if (named == STEMMA_NONE && body != STEMMA_NONE) {
        named = stm_fact_named(ann, stm_syntax_oblique(ann, body, "of"), BODY, BODY);
    }
    return stm_emit_relation(scan, who, entry->predicate, named, verb, &now, 750);
}

/** Verbs by which a body gives an office of its own. */
static int takes_office(const struct fact_verb *entry)
{
    return strcmp(entry->lemma, "appoint") == 0 || strcmp(entry->lemma, "elect") == 0 ||
           strcmp(entry->lemma, "re-elect") == 0 || strcmp(entry->lemma, "name") == 0 ||
           strcmp(entry->lemma, "hire") == 0;
}

/** "named X head of Z", "X was appointed as head of Z". */
/** "elected X, a farmer, mayor": the office behind what is added to a name; or STEMMA_NONE. */
static uint32_t office_behind(const struct stm_annotation *ann, uint32_t person)
{
    uint32_t mention = ann->tokens[person].mention;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[person].sentence);
    uint32_t at = mention != STEMMA_NONE
                      ? ann->mentions[mention].first + ann->mentions[mention].count
                      : end;
    if (at + 3 >= end || !stm_ann_is(ann, at, ",") || ann->tokens[at + 1].pos != STM_POS_DT) {
        return STEMMA_NONE;
    }
    uint32_t comma = at + 2;
    while (comma + 1 < end && comma < at + 8 && !stm_ann_is(ann, comma, ",")) {
        comma++;
    }
    uint32_t office = comma + 1;
    if (comma + 1 >= end || !stm_ann_is(ann, comma, ",")) {
        return STEMMA_NONE;
    }
    while (office < end && ann->tokens[office].pos == STM_POS_JJ) {
        office++;
    }
    return office < end && stm_is_role_word(ann, office) &&
                   stm_fact_name_at(ann, office) == STEMMA_NONE
               ? office
               : STEMMA_NONE;
}

static stemma_status read_appointment(const struct stm_fact_scan *scan,
                                      const struct fact_verb *entry, uint32_t verb, int passive,
                                      uint32_t subject, const struct stm_fact_stand *stand)
{
    static const enum stm_relation places[] = {STM_RELATION_XCOMP, STM_RELATION_OBJ,
                                               STM_RELATION_OBL, STM_RELATION_CCOMP};
    const struct stm_annotation *ann = scan->ann;
    struct stm_fact_stand now = {STEMMA_TENSE_PRESENT, stand->negated, stand->unreal};
    uint32_t person = passive ? subject : stm_syntax_object(ann, verb);
    uint32_t who = referent_of(ann, person, PERSON);
    if (who == STEMMA_NONE || stand->tense == STEMMA_TENSE_FUTURE) {
        return STEMMA_OK;
    }
    uint32_t agent = passive ? stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT) : subject;
    uint32_t body = stm_fact_entity(ann, agent, BODY, BODY);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        for (uint32_t at = stm_syntax_child(ann, verb, places[i]); at != STEMMA_NONE;
             at = stm_syntax_next(ann, at, places[i])) {
            if (at > verb && at != person && stm_is_role_word(ann, at) &&
                (places[i] != STM_RELATION_OBL || stm_syntax_oblique(ann, verb, "as") == at)) {
                stemma_status status = stm_fact_description(scan, who, at, &now, 750);
                /* "the bank appointed X chief executive": of the bank, when no other is named */
                uint32_t next = at + 1;
                int of = stm_ann_is(ann, next, "of") || stm_ann_is(ann, next, "at") ||
                         stm_ann_is(ann, next, "for") || stm_ann_is(ann, next, "to") ||
                         stm_ann_is(ann, next, "in");
                return status == STEMMA_OK && body != STEMMA_NONE && !of && takes_office(entry)
                           ? stm_emit_relation(scan, who, "affiliation", body, verb, &now, 650)
                           : status;
            }
        }
    }
    uint32_t office = passive ? STEMMA_NONE : office_behind(ann, person);
    return office == STEMMA_NONE ? STEMMA_OK : stm_fact_description(scan, who, office, &now, 700);
}

/** Whose verb it is: also of "Born in Lund, she was" and of "Bell, who holds". */
static uint32_t subject_of(const struct stm_annotation *ann, uint32_t verb)
{
    if (ann->tokens[verb].pos == STM_POS_VBN &&
        verb == ann->sentences[ann->tokens[verb].sentence].first) {
        return stm_clause_subject(ann, verb);
    }
    uint32_t subject = stm_syntax_subject(ann, verb);
    return subject != STEMMA_NONE && subject + 1 == verb && ann->tokens[subject].pos == STM_POS_WP
               ? stm_relative_antecedent(ann, subject)
               : subject;
}

stemma_status stm_fact_verb(const struct stm_fact_scan *scan, uint32_t verb)
{
    struct stm_annotation *ann = scan->ann;
    uint8_t pos = ann->tokens[verb].pos;
    uint32_t end = stm_ann_sentence_end(ann, ann->tokens[verb].sentence);
    if (stm_ann_is(ann, verb, "aka") && verb + 1 < end && verb > 0) {
        uint32_t before = stm_fact_name_at(ann, verb - 1);
        if (before == STEMMA_NONE && verb > 1) {
            before = stm_fact_name_at(ann, verb - 2);
        }
        return before == STEMMA_NONE || ann->mentions[before].referent == STEMMA_NONE
                   ? STEMMA_OK
                   : read_alias(scan, verb + 1, verb, ann->mentions[before].referent);
    }
    /* what taggers take for adjectives */
    int married = pos == STM_POS_JJ && (stm_ann_is(ann, verb, "married") ||
                                        stm_ann_is(ann, verb, "educated"));
    if (!married && pos != STM_POS_VB && pos != STM_POS_VBD && pos != STM_POS_VBG &&
        pos != STM_POS_VBN && pos != STM_POS_VBP && pos != STM_POS_VBZ) {
        return STEMMA_OK;
    }
    const struct fact_verb *entry = verb_at(ann, verb);
    if (entry == NULL) {
        return STEMMA_OK;
    }
    struct stm_voice voice = stm_voice_of(ann, verb);
    /* "it had appointed": a subject that the parser labelled as that of a passive makes none */
    int passive = stm_syntax_is_passive(ann, verb) && !(voice.have && !voice.be);
    uint32_t subject = subject_of(ann, verb);
    struct stm_fact_stand stand = stm_fact_stand_of(ann, verb);
    if (stand.unreal) {
        return STEMMA_OK;
    }
    if (strcmp(entry->lemma, "set") == 0 && !stm_ann_is(ann, verb + 1, "up")) {
        return STEMMA_OK;
    }
    if (entry->shape == BY_AGENT) {
        uint32_t thing = passive ? subject : stm_syntax_object(ann, verb);
        uint32_t doer = passive ? stm_syntax_child(ann, verb, STM_RELATION_OBL_AGENT) : subject;
        if (passive && doer == STEMMA_NONE) {
            doer = stm_syntax_oblique(ann, verb, "by");
        }
        uint32_t of = referent_of(ann, thing, entry->subject);
        if (of == STEMMA_NONE && entry->subject == BODY) {
            of = referent_of(ann, thing, STM_ENTITY_THING); /* "owned the Gulf Observer" */
        }
        if (of == STEMMA_NONE && strcmp(entry->predicate, "owner") == 0) {
            of = referent_of(ann, thing, PLACE); /* "owned the island of Sarn" */
        }
        uint32_t who = stm_fact_entity(
            ann, doer, entry->object == ANY ? PERSON : (enum stm_entity_type)entry->object,
            entry->object == ANY ? BODY : (enum stm_entity_type)entry->object);
        if (passive && strcmp(entry->predicate, "owner") == 0) {
            stand.tense = STEMMA_TENSE_PRESENT;
        }
        if (strcmp(entry->predicate, "founder") == 0) {
            return read_founders(scan, verb, of, who, doer, &stand);
        }
        return stm_emit_relation(scan, of, entry->predicate, who, verb, &stand, 800);
    }
    if (entry->shape == LEADS) {
        return read_leader(scan, entry, verb, passive, subject, &stand);
    }
    if (entry->shape == SIGNS) {
        uint32_t player = passive ? subject : stm_syntax_object(ann, verb);
        uint32_t club = passive ? stm_syntax_oblique(ann, verb, "by") : subject;
        stand.tense = STEMMA_TENSE_PRESENT;
        return stm_emit_relation(scan, referent_of(ann, player, PERSON), entry->predicate,
                                 stm_fact_named(ann, club, BODY, BODY), verb, &stand, 650);
    }
    if (entry->shape == APPOINT) {
        return read_appointment(scan, entry, verb, passive, subject, &stand);
    }
    uint32_t who = referent_of(ann, subject, entry->subject);
    if (who == STEMMA_NONE) {
        return STEMMA_OK;
    }
    switch ((enum shape)entry->shape) {
    case BY_DOER: {
        uint32_t object = stm_syntax_object(ann, verb);
        uint32_t what = passive ? STEMMA_NONE
                                : stm_fact_entity(ann, object, (enum stm_entity_type)entry->object,
                                                  (enum stm_entity_type)entry->object);
        uint32_t left = stm_fact_named(ann, stm_clause_case(ann, verb, "from"), BODY, BODY);
        stemma_status status =
            stm_emit_relation(scan, who, entry->predicate, what, verb, &stand, 750);
        stand.tense = STEMMA_TENSE_PAST; /* "joined from X" */
        return status == STEMMA_OK && left != STEMMA_NONE &&
                       ann->referents[who].entity_type == PERSON
                   ? stm_emit_relation(scan, who, "affiliation", left, verb, &stand, 650)
                   : status;
    }
    case MARRIED:
        return stm_fact_marriage(scan, verb, who, subject, &stand);
    case HOLDS:
        return stm_fact_passports(scan, stm_syntax_object(ann, verb), who, &stand);
    case IN_PLACE:
        if (pos == STM_POS_VBN && passive) {
            stand.tense = STEMMA_TENSE_PRESENT; /* "based in" */
        }
        return read_oblique(scan, entry, verb, who, &stand);
    case FOR_BODY: {
        stemma_status status = read_oblique(scan, entry, verb, who, &stand);
        return status == STEMMA_OK && strcmp(entry->lemma, "work") == 0
                   ? read_office(scan, entry, verb, who, &stand)
                   : status;
    }
    case BIRTH:
        return passive || stm_ann_is(ann, verb, "born") ? stm_fact_birth(scan, verb, who) : STEMMA_OK;
    case AS_OFFICE:
        if (strcmp(entry->lemma, "swear") == 0 || strcmp(entry->lemma, "take") == 0) {
            /* "was sworn in as", "took over as": it is so from then on */
            stand.tense = STEMMA_TENSE_PRESENT;
            return stm_ann_is(ann, verb + 1, "in") || stm_ann_is(ann, verb + 1, "over")
                       ? read_office(scan, entry, verb, who, &stand)
                       : STEMMA_OK;
        }
        return passive ? STEMMA_OK : read_office(scan, entry, verb, who, &stand);
    case LEFT_OFFICE:
        stand.tense = STEMMA_TENSE_PAST;
        return read_office(scan, entry, verb, who, &stand);
    case CALLED:
        if (pos == STM_POS_VBN && verb + 1 < end) {
            uint32_t from = verb + 1;
            if (stm_ann_is(ann, from, "as")) {
                from++;
            } else if (strcmp(entry->lemma, "know") == 0) {
                return STEMMA_OK;
            }
            return from < end ? read_alias(scan, from, verb, who) : STEMMA_OK;
        }
        return STEMMA_OK;
    case LEADS:
    case SIGNS:
    case APPOINT:
    case BY_AGENT:
        break;
    }
    return STEMMA_OK;
}
