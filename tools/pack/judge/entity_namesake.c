/* SPDX-License-Identifier: MIT */
#include "pack/judge/entity_namesake.h"

#include "name/name_token.h"
#include "pack/judge/event_trigger.h"

#include <xxhash.h>

#define OFFICE_BYTES 80u /* of the words for the other's office */
#define OFFICE_WORDS 8u
#define BEARERS_SEEN 1024u /* of one name */

/* The words of four letters or more of an office, up to the next mark, as roles are hashed. */
static uint32_t read_office(stemma_text text, size_t from, uint64_t words[OFFICE_WORDS])
{
    stm_name_tokens tokens;
    size_t end = from;
    while (end < text.size && end - from < OFFICE_BYTES && text.data[end] != ',' &&
           text.data[end] != '.' && text.data[end] != ';' && text.data[end] != '\n') {
        end++;
    }
    uint32_t count = 0;
    stemma_text phrase = {text.data + from, end - from};
    if (stm_name_split(&tokens, phrase) != STEMMA_OK) {
        return 0;
    }
    for (uint32_t i = 0; i < tokens.count && count < OFFICE_WORDS; i++) {
        stemma_text plain = tokens.tokens[i].plain;
        if (plain.size >= 4) {
            words[count++] = XXH64(plain.data, plain.size, 0);
        }
    }
    return count;
}

static int holds(const struct stm_entity *node, const uint64_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t k = 0;
        while (k < node->role_count && node->roles[k] != words[i]) {
            k++;
        }
        if (k == node->role_count) {
            return 0;
        }
    }
    return count != 0;
}

/* The person of whom a sentence speaks before `at`: the last mention of one; or STEMMA_NONE. */
static uint32_t subject_before(const struct stm_matcher *matcher, uint32_t number, uint32_t at)
{
    const stemma_document *document = matcher->input->documents[number];
    uint32_t sentence = stm_sentence_of(document, at);
    uint32_t found = STEMMA_NONE;
    uint32_t found_at = 0;
    for (uint32_t m = 0; m < document->mention_count; m++) {
        const stemma_mention *mention = &document->mentions[m];
        uint32_t start = mention->span_count != 0 ? mention->spans[0].start : at;
        if (start >= at || mention->referent == STEMMA_NONE || start < found_at ||
            stm_sentence_of(document, start) != sentence) {
            continue;
        }
        uint32_t node = stm_entities_node(matcher->entities, number, mention->referent);
        if (node != STEMMA_NONE &&
            matcher->entities->nodes[node].kind == STEMMA_NAME_CLASS_PERSON) {
            found = node;
            found_at = start;
        }
    }
    return found;
}

static stemma_status forbid(struct stm_matcher *matcher, uint32_t node, const uint64_t *words,
                            uint32_t count)
{
    const struct stm_entities *entities = matcher->entities;
    const struct stm_entity *one = &entities->nodes[node];
    stemma_status status = STEMMA_OK;
    for (uint32_t n = 0; n < one->name_count; n++) {
        const struct stm_entity_name *name =
            &entities->names[entities->name_of[one->first_name + n]];
        for (uint32_t i = 0; status == STEMMA_OK && i < name->bearer_count && i < BEARERS_SEEN;
             i++) {
            uint32_t other = entities->bearers[name->first_bearer + i];
            if (other != node && holds(&entities->nodes[other], words, count) &&
                stm_cluster_ask(matcher->cluster, node, other) == STM_CLUSTER_FREE) {
                status = stm_cluster_forbid(matcher->cluster, node, other);
            }
        }
    }
    return status;
}

stemma_status stm_match_namesakes(struct stm_matcher *matcher)
{
    static const char *const cues[] = {"his name with ", "her name with ", "a name with ",
                                       "namesake of "};
    stemma_status status = STEMMA_OK;
    for (uint32_t d = 0; status == STEMMA_OK && d < matcher->input->document_count; d++) {
        stemma_text text = matcher->input->documents[d]->text;
        for (size_t c = 0; c < sizeof cues / sizeof cues[0]; c++) {
            size_t size = strlen(cues[c]);
            const char *at = text.size < size ? NULL : text.data;
            while (status == STEMMA_OK && at != NULL &&
                   (at = memmem(at, text.size - (size_t)(at - text.data), cues[c], size)) != NULL) {
                size_t start = (size_t)(at - text.data);
                uint64_t words[OFFICE_WORDS];
                uint32_t count = read_office(text, start + size, words);
                uint32_t node =
                    count == 0 ? STEMMA_NONE : subject_before(matcher, d, (uint32_t)start);
                if (node != STEMMA_NONE) {
                    status = forbid(matcher, node, words, count);
                }
                at += size;
            }
        }
    }
    return status;
}
