/* SPDX-License-Identifier: MIT */
#include "common/complaint.h"

#include <stdlib.h>
#include <string.h>

#include "common/format_buffer.h"

static void put(FILE *file, const char *name, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void put(FILE *file, const char *name, const char *format, va_list arguments)
{
    struct stm_buffer line = {0};
    char *words = NULL;
    int size = vasprintf(&words, format, arguments);
    if (size >= 0) {
        if (name != NULL) {
            stm_buffer_add_string(&line, name);
            stm_buffer_add_string(&line, ": ");
        }
        stm_buffer_add_safe(&line, (stemma_text){words, (size_t)size});
        stm_buffer_add_string(&line, "\n");
        free(words);
    }
    if (size < 0 || line.failed) {
        fputs("out of memory\n", file);
    } else {
        fwrite(line.data, 1, line.size, file);
    }
    stm_buffer_free(&line);
}

void stm_complain(FILE *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put(file, NULL, format, arguments);
    va_end(arguments);
}

void stm_complain_of(FILE *file, const char *name, const char *format, va_list arguments)
{
    put(file, name, format, arguments);
}

const char *stm_existing_hint(const stemma_error *error)
{
    return strcmp(error->code, "OUTPUT_EXISTS") == 0 ? "; --force replaces it" : "";
}
