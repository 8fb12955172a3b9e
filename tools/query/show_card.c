/* SPDX-License-Identifier: MIT */
#include "query/show_card.h"

#define LINES 12u

uint64_t stm_show_most(const struct stm_query *query)
{
    return query->settings->limit != UINT64_MAX ? query->settings->limit : LINES;
}

void stm_show_title(struct stm_query *query, stemma_text title)
{
    const struct stm_terminal *terminal = &query->output.terminal;
    struct stm_buffer safe = {0};
    stm_buffer_add_safe(&safe, title);
    fprintf(terminal->file, "%s%.*s%s\n", stm_style_on(terminal, STM_STYLE_BOLD), (int)safe.size,
            safe.data != NULL ? safe.data : "", stm_style_off(terminal, STM_STYLE_BOLD));
    stm_buffer_free(&safe);
}

void stm_show_field(struct stm_query *query, const char *name, stemma_text value)
{
    struct stm_buffer safe = {0};
    if (value.size == 0) {
        return;
    }
    stm_buffer_add_safe(&safe, value);
    fprintf(query->output.file, "  %-12s%.*s\n", name, (int)safe.size,
            safe.data != NULL ? safe.data : "");
    stm_buffer_free(&safe);
}
