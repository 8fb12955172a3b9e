/* SPDX-License-Identifier: MIT */
#include "page_problem.h"

#include <string.h>

const stm_page_problem_text stm_page_problem_texts[STM_PAGE_PROBLEM_COUNT] = {
    [STM_PAGE_SOUND] = {"", STEMMA_OK, "Nothing is wrong"},
#define STM_PAGE_PROBLEM_ROW(name, status, meaning) [STM_BAD_##name] = {#name, status, meaning},
    STM_PAGE_PROBLEMS(STM_PAGE_PROBLEM_ROW)
#undef STM_PAGE_PROBLEM_ROW
};

/* Text that stops growing when its buffer is full: no stdio at this level. */
typedef struct writer {
    char *at;
    char *end; /* the last byte of the buffer, kept for the NUL */
} writer;

static void put_text(writer *out, const char *text)
{
    while (*text != '\0' && out->at < out->end) {
        *out->at++ = *text++;
    }
    *out->at = '\0';
}

static void put_number(writer *out, uint64_t number)
{
    char digits[21];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    put_text(out, digits + at);
}

static writer writer_of(char *buffer, size_t size)
{
    writer out = {buffer, buffer + size - 1};
    return out;
}

stemma_status stm_page_fail(stm_page_problem problem, const stm_page_place *place,
                            stemma_error *error)
{
    const stm_page_problem_text *text = &stm_page_problem_texts[problem];
    if (problem == STM_PAGE_SOUND || error == NULL) {
        return text->status;
    }
    memset(error, 0, sizeof *error);
    error->status = text->status;
    error->offset = place->offset;
    writer out = writer_of(error->code, sizeof error->code);
    put_text(&out, text->code);
    out = writer_of(error->message, sizeof error->message);
    put_text(&out, text->meaning);

    out = writer_of(error->where, sizeof error->where);
    if (place->table != NULL) {
        put_text(&out, "table ");
        put_text(&out, place->table);
        put_text(&out, place->page >= 0 ? ", " : "");
    }
    if (place->page >= 0) {
        put_text(&out, "page ");
        put_number(&out, (uint64_t)place->page);
    }
    if (place->node >= 0) {
        put_text(&out, ", node ");
        put_number(&out, (uint64_t)place->node);
    }
    return text->status;
}
