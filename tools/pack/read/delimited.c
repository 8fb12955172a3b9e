/* SPDX-License-Identifier: MIT */
#include "pack/read/delimited.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "pack/read/delimited_cut.h"
#include "pack/read/delimited_scan.h"
#include "utf8.h"

#define SHARE_LEAST ((size_t)32 << 10) /* bytes that are worth another thread */

struct stm_delimited {
    struct stm_delimited_chunks *chunks;
    struct stm_delimited_dialect dialect;
    const char *at; /* where the next row begins */
    const char *end;
    const char *shared_end; /* of the chunk, while the rows are shared */
    bool begun;      /* a chunk was had */
    bool last;       /* no chunk follows: the last row may lack its line feed */
    bool failed;     /* no chunk can be had: what there is of the last row is none */
    bool skipping;   /* what stands before the next line feed belongs to a refused row */
    uint32_t number; /* of the row before `at` */
    uint64_t line;   /* of `at` */
    char *unescaped; /* texts of quoted fields with quotes in them, two chunks */
    size_t unescaped_used;
    unsigned turn; /* which of the rows that are kept this one is */
    stemma_text few[STM_DELIMITED_KEPT][STM_DELIMITED_FEW]; /* its fields; together they stay in the processor's cache */
    stemma_text many[STM_DELIMITED_KEPT][STM_DELIMITED_FIELDS]; /* or here */
};

stemma_status stm_delimited_open(struct stm_delimited **out, int file, unsigned jobs,
                                 stemma_error *error)
{
    struct stm_delimited *table = calloc(1, sizeof *table);
    stemma_status status;
    *out = table;
    if (table == NULL) {
        return stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "", "Out of memory");
    }
    table->dialect.delimiter = '\t';
    table->line = 1;
    status = stm_delimited_chunks_open(&table->chunks, file, jobs, error);
    if (status != STEMMA_OK) {
        stm_delimited_close(table);
        *out = NULL;
    }
    return status;
}

void stm_delimited_close(struct stm_delimited *table)
{
    if (table != NULL) {
        stm_delimited_chunks_close(table->chunks);
        free(table->unescaped);
        free(table);
    }
}

stemma_status stm_delimited_set(struct stm_delimited *table, struct stm_delimited_dialect dialect)
{
    if (dialect.quotes && table->unescaped == NULL) {
        table->unescaped = malloc(2 * STM_DELIMITED_CHUNK + STM_DELIMITED_SLACK);
        if (table->unescaped == NULL) {
            return STEMMA_E_NO_MEMORY;
        }
    }
    table->dialect = dialect;
    return STEMMA_OK;
}

char stm_delimited_delimiter(const struct stm_delimited *table)
{
    return table->dialect.delimiter;
}

void stm_delimited_digest(struct stm_delimited *table, uint8_t digest[STM_SHA256_SIZE],
                          uint64_t *size)
{
    stm_delimited_chunks_digest(table->chunks, digest, size);
}

stemma_status stm_delimited_chunk(struct stm_delimited *table, stemma_error *error)
{
    static const char mark[] = "\xef\xbb\xbf";
    stemma_text chunk;
    stemma_status status;
    if (table->last || table->failed) {
        return STEMMA_END;
    }
    if (table->number > UINT32_MAX - (uint32_t)(2 * STM_DELIMITED_CHUNK)) {
        return stm_fail(error, STEMMA_E_LIMIT, "ROW_COUNT", "", "More rows than 32 bits number");
    }
    table->unescaped_used = 0;
    status =
        stm_delimited_chunks_next(table->chunks, (size_t)(table->end - table->at), &chunk, error);
    table->last = status == STEMMA_END;
    table->failed = status != STEMMA_OK && status != STEMMA_END;
    table->at = chunk.data;
    table->end = chunk.size != 0 ? chunk.data + chunk.size : chunk.data;
    if (!table->begun && chunk.size >= strlen(mark) &&
        memcmp(chunk.data, mark, strlen(mark)) == 0) {
        table->at += strlen(mark);
    }
    table->begun = true;
    /* The end of a table may still be a row without line feed. */
    return status == STEMMA_END && (table->at != table->end || table->skipping) ? STEMMA_OK
                                                                                : status;
}

struct stm_delimited *stm_delimited_new_share(void)
{
    return calloc(1, sizeof(struct stm_delimited));
}

/* Of what is left, the bytes for the other thread: more than stay here, as who shares has other things to do, too. */
static size_t part_of_other(const struct stm_delimited *table)
{
    return (size_t)(table->end - table->at) / 7 * 4;
}

bool stm_delimited_share(struct stm_delimited *table, struct stm_delimited *other, size_t most)
{
    size_t theirs = part_of_other(table) < most ? part_of_other(table) : most;
    size_t own = theirs / 4 * 3;
    size_t left;
    const char *middle;
    const char *end;
    if (table->skipping || theirs < SHARE_LEAST) {
        return false;
    }
    middle = memrchr(table->at, '\n', own);
    if (middle == NULL) {
        return false;
    }
    left = (size_t)(table->end - (middle + 1));
    end = memrchr(middle + 1, '\n', left < theirs ? left : theirs);
    if (end == NULL || (table->dialect.quotes &&
                        memchr(table->at, '"', (size_t)(end - table->at)) != NULL)) {
        return false;
    }
    other->dialect = table->dialect;
    other->at = middle + 1;
    other->end = end + 1;
    other->number = 0;
    other->line = 0;
    table->shared_end = table->end;
    table->end = middle + 1;
    return true;
}

bool stm_delimited_may_wait(const struct stm_delimited *table)
{
    return !table->last && !table->failed && !table->skipping &&
           part_of_other(table) < SHARE_LEAST;
}

void stm_delimited_rejoin(struct stm_delimited *table, const struct stm_delimited *other)
{
    table->number += other->number;
    table->line += other->line;
    table->at = other->at;
    table->end = table->shared_end;
}

uint32_t stm_delimited_number(const struct stm_delimited *table)
{
    return table->number;
}

uint64_t stm_delimited_line(const struct stm_delimited *table)
{
    return table->line;
}

stemma_text stm_delimited_first_line(const struct stm_delimited *table)
{
    size_t size = (size_t)(table->end - table->at);
    const char *feed = size != 0 ? memchr(table->at, '\n', size) : NULL;
    return (stemma_text){table->at, feed != NULL ? (size_t)(feed - table->at) : size};
}

/* Whether every byte is ASCII and none is NUL. */
static bool plainly_ascii(const char *data, size_t size)
{
    uint64_t odd = 0;
    for (size_t i = 0; i < size; i += STM_DELIMITED_SCAN) {
        struct stm_delimited_marks marks;
        stm_delimited_scan(data + i, '\t', &marks);
        odd |= size - i < STM_DELIMITED_SCAN ? marks.odd & ((UINT64_C(1) << (size - i)) - 1) : marks.odd;
    }
    return odd == 0;
}

static stemma_status refuse(struct stm_delimited_fault *fault, const char *code, const char *reason,
                            uint64_t line, size_t offset)
{
    *fault = (struct stm_delimited_fault){code, reason, line, offset + 1};
    return STEMMA_E_INVALID;
}

/* Stands behind the line feed that ends the refused row, or skips up to it in the chunks to come.
 */
static void pass_over(struct stm_delimited *table, const char *from)
{
    const char *feed = from < table->end ? memchr(from, '\n', (size_t)(table->end - from)) : NULL;
    table->skipping = feed == NULL;
    table->at = feed != NULL ? feed + 1 : table->end;
    table->line += feed != NULL;
}

/* The row is not in the chunk as a whole: what there is of it is carried into the next one, unless
   it is too long already. */
static stemma_status wait_for_more(struct stm_delimited *table, struct stm_delimited_fault *fault)
{
    if ((size_t)(table->end - table->at) <= STM_DELIMITED_ROW_LIMIT) {
        return STEMMA_END;
    }
    table->number++;
    stemma_status status =
        refuse(fault, "ROW_TOO_LONG", "The row is longer than 1 MiB", table->line, 0);
    for (const char *feed = table->at; (feed = memchr(feed, '\n', (size_t)(table->end - feed)));
         feed++) {
        table->line++;
    }
    pass_over(table, table->end);
    return status;
}

static stemma_status check_bytes(stemma_text bytes, uint64_t line,
                                 struct stm_delimited_fault *fault)
{
    size_t at;
    if (plainly_ascii(bytes.data, bytes.size)) {
        return STEMMA_OK;
    }
    at = stm_utf8_fault(bytes);
    if (at == bytes.size) {
        return STEMMA_OK;
    }
    /* In a quoted row the line of the fault is further down. */
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (bytes.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return refuse(fault, "ENCODING_INVALID",
                  bytes.data[at] == '\0' ? "The row holds a NUL byte" : "The row is not UTF-8",
                  line, at - start);
}

static stemma_status too_many(uint64_t line, struct stm_delimited_fault *fault)
{
    return refuse(fault, "ROW_COLUMNS", "The row has more than 4096 fields", line, 0);
}

/* Cuts a line that has no quotes. */
static stemma_status cut(struct stm_delimited *table, stemma_text line, uint64_t number,
                         uint32_t *count, struct stm_delimited_fault *fault)
{
    const char *at = line.data;
    const char *end = line.data + line.size;
    uint32_t fields = 0;
    for (;;) {
        const char *next =
            at < end ? memchr(at, table->dialect.delimiter, (size_t)(end - at)) : NULL;
        if (fields == STM_DELIMITED_FIELDS) {
            return too_many(number, fault);
        }
        table->many[table->turn][fields++] = (stemma_text){at, (size_t)((next != NULL ? next : end) - at)};
        if (next == NULL) {
            *count = fields;
            return STEMMA_OK;
        }
        at = next + 1;
    }
}

/* A quoted field at `from`, which is its opening quote: *behind is past the closing one, or NULL
   when that is not in the chunk. */
static stemma_text unquote(struct stm_delimited *table, const char *from, const char **behind)
{
    const char *at = from + 1;
    const char *piece = at;
    char *out = table->unescaped + table->unescaped_used;
    char *begin = out;
    for (;;) {
        const char *quote = at < table->end ? memchr(at, '"', (size_t)(table->end - at)) : NULL;
        if (quote == NULL || (quote + 1 == table->end && !table->last)) {
            *behind = NULL;
            return (stemma_text){NULL, 0};
        }
        if (quote + 1 == table->end || quote[1] != '"') {
            *behind = quote + 1;
            if (piece == from + 1) {
                return (stemma_text){piece, (size_t)(quote - piece)};
            }
            memcpy(out, piece, (size_t)(quote - piece));
            out += quote - piece;
            table->unescaped_used = (size_t)(out - table->unescaped);
            return (stemma_text){begin, (size_t)(out - begin)};
        }
        /* Two quotes stand for one. */
        memcpy(out, piece, (size_t)(quote + 1 - piece));
        out += quote + 1 - piece;
        at = piece = quote + 2;
    }
}

static bool at_row_end(const struct stm_delimited *table, const char *at)
{
    return at == table->end || *at == '\n' ||
           (*at == '\r' && (at + 1 == table->end || at[1] == '\n'));
}

/* The line and column of `at`, which lies in the row that begins at table->at. */
static stemma_status refuse_at(struct stm_delimited *table, const char *at, const char *code,
                               const char *reason, struct stm_delimited_fault *fault)
{
    uint64_t line = table->line;
    const char *start = table->at;
    for (const char *i = table->at; i < at; i++) {
        if (*i == '\n') {
            line++;
            start = i + 1;
        }
    }
    refuse(fault, code, reason, line, (size_t)(at - start));
    table->number++;
    table->line = line;
    pass_over(table, at);
    return STEMMA_E_INVALID;
}

/* A row with quotes in it, which may go over several lines. */
static stemma_status read_quoted(struct stm_delimited *table, struct stm_delimited_row *row,
                                 struct stm_delimited_fault *fault)
{
    const char *at = table->at;
    size_t unescaped_mark = table->unescaped_used;
    uint32_t count = 0;
    for (;;) {
        stemma_text field;
        if (at < table->end && *at == '"') {
            const char *behind;
            field = unquote(table, at, &behind);
            if (behind == NULL && !table->last) {
                table->unescaped_used = unescaped_mark;
                return wait_for_more(table, fault);
            }
            if (behind == NULL) {
                refuse_at(table, at, "CSV_QUOTE_OPEN", "A quote is never closed", fault);
                table->at = table->end;
                table->skipping = false;
                return STEMMA_E_INVALID;
            }
            at = behind;
            if (at < table->end && *at != table->dialect.delimiter && !at_row_end(table, at)) {
                return refuse_at(table, at, "CSV_QUOTE_STRAY", "Something follows a closing quote",
                                 fault);
            }
        } else {
            const char *start = at;
            while (!at_row_end(table, at) && *at != table->dialect.delimiter && *at != '"') {
                at++;
            }
            if (at < table->end && *at == '"') {
                return refuse_at(table, at, "CSV_QUOTE_STRAY", "A quote stands in a bare field",
                                 fault);
            }
            field = (stemma_text){start, (size_t)(at - start)};
        }
        if (count == STM_DELIMITED_FIELDS) {
            refuse_at(table, at, "ROW_COLUMNS", "", fault);
            return too_many(fault->line, fault);
        }
        table->many[table->turn][count++] = field;
        if (at < table->end && *at == table->dialect.delimiter) {
            at++;
            continue;
        }
        if (at < table->end && *at == '\r') {
            at++;
        }
        if (at == table->end && !table->last) {
            table->unescaped_used = unescaped_mark;
            return wait_for_more(table, fault);
        }
        break;
    }
    const stemma_text bytes = {table->at, (size_t)(at - table->at)};
    *row =
        (struct stm_delimited_row){table->many[table->turn], count, ++table->number, table->line, table->at};
    for (const char *i = bytes.data; (i = memchr(i, '\n', (size_t)(at - i))) != NULL; i++) {
        table->line++;
    }
    table->at = at + (at < table->end);
    table->line++;
    if (bytes.size > STM_DELIMITED_ROW_LIMIT) {
        return refuse(fault, "ROW_TOO_LONG", "The row is longer than 1 MiB", row->line, 0);
    }
    return check_bytes(bytes, row->line, fault);
}

/* Takes the line that begins here when it is an ordinary one. Else false, and nothing is known of it. */
static bool take_ordinary(struct stm_delimited *table, struct stm_delimited_row *row)
{
    stemma_text *fields = table->few[table->turn];
    const char *start = table->at;
    uint32_t count;
    const char *behind = stm_delimited_cut(start, table->end, table->dialect.delimiter, table->dialect.quotes,
                                           fields, &count);
    if (behind == NULL || behind - start > (ptrdiff_t)STM_DELIMITED_ROW_LIMIT) {
        return false;
    }
    *row = (struct stm_delimited_row){fields, count, ++table->number, table->line++, start};
    table->at = behind;
    return true;
}

stemma_status stm_delimited_row(struct stm_delimited *table, struct stm_delimited_row *row,
                                struct stm_delimited_fault *fault)
{
    const char *end = table->end;
    table->turn = (table->turn + 1) % STM_DELIMITED_KEPT;
    if (table->skipping) {
        pass_over(table, table->at);
    }
    if (take_ordinary(table, row)) {
        return STEMMA_OK;
    }
    while (table->at < end) {
        const char *start = table->at;
        const char *feed = memchr(start, '\n', (size_t)(end - start));
        stemma_text line = {start, (size_t)((feed != NULL ? feed : end) - start)};
        uint64_t number = table->line;
        stemma_status status;
        if (table->dialect.quotes && line.size != 0 && memchr(start, '"', line.size) != NULL) {
            return read_quoted(table, row, fault);
        }
        if (feed == NULL && !table->last) {
            return wait_for_more(table, fault);
        }
        table->at = feed != NULL ? feed + 1 : end;
        table->line++;
        table->number++;
        if (line.size != 0 && line.data[line.size - 1] == '\r') {
            line.size--;
        }
        if (line.size == 0) {
            continue;
        }
        if (line.size > STM_DELIMITED_ROW_LIMIT) {
            return refuse(fault, "ROW_TOO_LONG", "The row is longer than 1 MiB", number, 0);
        }
        status = check_bytes(line, number, fault);
        if (status == STEMMA_OK) {
            status = cut(table, line, number, &row->count, fault);
        }
        row->fields = table->many[table->turn];
        row->number = table->number;
        row->line = number;
        row->start = start;
        return status;
    }
    return STEMMA_END;
}
