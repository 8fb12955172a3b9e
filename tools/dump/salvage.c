/* SPDX-License-Identifier: MIT */
#include "stemma/salvage.h"

#include <errno.h>
#include <string.h>

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "common/interchange_write.h"
#include "dump/dump.h"
#include "dump/open.h"

/* Losses that are named on standard error; the rest are counted, and in the report. */
#define NAMED 50u

struct salvaging {
    const struct stm_dump_settings *settings;
    FILE *file; /* of the report, or NULL */
    stm_json report;
    uint64_t told;
    uint64_t documents; /* lost */
};

/* One line of the report. */
static void report(struct salvaging *salvaging, const stemma_loss *loss)
{
    stm_json *json = &salvaging->report;
    stm_json_object_begin(json);
    stm_json_member_string(json, "record", "lost");
    stm_json_member_string(json, "what", loss->what);
    if (loss->table[0] != '\0') {
        stm_json_member_string(json, "table", loss->table);
    }
    if (loss->where[0] != '\0') {
        stm_json_member_string(json, "where", loss->where);
    }
    if (loss->document[0] != '\0') {
        stm_json_member_string(json, "document", loss->document);
    }
    stm_json_member_unsigned(json, "count", loss->count);
    stm_json_member_string(json, "code", loss->code);
    stm_json_member_string(json, "message", loss->message);
    stm_json_object_end(json);
    stm_json_line(json);
}

static int lose(void *context, const stemma_loss *loss)
{
    struct salvaging *salvaging = context;
    if (strcmp(loss->what, "document") == 0) {
        salvaging->documents += loss->count;
    }
    if (salvaging->file != NULL) {
        report(salvaging, loss);
    }
    if (!salvaging->settings->quiet && salvaging->told++ < NAMED) {
        int placed = loss->table[0] != '\0' || loss->document[0] != '\0' || loss->where[0] != '\0';
        stm_complain(stderr, "%s: %s: %s: %s%s%s%s%s%s%s [%s]", stm_dump_program.name,
                     salvaging->settings->path, loss->what, loss->table,
                     loss->table[0] != '\0' ? " " : "", loss->document,
                     loss->document[0] != '\0' ? " " : "", loss->where, placed ? ": " : "",
                     loss->message, loss->code);
    }
    return 0;
}

static int open_report(struct salvaging *salvaging)
{
    const char *path = salvaging->settings->report;
    if (path == NULL) {
        return STM_EXIT_OK;
    }
    salvaging->file = fopen(path, salvaging->settings->force ? "wb" : "wbx");
    if (salvaging->file == NULL) {
        stm_complain(stderr, "%s: %s: %s", stm_dump_program.name, path, strerror(errno));
        return STM_EXIT_SYSTEM;
    }
    stm_json_to_file(&salvaging->report, salvaging->file, 0);
    return STM_EXIT_OK;
}

static int close_report(struct salvaging *salvaging, int code)
{
    if (salvaging->file == NULL) {
        return code;
    }
    int failed = ferror(salvaging->file);
    stm_json_free(&salvaging->report);
    if (fclose(salvaging->file) != 0 || failed) {
        stm_complain(stderr, "%s: writing %s failed: %s", stm_dump_program.name,
                     salvaging->settings->report, strerror(errno));
        return STM_EXIT_SYSTEM;
    }
    return code;
}

static stemma_status write_all(const struct stm_dump_settings *settings, stemma_salvage *salvage,
                               FILE *out, stemma_error *error)
{
    struct stm_interchange_options options = STM_INTERCHANGE_OPTIONS_INIT;
    stemma_snapshot *snapshot = NULL;
    stm_json json;
    stemma_file *file = stemma_salvage_file(salvage);
    stemma_status status = stemma_snapshot_begin(&snapshot, file, error);
    if (settings->offsets != -1) {
        options.unit = (enum stm_offset_unit)settings->offsets;
    }
    options.withhold = settings->withhold != 0;
    options.salvage = salvage;
    if (status == STEMMA_OK) {
        stm_json_to_file(&json, out, 0);
        status = stm_interchange_write(file, snapshot, &options, &json, error);
        if (stm_json_status(&json) == STEMMA_E_SYSTEM) {
            status = STEMMA_OK; /* what became of the output is told when it is closed */
        }
    }
    stemma_snapshot_end(snapshot);
    return status;
}

int stm_dump_salvage(const struct stm_dump_settings *settings, FILE *out)
{
    struct salvaging salvaging = {.settings = settings};
    stemma_salvage *salvage = NULL;
    stemma_error error = {0};
    int code = open_report(&salvaging);
    if (code != STM_EXIT_OK) {
        return code;
    }
    stemma_status status =
        stemma_salvage_begin(&salvage, settings->path, lose, &salvaging,
                             settings->proven ? STEMMA_SALVAGE_PROVEN : 0, 0, &error);
    if (status == STEMMA_OK) {
        status = write_all(settings, salvage, out, &error);
    }
    if (status != STEMMA_OK) {
        code = stm_dump_failed(settings, status, &error);
    } else {
        uint64_t losses = stemma_salvage_losses(salvage);
        stemma_counts counts;
        stemma_counts_get(stemma_salvage_file(salvage), &counts);
        code = losses == 0                                                       ? STM_EXIT_OK
               : counts.documents != 0 && salvaging.documents < counts.documents ? STM_EXIT_NOTHING
                                                                                 : STM_EXIT_DAMAGED;
        if (!settings->quiet) {
            stm_complain(stderr, "%s: %s: %llu of %llu documents saved; %llu losses",
                         stm_dump_program.name, settings->path,
                         (unsigned long long)(counts.documents - salvaging.documents),
                         (unsigned long long)counts.documents, (unsigned long long)losses);
        }
    }
    stemma_salvage_end(salvage);
    return close_report(&salvaging, code);
}
