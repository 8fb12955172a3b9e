/* SPDX-License-Identifier: MIT */
#include "dump/dump.h"

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/interchange_write.h"
#include "dump/open.h"
#include "dump/output.h"

/* Events from which on a dump is of megabytes. */
#define MANY 20000u

int stm_dump_interchange(const struct stm_dump_settings *settings, FILE *out)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stemma_file *file;
    stemma_snapshot *snapshot;
    stemma_counts counts;
    stemma_error error = {0};
    stemma_status status;
    stm_json json;
    int code = stm_dump_open(settings, &file, &snapshot);
    if (code != STM_EXIT_OK) {
        return code;
    }
    stemma_counts_get(file, &counts);
    if (settings->documents != NULL && settings->first >= counts.documents) {
        stm_complain(stderr, "%s: %s: --documents: the last of its %llu documents is number %lld",
                     stm_dump_program.name, settings->path, (unsigned long long)counts.documents,
                     (long long)counts.documents - 1);
        code = STM_EXIT_NOTHING;
    }
    if (settings->offsets != -1) {
        options.unit = (enum stm_offset_unit)settings->offsets;
    }
    options.withhold = settings->withhold != 0;
    options.first = settings->first;
    options.last = settings->last;
    options.jobs = settings->jobs < 1024 ? (unsigned)settings->jobs : 1024;
    if (counts.events >= MANY) {
        stm_dump_output_much(out);
    }
    if (code == STM_EXIT_OK) {
        stm_json_to_file(&json, out, 0);
        status = stm_interchange_write(file, snapshot, &options, &json, &error);
        /* What became of the output is told when it is closed. */
        if (status != STEMMA_OK && stm_json_status(&json) != STEMMA_E_SYSTEM) {
            code = stm_dump_failed(settings, status, &error);
        }
    }
    stemma_snapshot_end(snapshot);
    stemma_close(file);
    return code;
}

int stm_dump_main(int argc, char **argv)
{
    struct stm_dump_settings settings;
    struct stm_dump_output output;
    int status = stm_dump_settings_read(&settings, argc, argv);
    if (status != -1) {
        return status;
    }
    status = stm_dump_output_open(&output, settings.output, settings.force);
    if (status != STM_EXIT_OK) {
        return status;
    }
    if (settings.check) {
        status = stm_dump_check(&settings, output.file);
    } else if (settings.stats) {
        status = stm_dump_stats(&settings, output.file);
    } else if (settings.salvage) {
        status = stm_dump_salvage(&settings, output.file);
    } else if (settings.table != NULL) {
        status = stm_dump_table(&settings, output.file);
    } else {
        status = stm_dump_interchange(&settings, output.file);
    }
    return stm_dump_output_close(&output, status);
}
