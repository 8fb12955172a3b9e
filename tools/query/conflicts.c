/* SPDX-License-Identifier: MIT */
/* conflicts [NAME|ID]: claims that cannot all be true, the best supported first. */
#include "query/choose.h"
#include "query/claim_words.h"
#include "query/event_filter.h"
#include "query/label.h"
#include "query/position_list.h"
#include "query/value_words.h"
#include "query/witness.h"

#define SENTENCES 3u /* of a side */
#define SIDES     8u /* of a conflict in text; and the last of those that gave way */

/* A conflict with its sides, in the memory of the item. */
struct shown {
    stemma_conflict conflict;
    stemma_conflict_sides sides;
    uint64_t number; /* of those shown, from 0 */
};

static const char *kind_name(uint8_t kind)
{
    static const char *const names[] = {"none", "polarity", "count", "time", "value", "place"};
    return kind <= STEMMA_CONFLICT_PLACE ? names[kind] : "";
}

/* The head of the position that another gave way to; NULL when there is none. */
static const stemma_claim *updater(const stemma_conflict_sides *sides, uint32_t by)
{
    return by < sides->side_count ? &sides->sides[by].claims[0]
           : by - sides->side_count < sides->update_count
               ? &sides->updates[by - sides->side_count].claims[0]
               : NULL;
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static stemma_status claims_json(struct stm_query *query, const stemma_conflict_sides *sides)
{
    stemma_status status = STEMMA_OK;
    stm_json_key(&query->output.json, "claims");
    stm_json_array_begin(&query->output.json);
    for (uint32_t s = 0; s < sides->side_count; s++) {
        for (uint32_t i = 0; i < sides->sides[s].claim_count && status == STEMMA_OK; i++) {
            struct stm_claim_view view = stm_view_of(&sides->sides[s].claims[i]);
            status = stm_claim_list_json(query, &view, true);
        }
    }
    stm_json_array_end(&query->output.json);
    return status;
}

static stemma_status positions_json(struct stm_query *query, const char *key,
                                    const stemma_position *positions, uint32_t count,
                                    const stemma_conflict_sides *sides)
{
    stemma_status status = STEMMA_OK;
    stm_json_key(&query->output.json, key);
    stm_json_array_begin(&query->output.json);
    for (uint32_t i = 0; i < count && status == STEMMA_OK; i++) {
        status = stm_position_json(query, &positions[i], updater(sides, positions[i].updated_by));
    }
    stm_json_array_end(&query->output.json);
    return status;
}

static stemma_status compatible_json(struct stm_query *query, const stemma_conflict_sides *sides)
{
    stemma_status status = STEMMA_OK;
    stm_json_key(&query->output.json, "compatible");
    stm_json_array_begin(&query->output.json);
    for (uint32_t i = 0; i < sides->compatible_count && status == STEMMA_OK; i++) {
        struct stm_claim_view view = stm_view_of(&sides->compatible[i]);
        status = stm_claim_list_json(query, &view, false);
    }
    stm_json_array_end(&query->output.json);
    return status;
}

static stemma_status show_json(struct stm_query *query, const struct shown *shown)
{
    stm_json *json = &query->output.json;
    const stemma_conflict_sides *sides = &shown->sides;
    stemma_status status;
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "kind", kind_name(shown->conflict.kind));
    stm_json_key(json, "subject");
    status = stm_reference_json(query, shown->conflict.subject_kind, shown->conflict.subject);
    stm_json_member_text(json, "predicate", sides->predicate);
    stm_json_member_unsigned(json, "independent", shown->conflict.independent);
    stm_json_member_unsigned(json, "lesser", shown->conflict.lesser);
    if (status == STEMMA_OK) {
        status = claims_json(query, sides);
    }
    if (status == STEMMA_OK) {
        status = positions_json(query, "sides", sides->sides, sides->side_count, sides);
    }
    if (status == STEMMA_OK) {
        status = positions_json(query, "updates", sides->updates, sides->update_count, sides);
    }
    if (status == STEMMA_OK) {
        status = compatible_json(query, sides);
    }
    stm_output_item_end(&query->output);
    return status;
}

/* ---- Rows ----------------------------------------------------------------------------------------- */

static stemma_status subject_words(struct stm_query *query, const stemma_conflict *conflict,
                                   struct stm_buffer *out)
{
    return conflict->subject_kind == STEMMA_REFERENT_ENTITY
               ? stm_entity_words(query, conflict->subject, out)
               : stm_event_words(query, conflict->subject, out);
}

static stemma_status claim_row(struct stm_query *query, const struct shown *shown,
                               stemma_text subject, const char *side, const stemma_claim *claim)
{
    struct stm_output *output = &query->output;
    struct stm_claim_view view = stm_view_of(claim);
    stm_output_field_number(output, shown->number + 1);
    stm_output_field_string(output, kind_name(shown->conflict.kind));
    stm_output_field(output, subject);
    stm_output_field_string(output, side);
    return stm_claim_list_row(query, &view);
}

static stemma_status position_rows(struct stm_query *query, const struct shown *shown,
                                   stemma_text subject, const char *side,
                                   const stemma_position *position)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; i < position->claim_count && status == STEMMA_OK; i++) {
        status = claim_row(query, shown, subject, side, &position->claims[i]);
    }
    return status;
}

static stemma_status show_rows(struct stm_query *query, const struct shown *shown)
{
    const stemma_conflict_sides *sides = &shown->sides;
    struct stm_buffer subject = {0};
    stemma_status status = subject_words(query, &shown->conflict, &subject);
    for (uint32_t i = 0; i < sides->side_count && status == STEMMA_OK; i++) {
        char side[16];
        snprintf(side, sizeof side, "%u", i + 1);
        status = position_rows(query, shown, stm_buffer_text(&subject), side, &sides->sides[i]);
    }
    for (uint32_t i = 0; i < sides->update_count && status == STEMMA_OK; i++) {
        status = position_rows(query, shown, stm_buffer_text(&subject), "updated",
                               &sides->updates[i]);
    }
    for (uint32_t i = 0; i < sides->compatible_count && status == STEMMA_OK; i++) {
        status = claim_row(query, shown, stm_buffer_text(&subject), "compatible",
                           &sides->compatible[i]);
    }
    stm_buffer_free(&subject);
    return status;
}

static void show_header(struct stm_output *output)
{
    stm_output_field_string(output, "conflict");
    stm_output_field_string(output, "kind");
    stm_output_field_string(output, "subject");
    stm_output_field_string(output, "side");
    stm_claim_list_header(output);
}

/* ---- Text ----------------------------------------------------------------------------------------- */

static stemma_status heading(struct stm_query *query, const struct shown *shown)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer subject = {0};
    struct stm_buffer line = {0};
    stemma_status status = subject_words(query, &shown->conflict, &subject);
    stm_buffer_add_safe(&line, stm_buffer_text(&subject));
    stm_buffer_add_string(&line, stm_style_off(terminal, STM_STYLE_BOLD));
    stm_buffer_add_string(&line, "\n  ");
    stm_buffer_add_safe(&line, shown->sides.predicate);
    fprintf(terminal->file, "%s%s%.*s: conflict of %s\n", shown->number != 0 ? "\n" : "",
            stm_style_on(terminal, STM_STYLE_BOLD), (int)line.size,
            line.data != NULL ? line.data : "", kind_name(shown->conflict.kind));
    status = line.failed || subject.failed ? STEMMA_E_NO_MEMORY : status;
    stm_buffer_free(&subject);
    stm_buffer_free(&line);
    return status;
}

/* " (updated: 17)": what a position gave way to. */
static stemma_status updated_line(struct stm_query *query, struct stm_table *table,
                                  const stemma_conflict_sides *sides,
                                  const stemma_position *position)
{
    const stemma_claim *by = updater(sides, position->updated_by);
    struct stm_buffer note = {0};
    stemma_status status = STEMMA_OK;
    stm_buffer_add_string(&note, " (updated");
    if (by != NULL) {
        stm_buffer_add_string(&note, ": ");
        status = stm_object_words(query, by, &note);
    }
    stm_buffer_add(&note, (stemma_text){")", 2}); /* and the NUL */
    status = note.failed ? STEMMA_E_NO_MEMORY : status;
    if (status == STEMMA_OK) {
        status = stm_position_lines(query, table, position, note.data, true);
    }
    stm_buffer_free(&note);
    return status;
}

/* Of so many sides, or positions that gave way, text shows some: the rest of many is hardly worth a line. */
static uint32_t shown_of(uint32_t count)
{
    return count <= SIDES + 1 ? count : SIDES;
}

static void tell_of_more(struct stm_query *query, const stemma_conflict_sides *sides)
{
    uint32_t more = sides->side_count - shown_of(sides->side_count);
    uint32_t updates = query->settings->sentences
                           ? 0 /* nobody asks for their sentences */
                           : sides->update_count - shown_of(sides->update_count);
    if (more != 0) {
        fprintf(query->output.file, "    ... and %u sides more: --format json shows all\n", more);
    }
    if (updates != 0) {
        fprintf(query->output.file,
                "    ... and %u updated before these: --format json shows all\n", updates);
    }
}

static stemma_status positions_table(struct stm_query *query, const stemma_conflict_sides *sides)
{
    const struct stm_claim_line line = {NULL, "", " (fits several)", true};
    struct stm_table table;
    stemma_status status = STEMMA_OK;
    stm_claim_table_begin(&table, query, 4);
    for (uint32_t i = 0; i < shown_of(sides->side_count) && status == STEMMA_OK; i++) {
        status = stm_position_lines(query, &table, &sides->sides[i], "", true);
    }
    for (uint32_t i = sides->update_count - shown_of(sides->update_count);
         i < sides->update_count && status == STEMMA_OK; i++) {
        status = updated_line(query, &table, sides, &sides->updates[i]);
    }
    for (uint32_t i = 0; i < sides->compatible_count && status == STEMMA_OK; i++) {
        struct stm_claim_view view = stm_view_of(&sides->compatible[i]);
        status = stm_claim_list_line(query, &table, &view, &line);
    }
    return stm_table_end(&table) ? status : STEMMA_E_NO_MEMORY;
}

/* The sentences of a side, those of its head first. */
static stemma_status sentences(struct stm_query *query, const stemma_position *side)
{
    const struct stm_claim_line line = {&side->standing, "", "", false};
    struct stm_claim_view head = stm_view_of(&side->claims[0]);
    struct stm_table table;
    uint64_t shown = 0;
    stemma_status status;
    stm_claim_table_begin(&table, query, 4);
    status = stm_claim_list_line(query, &table, &head, &line);
    if (!stm_table_end(&table)) {
        return STEMMA_E_NO_MEMORY;
    }
    query->limit = SENTENCES;
    for (uint32_t i = 0; i < side->claim_count && status == STEMMA_OK && !stm_query_done(query);
         i++) {
        struct stm_claim_view view = stm_view_of(&side->claims[i]);
        status = stm_witnesses_show(query, &view, false, NULL, &shown);
    }
    query->limit = UINT64_MAX;
    return status;
}

static stemma_status show_text(struct stm_query *query, const struct shown *shown)
{
    const stemma_conflict_sides *sides = &shown->sides;
    stemma_status status = heading(query, shown);
    if (status == STEMMA_OK && !query->settings->sentences) {
        status = positions_table(query, sides);
    }
    for (uint32_t i = 0; i < shown_of(sides->side_count) && status == STEMMA_OK &&
                         query->settings->sentences;
         i++) {
        status = sentences(query, &sides->sides[i]);
    }
    tell_of_more(query, sides);
    return status;
}

/* ---- Finding them ------------------------------------------------------------------------------------ */

static bool narrows_events(const struct stm_query_settings *settings)
{
    return settings->who.count != 0 || settings->whom.count != 0 || settings->with.count != 0 ||
           settings->role != NULL || settings->type != NULL || settings->place != NULL ||
           settings->from != NULL || settings->to != NULL || settings->during != NULL ||
           settings->amount != NULL || settings->certainty != 0 || settings->publisher != NULL ||
           settings->speaker != NULL || settings->actual;
}

/* The events that the options choose, of an entity if there is one. */
static stemma_status narrow(struct stm_query *query, stemma_reference subject,
                            stemma_conflict_query *out)
{
    uint32_t entities[STM_OPTION_LIST_MAX + 1];
    uint32_t count = 0;
    bool place = false;
    stemma_status status = STEMMA_OK;
    if (subject.kind == STEMMA_REFERENCE_ENTITY) {
        entities[count++] = subject.number;
        status = stm_entity_is_place(query, subject.number, &place);
    }
    for (int i = 0; i < query->settings->who.count && status == STEMMA_OK; i++) {
        status = stm_choose_entity(query, stemma_text_of(query->settings->who.items[i]),
                                   (stemma_text){NULL, 0}, &entities[count++]);
    }
    return status == STEMMA_OK ? stm_event_wanted(query, entities, count, place, &out->events)
                               : status;
}

/* One event, or one entity and its events, or everything. */
static stemma_status begin(struct stm_query *query, stemma_conflict_cursor **cursor)
{
    stemma_conflict_query wanted = STEMMA_CONFLICT_QUERY_INIT;
    stemma_status status = STEMMA_OK;
    if (query->argument_count != 0) {
        status = stm_choose(query, stm_choose_arguments(query, 0), &wanted.subject);
    }
    if (status == STEMMA_OK && query->argument_count != 0 &&
        wanted.subject.kind != STEMMA_REFERENCE_EVENT &&
        wanted.subject.kind != STEMMA_REFERENCE_ENTITY) {
        query->exit = stm_usage_error(&stm_query_program, "conflicts: give an event or entity");
        return STEMMA_E_MISUSE;
    }
    if (status == STEMMA_OK && wanted.subject.kind != STEMMA_REFERENCE_EVENT &&
        narrows_events(query->settings)) {
        status = narrow(query, wanted.subject, &wanted);
    }
    return status == STEMMA_OK ? stemma_conflicts(cursor, query->snapshot, &wanted, &query->error)
                               : status;
}

static stemma_status show(struct stm_query *query, const stemma_conflict_cursor *cursor,
                          struct shown *shown)
{
    bool counts = stm_output_is_json(&query->output) || stm_output_is_rows(&query->output);
    stemma_status status;
    stm_query_next_item(query);
    status = stemma_conflict_show(cursor, query->item, &shown->conflict,
                                  counts || query->settings->sentences, &shown->sides,
                                  &query->error);
    if (status != STEMMA_OK) {
        return status;
    }
    return stm_output_is_json(&query->output)   ? show_json(query, shown)
           : stm_output_is_rows(&query->output) ? show_rows(query, shown)
                                                : show_text(query, shown);
}

stemma_status stm_query_conflicts(struct stm_query *query)
{
    uint64_t limit = query->limit, offset = query->offset;
    struct shown shown = {0};
    stemma_conflict_cursor *cursor = NULL;
    stemma_status status = begin(query, &cursor);
    query->limit = UINT64_MAX; /* of conflicts, not of what is shown of one */
    query->offset = 0;
    if (stm_output_is_rows(&query->output)) {
        show_header(&query->output);
    }
    while (status == STEMMA_OK && shown.number < limit && !stm_output_failed(&query->output)) {
        status = stemma_conflict_next(cursor, &shown.conflict, &query->error);
        if (status == STEMMA_OK && offset != 0) {
            offset--;
        } else if (status == STEMMA_OK) {
            status = show(query, cursor, &shown);
            shown.number++;
        }
    }
    status = status == STEMMA_END ? STEMMA_OK : status;
    return status == STEMMA_OK && shown.number == 0 ? STEMMA_NOT_FOUND : status;
}
