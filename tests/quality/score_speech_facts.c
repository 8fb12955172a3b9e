/* SPDX-License-Identifier: MIT */
/* Facts about people, bodies and places. */
#include <string.h>

#include "score_speech.h"

enum { MOST_FACTS = 512 };

/* Predicates that a gold file lists; what else is read of entities is not counted. */
static const char *const predicates[] = {
    "role",     "affiliation", "member",   "nationality", "age",       "born",
    "died",     "spouse",      "child",    "parent",      "sibling",   "partner",
    "relative", "residence",   "located",  "founder",     "owner",     "part_of",
    "employer", "alias",       "religion", "party",       "education", "birthplace"};

/** "affiliation", "member", "employer" and "party" are degrees of one thing. */
static const char *family(const char *predicate)
{
    static const char *const kin[] = {"member", "employer", "party"};
    for (size_t i = 0; i < sizeof kin / sizeof kin[0]; i++) {
        if (strcmp(predicate, kin[i]) == 0) {
            return "affiliation";
        }
    }
    return predicate;
}

static bool same_predicate(stemma_text read, const char *gold)
{
    char name[64];
    if (read.size >= sizeof name) {
        return false;
    }
    memcpy(name, read.data, read.size);
    name[read.size] = '\0';
    return strcmp(family(name), family(gold)) == 0;
}

static bool contains(stemma_text text, const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; size != 0 && i + size <= text.size; i++) {
        if (memcmp(text.data + i, words, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool contained(stemma_text text, const char *words)
{
    char buffer[256];
    if (text.size == 0 || text.size >= sizeof buffer) {
        return false;
    }
    memcpy(buffer, text.data, text.size);
    buffer[text.size] = '\0';
    return strstr(words, buffer) != NULL;
}

static bool same_object(const stemma_document *read, const stemma_assertion *it, const char *gold)
{
    switch (it->object.kind) {
    case STEMMA_OBJECT_REFERENT:
        return is_meant(read, it->object.as.referent, gold, gold);
    case STEMMA_OBJECT_TEXT:
        return contains(it->object.as.text, gold) || contained(it->object.as.text, gold);
    case STEMMA_OBJECT_QUANTITY:
        return stemma_text_equal(it->object.as.quantity.amount, stemma_text_of(gold));
    case STEMMA_OBJECT_TIME:
        return stemma_text_equal(it->object.as.time.edtf, stemma_text_of(gold)) ||
               contains(it->object.as.time.raw, gold);
    case STEMMA_OBJECT_PLACE:
        return stemma_text_equal(it->object.as.place.raw, stemma_text_of(gold));
    default:
        return false;
    }
}

static bool is_counted(stemma_text predicate)
{
    for (size_t i = 0; i < sizeof predicates / sizeof predicates[0]; i++) {
        if (stemma_text_equal(predicate, stemma_text_of(predicates[i]))) {
            return true;
        }
    }
    return false;
}

static void tell_fact(const struct speech_score *score, const struct passage *passage,
                      const stemma_assertion *it)
{
    const stemma_document *read = passage->read;
    stemma_text subject = {"?", 1};
    if (read->referents[it->subject].name_count != 0) {
        subject = read->referents[it->subject].names[0].text;
    }
    stemma_text object = {"?", 1};
    if (it->evidence_count != 0) {
        stemma_span span = it->evidence[0].spans[0];
        object = (stemma_text){read->text.data + span.start, span.end - span.start};
    }
    fprintf(score->errors, "%s fact not wanted: %.*s %.*s %.*s\n", passage->id, (int)subject.size,
            subject.data, (int)it->predicate.size, it->predicate.data, (int)object.size,
            object.data);
}

void score_facts(struct speech_score *score, const struct passage *passage)
{
    const json_t *list = json_object_get(passage->gold, "facts");
    const stemma_document *read = passage->read;
    bool taken[MOST_FACTS] = {false};
    size_t i;
    json_t *gold;
    if (!json_is_array(list)) {
        return;
    }
    json_array_foreach(list, i, gold)
    {
        const char *subject = member(gold, "subject");
        const char *predicate = member(gold, "predicate");
        const char *object = member(gold, "object");
        bool negated = json_is_true(json_object_get(gold, "negated"));
        bool found = false;
        if (subject == NULL || predicate == NULL || object == NULL) {
            continue;
        }
        for (uint32_t a = 0; a < read->assertion_count && a < MOST_FACTS; a++) {
            const stemma_assertion *it = &read->assertions[a];
            if (same_predicate(it->predicate, predicate) &&
                (it->polarity == STEMMA_POLARITY_NEGATIVE) == negated &&
                is_meant(read, it->subject, subject, subject) && same_object(read, it, object)) {
                found = true;
                taken[a] = true;
            }
        }
        /* what a reader may take or leave counts only when it is taken */
        bool wanted = found || !json_is_true(json_object_get(gold, "maybe"));
        score->facts.wanted += wanted;
        score->facts.right += found;
        if (!found && wanted && score->errors != NULL) {
            fprintf(score->errors, "%s fact missed: %s %s %s\n", passage->id, subject, predicate,
                    object);
        }
    }
    double wrong = 0;
    double right = 0;
    for (uint32_t a = 0; a < read->assertion_count && a < MOST_FACTS; a++) {
        const stemma_assertion *it = &read->assertions[a];
        if (is_counted(it->predicate) &&
            read->referents[it->subject].kind == STEMMA_REFERENT_ENTITY) {
            right += taken[a];
            wrong += !taken[a];
            if (!taken[a] && score->errors != NULL) {
                tell_fact(score, passage, it);
            }
        }
    }
    score->facts.given += right + wrong;
}
