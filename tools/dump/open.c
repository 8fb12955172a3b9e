/* SPDX-License-Identifier: MIT */
#include "dump/open.h"

#include <string.h>

#include "common/complaint.h"
#include "common/exit_codes.h"

int stm_dump_failed(const struct stm_dump_settings *settings, stemma_status status,
                    const stemma_error *error)
{
    const char *message = error->message[0] != '\0' ? error->message : stemma_status_text(status);
    const char *code = error->code[0] != '\0' ? error->code : stemma_status_name(status);
    /* Some errors name the file themselves. */
    const char *where = strcmp(error->where, settings->path) != 0 ? error->where : "";
    stm_complain(stderr, "%s: %s: %s%s%s [%s]", stm_dump_program.name, settings->path, where,
                 where[0] != '\0' ? ": " : "", message, code);
    return stm_exit_of(status);
}

int stm_dump_open(const struct stm_dump_settings *settings, stemma_file **file,
                  stemma_snapshot **snapshot)
{
    stemma_open_options options = STEMMA_OPEN_OPTIONS_INIT;
    stemma_error error = {0};
    stemma_status status;
    *file = NULL;
    *snapshot = NULL;
    options.flags = STEMMA_OPEN_SEQUENTIAL;
    if (settings->trusted) {
        options.flags |= STEMMA_OPEN_TRUSTED;
    } else if (!settings->verify && !settings->check) {
        options.flags |= STEMMA_OPEN_REMEMBER;
    }
    /* The largest document that a writer takes can be written out. */
    options.memory_limit = UINT64_C(4) << 30;
    status = stemma_open(file, settings->path, &options, &error);
    if (status == STEMMA_OK) {
        status = stemma_snapshot_begin(snapshot, *file, &error);
    }
    if (status != STEMMA_OK) {
        stemma_close(*file);
        *file = NULL;
        return stm_dump_failed(settings, status, &error);
    }
    return STM_EXIT_OK;
}
