/* SPDX-License-Identifier: MIT */
/* stemma-dump: a knowledge base as interchange. */
#include <stdio.h>

#include "common/exit_codes.h"
#include "common/interchange_write.h"
#include "common/options.h"

int main(int argc, char **argv)
{
    stemma_file *file = NULL;
    stemma_snapshot *snapshot = NULL;
    stemma_error error = {0};
    stm_json json;
    struct stm_interchange_options options = {STM_OFFSET_CODEPOINT, false};
    stemma_status status;
    if (argc != 2) {
        return STM_EXIT_USAGE;
    }
    stm_json_to_file(&json, stdout, 0);
    status = stemma_open(&file, argv[1], NULL, &error);
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(&snapshot, file, &error);
    }
    if (status == STEMMA_OK) {
        status = stm_interchange_write(file, snapshot, &options, &json, &error);
    }
    if (status != STEMMA_OK) {
        fprintf(stderr, "stemma-dump: %s: %s [%s]\n", error.where, error.message, error.code);
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return stm_finish_output("stemma-dump", stm_exit_of(status));
}
