/* SPDX-License-Identifier: MIT */
#include "query/why_judgements.h"

#include "query/claim_words.h"
#include "query/judgement_view.h"
#include "query/label.h"
#include "query/referent_view.h"
#include "query/value_words.h"

#define PEOPLE_MOST 20u /* judgements of people that are listed in text */

static const char *effect_name(uint8_t effect)
{
    static const char *const names[] = {"unknown",    "joins", "repeats",  "parts", "refused",
                                        "overruled", "open",  "retracted"};
    return names[effect < 8 ? effect : 0];
}

static stemma_status open_thing(struct stm_query *query, stemma_snapshot *snapshot, uint8_t kind,
                                uint32_t number, struct stm_why_thing *out)
{
    stemma_reference of = {kind == STEMMA_REFERENT_EVENT ? STEMMA_REFERENCE_EVENT
                                                         : STEMMA_REFERENCE_ENTITY,
                           number};
    stemma_status status;
    *out = (struct stm_why_thing){.kind = kind, .number = number};
    if (number == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_identity_of(&out->identity, snapshot, of, STM_WHY_MEMBERS, &query->error);
    if (status == STEMMA_E_LIMIT) {
        out->identity = NULL;
        out->too_many = true;
        return STEMMA_OK;
    }
    return status;
}

stemma_status stm_why_begin(struct stm_why *why, struct stm_query *query, uint8_t kind,
                            uint32_t number)
{
    memset(why, 0, sizeof *why);
    why->query = query;
    why->object.number = STEMMA_NONE;
    return open_thing(query, query->snapshot, kind, number, &why->subject);
}

static stemma_status find_uses(struct stm_why *why, struct stm_why_thing *thing)
{
    thing->uses = NULL;
    thing->use_count = 0;
    return thing->identity == NULL ? STEMMA_OK
                                   : stemma_identity_uses(thing->identity, &why->claim,
                                                          &thing->uses, &thing->use_count,
                                                          &why->query->error);
}

static uint32_t object_of(const stemma_claim *claim)
{
    return claim->object.kind == STEMMA_OBJECT_REFERENT ? claim->object.as.referent
           : claim->object.kind == STEMMA_OBJECT_PLACE  ? claim->object.as.place.referent
                                                        : STEMMA_NONE;
}

stemma_status stm_why_claim(struct stm_why *why, const stemma_claim *claim)
{
    stemma_status status;
    why->claim = *claim;
    status = open_thing(why->query, why->query->item, claim->object_referent_kind,
                        object_of(claim), &why->object);
    if (status == STEMMA_OK) {
        status = find_uses(why, &why->subject);
    }
    return status == STEMMA_OK ? find_uses(why, &why->object) : status;
}

/* ---- Text ----------------------------------------------------------------------------------------- */

static bool is_told(struct stm_why *why, uint32_t number)
{
    for (uint32_t i = 0; i < why->told_count; i++) {
        if (why->told[i] == number) {
            return true;
        }
    }
    if (why->told_count < STM_WHY_TOLD) {
        why->told[why->told_count++] = number;
    }
    return false;
}

/* "same name; names alike (0.94, stemma-pack/judge 0.1.0)" */
static stemma_status add_judgement(struct stm_query *query, const stemma_judgement *judgement,
                                   struct stm_buffer *line)
{
    struct stm_author author;
    struct stm_buffer words = {0};
    stemma_status status = stm_author_load(query, judgement->run, judgement->author, &author);
    stm_author_words(&author, &words);
    stm_buffer_add_safe(line, judgement->reason.size != 0 ? judgement->reason
                                                          : stemma_text_of("no reason given"));
    stm_buffer_add_string(line, " (");
    if (judgement->score != STEMMA_NO_CONFIDENCE) {
        stm_buffer_addf(line, "%u.%02u, ", judgement->score / 1000u, judgement->score % 1000u / 10u);
    }
    stm_buffer_add_safe(line, stm_buffer_text(&words));
    if (judgement->created.size != 0) {
        stm_buffer_add_string(line, ", ");
        stm_buffer_add_safe(line, judgement->created);
    }
    stm_buffer_add_string(line, ")");
    status = words.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&words);
    return status;
}

static void print(const struct stm_terminal *terminal, const char *indent,
                  const struct stm_buffer *line)
{
    fprintf(terminal->file, "%s%s%.*s%s\n", indent, stm_style_on(terminal, STM_STYLE_DIM),
            (int)line->size, line->data != NULL ? line->data : "",
            stm_style_off(terminal, STM_STYLE_DIM));
}

/* Names that are the same and the like: not worth a line with every place or country. */
static bool is_certain(const stemma_judgement *judgement)
{
    return judgement->run != STEMMA_NONE && judgement->score >= 900 &&
           judgement->score != STEMMA_NO_CONFIDENCE;
}

static stemma_status tell(struct stm_why *why, struct stm_why_thing *thing, uint32_t index,
                          const stemma_identity_without *without)
{
    struct stm_query *query = why->query;
    stemma_identity_judgement one;
    struct stm_buffer line = {0};
    stemma_status status = stemma_identity_get(thing->identity, index, &one, &query->error);
    if (status != STEMMA_OK || is_told(why, one.number) ||
        (thing == &why->object && is_certain(&one.judgement))) {
        return status;
    }
    stm_buffer_add_string(&line, thing == &why->subject ? "joined by: " : "object joined by: ");
    status = add_judgement(query, &one.judgement, &line);
    stm_buffer_addf(&line, "; without it %u + %u documents instead of %u",
                    without->left.documents, without->right.documents, without->whole.documents);
    print(&query->output.terminal, "    ", &line);
    status = line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&line);
    return status;
}

static stemma_status text_of(struct stm_why *why, struct stm_why_thing *thing,
                             stemma_referent_id referent)
{
    const uint32_t *about = NULL;
    uint32_t count = 0;
    stemma_status status;
    if (thing->identity == NULL || thing->use_count < 2 || referent.document == STEMMA_NONE) {
        return STEMMA_OK; /* nothing of this claim hangs on it */
    }
    status = stemma_identity_about(thing->identity, referent, &about, &count, &why->query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        stemma_identity_without without;
        status = stemma_identity_try(thing->identity, about[i], thing->uses, thing->use_count,
                                     &without, &why->query->error);
        if (status == STEMMA_OK && without.parts > 1 && without.left.referents != 0 &&
            without.right.referents != 0) {
            status = tell(why, thing, about[i], &without);
        }
    }
    return status;
}

stemma_status stm_why_text(struct stm_why *why, const stemma_trace *trace)
{
    stemma_status status = text_of(why, &why->subject, trace->subject);
    return status == STEMMA_OK ? text_of(why, &why->object, trace->object) : status;
}

/* "same as" or "not the same as" whom. */
static stemma_status tell_person(struct stm_why *why, const stemma_identity_judgement *one)
{
    static const char *const verdicts[] = {"", "the same", "not the same", "unsure whether the same"};
    struct stm_query *query = why->query;
    const stemma_referent_id ends[2] = {one->judgement.left, one->judgement.right};
    struct stm_buffer line = {0};
    stemma_status status = STEMMA_OK;
    stm_buffer_add_safe(&line, one->judgement.author);
    if (one->judgement.created.size != 0) {
        stm_buffer_add_string(&line, ", ");
        stm_buffer_add_safe(&line, one->judgement.created);
    }
    stm_buffer_addf(&line, ": %s:", verdicts[one->judgement.verdict & 3u]);
    for (int i = 0; i < 2 && status == STEMMA_OK; i++) {
        char id[STEMMA_ID_SIZE];
        status = stm_referent_id_text(query, why->subject.kind, ends[i], id);
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
        stm_buffer_addf(&line, "%s %s", i == 0 ? "" : " and",
                        id[0] != '\0' ? id : "one in a later document");
    }
    if (one->judgement.reason.size != 0) {
        stm_buffer_add_string(&line, "; ");
        stm_buffer_add_safe(&line, one->judgement.reason);
    }
    stm_buffer_addf(&line, " [%s]", effect_name(one->effect));
    print(&query->output.terminal, "  ", &line);
    status = line.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&line);
    return status;
}

stemma_status stm_why_people(struct stm_why *why)
{
    struct stm_query *query = why->query;
    const struct stm_why_thing *thing = &why->subject;
    uint32_t count = thing->identity != NULL ? stemma_identity_count(thing->identity) : 0;
    uint32_t told = 0;
    stemma_status status = STEMMA_OK;
    if (thing->too_many) {
        fprintf(query->output.file, "  (of more than %u referents: who joined them is not looked "
                "through)\n", STM_WHY_MEMBERS);
    }
    for (uint32_t i = 0; i < count && status == STEMMA_OK && told < PEOPLE_MOST; i++) {
        stemma_identity_judgement one;
        status = stemma_identity_get(thing->identity, i, &one, &query->error);
        if (status == STEMMA_OK && one.judgement.author.size != 0) {
            told++;
            status = tell_person(why, &one);
        }
    }
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static stemma_status judgement_json(struct stm_why *why, struct stm_why_thing *thing,
                                    uint32_t index, const char *about, stemma_referent_id referent)
{
    struct stm_query *query = why->query;
    stm_json *json = &query->output.json;
    stemma_identity_judgement one;
    stemma_identity_without without;
    char id[STEMMA_ID_SIZE] = "";
    stemma_referent_id other;
    stemma_status status = stemma_identity_get(thing->identity, index, &one, &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    other = one.judgement.left.document == referent.document &&
                    one.judgement.left.referent == referent.referent
                ? one.judgement.right
                : one.judgement.left;
    status = stm_referent_id_text(query, thing->kind, other, id);
    status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    stm_json_object_begin(json);
    stm_json_member_string(json, "about", about);
    stm_member_text_or_null(json, "with", stemma_text_of(id));
    stm_json_member_string(json, "effect", effect_name(one.effect));
    if (status == STEMMA_OK) {
        status = stm_judgement_members(query, &one.judgement);
    }
    if (status == STEMMA_OK) {
        status = stemma_identity_try(thing->identity, index, thing->uses, thing->use_count,
                                     &without, &query->error);
    }
    stm_json_key(json, "without");
    stm_json_object_begin(json);
    if (status == STEMMA_OK) {
        stm_json_member_unsigned(json, "parts", without.parts);
        stm_json_member_bool(json, "exact", without.exact != 0);
        stm_part_json(json, "whole", &without.whole);
        stm_part_json(json, "left", &without.left);
        stm_part_json(json, "right", &without.right);
    }
    stm_json_object_end(json);
    stm_json_object_end(json);
    return status;
}

static stemma_status json_of(struct stm_why *why, struct stm_why_thing *thing, const char *about,
                             stemma_referent_id referent)
{
    const uint32_t *list = NULL;
    uint32_t count = 0;
    stemma_status status;
    if (thing->identity == NULL || referent.document == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_identity_about(thing->identity, referent, &list, &count, &why->query->error);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = judgement_json(why, thing, list[i], about, referent);
    }
    return status;
}

stemma_status stm_why_json(struct stm_why *why, const stemma_trace *trace)
{
    stm_json *json = &why->query->output.json;
    stemma_status status;
    stm_json_member_bool(json, "judgements_whole", !why->subject.too_many && !why->object.too_many);
    stm_json_key(json, "judgements");
    stm_json_array_begin(json);
    status = json_of(why, &why->subject, "subject", trace->subject);
    if (status == STEMMA_OK) {
        status = json_of(why, &why->object, "object", trace->object);
    }
    stm_json_array_end(json);
    return status;
}
