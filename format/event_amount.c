/* SPDX-License-Identifier: MIT */
#include "event_amount.h"

/* Numbers below 2^(BITS + 1) have a step of their own; above, 2^BITS steps a power of two. */
#define BITS 5u

uint32_t stm_amount_step(uint64_t number)
{
    uint64_t capped = number < STM_AMOUNT_MOST ? number : STM_AMOUNT_MOST;
    uint32_t top = 63u - (uint32_t)__builtin_clzll(capped | 1u); /* its highest bit */
    uint32_t shift = top > BITS ? top - BITS : 0;
    return STM_STEP_ZERO + (shift << BITS) + (uint32_t)(capped >> shift);
}

uint32_t stm_amount_step_of(double number)
{
    if (number < 0) {
        return STM_STEP_BELOW;
    }
    return number < (double)STM_AMOUNT_MOST ? stm_amount_step((uint64_t)number) : STM_STEP_MOST;
}

/* A decimal between two whole numbers; both are 0 when it is below zero. */
typedef struct whole {
    uint64_t floor;
    uint64_t ceiling;
    bool below; /* less than zero */
} whole;

static uint64_t capped(uint64_t number)
{
    return number < STM_AMOUNT_MOST ? number : STM_AMOUNT_MOST;
}

static whole read_decimal(stemma_text text)
{
    whole out = {0, 0, false};
    bool fraction = false, any = false, negative = text.size != 0 && text.data[0] == '-';
    for (size_t i = negative ? 1 : 0; i < text.size; i++) {
        char c = text.data[i];
        uint64_t digit = c >= '0' && c <= '9' ? (uint64_t)(c - '0') : 0;
        any = any || digit != 0;
        if (c == '.') {
            fraction = true;
        } else if (!fraction) {
            out.floor = capped(out.floor * 10 + digit);
            out.ceiling = out.floor;
        } else if (digit != 0) {
            out.ceiling = capped(out.floor + 1);
        }
    }
    return negative && any ? (whole){0, 0, true} : out;
}

static uint32_t step_down(whole number)
{
    return number.below ? STM_STEP_BELOW : stm_amount_step(number.floor);
}

static uint32_t step_up(whole number)
{
    return number.below ? STM_STEP_BELOW : stm_amount_step(number.ceiling);
}

/* By the amount and what is said before it. */
static stm_amount_reach reach_of_amount(uint8_t modifier, whole amount)
{
    switch (modifier) {
    case STEMMA_MODIFIER_ABOUT:
        amount.floor = amount.floor * 9 / 10;
        amount.ceiling = (amount.ceiling * 11 + 9) / 10;
        return (stm_amount_reach){step_down(amount), step_up(amount)};
    case STEMMA_MODIFIER_AT_LEAST:
    case STEMMA_MODIFIER_MORE_THAN:
        return (stm_amount_reach){step_down(amount), STM_STEP_MOST};
    case STEMMA_MODIFIER_AT_MOST:
    case STEMMA_MODIFIER_LESS_THAN:
        return (stm_amount_reach){amount.below ? STM_STEP_BELOW : STM_STEP_ZERO, step_up(amount)};
    default:
        return (stm_amount_reach){step_down(amount), step_up(amount)};
    }
}

stm_amount_reach stm_amount_reach_of(const stemma_quantity *quantity)
{
    stm_amount_reach out = {STM_STEP_BELOW, STM_STEP_MOST};
    if (quantity->amount.size == 0 && quantity->lower.size == 0 && quantity->upper.size == 0) {
        return (stm_amount_reach){0, 0};
    }
    if (quantity->amount.size != 0) {
        out = reach_of_amount(quantity->modifier, read_decimal(quantity->amount));
    }
    if (quantity->lower.size != 0) {
        out.least = step_down(read_decimal(quantity->lower));
    }
    if (quantity->upper.size != 0) {
        out.greatest = step_up(read_decimal(quantity->upper));
    }
    out.greatest = out.greatest > out.least ? out.greatest : out.least;
    return out;
}

void stm_amount_reach_join(stm_amount_reach *to, stm_amount_reach more)
{
    if (to->least == 0 || (more.least != 0 && more.least < to->least)) {
        to->least = more.least;
    }
    to->greatest = more.greatest > to->greatest ? more.greatest : to->greatest;
}

uint32_t stm_amount_above(stm_amount_reach reach)
{
    return reach.greatest == reach.least      ? 0
           : reach.greatest == STM_STEP_MOST ? 1
                                             : 1 + reach.greatest - reach.least;
}

bool stm_amount_reach_read(int64_t least, int64_t above, stm_amount_reach *out)
{
    if (least < 0 || least > (int64_t)STM_STEP_MOST || above < 0 ||
        above > (int64_t)STM_STEP_MOST || (above != 0 && least + above > (int64_t)STM_STEP_MOST) ||
        (least == 0 && above != 0)) {
        *out = (stm_amount_reach){0, 0};
        return false;
    }
    out->least = (uint32_t)least;
    out->greatest = above == 0   ? out->least
                    : above == 1 ? STM_STEP_MOST
                                 : out->least + (uint32_t)above - 1;
    return true;
}
