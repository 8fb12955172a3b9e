/* SPDX-License-Identifier: MIT */
/* The query line: arguments, one a line, behind "stemma-query KB". A sound file is never damaged, and no
   question makes it a defect of ours: answers are found, not found, or a wrong question. */
#include "common/exit_codes.h"
#include "fuzz.h"
#include "fuzz_ask.h"
#include "fuzz_file.h"

#define ARGUMENTS 24

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *path;
    fuzz_input input = fuzz_input_of(data, size);
    const char *arguments[ARGUMENTS] = {"stemma-query", "KB"};
    char *owned[ARGUMENTS] = {NULL};
    int count = 2;
    if (path == NULL) {
        path = fuzz_put_file(fuzz_base_file(0));
    }
    while (input.left != 0 && count < ARGUMENTS) {
        stemma_bytes line = fuzz_section(&input, "\n");
        owned[count] = strndup((const char *)line.data, line.size);
        fuzz_must(owned[count] != NULL);
        arguments[count] = owned[count];
        fuzz_free(line);
        count++;
    }
    /* Statements may run for ever: target_sql. */
    bool runs = true;
    for (int i = 2; i < count; i++) {
        runs = runs && strcmp(arguments[i], "sql") != 0;
    }
    if (runs) {
        int status = fuzz_run_query(path, arguments, count);
        fuzz_must(status == STM_EXIT_OK || status == STM_EXIT_NOTHING || status == STM_EXIT_USAGE ||
                  status == STM_EXIT_SYSTEM || status == STM_EXIT_DAMAGED ||
                  status == STM_EXIT_REJECTED);
    }
    for (int i = 2; i < count; i++) {
        free(owned[i]);
    }
    return 0;
}
