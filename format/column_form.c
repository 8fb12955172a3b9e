/* SPDX-License-Identifier: MIT */
#include "column_form.h"

#include "wide.h"

/* Distance of two numbers, a not below b, which always fits 64 unsigned bits. */
static uint64_t distance(int64_t a, int64_t b)
{
    return (uint64_t)a - (uint64_t)b;
}

static uint64_t greatest_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* What changes from one value to the next, and the range. For the vectoriser. */
static inline __attribute__((always_inline)) uint32_t
survey_any(const int64_t *values, uint32_t count, int64_t *minimum, int64_t *maximum)
{
    int64_t least = *minimum, most = *maximum;
    uint64_t changes = 0;
    for (uint32_t i = 1; i < count; i++) {
        changes += values[i] != values[i - 1];
    }
    for (uint32_t i = 0; i < count; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    *minimum = least;
    *maximum = most;
    return (uint32_t)changes;
}

#if STM_WIDE
STM_WIDE_CODE static uint32_t survey_wide(const int64_t *values, uint32_t count, int64_t *minimum,
                                          int64_t *maximum)
{
    return survey_any(values, count, minimum, maximum);
}
#endif

static uint32_t survey(const int64_t *values, uint32_t count, int64_t *minimum, int64_t *maximum)
{
#if STM_WIDE
    if (count >= 64 && stm_wide_here()) {
        return survey_wide(values, count, minimum, maximum);
    }
#endif
    return survey_any(values, count, minimum, maximum);
}

void stm_column_sum_begin(stm_column_sum *sum)
{
    memset(sum, 0, sizeof *sum);
}

void stm_column_sum_add(stm_column_sum *sum, const int64_t *values, uint32_t count)
{
    uint32_t changes;
    if (count == 0) {
        return;
    }
    if (sum->count == 0) {
        sum->first = sum->last = sum->minimum = sum->maximum = values[0];
    }
    changes = values[0] != sum->last;
    changes += survey(values, count, &sum->minimum, &sum->maximum);
    sum->changes += changes;
    if (changes != 0 || sum->divisor != 0) {
        int64_t before = sum->first;
        for (uint32_t i = 0; i < count && sum->divisor != 1; i++) {
            if (values[i] != before) {
                uint64_t apart = values[i] > sum->first ? distance(values[i], sum->first)
                                                        : distance(sum->first, values[i]);
                if (sum->divisor == 0 || apart % sum->divisor != 0) {
                    sum->divisor = greatest_divisor(apart, sum->divisor);
                }
                before = values[i];
            }
        }
    }
    sum->last = values[count - 1];
    sum->count += count;
}

/* ⌊(last - first) / (count - 1)⌋ when the difference fits 64 bits. */
int stm_column_sum_again(stm_column_sum *sum)
{
    int64_t rise, steps, slope;
    if (sum->count < 2 || sum->minimum == sum->maximum ||
        !stm_sub_i64(sum->last, sum->first, &rise)) {
        return 0;
    }
    steps = (int64_t)sum->count - 1;
    slope = rise / steps;
    if (rise % steps < 0) {
        slope--;
    }
    sum->has_slope = slope != 0;
    sum->slope = (uint64_t)slope;
    return sum->has_slope;
}

void stm_column_sum_add_again(stm_column_sum *sum, const int64_t *values, uint32_t count)
{
    const int64_t far = INT64_C(1) << 61;
    int64_t least = sum->least, most = sum->most;
    uint32_t i = 0;
    if (count == 0 || !sum->has_slope) {
        return;
    }
    if (sum->at == 0) {
        least = most = values[0];
    }
    if (sum->minimum > -far && sum->maximum < far) {
        /* Nothing can overflow: a loop for the vectoriser. */
        uint64_t line = sum->slope * sum->at;
        for (; i < count; i++) {
            int64_t rest = (int64_t)((uint64_t)values[i] - (line + sum->slope * i));
            least = rest < least ? rest : least;
            most = rest > most ? rest : most;
        }
    }
    for (; i < count; i++) {
        int64_t line, rest;
        if (!stm_mul_i64((int64_t)sum->slope, (int64_t)sum->at + i, &line) ||
            !stm_sub_i64(values[i], line, &rest)) {
            sum->has_slope = 0;
            return;
        }
        least = rest < least ? rest : least;
        most = rest > most ? rest : most;
    }
    sum->least = least;
    sum->most = most;
    sum->at += count;
}

uint64_t stm_column_data_size(uint8_t form, uint32_t count, unsigned width, uint32_t changes)
{
    if (form == STM_COLUMN_RUNS) {
        return STM_COLUMN_RUNS_HEADER + stm_bits_size(changes, stm_column_position_width(count)) +
               stm_bits_size(changes + 1u, width);
    }
    return stm_bits_size(count, width);
}

stm_column_form stm_column_choose(const stm_column_sum *sum)
{
    stm_column_form form = {0, 1, 0, 0, STM_COLUMN_PLAIN}, runs;
    uint64_t apart = distance(sum->maximum, sum->minimum);
    if (sum->count == 0) {
        return form;
    }
    form.minimum = sum->minimum;
    form.width = (uint8_t)stm_bits_width(apart);
    if (sum->divisor > 1 && stm_bits_width(apart / sum->divisor) < form.width) {
        form.scale = sum->divisor;
        form.width = (uint8_t)stm_bits_width(apart / sum->divisor);
    }
    runs = form;
    if (sum->has_slope && stm_bits_width(distance(sum->most, sum->least)) < form.width) {
        form.form = STM_COLUMN_RAMP;
        form.minimum = sum->least;
        form.scale = sum->slope;
        form.width = (uint8_t)stm_bits_width(distance(sum->most, sum->least));
    }
    /* Runs cost a search an element, so they must save much. */
    if (stm_column_data_size(STM_COLUMN_RUNS, sum->count, runs.width, sum->changes) <
        stm_column_data_size(form.form, sum->count, form.width, 0) / 4) {
        runs.form = STM_COLUMN_RUNS;
        runs.changes = sum->changes;
        return runs;
    }
    return form;
}
