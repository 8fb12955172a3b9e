/* SPDX-License-Identifier: MIT */
/* An event in words: a clause of who did what to whom, in the present. */
#include "read/label.h"

#include "read/entity.h"
#include "read/label_phrase.h"
#include "utf8.h"

#define NAMED        2u   /* names that a list shows before it counts the rest */
#define CONTENT_SIZE 100u /* characters of what was said */

/* ---- Lists of those who fill a role -------------------------------------------------------------- */

static bool fills(const stemma_claim *claim, const char *role)
{
    return stemma_text_equal(claim->predicate, stemma_text_of(role));
}

static stemma_status is_group(stemma_snapshot *snapshot, uint32_t entity, bool *result,
                              stemma_error *error)
{
    stemma_entity record;
    stemma_status status = stm_entity_whole(snapshot, entity, false, &record, error);
    if (status == STEMMA_OK) {
        *result = stemma_text_equal(record.type, stemma_text_of("group"));
    }
    return status;
}

/* The words of a count begin with a capital only where their sentence began with them. */
static void lower_first(stm_words *out, size_t at)
{
    if (out->size > at + 1 && out->data[at] >= 'A' && out->data[at] <= 'Z' &&
        out->data[at + 1] >= 'a' && out->data[at + 1] <= 'z') {
        out->data[at] = (char)(out->data[at] - 'A' + 'a');
    }
}

/* Whether it begins with a word that names do not begin with but descriptions do: there it has a capital only
   because a sentence began with it. */
static bool may_describe(stemma_text name)
{
    static const char *const words[] = {"The ", "A ",     "An ",    "His ",     "Her ",  "Their ", "Its ",
                                        "My ",  "Our ",   "Your ",  "This ",    "That ", "These ", "Those ",
                                        "All ", "Both ",  "Each ",  "Every ",   "Some ", "Many ",  "Most ",
                                        "Few ", "Other ", "Another ", "Several ", "No "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (name.size > size && memcmp(name.data, words[i], size) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether what an entity is called by is a description of it: "The airline", but not "The Hague". */
static stemma_status is_described(stemma_snapshot *snapshot, uint32_t entity, stemma_text name,
                                  bool *result, stemma_error *error)
{
    stemma_entity record;
    stm_mark mark = stm_snapshot_mark(snapshot);
    stemma_status status = stm_entity_uncounted(snapshot, entity, &record, error);
    *result = false;
    for (uint32_t i = 0; status == STEMMA_OK && i < record.name_count && !*result; i++) {
        *result = record.names[i].kind == STEMMA_NAME_NOMINAL &&
                  stemma_text_equal(record.names[i].text, name);
    }
    stm_snapshot_rewind(snapshot, mark);
    return status;
}

/* What it is called by, as it stands within a sentence. */
static stemma_status add_filler(stemma_snapshot *snapshot, uint32_t entity, stm_words *out,
                                stemma_error *error)
{
    size_t before = out->size;
    bool described = false;
    stemma_status status = stm_words_add_entity(snapshot, entity, out, error);
    if (status == STEMMA_OK && !out->failed) {
        stemma_text name = {out->data + before, out->size - before};
        if (may_describe(name)) {
            status = is_described(snapshot, entity, name, &described, error);
        }
    }
    if (described) {
        lower_first(out, before);
    }
    return status;
}

/* Names of those in the role: "A, B (+3)". Groups are left out where a count already says how many
   there are. */
static stemma_status list_names(stemma_snapshot *snapshot, const stemma_event_summary *event,
                                const char *role, uint32_t most, bool without_groups,
                                const char *lead, stm_words *out,
                                stemma_error *error)
{
    uint32_t shown = 0;
    uint32_t more = 0;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        uint32_t entity = event->participants[i]->object.as.referent;
        bool group = false;
        stemma_status status = STEMMA_OK;
        if (!fills(event->participants[i], role)) {
            continue;
        }
        if (without_groups) {
            status = is_group(snapshot, entity, &group, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        if (group) {
            continue;
        }
        if (shown == most) {
            more++;
            continue;
        }
        stm_words_add_string(out, shown == 0 ? lead : ", ");
        status = add_filler(snapshot, entity, out, error);
        if (status != STEMMA_OK) {
            return status;
        }
        shown++;
    }
    if (more != 0) {
        stm_words_add_number(out, " (+", more, ")");
    }
    return STEMMA_OK;
}

/* The count of a role that is best supported, or NULL. */
static const stemma_claim *count_of(const stemma_event_summary *event, const char *role)
{
    for (uint32_t i = 0; i < event->quantity_count; i++) {
        if (fills(event->quantities[i], role)) {
            return event->quantities[i];
        }
    }
    return NULL;
}

/* Texts and places that fill a role, as a penalty or a charge does. */
static stemma_status list_other(stemma_snapshot *snapshot, const stemma_event_summary *event,
                                const char *role, stm_words *out,
                                stemma_error *error)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i];
        if (fills(&event->claims[i], role) && claim->polarity != STEMMA_POLARITY_NEGATIVE &&
            (claim->object.kind == STEMMA_OBJECT_TEXT ||
             claim->object.kind == STEMMA_OBJECT_PLACE)) {
            return stm_words_add_value(snapshot, claim, out, error);
        }
    }
    return STEMMA_OK;
}

/* "12 prisoners, among them A, B (+3)", or names, or nothing when nobody fills the role. */
static stemma_status fill_role(stemma_snapshot *snapshot, const stemma_event_summary *event,
                               const char *role, uint32_t most, stm_words *out,
                                stemma_error *error)
{
    const stemma_claim *count = role != NULL ? count_of(event, role) : NULL;
    stemma_status status = STEMMA_OK;
    size_t before = out->size;
    if (role == NULL) {
        return STEMMA_OK;
    }
    if (count != NULL) {
        status = stm_words_add_value(snapshot, count, out, error);
        lower_first(out, before);
        if (status == STEMMA_OK) {
            status = list_names(snapshot, event, role, most, true, ", among them ", out, error);
        }
        return status;
    }
    status = list_names(snapshot, event, role, most, false, "", out, error);
    if (status == STEMMA_OK && out->size == before) {
        status = list_other(snapshot, event, role, out, error);
    }
    return status;
}

/* ---- Clauses ------------------------------------------------------------------------------------- */

/* Whether those who do it are said to be several: a count other than one, or first a group. */
static stemma_status is_many(stemma_snapshot *snapshot, const stemma_event_summary *event,
                             const char *role, bool *many, stemma_error *error)
{
    const stemma_claim *count = count_of(event, role);
    *many = count != NULL &&
            !stemma_text_equal(count->object.as.quantity.amount, stemma_text_of("1"));
    for (uint32_t i = 0; count == NULL && i < event->participant_count; i++) {
        if (fills(event->participants[i], role)) {
            return is_group(snapshot, event->participants[i]->object.as.referent, many, error);
        }
    }
    return STEMMA_OK;
}

/* The verb after the subject, "%s crosses %o", with a subject in the plural: "cross". Returns how much of
   `words`, which begins with the verb, it is. */
static size_t add_plural_verb(const char *words, stm_words *out)
{
    static const char *const with_e[] = {"sses", "shes", "ches", "xes"};
    size_t size = strcspn(words, " ");
    size_t kept = size;
    if (size > 2 && words[size - 1] == 's') {
        kept--;
        for (size_t i = 0; i < sizeof with_e / sizeof *with_e; i++) {
            size_t end = strlen(with_e[i]);
            kept -= size > end && memcmp(words + size - end, with_e[i], end) == 0;
        }
    }
    bool after_y = size > 4 && memcmp(words + size - 3, "ies", 3) == 0;
    stm_words_add(out, (stemma_text){words, after_y ? size - 3 : kept});
    stm_words_add_string(out, after_y ? "y" : "");
    return size;
}

static void expand(const char *words, stemma_text subject, bool many, stemma_text object,
                   stm_words *out)
{
    if (many && strncmp(words, "%s ", 3) == 0) {
        stm_words_add(out, subject);
        stm_words_add_string(out, " ");
        words += 3;
        words += add_plural_verb(words, out);
    }
    for (; *words != '\0'; words++) {
        if (words[0] == '%' && (words[1] == 's' || words[1] == 'o')) {
            stm_words_add(out, words[1] == 's' ? subject : object);
            words++;
        } else {
            stm_words_add(out, (stemma_text){words, 1});
        }
    }
}

/* So many characters of a text. */
static stemma_text beginning_of(stemma_text text)
{
    size_t size = 0;
    for (unsigned i = 0; i < CONTENT_SIZE && size < text.size; i++) {
        do {
            size++;
        } while (size < text.size && !stm_utf8_boundary(text, size));
    }
    return (stemma_text){text.data, size};
}

static stemma_status add_content(const stemma_event_summary *event, stm_words *out)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const stemma_claim *claim = &event->claims[i];
        if (fills(&event->claims[i], "content") && claim->object.kind == STEMMA_OBJECT_TEXT) {
            stemma_text said = beginning_of(claim->object.as.text);
            stm_words_add_string(out, ": \xE2\x80\x9C");
            stm_words_add(out, said);
            stm_words_add_string(out, said.size < claim->object.as.text.size
                                           ? "\xE2\x80\xA6\xE2\x80\x9D"
                                           : "\xE2\x80\x9D");
            break;
        }
    }
    return STEMMA_OK;
}

static stemma_status add_parts(stemma_snapshot *snapshot, const stemma_event_summary *event,
                               stm_words *out,
                                stemma_error *error)
{
    for (const stm_phrase_part *part = stm_phrase_parts; part->role != NULL; part++) {
        stm_words words = {0};
        stemma_status status = fill_role(snapshot, event, part->role, NAMED, &words, error);
        if (status == STEMMA_OK && words.size != 0) {
            expand(part->words, stm_words_text(&words), false, (stemma_text){NULL, 0}, out);
        }
        out->failed = out->failed || words.failed;
        stm_words_free(&words);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    return STEMMA_OK;
}

/* A type that is not known here: its label in the vocabulary, and who takes part. */
static stemma_status add_plain(stemma_snapshot *snapshot, const stemma_event_summary *event,
                               stm_words *out,
                                stemma_error *error)
{
    stemma_text type = event->event.type;
    uint32_t term = 0;
    uint32_t shown = 0;
    if (stm_vocabulary_find(&snapshot->file->bounds.vocabulary, STEMMA_TERM_EVENT_TYPE, type,
                            &term) &&
        snapshot->file->terms[term].label.size != 0) {
        type = snapshot->file->terms[term].label;
    }
    stm_words_add(out, type);
    for (uint32_t i = 0; i < event->participant_count && shown < NAMED; i++, shown++) {
        stemma_status status;
        stm_words_add_string(out, shown == 0 ? ": " : ", ");
        status = stm_words_add_entity(snapshot, event->participants[i]->object.as.referent, out, error);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (event->participant_count > shown) {
        stm_words_add_number(out, " (+", event->participant_count - shown, ")");
    }
    return STEMMA_OK;
}

/* Whether a count is followed by names: the clause then needs a comma before it goes on. */
static bool has_names(const stm_words *object)
{
    return object->size != 0 &&
           memmem(object->data, object->size, ", among them ", strlen(", among them ")) != NULL;
}

/* Whether those who fill a role do so by the word of a few: less than a quarter of the independent documents that
   tell of the event. They do not head what all others say. */
static bool is_minor(const stemma_event_summary *event, const char *role)
{
    const stemma_claim *count = count_of(event, role);
    uint32_t most = count != NULL ? count->independent : 0;
    for (uint32_t i = 0; i < event->participant_count; i++) {
        if (fills(event->participants[i], role) && event->participants[i]->independent > most) {
            most = event->participants[i]->independent;
        }
    }
    return most < event->event.independent / 4;
}

static stemma_status add_clause(stemma_snapshot *snapshot, const stemma_event_summary *event,
                                const stm_phrase *phrase, stm_words *out,
                                stemma_error *error)
{
    stm_words subject = {0};
    stm_words object = {0};
    bool many = false;
    uint32_t most = phrase->object != NULL ? 1 : NAMED + 1;
    stemma_status status = fill_role(snapshot, event, phrase->subject, most, &subject, error);
    if (status == STEMMA_OK) {
        status = is_many(snapshot, event, phrase->subject, &many, error);
    }
    if (status == STEMMA_OK) {
        status = fill_role(snapshot, event, phrase->object, NAMED, &object, error);
    }
    if (object.size != 0 && is_minor(event, phrase->subject)) {
        stm_words_free(&subject);
    }
    if (subject.size == 0 && phrase->only_object[0] == '%' && phrase->object != NULL &&
        count_of(event, phrase->object) != NULL && has_names(&object)) {
        stm_words_add_string(&object, ",");
    }
    if (status == STEMMA_OK) {
        const char *words = subject.size != 0 && object.size != 0 ? phrase->both
                            : object.size != 0                    ? phrase->only_object
                            : subject.size != 0                   ? phrase->only_subject
                                                                  : phrase->neither;
        expand(words, stm_words_text(&subject), many, stm_words_text(&object), out);
        status = add_parts(snapshot, event, out, error);
    }
    if (status == STEMMA_OK) {
        status = add_content(event, out);
    }
    out->failed = out->failed || subject.failed || object.failed;
    stm_words_free(&subject);
    stm_words_free(&object);
    return status;
}

stemma_status stm_words_add_event(stemma_snapshot *snapshot, const stemma_event_summary *event,
                                  stm_words *out, stemma_error *error)
{
    const stm_phrase *phrase = stm_phrase_find(event->event.type);
    stemma_status status = phrase != NULL ? add_clause(snapshot, event, phrase, out, error)
                                          : add_plain(snapshot, event, out, error);
    if (event->event.polarity == STEMMA_POLARITY_NEGATIVE) {
        stm_words_add_string(out, " [denied]");
    } else if (event->event.realis == STEMMA_REALIS_OTHER) {
        stm_words_add_string(out, " [not said to have happened]");
    } else if (event->event.realis == STEMMA_REALIS_GENERIC) {
        stm_words_add_string(out, " [in general]");
    }
    return status;
}
