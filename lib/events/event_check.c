/* SPDX-License-Identifier: MIT */
#include "events/event_check.h"

#include <math.h>

#include "base/error.h"
#include "event_amount.h"

/* ---- Amounts ---- */

/* A decimal as the format has them ("-12.5"); false for anything else. */
static bool read_decimal(stemma_text text, double *out)
{
    size_t at = text.size != 0 && text.data[0] == '-';
    size_t digits = 0;
    double value = 0;
    double unit = 0;
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (c == '.' && unit == 0 && digits != 0) {
            unit = 1;
        } else if (c >= '0' && c <= '9') {
            digits++;
            unit /= 10;
            value = unit != 0 ? value + (c - '0') * unit : value * 10 + (c - '0');
        } else {
            return false;
        }
    }
    *out = text.size != 0 && text.data[0] == '-' ? -value : value;
    return digits != 0;
}

/* All that a quantity may mean. False when nothing is known of it. */
static bool read_quantity(const stemma_quantity *quantity, stm_amount *out)
{
    double amount = 0;
    bool known = read_decimal(quantity->amount, &amount);
    *out = (stm_amount){-INFINITY, INFINITY, false, false};
    if (known) {
        double slack = fabs(amount) / 10;
        switch (quantity->modifier) {
        case STEMMA_MODIFIER_ABOUT:
            *out = (stm_amount){amount - slack, amount + slack, false, false};
            break;
        case STEMMA_MODIFIER_AT_LEAST:
        case STEMMA_MODIFIER_MORE_THAN:
            out->least = amount;
            out->above = quantity->modifier == STEMMA_MODIFIER_MORE_THAN;
            break;
        case STEMMA_MODIFIER_AT_MOST:
        case STEMMA_MODIFIER_LESS_THAN:
            out->least = amount >= 0 ? 0 : -INFINITY;
            out->most = amount;
            out->below = quantity->modifier == STEMMA_MODIFIER_LESS_THAN;
            break;
        default: *out = (stm_amount){amount, amount, false, false};
        }
    }
    /* Bounds that the document gives count more than what the words make likely. */
    if (read_decimal(quantity->lower, &amount)) {
        out->above = out->above && amount == out->least;
        out->least = amount;
        out->most = known || quantity->upper.size != 0 ? out->most : INFINITY;
        known = true;
    }
    if (read_decimal(quantity->upper, &amount)) {
        out->below = out->below && amount == out->most;
        out->most = amount;
        known = true;
    }
    return known;
}

static bool meets(const stm_amount *a, const stm_amount *b)
{
    bool apart = a->most < b->least || b->most < a->least ||
                 (a->most == b->least && (a->below || b->above)) ||
                 (b->most == a->least && (b->below || a->above));
    return !apart;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `text` is `wanted`, or ends with it as its last words: "political prisoner". */
static bool ends_with(stemma_text text, stemma_text wanted)
{
    if (wanted.size > text.size ||
        (wanted.size < text.size && text.data[text.size - wanted.size - 1] != ' ')) {
        return false;
    }
    for (size_t i = 0; i < wanted.size; i++) {
        if (fold(text.data[text.size - wanted.size + i]) != fold(wanted.data[i])) {
            return false;
        }
    }
    return true;
}

bool stm_event_is_amount(const stm_event_checks *checks, const stemma_quantity *quantity)
{
    stm_amount range;
    return read_quantity(quantity, &range) && meets(&range, &checks->wanted) &&
           (checks->unit.size == 0 || ends_with(quantity->unit, checks->unit) ||
            ends_with(quantity->counted, checks->unit));
}

static bool is_amount(const stm_event_checks *checks, const stemma_claim *claim)
{
    return claim->object.kind == STEMMA_OBJECT_QUANTITY &&
           claim->polarity != STEMMA_POLARITY_NEGATIVE &&
           stm_event_is_amount(checks, &claim->object.as.quantity);
}

/* ---- Claims ---- */

/* Which of the members that are anybody a claim fills, as bits; of more than 64 the rest must have
   been told apart by then. */
static uint64_t filled(const stemma_event_cursor *cursor, const stemma_claim *claim)
{
    const stm_vocabulary *vocabulary = &cursor->snapshot->file->bounds.vocabulary;
    uint64_t bits = 0;
    uint32_t role = 0;
    if (claim->polarity == STEMMA_POLARITY_NEGATIVE ||
        !stm_vocabulary_find(vocabulary, STEMMA_TERM_PREDICATE, claim->predicate, &role)) {
        return 0;
    }
    for (uint32_t i = 0; i < cursor->wanted.member_count && i < 64; i++) {
        const stm_event_member *member = &cursor->wanted.members[i];
        if (member->entity == STEMMA_NONE && stm_role_wanted(&member->roles, role)) {
            bits |= UINT64_C(1) << i;
        }
    }
    return bits;
}

/* Whether claims of the event say the amount, and fill the roles of anybody. */
static stemma_status check_claims(stemma_event_cursor *cursor, uint32_t event, bool *result,
                                  stemma_error *error)
{
    const stm_event_checks *checks = cursor->checks;
    stemma_snapshot *snapshot = cursor->snapshot;
    const stm_event_block *block = NULL;
    bool amount = !checks->amount;
    uint64_t left = 0;
    stm_event_row row;
    stemma_status status = stm_snapshot_event_block(snapshot, event, &block, error);
    if (status != STEMMA_OK) {
        return status;
    }
    if (stm_event_block_row(block, event % STEMMA_EVENT_BLOCK, &row) != STEMMA_OK) {
        return stm_damaged(error, STM_TABLE_EVENT, event, "NUMBER_OUT_OF_RANGE");
    }
    for (uint32_t i = 0; i < cursor->wanted.member_count && i < 64; i++) {
        left |= cursor->wanted.members[i].entity == STEMMA_NONE ? UINT64_C(1) << i : 0;
    }
    for (uint32_t i = 0; i < row.claim_count && status == STEMMA_OK && (!amount || left != 0); i++) {
        stm_mark mark = stm_snapshot_mark(snapshot);
        stemma_claim claim;
        status = stemma_claim_get(snapshot, row.claim_first + i, &claim, error);
        if (status == STEMMA_OK) {
            amount = amount || is_amount(checks, &claim);
            left &= ~filled(cursor, &claim);
        }
        status = status == STEMMA_NOT_FOUND ? STEMMA_OK : status; /* as of then */
        stm_snapshot_rewind(snapshot, mark);
    }
    *result = amount && left == 0;
    return status;
}

/* ---- The whole ---- */

static stemma_status read_bounds(stm_event_checks *checks, const stemma_event_query *query,
                                 stemma_error *error)
{
    checks->wanted = (stm_amount){-INFINITY, INFINITY, false, false};
    checks->amount = query->amount_least.size != 0 || query->amount_most.size != 0;
    if ((query->amount_least.size != 0 &&
         !read_decimal(query->amount_least, &checks->wanted.least)) ||
        (query->amount_most.size != 0 && !read_decimal(query->amount_most, &checks->wanted.most))) {
        return stm_fail(error, STEMMA_E_INVALID, "QUERY_AMOUNT", "",
                        "The bounds of an amount are decimals such as 50 or 2.5");
    }
    return STEMMA_OK;
}

/* Decimals are read as doubles, which may be off by less than this share of them. Only a great number can come to
   another step by it: the ends of steps below are whole numbers that a double holds. */
#define OFF   0x1p-40
#define GREAT 0x1p40

/* Has columns tell which events may have the amount. */
static void want_columns(const stm_event_checks *checks, stm_event_columns_wanted *columns)
{
    double least = checks->wanted.least, most = checks->wanted.most;
    columns->amount = checks->amount;
    columns->amount_from = stm_amount_step_of(least > GREAT ? least - least * OFF : least);
    columns->amount_to = stm_amount_step_of(most > GREAT ? most + most * OFF : most);
}

stemma_status stm_event_checks_read(stemma_event_cursor *cursor, const stemma_event_query *query,
                                    stemma_error *error)
{
    stm_event_checks read = {.speaker = query->speaker, .publisher = query->publisher};
    stemma_status status = read_bounds(&read, query, error);
    for (uint32_t i = 0; i < cursor->wanted.member_count; i++) {
        read.anybody = read.anybody || cursor->wanted.members[i].entity == STEMMA_NONE;
        if (i >= 64 && cursor->wanted.members[i].entity == STEMMA_NONE && status == STEMMA_OK) {
            status = stm_fail(error, STEMMA_E_MISUSE, "OPTIONS", "",
                              "Roles of anybody must be among the first 64 conditions");
        }
    }
    read.unit = query->unit;
    if (query->speaker != STEMMA_NONE &&
        query->speaker >= cursor->snapshot->file->bounds.entities) {
        cursor->wanted.nothing = true;
    }
    bool needed = read.amount || read.anybody || read.speaker != STEMMA_NONE ||
                  read.publisher.size != 0;
    if (status != STEMMA_OK || cursor->wanted.nothing || !needed) {
        return status;
    }
    want_columns(&read, &cursor->columns);
    cursor->checks = stm_snapshot_alloc(cursor->snapshot, sizeof *cursor->checks, error);
    if (cursor->checks == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    *cursor->checks = read;
    return read.publisher.size != 0 ? stm_event_published_begin(cursor, error) : STEMMA_OK;
}

stemma_status stm_event_checks_lists(stemma_event_cursor *cursor, stemma_error *error)
{
    stm_event_checks *checks = cursor->checks;
    uint32_t events = cursor->snapshot->file->bounds.events;
    uint64_t *bits = NULL;
    stemma_status status = STEMMA_OK;
    if (checks->speaker != STEMMA_NONE) {
        status = stm_event_said_list(cursor, error);
        checks->speaker = STEMMA_NONE;
    }
    if (status == STEMMA_OK && checks->publisher.size != 0) {
        status = stm_event_published_set(cursor, &bits, error);
        if (status == STEMMA_OK && bits != NULL) {
            stm_event_set_list(&cursor->lists[cursor->list_count++], bits, 0, events);
            checks->publisher.size = 0;
        }
    }
    if (!checks->amount && !checks->anybody && checks->publisher.size == 0) {
        cursor->checks = NULL;
    }
    return status;
}

static stemma_status check(stemma_event_cursor *cursor, uint32_t event, bool *result,
                           stemma_error *error)
{
    const stm_event_checks *checks = cursor->checks;
    stemma_status status = STEMMA_OK;
    *result = true;
    if (checks->publisher.size != 0) {
        status = stm_event_published(cursor, event, result, error);
    }
    if (status == STEMMA_OK && *result && (checks->amount || checks->anybody)) {
        status = check_claims(cursor, event, result, error);
    }
    return status;
}

stemma_status stm_event_checks_keep(stemma_event_cursor *cursor, uint32_t *events, uint32_t *count,
                                    stemma_error *error)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        bool passed = false;
        stemma_status status = stm_event_glance_at(cursor, events[i], &passed, error);
        if (status == STEMMA_OK && passed) {
            status = check(cursor, events[i], &passed, error);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        events[kept] = events[i];
        kept += passed;
    }
    *count = kept;
    return STEMMA_OK;
}
