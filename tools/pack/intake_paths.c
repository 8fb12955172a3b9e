/* SPDX-License-Identifier: MIT */
/* Files and folders into the corpus: read and extracted in parallel, collected in order. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/complaint.h"
#include "common/json_in.h"
#include "common/refusal.h"
#include "base/error.h"
#include "pack/intake.h"
#include "base/parallel.h"
#include "pack/read/input.h"
#include "pack/read/read.h"

struct file_item {
    const stm_entry *entry;
    stm_problems problems;
    struct stm_pack_document *document; /* NULL when it was refused */
    stemma_status status;
    stemma_error error;
};

struct files {
    struct stm_intake *intake;
    const stm_manifest *manifest; /* or NULL */
    struct file_item items[STM_BATCH_MOST];
    uint32_t turns[STM_BATCH_MOST]; /* in which items are worked on */
    size_t count;
    uint64_t bytes; /* of the files of the batch */
};

static void work(void *context, size_t turn)
{
    struct files *files = context;
    struct file_item *item = &files->items[files->turns[turn]];
    const stm_manifest_row *row =
        files->manifest != NULL ? stm_manifest_find(files->manifest, item->entry->uri) : NULL;
    stm_source_document *source = NULL;
    item->status = stm_read_file(item->entry, row, NULL, &item->problems, &source);
    if (item->status != STEMMA_OK) {
        if (item->status == STEMMA_E_NO_MEMORY) {
            stm_fail(&item->error, item->status, "NO_MEMORY", "", "Out of memory");
        } else {
            item->status = STEMMA_OK; /* refused, and listed */
        }
        return;
    }
    item->document = stm_pack_document_new(stm_intake_cap(source->text.size));
    if (item->document == NULL) {
        stm_source_free(source);
        item->status = stm_fail(&item->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
        return;
    }
    item->document->source = source;
    stm_source_view(source, &item->document->document);
    item->status = stm_intake_extract(files->intake, item->document, &item->error);
}

static stemma_status take(struct files *files, struct file_item *item)
{
    struct stm_pack_document *document = item->document;
    stemma_status status = item->status;
    item->document = NULL;
    if (status != STEMMA_OK) {
        stm_problem problem = {STM_SEVERITY_ERROR, item->entry->path, 0, 0, item->error.code};
        stm_pack_document_free(document);
        if (status == STEMMA_E_INVALID || status == STEMMA_E_LIMIT) {
            stm_problems_add(files->intake->problems, &problem, "%s", item->error.message);
            return STEMMA_OK;
        }
        files->intake->error = item->error;
        return status;
    }
    if (document == NULL) {
        return STEMMA_OK;
    }
    document->file = stm_arena_text(&document->arena, item->entry->path);
    if (files->intake->settings->withhold) {
        document->document.text_withheld = 1;
    }
    status = stm_corpus_add(files->intake->corpus, document, NULL);
    return status == STEMMA_OK
               ? status
               : stm_fail(&files->intake->error, status, "NO_MEMORY", "", "Out of memory");
}

static stemma_status flush(struct files *files, size_t total)
{
    stemma_status status = STEMMA_OK;
    uint64_t sizes[STM_BATCH_MOST];
    for (size_t i = 0; i < files->count; i++) {
        sizes[i] = files->items[i].entry->size;
    }
    stm_intake_turns(sizes, files->count, files->turns);
    stm_parallel(files->intake->jobs, files->count, work, files);
    for (size_t i = 0; i < files->count; i++) {
        struct file_item *item = &files->items[i];
        stm_problems_append(files->intake->problems, &item->problems);
        stm_problems_free(&item->problems);
        if (status == STEMMA_OK) {
            status = take(files, item);
        } else {
            stm_pack_document_free(item->document);
        }
        memset(item, 0, sizeof *item);
    }
    files->intake->seen += files->count;
    stm_progress_show(files->intake->progress, "reading", files->intake->seen, total);
    files->count = 0;
    files->bytes = 0;
    stm_intake_settle(files->intake);
    return status;
}

static stemma_status take_stream(struct files *files, const stm_entry *entry)
{
    const char *reason;
    FILE *file = stm_input_stream(entry->path.data, entry->listed, &reason);
    stm_problem problem = {STM_SEVERITY_ERROR, entry->path, 0, 0, "FILE_UNREADABLE"};
    stemma_status status;
    if (file == NULL && stm_refusal_met()) {
        return stm_fail(&files->intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", entry->path.data,
                        "Out of memory");
    }
    if (file == NULL) {
        stm_problems_add(files->intake->problems, &problem, "%s", reason);
        return STEMMA_OK;
    }
    status = stm_intake_stream(files->intake, file, entry->path.data, false);
    fclose(file);
    return status;
}

/* Bounded: a manifest is a table that a person keeps. */
#define MANIFEST_LIMIT ((size_t)256 << 20)

static stemma_status read_whole(const char *path, char **data, size_t *size, stemma_error *error)
{
    const char *reason;
    FILE *file = stm_input_stream(path, false, &reason);
    size_t capacity = 65536;
    *data = NULL;
    *size = 0;
    if (file == NULL) {
        return stm_fail(error, STEMMA_E_SYSTEM, "FILE_UNREADABLE", path, "Cannot be opened: %s",
                        reason);
    }
    for (;;) {
        char *more = realloc(*data, capacity);
        if (more == NULL) {
            fclose(file);
            return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", path, "Out of memory");
        }
        *data = more;
        *size += fread(*data + *size, 1, capacity - *size, file);
        if (*size < capacity) {
            break;
        }
        if (capacity >= MANIFEST_LIMIT) {
            fclose(file);
            return stm_fail(error, STEMMA_E_LIMIT, "FILE_TOO_LARGE", path,
                            "A manifest has at most 256 MiB");
        }
        capacity *= 2;
    }
    if (ferror(file)) {
        fclose(file);
        return stm_fail(error, STEMMA_E_SYSTEM, "FILE_UNREADABLE", path, "Cannot be read: %s",
                        strerror(errno));
    }
    fclose(file);
    return STEMMA_OK;
}

static void leave_manifest(struct stm_intake *intake, stemma_text path, const char *reason)
{
    stm_problem problem = {STM_SEVERITY_NOTE, path, 0, 0, "MANIFEST_UNUSED"};
    stm_problems_add(intake->problems, &problem, "%s", reason);
}

/* The one manifest that stands in a folder which was named; NULL: there is none to use, of which the user
   hears when there is one. It may be another program's table of that name. */
static const char *find_manifest(struct stm_intake *intake, const stm_entry_list *list)
{
    if (list->manifest_count > 1) {
        leave_manifest(intake, list->manifest,
                       "several folders have one, so none is used: --manifest names one");
    }
    return list->manifest_count == 1 ? list->manifest.data : NULL;
}

/* Whether the bytes of the manifest, or what came of reading them, are to be used. What the user did not name
   himself is let be when it is none. */
static stemma_status accept_manifest(struct stm_intake *intake, const stm_entry_list *list,
                                     stemma_bytes bytes, stemma_status status, bool *usable)
{
    *usable = true;
    if (intake->settings->manifest != NULL || status == STEMMA_E_NO_MEMORY) {
        return status;
    }
    if (status != STEMMA_OK) {
        leave_manifest(intake, list->manifest, intake->error.message);
        *usable = false;
        return STEMMA_OK;
    }
    status = stm_manifest_is_one(bytes, usable);
    if (status == STEMMA_OK && !*usable) {
        leave_manifest(intake, list->manifest, "not a manifest: no column is called \"file\" or \"path\"");
    }
    return status == STEMMA_OK ? status
                               : stm_fail(&intake->error, status, "NO_MEMORY", "", "Out of memory");
}

static stemma_status read_manifest(struct stm_intake *intake, stm_entry_list *list,
                                   stm_manifest *manifest)
{
    const char *named = intake->settings->manifest;
    const char *path = named != NULL ? named : find_manifest(intake, list);
    char *data = NULL;
    size_t size = 0;
    bool usable = false;
    stemma_status status = STEMMA_OK;
    if (path != NULL) {
        status = read_whole(path, &data, &size, &intake->error);
        status = accept_manifest(intake, list, (stemma_bytes){(const uint8_t *)data, size}, status,
                                 &usable);
    }
    if (status == STEMMA_OK && usable) {
        status = stm_manifest_read(manifest, (stemma_bytes){(const uint8_t *)data, size},
                                   stemma_text_of(path), list, intake->problems);
        if (status != STEMMA_OK) {
            stm_fail(&intake->error, status, "MANIFEST_UNUSABLE", path,
                     "The manifest cannot be used");
        } else if (named == NULL && !intake->settings->quiet) {
            stm_complain(stderr, "stemma-pack: %s describes %zu of the files", path,
                         manifest->row_count);
        }
    }
    free(data);
    return status;
}

static stemma_status take_entries(struct files *files, const stm_entry_list *list,
                                  struct stm_base **bases)
{
    stemma_status status = STEMMA_OK;
    for (size_t i = 0; i < list->count && status == STEMMA_OK; i++) {
        const stm_entry *entry = &list->entries[i];
        switch (entry->kind) {
        case STM_ENTRY_INTERCHANGE:
            status = take_stream(files, entry);
            break;
        case STM_ENTRY_BASE:
            status = stm_intake_base(files->intake, entry->path.data, bases);
            break;
        case STM_ENTRY_TABLE:
            break; /* stm_intake_tables() */
        case STM_ENTRY_TEXT:
        case STM_ENTRY_HTML:
        case STM_ENTRY_MARKDOWN:
            files->items[files->count].entry = entry;
            stm_problems_to_buffer(&files->items[files->count].problems);
            files->count++;
            files->bytes += entry->size;
            break;
        }
        if (status == STEMMA_OK && (files->count == files->intake->batch ||
                                    files->bytes >= files->intake->batch * STM_BATCH_BYTES)) {
            status = flush(files, list->count);
        }
    }
    return status == STEMMA_OK ? flush(files, list->count) : status;
}

stemma_status stm_intake_paths(struct stm_intake *intake, const char *const *paths, int count,
                               struct stm_base **bases)
{
    struct files *files = calloc(1, sizeof *files);
    stm_manifest manifest = {0};
    stm_entry_list list;
    stemma_status status = STEMMA_OK;
    stm_entry_list_init(&list);
    stm_read_initialize();
    if (files == NULL) {
        status = stm_fail(&intake->error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    for (int i = 0; i < count && status == STEMMA_OK; i++) {
        status = stm_entry_list_add(&list, paths[i], intake->problems);
        if (status != STEMMA_OK) {
            stm_fail(&intake->error, status, "NO_MEMORY", paths[i], "Out of memory");
        }
    }
    if (status == STEMMA_OK) {
        status = read_manifest(intake, &list, &manifest);
        files->manifest = &manifest;
    }
    if (status == STEMMA_OK) {
        files->intake = intake;
        status = stm_intake_tables(intake, &list);
    }
    if (status == STEMMA_OK) {
        status = take_entries(files, &list, bases);
    }
    for (size_t i = 0; files != NULL && i < files->count; i++) {
        stm_problems_free(&files->items[i].problems);
    }
    stm_manifest_free(&manifest);
    stm_entry_list_free(&list);
    free(files);
    return status;
}
