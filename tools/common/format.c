/* SPDX-License-Identifier: MIT */
#include "common/format.h"

#include <inttypes.h>

#include "common/wrap.h"

void stm_output_begin(struct stm_output *output, FILE *file, enum stm_format format,
                      enum stm_color_mode color)
{
    memset(output, 0, sizeof *output);
    output->format = format;
    output->file = file;
    stm_terminal_init(&output->terminal, file, color);
    stm_json_to_file(&output->json, file, format == STM_FORMAT_JSON ? 2 : 0);
    if (format == STM_FORMAT_TEXT && output->terminal.width != 0) {
        output->wrapped = stm_wrap_open(file, output->terminal.width);
    }
    if (output->wrapped != NULL) {
        output->file = output->terminal.file = output->wrapped;
    }
}

stemma_status stm_output_close(struct stm_output *output)
{
    FILE *wrapped = output->wrapped;
    output->wrapped = NULL;
    return wrapped != NULL && fclose(wrapped) != 0 ? STEMMA_E_SYSTEM : STEMMA_OK;
}

bool stm_output_is_json(const struct stm_output *output)
{
    return output->format == STM_FORMAT_JSON || output->format == STM_FORMAT_JSONL;
}

bool stm_output_is_rows(const struct stm_output *output)
{
    return output->format == STM_FORMAT_CSV || output->format == STM_FORMAT_TSV;
}

void stm_output_item_begin(struct stm_output *output)
{
    if (!output->begun && output->format == STM_FORMAT_JSON) {
        stm_json_array_begin(&output->json);
    }
    output->begun = true;
    stm_json_object_begin(&output->json);
}

void stm_output_item_end(struct stm_output *output)
{
    stm_json_object_end(&output->json);
    if (output->format == STM_FORMAT_JSONL) {
        stm_json_line(&output->json);
    }
}

static void put_escape(FILE *file, int32_t point)
{
    if (point < 0) {
        fputs("\xEF\xBF\xBD", file);
    } else {
        fprintf(file, point < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)point);
    }
}

static void put_value(struct stm_output *output, stemma_text text)
{
    bool tabs = output->format == STM_FORMAT_TSV;
    FILE *file = output->file;
    for (size_t at = 0; at < text.size;) {
        int32_t point;
        size_t step = stm_next_point(text, at, &point);
        if (tabs && (point == '\t' || point == '\n' || point == '\r' || point == '\\')) {
            fputc('\\', file);
            fputc(point == '\t' ? 't' : point == '\n' ? 'n' : point == '\r' ? 'r' : '\\', file);
        } else if (!tabs && point == '"') {
            fputs("\"\"", file);
        } else if (point < 0 || (stm_point_is_dangerous(point) && point != '\t' &&
                                 point != '\n' && point != '\r')) {
            put_escape(file, point);
        } else {
            fwrite(text.data + at, 1, step, file);
        }
        at += step;
    }
}

void stm_output_field(struct stm_output *output, stemma_text text)
{
    bool quote = false;
    if (output->field++ != 0) {
        fputc(output->format == STM_FORMAT_TSV ? '\t' : ',', output->file);
    }
    for (size_t i = 0; i < text.size && output->format == STM_FORMAT_CSV; i++) {
        char c = text.data[i];
        quote = quote || c == '"' || c == ',' || c == '\n' || c == '\r';
    }
    if (quote) {
        fputc('"', output->file);
    }
    put_value(output, text);
    if (quote) {
        fputc('"', output->file);
    }
}

void stm_output_field_string(struct stm_output *output, const char *string)
{
    stm_output_field(output, stemma_text_of(string));
}

void stm_output_field_number(struct stm_output *output, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    stm_output_field_string(output, digits);
}

void stm_output_row_end(struct stm_output *output)
{
    fputs(output->format == STM_FORMAT_CSV ? "\r\n" : "\n", output->file);
    output->field = 0;
}

bool stm_output_failed(const struct stm_output *output)
{
    return ferror(output->file) != 0;
}

stemma_status stm_output_end(struct stm_output *output)
{
    if (output->format == STM_FORMAT_JSON) {
        if (!output->begun) {
            stm_json_array_begin(&output->json);
        }
        stm_json_array_end(&output->json);
        stm_json_line(&output->json);
    }
    return stm_json_status(&output->json);
}
