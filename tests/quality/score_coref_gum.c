/* SPDX-License-Identifier: MIT */
/* Reads the news and interviews of GUM (CC BY): text, and the mentions of people, organisations and
   places with who is who. */
#include "score_coref.h"

#include "laying.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FILES 200u
#define MOST_OPEN  64u

struct open_mention {
    char group[12];
    uint32_t mention;
};

struct gum_reader {
    char *text;
    size_t size;
    size_t capacity;
    struct coref_mention *mentions;
    uint32_t *minimum; /* of each mention: the token in it that is its head, counted from 1 */
    uint32_t *token;   /* its first token */
    size_t count;
    size_t mention_capacity;
    struct open_mention open[MOST_OPEN];
    size_t open_count;
    uint32_t *token_start;
    size_t token_count;
    size_t token_capacity;
};

static void put(struct gum_reader *reader, const char *bytes, size_t size)
{
    if (reader->size + size + 1 > reader->capacity) {
        reader->capacity = (reader->size + size + 1) * 2;
        reader->text = realloc(reader->text, reader->capacity);
    }
    if (reader->text == NULL) {
        exit(1);
    }
    memcpy(reader->text + reader->size, bytes, size);
    reader->size += size;
    reader->text[reader->size] = '\0';
}

static uint32_t start_mention(struct gum_reader *reader, const char *type, uint32_t minimum,
                              uint32_t start, uint32_t chain)
{
    if (reader->count == reader->mention_capacity) {
        reader->mention_capacity = reader->mention_capacity * 2 + 64;
        reader->mentions =
            realloc(reader->mentions, reader->mention_capacity * sizeof *reader->mentions);
        reader->minimum =
            realloc(reader->minimum, reader->mention_capacity * sizeof *reader->minimum);
        reader->token = realloc(reader->token, reader->mention_capacity * sizeof *reader->token);
    }
    if (reader->mentions == NULL || reader->minimum == NULL || reader->token == NULL) {
        exit(1);
    }
    struct coref_mention *m = &reader->mentions[reader->count];
    memset(m, 0, sizeof *m);
    m->start = start;
    m->head = STEMMA_NONE;
    m->chain = chain;
    m->scored = strcmp(type, "person") == 0 || strcmp(type, "organization") == 0 ||
                strcmp(type, "place") == 0;
    reader->minimum[reader->count] = minimum;
    reader->token[reader->count] = (uint32_t)reader->token_count - 1;
    return (uint32_t)reader->count++;
}

static void end_mention(struct gum_reader *reader, const char *group, uint32_t end)
{
    for (size_t i = reader->open_count; i-- > 0;) {
        if (strcmp(reader->open[i].group, group) == 0) {
            uint32_t mention = reader->open[i].mention;
            uint32_t head = reader->token[mention] + reader->minimum[mention] - 1;
            reader->mentions[mention].end = end;
            if (head < reader->token_count) {
                reader->mentions[mention].head = reader->token_start[head];
            }
            memmove(&reader->open[i], &reader->open[i + 1],
                    (reader->open_count - i - 1) * sizeof *reader->open);
            reader->open_count--;
            return;
        }
    }
}

/* "Entity=(3-organization-giv:act-...-cf1-2,3-coref(4-place-...)3)" at one token. */
static void read_entities(struct gum_reader *reader, const char *misc, uint32_t start, uint32_t end,
                          uint32_t base)
{
    const char *at = strstr(misc, "Entity=");
    if (at == NULL || (at != misc && at[-1] != '|')) {
        return;
    }
    at += 7;
    while (*at != '\0' && *at != '|' && *at != '\t' && *at != '\n') {
        char part[160];
        size_t size = 0;
        int opens = *at == '(';
        at += opens;
        while (*at != '\0' && *at != '|' && *at != '\n' && *at != '(' && *at != ')' &&
               size + 1 < sizeof part) {
            part[size++] = *at++;
        }
        part[size] = '\0';
        int closes = *at == ')';
        at += closes;
        char *fields[8] = {NULL};
        size_t count = 0;
        char *rest = NULL;
        char group[12];
        for (char *field = strtok_r(part, "-", &rest); field != NULL && count < 8;
             field = strtok_r(NULL, "-", &rest)) {
            fields[count++] = field;
        }
        if (count == 0) {
            break;
        }
        (void)snprintf(group, sizeof group, "%.11s", fields[0]);
        if (opens) {
            uint32_t minimum = 1;
            for (size_t i = 3; i < count; i++) { /* the field behind "cf..." */
                if (strncmp(fields[i], "cf", 2) == 0 && i + 1 < count) {
                    minimum = (uint32_t)strtoul(fields[i + 1], NULL, 10);
                }
            }
            uint32_t mention =
                start_mention(reader, count > 1 ? fields[1] : "", minimum == 0 ? 1 : minimum, start,
                              base + (uint32_t)strtoul(group, NULL, 10));
            if (reader->open_count < MOST_OPEN) {
                memcpy(reader->open[reader->open_count].group, group, sizeof group);
                reader->open[reader->open_count++].mention = mention;
            }
        }
        if (closes) {
            end_mention(reader, group, end);
        }
    }
}

static int compare_mentions(const void *left, const void *right)
{
    const struct coref_mention *a = left;
    const struct coref_mention *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->end > b->end) - (a->end < b->end);
}

static void read_file(struct coref_document *document, const char *path, const char *name,
                      uint32_t base)
{
    struct gum_reader reader;
    char line[4096];
    int paragraph = 0, glue = 1;
    uint32_t skip_to = 0;
    memset(&reader, 0, sizeof reader);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "# newpar", 8) == 0 && line[8] != '_') {
            paragraph = 1;
        }
        if (line[0] < '0' || line[0] > '9') {
            continue;
        }
        char *fields[10] = {NULL};
        char *at = line;
        for (size_t i = 0; i < 10; i++) {
            fields[i] = at;
            at = strchr(at, '\t');
            if (at == NULL) {
                break;
            }
            *at++ = '\0';
        }
        uint32_t number = (uint32_t)strtoul(fields[0], NULL, 10);
        if (fields[9] == NULL || strchr(fields[0], '.') != NULL) {
            continue;
        }
        if (paragraph && reader.size != 0) {
            put(&reader, "\n\n", 2);
            glue = 1;
        }
        paragraph = 0;
        const char *range = strchr(fields[0], '-');
        int part = range == NULL && number <= skip_to;
        if (!glue && !part) {
            put(&reader, " ", 1);
        }
        if (range != NULL) { /* "don't" as its parts: the parts glue together */
            skip_to = (uint32_t)strtoul(range + 1, NULL, 10);
            glue = strstr(fields[9], "SpaceAfter=No") != NULL;
            continue;
        }
        if (number == 1) {
            skip_to = part ? skip_to : 0;
        }
        if (part && number < skip_to) {
            /* the last part's own SpaceAfter is that of the whole */
        }
        uint32_t start = (uint32_t)reader.size;
        put(&reader, fields[1], strlen(fields[1]));
        if (reader.token_count == reader.token_capacity) {
            reader.token_capacity = reader.token_capacity * 2 + 256;
            reader.token_start =
                realloc(reader.token_start, reader.token_capacity * sizeof *reader.token_start);
        }
        if (reader.token_start == NULL) {
            exit(1);
        }
        reader.token_start[reader.token_count++] = start;
        read_entities(&reader, fields[9], start, (uint32_t)reader.size, base);
        if (part) {
            if (number == skip_to) {
                skip_to = 0;
            }
            continue; /* the space after it was decided by the whole */
        }
        glue = strstr(fields[9], "SpaceAfter=No") != NULL;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    size_t kept = 0;
    for (size_t i = 0; i < reader.count; i++) {
        if (reader.mentions[i].end != 0) {
            reader.mentions[kept++] = reader.mentions[i];
        }
    }
    if (kept != 0) {
        qsort(reader.mentions, kept, sizeof *reader.mentions, compare_mentions);
    }
    document->name = strdup(name);
    document->text = reader.text;
    document->size = reader.size;
    document->mentions = reader.mentions;
    document->mention_count = kept;
    free(reader.minimum);
    free(reader.token);
    free(reader.token_start);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* What the parser was not trained on. */
static int is_held_out(const char *name)
{
    static const char *const held_out[] = {"crane", "flag",     "imprisoned",
                                           "nasa",  "stampede", "worship"};
    for (size_t i = 0; i < sizeof held_out / sizeof *held_out; i++) {
        if (strstr(name, held_out[i]) != NULL) {
            return 1;
        }
    }
    return 0;
}

int coref_read_gum(struct coref_set *set, const char *folder, int half)
{
    char *names[MOST_FILES];
    size_t count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return -1;
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL && count < MOST_FILES;) {
        if (strncmp(entry->d_name, "GUM_news", 8) == 0 ||
            strncmp(entry->d_name, "GUM_interview", 13) == 0) {
            names[count++] = strdup(entry->d_name);
        }
    }
    (void)closedir(directory);
    if (count == 0) {
        return -1;
    }
    qsort(names, count, sizeof *names, compare_names);
    set->documents = laying_make(count, sizeof *set->documents);
    set->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (half == 1 ? is_held_out(names[i]) : i % 2 == 0 && !is_held_out(names[i])) {
            char path[1024];
            (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
            read_file(&set->documents[set->count++], path, names[i], (uint32_t)(i + 1) * 100000u);
        }
        free(names[i]);
    }
    return 0;
}
