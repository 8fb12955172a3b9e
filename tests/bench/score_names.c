/* SPDX-License-Identifier: MIT */
/* Scores the names that the built-in reader finds against columns of tokens and IOB tags:
   score_names [-v] FILE... reads CoNLL (token first, tag last), IOB2 with token numbers, and
   CrossNER files, rebuilds plain text, and prints strict-span precision, recall and F1. Types are
   folded to person, organisation and place; others are not scored. With -v it prints every
   difference. */
#include "pack/extract/extract.h"
#include "support/reader_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PER = 0, ORG = 1, LOC = 2, TYPES = 3, OTHER = 3 };

static const char *const type_names[TYPES] = {"PER", "ORG", "LOC"};

struct gold {
    uint32_t start;
    uint32_t end;
    int type;
    int found;
};

struct reader {
    char *text;
    size_t text_size;
    size_t text_capacity;
    struct gold *gold;
    size_t gold_count;
    size_t gold_capacity;
    uint32_t *paragraphs;
    size_t paragraph_count;
    size_t paragraph_capacity;
    int space; /* a space goes before the next token */
    char before[64];
};

struct tally {
    uint64_t right[TYPES];
    uint64_t found[TYPES];
    uint64_t gold[TYPES];
    uint64_t untyped; /* right span, whatever the type */
    uint64_t tokens;
    uint64_t documents;
    double seconds;
    int verbose;
};

static void *more(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    *capacity = *capacity == 0 ? 1024 : *capacity * 2;
    items = realloc(items, *capacity * size);
    if (items == NULL) {
        fputs("score_names: no memory\n", stderr);
        exit(1);
    }
    return items;
}

static int fold_type(const char *type)
{
    static const struct {
        const char *from;
        int to;
    } table[] = {
        {"PER", PER},    {"PERSON", PER},       {"person", PER},       {"politician", PER},
        {"writer", PER}, {"scientist", PER},    {"researcher", PER},   {"musicalartist", PER},
        {"ORG", ORG},    {"organisation", ORG}, {"organization", ORG}, {"politicalparty", ORG},
        {"band", ORG},   {"university", ORG},   {"corporation", ORG},  {"group", ORG},
        {"LOC", LOC},    {"location", LOC},     {"country", LOC},      {"geo-loc", LOC}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].from, type) == 0) {
            return table[i].to;
        }
    }
    return OTHER;
}

static void put(struct reader *r, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        r->text = more(r->text, r->text_size, &r->text_capacity, 1);
        r->text[r->text_size++] = bytes[i];
    }
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

/* Joins tokens as English is written, near enough. */
static void put_token(struct reader *r, const char *token, const char *tag)
{
    int clings = is_one_of(token, ", . ; : ! ? ) ] } % 's 'S n't 're 've 'll 'd 'm '' ’s ’ ”");
    if (r->space && !clings) {
        put(r, " ", 1);
    }
    uint32_t start = (uint32_t)r->text_size;
    put(r, token, strlen(token));
    r->space = !is_one_of(token, "( [ { $ `` “ ‘");
    const char *type = tag[0] != '\0' && tag[1] == '-' ? tag + 2 : "";
    int continues = tag[0] == 'I' && strcmp(r->before, type) == 0;
    if (type[0] != '\0' && !continues) {
        r->gold = more(r->gold, r->gold_count, &r->gold_capacity, sizeof *r->gold);
        r->gold[r->gold_count++] = (struct gold){start, (uint32_t)r->text_size, fold_type(type), 0};
    } else if (type[0] != '\0') {
        r->gold[r->gold_count - 1].end = (uint32_t)r->text_size;
    }
    snprintf(r->before, sizeof r->before, "%s", type);
}

static int type_of(stemma_text type)
{
    if (stemma_text_equal(type, stemma_text_of("person"))) {
        return PER;
    }
    if (stemma_text_equal(type, stemma_text_of("organization"))) {
        return ORG;
    }
    return stemma_text_equal(type, stemma_text_of("place")) ? LOC : OTHER;
}

static void show(const struct reader *r, const char *what, int type, uint32_t start, uint32_t end)
{
    uint32_t from = start > 40 ? start - 40 : 0;
    uint32_t to = end + 30 < r->text_size ? end + 30 : (uint32_t)r->text_size;
    printf("%s %s\t%.*s\t| ", what, type < TYPES ? type_names[type] : "-", (int)(end - start),
           r->text + start);
    for (uint32_t i = from; i < to; i++) {
        putchar(r->text[i] == '\n' ? '/' : r->text[i]);
    }
    putchar('\n');
}

static void score_document(struct reader *r, struct tally *t)
{
    if (r->text_size == 0) {
        return;
    }
    struct stm_arena arena;
    stm_arena_init(&arena, 0);
    stemma_document input;
    memset(&input, 0, sizeof input);
    input.text.data = r->text;
    input.text.size = r->text_size;
    input.paragraphs = r->paragraphs;
    input.paragraph_count = (uint32_t)r->paragraph_count;
    stemma_document output;
    stemma_error error;
    struct timespec begun;
    struct timespec ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    if (stm_extract(reader_model(), &input, 0, &arena, &output, &error) != STEMMA_OK) {
        fprintf(stderr, "score_names: %s at %llu\n", error.message,
                (unsigned long long)error.offset);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    t->seconds +=
        (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9;
    t->documents++;
    size_t g = 0;
    for (uint32_t i = 0; i < output.mention_count; i++) {
        const stemma_mention *m = &output.mentions[i];
        if (m->kind != STEMMA_MENTION_NAME) {
            continue;
        }
        int type = type_of(output.referents[m->referent].type);
        if (type == OTHER) {
            continue;
        }
        t->found[type]++;
        while (g < r->gold_count && r->gold[g].start < m->spans[0].start) {
            g++;
        }
        int same_span = g < r->gold_count && r->gold[g].start == m->spans[0].start &&
                        r->gold[g].end == m->spans[0].end;
        int same = same_span && r->gold[g].type == type;
        t->untyped += same_span && r->gold[g].type != OTHER;
        t->right[type] += (uint64_t)same;
        if (same) {
            r->gold[g].found = 1;
        } else if (t->verbose) {
            show(r, "WRONG", type, m->spans[0].start, m->spans[0].end);
        }
    }
    for (size_t i = 0; i < r->gold_count; i++) {
        if (r->gold[i].type != OTHER) {
            t->gold[r->gold[i].type]++;
            if (!r->gold[i].found && t->verbose) {
                show(r, "MISSED", r->gold[i].type, r->gold[i].start, r->gold[i].end);
            }
        }
    }
    stm_arena_free(&arena);
    r->text_size = r->gold_count = r->paragraph_count = 0;
}

static void read_file(const char *path, struct tally *t)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    struct reader r;
    memset(&r, 0, sizeof r);
    char *line = NULL;
    size_t capacity = 0;
    int open = 0;
    int has_documents = 0;
    while (getline(&line, &capacity, file) != -1) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, "# newdoc", 8) == 0 || strncmp(line, "-DOCSTART-", 10) == 0) {
            score_document(&r, t);
            open = 0;
            has_documents = 1;
            continue;
        }
        if (line[0] == '#' && line[1] == ' ') {
            continue;
        }
        if (line[0] == '\0') {
            if (open) {
                put(&r, "\n", 1);
            }
            open = 0;
            if (!has_documents && r.paragraph_count >= 20) {
                score_document(&r, t); /* no documents marked: batches of sentences */
            }
            continue;
        }
        char *fields[6] = {0};
        size_t count = 0;
        char *rest = line;
        for (char *field = strtok_r(rest, "\t ", &rest); field != NULL && count < 6;
             field = strtok_r(NULL, "\t ", &rest)) {
            fields[count++] = field;
        }
        if (count < 2) {
            continue;
        }
        int numbered = count >= 3;
        if (!open) {
            r.paragraphs =
                more(r.paragraphs, r.paragraph_count, &r.paragraph_capacity, sizeof *r.paragraphs);
            r.paragraphs[r.paragraph_count++] = (uint32_t)r.text_size;
            r.space = 0;
            r.before[0] = '\0';
            open = 1;
        }
        put_token(&r, fields[numbered ? 1 : 0], fields[numbered ? 2 : 1]);
        t->tokens++;
    }
    score_document(&r, t);
    free(line);
    free(r.text);
    free(r.gold);
    free(r.paragraphs);
    fclose(file);
}

static void print_line(const char *name, uint64_t right, uint64_t found, uint64_t gold)
{
    double p = found == 0 ? 0 : (double)right / (double)found;
    double q = gold == 0 ? 0 : (double)right / (double)gold;
    printf("%-5s gold %6llu found %6llu right %6llu  P %.3f R %.3f F %.3f\n", name,
           (unsigned long long)gold, (unsigned long long)found, (unsigned long long)right, p, q,
           p + q == 0 ? 0 : 2 * p * q / (p + q));
}

int main(int argc, char **argv)
{
    struct tally t;
    memset(&t, 0, sizeof t);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            t.verbose = 1;
        } else {
            read_file(argv[i], &t);
        }
    }
    uint64_t right = 0;
    uint64_t found = 0;
    uint64_t gold = 0;
    for (int i = 0; i < TYPES; i++) {
        print_line(type_names[i], t.right[i], t.found[i], t.gold[i]);
        right += t.right[i];
        found += t.found[i];
        gold += t.gold[i];
    }
    print_line("all", right, found, gold);
    print_line("spans", t.untyped, found, gold);
    printf("%llu tokens in %llu documents, %.3f s: %.0f tokens/s\n", (unsigned long long)t.tokens,
           (unsigned long long)t.documents, t.seconds,
           t.seconds == 0 ? 0 : (double)t.tokens / t.seconds);
    return 0;
}
