/* SPDX-License-Identifier: MIT */
/* timeline: the events of someone or something, day by day (or by month or year). */
#include "query/choose.h"
#include "query/claim_words.h"
#include "query/event_filter.h"
#include "query/event_item.h"

#define WIDE 100u /* columns of a terminal that have room for bars */
#define BAR  20u  /* longest bar, in events */

struct line {
    struct stm_table table;
    uint8_t step;
    uint64_t shown;
};

/* Days without anything known that are worth a word. */
static uint32_t long_gap(uint8_t step)
{
    return step == STEMMA_TIMELINE_DAY ? 30 : step == STEMMA_TIMELINE_MONTH ? 60 : 366;
}

static const char *step_name(uint8_t step)
{
    static const char *const names[] = {"day", "month", "year"};
    return names[step];
}

/* ---- Text ---------------------------------------------------------------------------------------- */

static bool ends_with(stemma_text text, const char *end)
{
    size_t size = strlen(end);
    return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

/* The two ends of "A/B" or "[A..B]", with " .. " between them; "since A", "until B". */
static void add_range(stemma_text edtf, struct stm_buffer *out)
{
    size_t at = 0;
    stemma_text first = edtf, last = {NULL, 0};
    while (at < edtf.size && edtf.data[at] != '/' &&
           (edtf.data[at] != '.' || at == 0 || at + 1 == edtf.size || edtf.data[at + 1] != '.')) {
        at++;
    }
    if (at < edtf.size) {
        size_t skip = edtf.data[at] == '/' ? 1 : 2;
        first.size = at;
        last.data = edtf.data + at + skip;
        last.size = edtf.size >= at + skip ? edtf.size - at - skip : 0;
    }
    if (last.data == NULL && first.size > 2 && memcmp(first.data, "..", 2) == 0) {
        last = (stemma_text){first.data + 2, first.size - 2}; /* "[..B]" */
        first.size = 0;
    }
    if (first.size == 0 || stemma_text_equal(first, stemma_text_of(".."))) {
        stm_buffer_add_string(out, "until ");
        stm_buffer_add(out, last);
    } else if (last.data != NULL &&
               (last.size == 0 || stemma_text_equal(last, stemma_text_of("..")))) {
        stm_buffer_add_string(out, "since ");
        stm_buffer_add(out, first);
    } else {
        stm_buffer_add(out, first);
        stm_buffer_add_string(out, last.size != 0 ? " .. " : "");
        stm_buffer_add(out, last);
    }
}

/* "2024-06", "2024-06 (some day)", "2024-06-01 .. 2024-06-09", "since 2023", "about 2024". */
static void date_words(const struct stm_event_view *event, const stemma_timeline_entry *entry,
                       struct stm_buffer *out)
{
    stemma_text edtf = event->time.edtf;
    stm_buffer_clear(out);
    if (edtf.size == 0) {
        stm_buffer_add_string(out, "-");
        return;
    }
    if (entry->approximate && (ends_with(edtf, "~") || ends_with(edtf, "%"))) {
        stm_buffer_add_string(out, "about ");
        edtf.size--;
    }
    if (entry->kind == STEMMA_TIMELINE_PERIOD) {
        stm_buffer_add(out, edtf);
        return;
    }
    if (edtf.size > 2 && edtf.data[0] == '[' && ends_with(edtf, "]")) {
        edtf.data++;
        edtf.size -= 2;
    }
    add_range(edtf, out);
    if (!entry->extent && !entry->approximate && entry->from != STEMMA_TIME_UNKNOWN_EARLY &&
        entry->to != STEMMA_TIME_UNKNOWN_LATE) {
        stm_buffer_add_string(out, event->bounds.precision == STEMMA_PRECISION_MONTH ||
                                           event->bounds.precision == STEMMA_PRECISION_DAY
                                       ? " (some day)"
                                       : " (some time)");
    }
}

/* "3 events", and on a wide terminal a bar as long as they are many. */
static void count_words(const struct stm_query *query, const stemma_timeline_entry *entry,
                        struct stm_buffer *out)
{
    stm_buffer_clear(out);
    stm_buffer_addf(out, "%u event%s", entry->event_count, entry->event_count == 1 ? "" : "s");
    if (query->output.terminal.width >= WIDE) {
        stm_buffer_add_string(out, "  ");
        for (uint32_t i = 0; i < entry->event_count && i < BAR; i++) {
            stm_buffer_add_string(out, "\xE2\x96\x87");
        }
        stm_buffer_add_string(out, entry->event_count > BAR ? "+" : "");
    }
}

static void gap_line(struct stm_query *query, struct line *line, uint32_t days)
{
    struct stm_buffer words = {0};
    stm_buffer_addf(&words, "-- %u days without anything known --", days);
    stm_event_note_line(query, &line->table, (stemma_text){NULL, 0}, stm_buffer_text(&words), NULL);
    stm_buffer_free(&words);
}

/* The line above the events of one time. */
static void head_line(struct stm_query *query, struct line *line, const struct stm_event_view *event,
                      const stemma_timeline_entry *entry)
{
    struct stm_buffer date = {0};
    struct stm_buffer words = {0};
    char day[11];
    if (entry->kind == STEMMA_TIMELINE_PERIOD) {
        stemma_day_text(entry->from, day);
        stm_buffer_add(&date, (stemma_text){day, line->step == STEMMA_TIMELINE_DAY     ? 10
                                                 : line->step == STEMMA_TIMELINE_MONTH ? 7
                                                                                       : 4});
    } else {
        date_words(event, entry, &date);
    }
    count_words(query, entry, &words);
    stm_event_note_line(query, &line->table, stm_buffer_text(&date), stm_buffer_text(&words), entry);
    stm_buffer_free(&date);
    stm_buffer_free(&words);
}

static stemma_status text_line(struct stm_query *query, struct line *line,
                               const struct stm_event_view *event,
                               const stemma_timeline_entry *entry, bool first)
{
    bool headed = entry->event_count > 1 || line->step != STEMMA_TIMELINE_DAY;
    struct stm_buffer date = {0};
    stemma_status status;
    if (first && entry->gap >= long_gap(line->step) && line->shown > 1) {
        gap_line(query, line, entry->gap);
    }
    if (first && headed) {
        head_line(query, line, event, entry);
    }
    if (!headed || (entry->kind == STEMMA_TIMELINE_PERIOD && line->step != STEMMA_TIMELINE_DAY)) {
        date_words(event, entry, &date);
    }
    status = stm_event_line_at(query, &line->table, event, stm_buffer_text(&date));
    stm_buffer_free(&date);
    return status;
}

/* ---- JSON ---------------------------------------------------------------------------------------- */

static void day_member(stm_json *json, const char *key, int64_t seconds)
{
    char day[11] = "";
    if (seconds != STEMMA_TIME_UNKNOWN_EARLY && seconds != STEMMA_TIME_UNKNOWN_LATE) {
        stemma_day_text(seconds, day);
    }
    stm_member_text_or_null(json, key, stemma_text_of(day));
}

static void period_item(struct stm_query *query, uint8_t step, const stemma_timeline_entry *entry)
{
    static const char *const spans[] = {"within", "somewhere", "unknown"};
    stm_json *json = &query->output.json;
    stm_output_item_begin(&query->output);
    stm_json_member_string(json, "kind", "period");
    stm_json_member_string(json, "step", step_name(step));
    stm_json_member_string(json, "span", entry->extent ? "lasting" : spans[entry->kind]);
    stm_json_key(json, "approximate");
    stm_json_bool(json, entry->approximate);
    day_member(json, "from", entry->from);
    day_member(json, "to", entry->to);
    stm_json_member_unsigned(json, "gap", entry->gap);
    stm_json_member_unsigned(json, "events", entry->event_count);
    stm_json_member_unsigned(json, "documents", entry->documents);
    stm_json_member_unsigned(json, "independent", entry->independent);
    stm_output_item_end(&query->output);
}

/* ---- Going through ------------------------------------------------------------------------------- */

static stemma_status show(struct stm_query *query, struct line *line, uint32_t number,
                          const stemma_timeline_entry *entry, bool *first)
{
    struct stm_event_view event;
    stemma_status status;
    if (!stm_query_take(query)) {
        return STEMMA_OK;
    }
    stm_query_next_item(query);
    status = stm_event_load(query, number, &event);
    if (status != STEMMA_OK) {
        return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
    }
    line->shown++;
    if (stm_output_is_rows(&query->output)) {
        status = stm_event_row(query, &event);
    } else if (stm_output_is_json(&query->output)) {
        if (*first) {
            period_item(query, line->step, entry);
        }
        status = stm_event_show(query, &line->table, &event);
    } else {
        status = text_line(query, line, &event, entry, *first);
    }
    *first = false;
    return status;
}

static stemma_status list(struct stm_query *query, const stemma_event_query *wanted,
                          struct line *line)
{
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_timeline *timeline = NULL;
    stemma_timeline_entry entry;
    stemma_status status;
    options.query = wanted;
    options.step = line->step;
    status = stemma_timeline_begin(&timeline, query->snapshot, &options, &query->error);
    while (status == STEMMA_OK && !stm_query_done(query)) {
        bool first = true;
        status = stemma_timeline_next(timeline, &entry, &query->error);
        for (uint32_t i = 0; status == STEMMA_OK && i < entry.event_count && !stm_query_done(query);
             i++) {
            status = show(query, line, entry.events[i], &entry, &first);
        }
    }
    if (status == STEMMA_OK || status == STEMMA_END) {
        return line->shown != 0 ? STEMMA_OK : STEMMA_NOT_FOUND;
    }
    return status;
}

stemma_status stm_query_timeline(struct stm_query *query)
{
    const stemma_event_query *wanted = NULL;
    struct line line = {.step = (uint8_t)query->settings->by};
    uint32_t entities[STM_OPTION_LIST_MAX + 1];
    uint32_t count = 1;
    bool place = false;
    stemma_status status = stm_choose_entity(query, stm_choose_arguments(query, 0),
                                             (stemma_text){NULL, 0}, &entities[0]);
    if (status == STEMMA_OK) {
        status = stm_choose_who(query, entities, &count);
    }
    if (status == STEMMA_OK) {
        status = stm_entity_is_place(query, entities[0], &place);
    }
    if (status == STEMMA_OK) {
        status = stm_choose_term(query, "role", query->settings->role, STEMMA_TERM_PREDICATE);
    }
    if (status == STEMMA_OK) {
        status = stm_event_wanted(query, entities, count, place, &wanted);
    }
    if (stm_output_is_rows(&query->output)) {
        stm_event_row_header(&query->output);
    }
    stm_event_table_begin(&line.table, query, 0);
    if (status == STEMMA_OK) {
        status = list(query, wanted, &line);
    }
    return stm_table_end(&line.table) ? status : STEMMA_E_NO_MEMORY;
}
