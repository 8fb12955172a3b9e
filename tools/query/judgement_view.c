/* SPDX-License-Identifier: MIT */
#include "query/judgement_view.h"

#include "common/enum_names.h"
#include "query/claim_words.h"
#include "query/entity_view.h"

stemma_status stm_author_load(struct stm_query *query, uint32_t run, stemma_text person,
                              struct stm_author *out)
{
    stemma_run program;
    stemma_status status;
    memset(out, 0, sizeof *out);
    out->person = person;
    if (run == STEMMA_NONE) {
        return STEMMA_OK;
    }
    status = stemma_run_get(query->item, run, &program, &query->error);
    if (status == STEMMA_OK) {
        out->run = program.name;
        out->version = program.version;
    }
    return status;
}

void stm_author_words(const struct stm_author *author, struct stm_buffer *out)
{
    stm_buffer_add(out, author->person.size != 0 ? author->person : author->run);
    if (author->version.size != 0) {
        stm_buffer_add_string(out, " ");
        stm_buffer_add(out, author->version);
    }
}

stemma_status stm_judgement_members(struct stm_query *query, const stemma_judgement *judgement)
{
    stm_json *json = &query->output.json;
    struct stm_author author;
    stemma_status status = stm_author_load(query, judgement->run, judgement->author, &author);
    stm_json_member_string(json, "verdict", stm_enum_name(STM_ENUM_VERDICT, judgement->verdict));
    stm_entity_share(json, "score", judgement->score);
    stm_member_text_or_null(json, "author", author.person);
    stm_member_text_or_null(json, "run", author.run);
    stm_member_text_or_null(json, "run_version", author.version);
    stm_member_text_or_null(json, "created", judgement->created);
    stm_member_text_or_null(json, "retracted", judgement->retracted);
    stm_member_text_or_null(json, "reason", judgement->reason);
    return status;
}

void stm_part_json(stm_json *json, const char *key, const stemma_identity_part *part)
{
    stm_json_key(json, key);
    stm_json_object_begin(json);
    stm_json_member_unsigned(json, "referents", part->referents);
    stm_json_member_unsigned(json, "documents", part->documents);
    stm_json_member_unsigned(json, "independent", part->independent);
    stm_json_object_end(json);
}
