/* SPDX-License-Identifier: MIT */
#include "train/names_corpus.h"

#include "pack/extract/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNMARKED_BATCH 20u /* sentences that make a document where none is marked */
#define LONGEST_TOKEN  256u
#define PRINTED        "# text = "

struct reading {
    struct names_corpus *corpus;
    struct names_document now;
    size_t text_capacity;
    size_t span_capacity;
    size_t paragraph_capacity;
    long number; /* of the document in the file */
    long keep;
    long of;
    int others;
    int as_printed;
    int space;
    char before[32]; /* type of the token before */
    char *printed;   /* the sentence as it was printed, where the file has that; NULL: not known */
    size_t at;       /* in it */
};

static void *more(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity == 0 ? 64 : *capacity * 2;
    items = realloc(items, *capacity * size);
    if (items == NULL) {
        fputs("names: no memory\n", stderr);
        exit(1);
    }
    return items;
}

static void put(struct reading *r, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        r->now.text = more(r->now.text, r->now.size, &r->text_capacity, 1);
        r->now.text[r->now.size++] = bytes[i];
    }
}

static void begin_paragraph(struct reading *r)
{
    r->now.paragraphs = more(r->now.paragraphs, r->now.paragraph_count, &r->paragraph_capacity,
                             sizeof *r->now.paragraphs);
    r->now.paragraphs[r->now.paragraph_count++] = (uint32_t)r->now.size;
    r->space = 0;
    r->before[0] = '\0';
}

static void add_span(struct reading *r, size_t start, size_t end, uint32_t name_class)
{
    r->now.spans =
        more(r->now.spans, r->now.span_count, &r->span_capacity, sizeof *r->now.spans);
    r->now.spans[r->now.span_count++] =
        (struct names_span){(uint32_t)start, (uint32_t)end, name_class};
}

static stemma_text lower_of(const char *data, size_t size, char *buffer)
{
    stemma_text lower = {buffer, size < LONGEST_TOKEN ? size : 0};
    for (size_t i = 0; i < lower.size; i++) {
        char c = data[i];
        buffer[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return lower;
}

static int is_demonym(const char *data, size_t size)
{
    char buffer[LONGEST_TOKEN];
    return size != 0 && data[0] >= 'A' && data[0] <= 'Z' &&
           stm_lexicon_demonym(lower_of(data, size, buffer)) != NULL;
}

/* Corpora that mark no nationalities: words that the list of demonyms has, outside of names or
   names of other kinds. */
static void mark_peoples(struct reading *r)
{
    uint32_t count = r->now.span_count;
    size_t next = 0;
    for (size_t i = 0; i < r->now.size;) {
        size_t end = i;
        while (end < r->now.size && r->now.text[end] != ' ' && r->now.text[end] != '\n') {
            end++;
        }
        size_t word = end;
        while (word > i && memchr(",.;:!?)\"'", r->now.text[word - 1], 9) != NULL) {
            word--;
        }
        while (next < count && r->now.spans[next].end <= i) {
            next++;
        }
        int inside = next < count && r->now.spans[next].start < word;
        if (!inside && is_demonym(r->now.text + i, word - i)) {
            add_span(r, i, word, STM_NAME_NORP);
        }
        i = end + 1;
    }
}

static int compare_spans(const void *a, const void *b)
{
    const struct names_span *left = a;
    const struct names_span *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

/* The names of a document in one convention. */
static void settle(struct reading *r)
{
    for (uint32_t i = 0; i < r->now.span_count; i++) {
        struct names_span *span = &r->now.spans[i];
        const char *at = r->now.text + span->start;
        if (span->name_class == STM_NAME_CLASSES && is_demonym(at, span->end - span->start)) {
            span->name_class = STM_NAME_NORP;
        }
        if (!r->as_printed && span->end - span->start > 6 && strncmp(at, "the ", 4) == 0) {
            span->start += 4;
        }
    }
    mark_peoples(r);
    if (r->now.span_count != 0) {
        qsort(r->now.spans, r->now.span_count, sizeof *r->now.spans, compare_spans);
    }
}

static void end_document(struct reading *r)
{
    struct names_corpus *corpus = r->corpus;
    int kept = 0;
    if (r->now.size != 0) {
        kept = r->of == 0 || (r->number % r->of == r->keep) != r->others;
        r->number++;
    }
    if (kept) {
        settle(r);
        corpus->documents =
            more(corpus->documents, corpus->count, &corpus->capacity, sizeof *corpus->documents);
        corpus->documents[corpus->count++] = r->now;
    } else {
        free(r->now.text);
        free(r->now.spans);
        free(r->now.paragraphs);
    }
    memset(&r->now, 0, sizeof r->now);
    r->text_capacity = r->span_capacity = r->paragraph_capacity = 0;
}

static uint32_t class_of(const char *type)
{
    static const struct {
        const char *from;
        uint32_t to;
    } table[] = {{"PER", STM_NAME_PERSON},
                 {"PERSON", STM_NAME_PERSON},
                 {"person", STM_NAME_PERSON},
                 {"politician", STM_NAME_PERSON},
                 {"writer", STM_NAME_PERSON},
                 {"scientist", STM_NAME_PERSON},
                 {"researcher", STM_NAME_PERSON},
                 {"musicalartist", STM_NAME_PERSON},
                 {"ORG", STM_NAME_ORGANIZATION},
                 {"organisation", STM_NAME_ORGANIZATION},
                 {"organization", STM_NAME_ORGANIZATION},
                 {"politicalparty", STM_NAME_ORGANIZATION},
                 {"band", STM_NAME_ORGANIZATION},
                 {"university", STM_NAME_ORGANIZATION},
                 {"corporation", STM_NAME_ORGANIZATION},
                 {"group", STM_NAME_ORGANIZATION},
                 {"LOC", STM_NAME_PLACE},
                 {"location", STM_NAME_PLACE},
                 {"country", STM_NAME_PLACE},
                 {"geo-loc", STM_NAME_PLACE},
                 {"NORP", STM_NAME_NORP}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].from, type) == 0) {
            return table[i].to;
        }
    }
    return STM_NAME_CLASSES;
}

static int is_one_of(const char *token, const char *list)
{
    size_t size = strlen(token);
    for (const char *at = strstr(list, token); at != NULL; at = strstr(at + 1, token)) {
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0')) {
            return 1;
        }
    }
    return 0;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether a space stood in front of a token in print; -1 when the file does not say. */
static int printed_space(struct reading *r, const char *token)
{
    if (r->printed == NULL) {
        return -1;
    }
    size_t size = strlen(token);
    size_t at = r->at;
    while (is_blank(r->printed[at])) {
        at++;
    }
    if (strncmp(r->printed + at, token, size) != 0) {
        free(r->printed); /* other words: from here on by guess */
        r->printed = NULL;
        return -1;
    }
    int space = at != r->at;
    r->at = at + size;
    return space;
}

static void put_token(struct reading *r, const char *token, const char *tag)
{
    if (token[0] == '@' && token[1] != '\0') {
        (void)printed_space(r, token);
        r->before[0] = '\0';
        return;
    }
    int clings = is_one_of(token, ", . ; : ! ? ) ] } % 's 'S n't 're 've 'll 'd 'm '' ’s ’ ”");
    int printed = printed_space(r, token);
    if (printed >= 0 ? printed && r->now.size != 0 : r->space && !clings) {
        put(r, " ", 1);
    }
    size_t start = r->now.size;
    put(r, token, strlen(token));
    r->space = !is_one_of(token, "( [ { $ `` “ ‘");
    const char *type = tag[0] != '\0' && tag[1] == '-' ? tag + 2 : "";
    int continues = tag[0] == 'I' && strcmp(r->before, type) == 0 && r->now.span_count != 0;
    if (type[0] != '\0' && !continues) {
        add_span(r, start, r->now.size, class_of(type));
    } else if (type[0] != '\0') {
        r->now.spans[r->now.span_count - 1].end = (uint32_t)r->now.size;
    }
    (void)snprintf(r->before, sizeof r->before, "%s", type);
    r->now.tokens++;
}

/* "[PER Anna Holm] said" */
static void put_sentence(struct reading *r, const char *line)
{
    begin_paragraph(r);
    size_t paragraph = r->now.size;
    while (*line != '\0') {
        const char *space = strchr(line, ' ');
        const char *close = strchr(line, ']');
        char type[8];
        if (*line == '[' && space != NULL && close != NULL && space < close &&
            (size_t)(space - line) <= sizeof type) {
            size_t size = (size_t)(space - line) - 1;
            memcpy(type, line + 1, size);
            type[size] = '\0';
            uint32_t name_class = class_of(type);
            if (name_class != STM_NAME_CLASSES) {
                size_t start = r->now.size;
                put(r, space + 1, (size_t)(close - space) - 1);
                add_span(r, start, r->now.size, name_class);
                line = close + 1;
                continue;
            }
        }
        r->now.tokens += *line == ' ';
        put(r, line, 1);
        line++;
    }
    char last = r->now.size == 0 ? '.' : r->now.text[r->now.size - 1];
    if (paragraph == 0 && memchr(".!?\"'", last, 5) == NULL && (last & 0x80) == 0) {
        r->now.title = (uint32_t)r->now.size;
    }
    put(r, "\n", 1);
}

static int is_bracketed(const char *path)
{
    size_t size = strlen(path);
    return size > 4 && strcmp(path + size - 4, ".txt") == 0 && strstr(path, "sentences") != NULL;
}

/* The next sentence as it was printed; NULL: none. */
static void print(struct reading *r, const char *text)
{
    free(r->printed);
    r->printed = text == NULL ? NULL : strdup(text);
    r->at = 0;
}

static void take_line(struct reading *r, char *line, int *open, int *marked)
{
    if (strncmp(line, "# newdoc", 8) == 0 || strncmp(line, "-DOCSTART-", 10) == 0) {
        end_document(r);
        *open = 0;
        *marked = 1;
        return;
    }
    if (line[0] == '#' && line[1] == ' ' && strchr(line, '\t') == NULL) {
        if (strncmp(line, PRINTED, sizeof PRINTED - 1) == 0) {
            print(r, line + sizeof PRINTED - 1);
        }
        return;
    }
    if (line[0] == '\0') {
        print(r, NULL);
        if (*open) {
            put(r, "\n", 1);
        }
        *open = 0;
        if (!*marked && r->now.paragraph_count >= UNMARKED_BATCH) {
            end_document(r);
        }
        return;
    }
    char *fields[6] = {0};
    size_t count = 0;
    char *rest = line;
    for (char *field = strtok_r(rest, "\t ", &rest); field != NULL && count < 6;
         field = strtok_r(NULL, "\t ", &rest)) {
        fields[count++] = field;
    }
    if (count < 2) {
        return;
    }
    if (!*open) {
        begin_paragraph(r);
        *open = 1;
    }
    put_token(r, fields[count >= 3 ? 1 : 0], fields[count >= 3 ? 2 : 1]);
}

int names_corpus_read(struct names_corpus *corpus, const char *source, int as_printed)
{
    char path[4096];
    struct reading r;
    memset(&r, 0, sizeof r);
    r.corpus = corpus;
    r.as_printed = as_printed;
    (void)snprintf(path, sizeof path, "%s", source);
    char *part = strrchr(path, '@');
    if (part != NULL) {
        *part++ = '\0';
        r.others = *part == '-';
        char *slash;
        r.keep = strtol(part + r.others, &slash, 10);
        r.of = *slash == '/' ? strtol(slash + 1, NULL, 10) : 0;
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    char *line = NULL;
    size_t capacity = 0;
    int open = 0;
    int marked = 0;
    int bracketed = is_bracketed(path);
    while (getline(&line, &capacity, file) != -1) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!bracketed) {
            take_line(&r, line, &open, &marked);
        } else if (line[0] == '\0') {
            end_document(&r);
        } else if (line[0] != '#') {
            put_sentence(&r, line);
        }
    }
    end_document(&r);
    print(&r, NULL);
    free(line);
    fclose(file);
    return 0;
}

void names_corpus_free(struct names_corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        free(corpus->documents[i].text);
        free(corpus->documents[i].spans);
        free(corpus->documents[i].paragraphs);
    }
    free(corpus->documents);
    memset(corpus, 0, sizeof *corpus);
}
