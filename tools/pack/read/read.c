/* SPDX-License-Identifier: MIT */
#include "pack/read/read.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "limits.h"
#include "pack/read/decode.h"
#include "pack/read/front_matter.h"
#include "pack/read/furniture.h"
#include "pack/read/html.h"
#include "pack/read/input.h"
#include "pack/read/markdown.h"
#include "pack/read/markdown_shape.h"
#include "pack/read/plain.h"
#include "pack/read/title.h"
#include "pack/read/words.h"

#define PAGE_SIZE_DEFAULT (64u << 20)
#define READ_STEP         (1u << 16)

void stm_read_initialize(void)
{
    stm_html_initialize();
}

static stm_problem problem_of(const stm_entry *entry, const char *code)
{
    return (stm_problem){STM_SEVERITY_ERROR, entry->path, 0, 0, code};
}

static uint64_t size_limit(const stm_entry *entry, const stm_read_limits *limits)
{
    uint64_t file =
        limits != NULL && limits->file_size != 0 ? limits->file_size : STEMMA_LIMIT_TEXT;
    uint64_t page =
        limits != NULL && limits->page_size != 0 ? limits->page_size : PAGE_SIZE_DEFAULT;
    file = file < STEMMA_LIMIT_TEXT ? file : STEMMA_LIMIT_TEXT;
    page = page < file ? page : file;
    bool is_page = entry->kind == STM_ENTRY_HTML || entry->kind == STM_ENTRY_MARKDOWN;
    return is_page ? page : file;
}

static stemma_status too_large(const stm_entry *entry, uint64_t limit, stm_problems *problems)
{
    stm_problem problem = problem_of(entry, "FILE_TOO_LARGE");
    stm_problems_add(problems, &problem, "more than %llu bytes", (unsigned long long)limit);
    return STEMMA_E_LIMIT;
}

static bool is_blank(stemma_text text)
{
    return stm_trim(text).size == 0;
}

static stemma_status refuse_empty(const stm_entry *entry, stm_problems *problems)
{
    stm_problem problem = problem_of(entry, "EMPTY_FILE");
    stm_problems_add(problems, &problem, "there is no text in it");
    return STEMMA_E_INVALID;
}

/* Bytes to text, and what the text says about itself in front matter. */
static stemma_status read_text(const stm_entry *entry, stemma_bytes bytes,
                               stm_source_document *source, stm_problems *problems)
{
    stemma_text text;
    stm_decode_error broken;
    stemma_status status = stm_decode(bytes, &source->arena, &text, &broken);
    if (status == STEMMA_E_INVALID) {
        stm_problem problem = problem_of(entry, broken.code);
        problem.line = broken.line;
        problem.column = broken.column;
        stm_problems_add(problems, &problem, "not valid text at byte %llu",
                         (unsigned long long)broken.offset);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (entry->kind == STM_ENTRY_HTML) {
        source->fields.media_type = stemma_text_of("text/html");
        return stm_html_read(text, entry->path, source, problems);
    }
    status = stm_front_matter_read(&text, entry->path, &source->arena, &source->fields, problems);
    if (status != STEMMA_OK) {
        return status;
    }
    if (entry->kind == STM_ENTRY_MARKDOWN) {
        const char *fault = stm_markdown_shape_fault(text);
        if (fault != NULL) {
            stm_problem problem = problem_of(entry, "MARKDOWN_TOO_COMPLEX");
            stm_problems_add(problems, &problem, "%s", fault);
            return STEMMA_E_INVALID;
        }
        source->fields.media_type = stemma_text_of("text/markdown");
        return stm_markdown_read(text, source);
    }
    source->fields.media_type = stemma_text_of("text/plain");
    source->text = stm_arena_text(&source->arena, text);
    return source->text.data == NULL && text.size != 0 ? STEMMA_E_NO_MEMORY : STEMMA_OK;
}

static stemma_text copy(struct stm_arena *arena, stemma_text text, stemma_status *status)
{
    stemma_text copied = text;
    if (text.size != 0) {
        copied = stm_arena_text(arena, text);
        if (copied.data == NULL) {
            *status = STEMMA_E_NO_MEMORY;
        }
    }
    return copied;
}

/* The row's fields, copied, so that the document does not depend on the manifest. */
static stemma_status take_row(const stm_manifest_row *row, stm_source_document *source)
{
    struct stm_arena *arena = &source->arena;
    stemma_status status = STEMMA_OK;
    if (row != NULL) {
        const stm_source_fields *from = &row->fields;
        source->fields = (stm_source_fields){
            copy(arena, from->uri, &status),
            copy(arena, from->title, &status),
            copy(arena, from->publisher, &status),
            copy(arena, from->agency, &status),
            copy(arena, from->byline, &status),
            {copy(arena, from->published.raw, &status), copy(arena, from->published.edtf, &status)},
            copy(arena, from->retrieved, &status),
            copy(arena, from->language, &status),
            copy(arena, from->media_type, &status),
            copy(arena, from->licence, &status)};
    }
    return status;
}

static stemma_status fill(const stm_entry *entry, stemma_bytes bytes, const stm_manifest_row *row,
                          stm_source_document *source, stm_problems *problems)
{
    stemma_status status = take_row(row, source);
    if (status == STEMMA_OK) {
        status = read_text(entry, bytes, source, problems);
    }
    if (status != STEMMA_OK) {
        return status;
    }
    if (is_blank(source->text)) {
        return refuse_empty(entry, problems);
    }
    if (source->fields.uri.size == 0) {
        source->fields.uri = copy(&source->arena, entry->uri, &status);
    }
    if (status == STEMMA_OK) {
        status = stm_plain_paragraphs(source);
    }
    if (status == STEMMA_OK) {
        status = stm_furniture_find(source);
    }
    return status == STEMMA_OK ? stm_title_find(source) : status;
}

stemma_status stm_read_memory(const stm_entry *entry, stemma_bytes bytes,
                              const stm_manifest_row *row, const stm_read_limits *limits,
                              stm_problems *problems, stm_source_document **source)
{
    *source = NULL;
    if (entry->kind != STM_ENTRY_TEXT && entry->kind != STM_ENTRY_HTML &&
        entry->kind != STM_ENTRY_MARKDOWN) {
        return STEMMA_E_MISUSE;
    }
    if (bytes.size == 0) {
        return refuse_empty(entry, problems);
    }
    uint64_t limit = size_limit(entry, limits);
    if (bytes.size > limit) {
        return too_large(entry, limit, problems);
    }
    stm_source_document *made = stm_source_new(0);
    if (made == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    stemma_status status = fill(entry, bytes, row, made, problems);
    if (status != STEMMA_OK) {
        stm_source_free(made);
        return status;
    }
    *source = made;
    return STEMMA_OK;
}

static stemma_status unreadable(const stm_entry *entry, const char *reason, stm_problems *problems)
{
    stm_problem problem = problem_of(entry, "FILE_UNREADABLE");
    stm_problems_add(problems, &problem, "%s", reason);
    return STEMMA_E_SYSTEM;
}

/* All bytes of an open file. Its size is a hint: the file may change while it is read. */
static stemma_status load(const stm_entry *entry, int file, uint64_t limit, stm_problems *problems,
                          stemma_bytes *bytes)
{
    struct stat about;
    if (fstat(file, &about) != 0) {
        return unreadable(entry, strerror(errno), problems);
    }
    if (about.st_size > 0 && (uint64_t)about.st_size > limit) {
        return too_large(entry, limit, problems);
    }
    size_t capacity = about.st_size > 0 ? (size_t)about.st_size + 1 : READ_STEP;
    size_t size = 0;
    uint8_t *data = malloc(capacity);
    while (data != NULL) {
        ssize_t got = read(file, data + size, capacity - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            stemma_status status = unreadable(entry, strerror(errno), problems);
            free(data);
            return status;
        }
        size += (size_t)got;
        if (size > limit) {
            free(data);
            return too_large(entry, limit, problems);
        }
        if (got == 0) {
            *bytes = (stemma_bytes){data, size};
            return STEMMA_OK;
        }
        if (size == capacity) {
            uint8_t *grown = realloc(data, capacity * 2);
            if (grown == NULL) {
                free(data);
            }
            data = grown;
            capacity *= 2;
        }
    }
    return STEMMA_E_NO_MEMORY;
}

stemma_status stm_read_file(const stm_entry *entry, const stm_manifest_row *row,
                            const stm_read_limits *limits, stm_problems *problems,
                            stm_source_document **source)
{
    *source = NULL;
    const char *reason;
    int file = stm_input_open(entry->path.data, entry->listed, &reason);
    if (file < 0) {
        return unreadable(entry, reason, problems);
    }
    stemma_bytes bytes = {NULL, 0};
    stemma_status status = load(entry, file, size_limit(entry, limits), problems, &bytes);
    close(file);
    if (status == STEMMA_OK) {
        status = stm_read_memory(entry, bytes, row, limits, problems, source);
        uint8_t *owned;
        memcpy(&owned, &bytes.data, sizeof owned); /* the view is const, the memory is ours */
        free(owned);
    }
    return status;
}
