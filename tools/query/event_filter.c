/* SPDX-License-Identifier: MIT */
#include "query/event_filter.h"

#include "query/choose.h"

#define PARTS_MOST (3 * STM_OPTION_LIST_MAX + 2)
#define TYPES_MOST 64u
#define AMOUNT     "a number or a range such as 50..100 or 50.."

/* What the options ask for. */
struct filter {
    stemma_event_query wanted;
    stemma_event_part parts[PARTS_MOST];
    stemma_text types[TYPES_MOST];
};

stemma_status stm_entity_is_place(struct stm_query *query, uint32_t entity, bool *result)
{
    stemma_entity record;
    stemma_status status = stemma_entity_get(query->item, entity, &record, &query->error);
    *result = status == STEMMA_OK && stemma_text_equal(record.type, stemma_text_of("place"));
    return status;
}

/* Complains of an option and what it was given. */
static stemma_status misused(struct stm_query *query, const char *option, const char *text,
                             const char *expected)
{
    query->exit = stm_usage_error(&stm_query_program, "--%s: '%s' is not %s", option, text, expected);
    return STEMMA_E_MISUSE;
}

/* ---- Who ----------------------------------------------------------------------------------------- */

static void add_part(struct filter *filter, uint32_t entity, stemma_text role, uint32_t flags)
{
    stemma_event_part *part = &filter->parts[filter->wanted.part_count++];
    part->entity = entity;
    part->role = role;
    part->flags = flags;
}

static stemma_status add_whom(struct stm_query *query, struct filter *filter)
{
    const struct stm_option_list *whom = &query->settings->whom;
    stemma_status status = STEMMA_OK;
    for (int i = 0; i < whom->count && status == STEMMA_OK; i++) {
        uint32_t entity = 0;
        status = stm_choose_entity(query, stemma_text_of(whom->items[i]), (stemma_text){NULL, 0},
                                   &entity);
        if (status == STEMMA_OK) {
            add_part(filter, entity, (stemma_text){NULL, 0}, STEMMA_PART_UNDERGOES);
        }
    }
    return status;
}

/* "ROLE=NAME", or "ROLE=" for anybody in that role. */
static stemma_status add_with(struct stm_query *query, struct filter *filter)
{
    const struct stm_option_list *with = &query->settings->with;
    stemma_status status = STEMMA_OK;
    for (int i = 0; i < with->count && status == STEMMA_OK; i++) {
        const char *equals = strchr(with->items[i], '=');
        uint32_t entity = STEMMA_NONE;
        stemma_text role;
        if (equals == NULL || equals == with->items[i]) {
            return misused(query, "with", with->items[i], "ROLE=NAME");
        }
        role = stm_arena_text(&query->kept, (stemma_text){with->items[i],
                                                           (size_t)(equals - with->items[i])});
        if (role.data == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
        status = stm_choose_text_term(query, "with", role, STEMMA_TERM_PREDICATE);
        if (status == STEMMA_OK && equals[1] != '\0') {
            status = stm_choose_entity(query, stemma_text_of(equals + 1), (stemma_text){NULL, 0},
                                       &entity);
        }
        if (status == STEMMA_OK) {
            add_part(filter, entity, role, 0);
        }
    }
    return status;
}

/* ---- What ---------------------------------------------------------------------------------------- */

/* "justice,protest": one of these, or below. */
static stemma_status add_types(struct stm_query *query, struct filter *filter)
{
    const char *at = query->settings->type;
    stemma_status status = STEMMA_OK;
    while (at != NULL && status == STEMMA_OK) {
        const char *end = strchr(at, ',');
        stemma_text type = {at, end != NULL ? (size_t)(end - at) : strlen(at)};
        if (filter->wanted.type_count == TYPES_MOST) {
            return misused(query, "type", query->settings->type, "64 types or fewer");
        }
        if (type.size != 0) {
            status = stm_choose_text_term(query, "type", type, STEMMA_TERM_EVENT_TYPE);
            filter->types[filter->wanted.type_count++] = type;
        }
        at = end != NULL ? end + 1 : NULL;
    }
    if (filter->wanted.type_count == 1) { /* the quickest way */
        filter->wanted.type = filter->types[0];
        filter->wanted.type_count = 0;
    }
    return status;
}

/* Whether a bound is a decimal, or left out. */
static bool is_decimal(stemma_text text)
{
    size_t digits = 0;
    size_t points = 0;
    size_t sign = text.size != 0 && text.data[0] == '-';
    for (size_t i = sign; i < text.size; i++) {
        digits += text.data[i] >= '0' && text.data[i] <= '9';
        points += text.data[i] == '.' && digits != 0;
    }
    return text.size == 0 || (digits != 0 && points <= 1 && digits + points + sign == text.size);
}

/* "50", "50..", "..100", "50..100 prisoner". */
static stemma_status add_amount(struct stm_query *query, struct filter *filter)
{
    const char *text = query->settings->amount;
    const char *dots;
    size_t size;
    if (text == NULL) {
        return STEMMA_OK;
    }
    size = strcspn(text, " ");
    dots = strstr(text, "..");
    if (dots == NULL || dots >= text + size) {
        filter->wanted.amount_least = filter->wanted.amount_most = (stemma_text){text, size};
    } else {
        filter->wanted.amount_least = (stemma_text){text, (size_t)(dots - text)};
        filter->wanted.amount_most = (stemma_text){dots + 2, (size_t)(text + size - dots - 2)};
    }
    filter->wanted.unit = stemma_text_of(text + size + strspn(text + size, " "));
    if (!is_decimal(filter->wanted.amount_least) || !is_decimal(filter->wanted.amount_most) ||
        (filter->wanted.amount_least.size == 0 && filter->wanted.amount_most.size == 0)) {
        return misused(query, "amount", text, AMOUNT);
    }
    return STEMMA_OK;
}

static void add_factuality(const struct stm_query *query, struct filter *filter)
{
    static const uint8_t certainties[] = {
        0, STEMMA_BIT(STEMMA_CERTAINTY_CERTAIN), STEMMA_BIT(STEMMA_CERTAINTY_PROBABLE),
        STEMMA_BIT(STEMMA_CERTAINTY_POSSIBLE), STEMMA_BIT(STEMMA_CERTAINTY_UNSPECIFIED)};
    if (query->settings->actual) {
        filter->wanted.realis = STEMMA_BIT(STEMMA_REALIS_ACTUAL);
        filter->wanted.polarities = STEMMA_BIT(STEMMA_POLARITY_UNSPECIFIED) |
                                    STEMMA_BIT(STEMMA_POLARITY_POSITIVE);
    }
    filter->wanted.certainties = certainties[query->settings->certainty];
}

/* ---- The whole ----------------------------------------------------------------------------------- */

static stemma_status choose(struct stm_query *query, struct filter *filter)
{
    const struct stm_query_settings *settings = query->settings;
    stemma_status status = STEMMA_OK;
    if (settings->place != NULL) {
        status = stm_choose_entity(query, stemma_text_of(settings->place),
                                   stemma_text_of("place"), &filter->wanted.place);
        filter->wanted.flags |= STEMMA_EVENTS_WITHIN;
    }
    if (status == STEMMA_OK && settings->speaker != NULL) {
        status = stm_choose_entity(query, stemma_text_of(settings->speaker),
                                   (stemma_text){NULL, 0}, &filter->wanted.speaker);
    }
    filter->wanted.publisher = stemma_text_of(settings->publisher);
    filter->wanted.from = query->from;
    filter->wanted.to = query->to;
    filter->wanted.flags |= settings->during != NULL ? STEMMA_EVENTS_DURING : 0;
    return status;
}

stemma_status stm_event_wanted(struct stm_query *query, const uint32_t *entities, uint32_t count,
                               bool place, const stemma_event_query **out)
{
    const stemma_event_query empty = STEMMA_EVENT_QUERY_INIT;
    stemma_text role = stemma_text_of(query->settings->role);
    struct filter *filter = stm_arena_alloc(&query->kept, 1, sizeof *filter);
    stemma_status status;
    if (filter == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    filter->wanted = empty;
    filter->wanted.parts = filter->parts;
    filter->wanted.types = filter->types;
    for (uint32_t i = 0; i < count && i <= STM_OPTION_LIST_MAX; i++) {
        bool there = i == 0 && place && query->settings->place == NULL;
        add_part(filter, entities[i], role, there ? STEMMA_PART_OR_THERE : 0);
    }
    if (count == 0 && role.size != 0) {
        add_part(filter, STEMMA_NONE, role, 0);
    }
    add_factuality(query, filter);
    status = choose(query, filter);
    if (status == STEMMA_OK) {
        status = add_types(query, filter);
    }
    if (status == STEMMA_OK) {
        status = add_amount(query, filter);
    }
    if (status == STEMMA_OK) {
        status = add_whom(query, filter);
    }
    if (status == STEMMA_OK) {
        status = add_with(query, filter);
    }
    *out = &filter->wanted;
    return status;
}

static stemma_status visit_one(struct stm_query *query, uint32_t number, stm_event_visit *visit,
                               void *context, uint64_t *shown)
{
    struct stm_event_view event;
    stemma_status status;
    if (!stm_query_take(query)) {
        return STEMMA_OK;
    }
    stm_query_next_item(query);
    status = stm_event_load(query, number, &event);
    if (status == STEMMA_OK) {
        (*shown)++;
        status = visit(query, context, &event);
    }
    return status == STEMMA_NOT_FOUND ? STEMMA_OK : status;
}

stemma_status stm_event_filter(struct stm_query *query, const uint32_t *entities, uint32_t count,
                               bool place, stm_event_visit *visit, void *context)
{
    const stemma_event_query *wanted = NULL;
    stemma_event_cursor *cursor = NULL;
    uint64_t shown = 0;
    stemma_status status = stm_event_wanted(query, entities, count, place, &wanted);
    if (status == STEMMA_OK) {
        status = stemma_events(&cursor, query->snapshot, wanted, &query->error);
    }
    while (status == STEMMA_OK && !stm_query_done(query)) {
        uint32_t number = 0;
        status = stemma_event_next(cursor, &number, &query->error);
        if (status == STEMMA_OK) {
            status = visit_one(query, number, visit, context, &shown);
        }
    }
    if (status == STEMMA_OK || status == STEMMA_END) {
        return shown != 0 ? STEMMA_OK : STEMMA_NOT_FOUND;
    }
    return status;
}
