/* SPDX-License-Identifier: MIT */
#include "ecb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#define BLOCK     512u
#define MOST_FILE (4u << 20)

const uint32_t ECB_DEV[ECB_DEV_COUNT] = {2, 5, 12, 18, 21, 23, 34, 35};
const uint32_t ECB_HELD_OUT[ECB_HELD_OUT_COUNT] = {1,  3,  4,  6,  7,  8,  9,  10, 11,
                                                   13, 14, 16, 19, 20, 22, 24, 25, 26,
                                                   27, 28, 29, 30, 31, 32, 33};

struct token {
    uint32_t id;
    uint32_t sentence;
    uint32_t start;
    uint32_t end;
    char word[160];
    int outside; /* of the link */
};

struct clean_row {
    uint32_t topic;
    char file[16];
    uint32_t sentence;
};

struct reader {
    struct ecb *ecb;
    struct clean_row *clean;
    size_t clean_count;
    char **chains; /* names, numbered in the order of their first use */
    struct token *tokens;
    size_t token_count;
};

static void *grow(void *memory, size_t count, size_t size)
{
    if ((count & (count - 1)) == 0) { /* at each power of two */
        memory = realloc(memory, (count == 0 ? 1 : count * 2) * size);
        if (memory == NULL) {
            (void)fprintf(stderr, "out of memory\n");
            exit(1);
        }
    }
    return memory;
}

static uint32_t chain_number(struct reader *reader, const char *name)
{
    for (uint32_t i = reader->ecb->chain_count; i-- > 0;) {
        if (strcmp(reader->chains[i], name) == 0) {
            return i;
        }
    }
    reader->chains = grow(reader->chains, reader->ecb->chain_count, sizeof *reader->chains);
    reader->chains[reader->ecb->chain_count] = strdup(name);
    return reader->ecb->chain_count++;
}

/* The value of an attribute of the tag at `tag`; empty when it is not there. */
static void attribute(const char *tag, const char *name, char *out, size_t size)
{
    const char *end = strchr(tag, '>');
    char wanted[32];
    (void)snprintf(wanted, sizeof wanted, " %s=\"", name);
    const char *at = strstr(tag, wanted);
    out[0] = '\0';
    if (end == NULL || at == NULL || at > end) {
        return;
    }
    at += strlen(wanted);
    size_t length = strcspn(at, "\"");
    (void)snprintf(out, size, "%.*s", (int)(length < size ? length : size - 1), at);
}

static uint32_t number_attribute(const char *tag, const char *name)
{
    char value[24];
    attribute(tag, name, value, sizeof value);
    return (uint32_t)strtoul(value, NULL, 10);
}

static void unescape(char *out, size_t size, const char *text, size_t length)
{
    static const char *const escapes[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}};
    size_t used = 0;
    for (size_t i = 0; i < length && used + 1 < size;) {
        size_t step = 1;
        out[used] = text[i];
        for (size_t k = 0; k < 5; k++) {
            size_t n = strlen(escapes[k][0]);
            if (length - i >= n && memcmp(text + i, escapes[k][0], n) == 0) {
                out[used] = escapes[k][1][0];
                step = n;
            }
        }
        used++;
        i += step;
    }
    out[used] = '\0';
}

static void read_tokens(struct reader *reader, const char *xml, int plus)
{
    reader->token_count = 0;
    for (const char *tag = strstr(xml, "<token "); tag != NULL; tag = strstr(tag + 1, "<token ")) {
        const char *text = strchr(tag, '>');
        const char *end = text == NULL ? NULL : strstr(text, "</token>");
        if (end == NULL) {
            break;
        }
        reader->tokens = grow(reader->tokens, reader->token_count, sizeof *reader->tokens);
        struct token *token = &reader->tokens[reader->token_count++];
        memset(token, 0, sizeof *token);
        token->id = number_attribute(tag, "t_id");
        token->sentence = number_attribute(tag, "sentence");
        token->outside = plus && token->sentence == 0;
        text++;
        while (text < end && (*text == ' ' || *text == '\t' || *text == '\n')) {
            text++;
        }
        size_t length = (size_t)(end - text);
        while (length != 0 && (text[length - 1] == '\t' || text[length - 1] == ' ')) {
            length--;
        }
        unescape(token->word, sizeof token->word, text, length);
        if (token->word[0] == '\0') {
            token->word[0] = '-';
        }
    }
}

static int is_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(word, *list) == 0) {
            return 1;
        }
    }
    return 0;
}

static int ends_like_a_sentence(const char *text, size_t size)
{
    while (size != 0 &&
           (text[size - 1] == '"' || text[size - 1] == '\'' || text[size - 1] == ')')) {
        size--;
    }
    if (size >= 3 && memcmp(text + size - 3, "\xE2\x80\x9D", 3) == 0) {
        size -= 3;
    }
    return size != 0 && (text[size - 1] == '.' || text[size - 1] == '!' || text[size - 1] == '?');
}

/* Sets the tokens as text, and says where each stands. */
static void rebuild(struct reader *reader, struct ecb_document *document)
{
    static const char *const leans_back[] = {",",   ".",   ";",   ":",   "!",   "?",   ")",   "]",
                                             "%",   "''",  "”",   "’",   "…",   "'s",  "'S",  "’s",
                                             "n't", "n’t", "N'T", "'re", "’re", "'ve", "’ve", "'ll",
                                             "’ll", "'d",  "’d",  "'m",  "’m",  NULL};
    static const char *const leans_on[] = {"(", "[", "$", "£", "€", "``", "“", "‘", NULL};
    size_t capacity = 1;
    for (size_t i = 0; i < reader->token_count; i++) {
        capacity += strlen(reader->tokens[i].word) + 2;
    }
    char *text = calloc(capacity, 1);
    size_t used = 0;
    int glue = 1, open = 0, any = 0;
    uint32_t sentence = 0;
    for (size_t i = 0; i < reader->token_count && text != NULL; i++) {
        struct token *token = &reader->tokens[i];
        if (token->outside) {
            continue;
        }
        if (any && token->sentence != sentence) {
            const char *gap = ends_like_a_sentence(text, used) ? " " : "\n\n";
            memcpy(text + used, gap, strlen(gap));
            used += strlen(gap);
            glue = 1;
            open = 0;
        }
        any = 1;
        sentence = token->sentence;
        int back = is_one_of(token->word, leans_back);
        int on = is_one_of(token->word, leans_on);
        if (strcmp(token->word, "\"") == 0) {
            back = open;
            on = open = !open;
        } else if (strcmp(token->word, "'") == 0) {
            back = used != 0 && text[used - 1] == 's';
            on = !back;
        }
        if (!glue && !back) {
            text[used++] = ' ';
        }
        const char *shown =
            strcmp(token->word, "``") == 0 || strcmp(token->word, "''") == 0 ? "\"" : token->word;
        token->start = (uint32_t)used;
        memcpy(text + used, shown, strlen(shown));
        used += strlen(shown);
        token->end = (uint32_t)used;
        glue = on;
    }
    document->text = text;
    document->size = used;
}

static const struct token *token_of(const struct reader *reader, uint32_t id)
{
    for (size_t i = 0; i < reader->token_count; i++) {
        if (reader->tokens[i].id == id) {
            return &reader->tokens[i];
        }
    }
    return NULL;
}

static int compare_spans(const void *left, const void *right)
{
    const struct ecb_span *a = left;
    const struct ecb_span *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

/* The spans of a markable, neighbours joined. */
static void read_spans(const struct reader *reader, const char *tag, const char *end,
                       const char *text, struct ecb_mention *mention)
{
    for (const char *at = strstr(tag, "<token_anchor"); at != NULL && at < end;
         at = strstr(at + 1, "<token_anchor")) {
        const struct token *token = token_of(reader, number_attribute(at, "t_id"));
        if (token == NULL || token->outside) {
            continue;
        }
        mention->spans = grow(mention->spans, mention->span_count, sizeof *mention->spans);
        mention->spans[mention->span_count].start = token->start;
        mention->spans[mention->span_count++].end = token->end;
        if (mention->span_count == 1) {
            mention->sentence = token->sentence;
        }
    }
    if (mention->span_count == 0) {
        return;
    }
    qsort(mention->spans, mention->span_count, sizeof *mention->spans, compare_spans);
    size_t kept = 0;
    for (size_t i = 1; i < mention->span_count; i++) {
        uint32_t gap = mention->spans[kept].end;
        while (gap < mention->spans[i].start && (text[gap] == ' ' || text[gap] == '\n')) {
            gap++;
        }
        if (gap >= mention->spans[i].start) {
            mention->spans[kept].end = mention->spans[i].end;
        } else {
            mention->spans[++kept] = mention->spans[i];
        }
    }
    mention->span_count = kept + 1;
    mention->start = mention->spans[0].start;
    mention->end = mention->spans[kept].end;
}

/* The name of the chain of mention `number`: what a relation with it as a source points at. */
static void chain_name(const char *xml, const char *name, uint32_t number, char *out, size_t size)
{
    char wanted[48];
    (void)snprintf(wanted, sizeof wanted, "<source m_id=\"%u\"", number);
    (void)snprintf(out, size, "%s#%u", name, number);
    const char *relations = strstr(xml, "<Relations>");
    const char *source = relations == NULL ? NULL : strstr(relations, wanted);
    if (source == NULL) {
        return;
    }
    const char *head = source;
    while (head > relations && strncmp(head, "_COREF ", 7) != 0) {
        head--;
    }
    int across = head - 9 > relations && strncmp(head - 9, "CROSS_DOC", 9) == 0;
    char note[64];
    attribute(head, "note", note, sizeof note);
    const char *target = strstr(source, "<target");
    if (across && note[0] != '\0') {
        (void)snprintf(out, size, "%s", note);
    } else if (target != NULL) {
        (void)snprintf(out, size, "%s#t%u", name, number_attribute(target, "m_id"));
    }
}

static int is_clean(const struct reader *reader, uint32_t topic, const char *file,
                    uint32_t sentence)
{
    for (size_t i = 0; i < reader->clean_count; i++) {
        const struct clean_row *row = &reader->clean[i];
        if (row->topic == topic && row->sentence == sentence && strcmp(row->file, file) == 0) {
            return 1;
        }
    }
    return 0;
}

static int compare_mentions(const void *left, const void *right)
{
    const struct ecb_mention *a = left;
    const struct ecb_mention *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end < b->end ? -1 : 1;
    }
    return (a->chain > b->chain) - (a->chain < b->chain);
}

static void read_mentions(struct reader *reader, const char *xml, const char *file,
                          struct ecb_document *document)
{
    const char *stop = strstr(xml, "</Markables>");
    const char *tag = strstr(xml, "<Markables>");
    while (tag != NULL && (tag = strstr(tag + 1, "m_id=\"")) != NULL && tag < stop) {
        const char *open = tag;
        while (*open != '<') {
            open--;
        }
        char name[40];
        size_t length = strcspn(open + 1, " ");
        (void)snprintf(name, sizeof name, "%.*s", (int)(length < 39 ? length : 39), open + 1);
        char close[48];
        (void)snprintf(close, sizeof close, "</%s>", name);
        const char *bracket = strchr(tag, '>');
        if (bracket == NULL || bracket[-1] == '/') {
            continue; /* an instance without a place in the text */
        }
        const char *end = strstr(tag, close);
        if (end == NULL) {
            break;
        }
        struct ecb_mention mention;
        memset(&mention, 0, sizeof mention);
        memcpy(mention.tag, name, sizeof name);
        mention.kind = strncmp(name, "TIME", 4) == 0 ? ECB_TIME
                       : strncmp(name, "ACTION", 6) == 0 || strncmp(name, "NEG", 3) == 0
                           ? ECB_ACTION
                           : ECB_ENTITY;
        read_spans(reader, bracket, end, document->text, &mention);
        if (mention.span_count == 0) {
            continue;
        }
        char chain[96];
        chain_name(xml, document->name, number_attribute(open, "m_id"), chain, sizeof chain);
        mention.chain = chain_number(reader, chain);
        mention.clean = (uint8_t)is_clean(reader, document->topic, file, mention.sentence);
        document->mentions =
            grow(document->mentions, document->mention_count, sizeof *document->mentions);
        document->mentions[document->mention_count++] = mention;
    }
    if (document->mention_count != 0) {
        qsort(document->mentions, document->mention_count, sizeof *document->mentions,
              compare_mentions);
    }
}

static void read_document(struct reader *reader, const char *name, const char *xml, uint32_t topic)
{
    struct ecb *ecb = reader->ecb;
    ecb->documents = grow(ecb->documents, ecb->document_count, sizeof *ecb->documents);
    struct ecb_document *document = &ecb->documents[ecb->document_count++];
    memset(document, 0, sizeof *document);
    (void)snprintf(document->name, sizeof document->name, "%.39s", name);
    document->topic = topic;
    document->plus = strstr(name, "ecbplus") != NULL;
    char file[16];
    const char *rest = strchr(name, '_') + 1;
    (void)snprintf(file, sizeof file, "%.*s", (int)strcspn(rest, "."), rest);
    read_tokens(reader, xml, document->plus);
    rebuild(reader, document);
    read_mentions(reader, xml, file, document);
}

static int read_clean(struct reader *reader, const char *folder)
{
    char path[1024];
    char line[256];
    (void)snprintf(path, sizeof path, "%s/ECBplus_coreference_sentences.csv", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return -1;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        struct clean_row row;
        memset(&row, 0, sizeof row);
        if (sscanf(line, "%u,%15[^,],%u", &row.topic, row.file, &row.sentence) == 3) {
            reader->clean = grow(reader->clean, reader->clean_count, sizeof *reader->clean);
            reader->clean[reader->clean_count++] = row;
        }
    }
    (void)fclose(file);
    return 0;
}

static int read_archive(struct reader *reader, const char *folder, const uint32_t *topics,
                        size_t topic_count)
{
    char path[1024];
    char header[BLOCK];
    (void)snprintf(path, sizeof path, "%s/ecbplus_topics_1_35.tar.gz", folder);
    gzFile archive = gzopen(path, "rb");
    if (archive == NULL) {
        (void)fprintf(stderr, "%s: cannot be opened\n", path);
        return -1;
    }
    while (gzread(archive, header, BLOCK) == (int)BLOCK && header[0] != '\0') {
        char digits[13];
        memcpy(digits, header + 124, 12);
        digits[12] = '\0';
        header[99] = '\0';
        size_t size = strtoul(digits, NULL, 8);
        size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        const char *slash = strrchr(header, '/');
        const char *name = slash == NULL ? header : slash + 1;
        uint32_t topic = (uint32_t)strtoul(name, NULL, 10);
        int wanted = 0;
        for (size_t i = 0; i < topic_count; i++) {
            wanted |=
                topics[i] == topic && strstr(name, ".xml") != NULL && strchr(name, '_') != NULL;
        }
        char *data = padded > MOST_FILE ? NULL : calloc(padded + 1, 1);
        if (data == NULL || gzread(archive, data, (unsigned)padded) != (int)padded) {
            (void)fprintf(stderr, "%s: damaged\n", path);
            free(data);
            gzclose(archive);
            return -1;
        }
        data[size] = '\0';
        if (wanted) {
            read_document(reader, name, data, topic);
        }
        free(data);
    }
    gzclose(archive);
    return 0;
}

static int compare_documents(const void *left, const void *right)
{
    const struct ecb_document *a = left;
    const struct ecb_document *b = right;
    if (a->topic != b->topic) {
        return a->topic < b->topic ? -1 : 1;
    }
    if (a->plus != b->plus) {
        return a->plus < b->plus ? -1 : 1;
    }
    long x = strtol(strchr(a->name, '_') + 1, NULL, 10);
    long y = strtol(strchr(b->name, '_') + 1, NULL, 10);
    return (x > y) - (x < y);
}

int ecb_read(struct ecb *ecb, const char *folder, const uint32_t *topics, size_t topic_count)
{
    struct reader reader;
    memset(ecb, 0, sizeof *ecb);
    memset(&reader, 0, sizeof reader);
    reader.ecb = ecb;
    int status = read_clean(&reader, folder);
    if (status == 0) {
        status = read_archive(&reader, folder, topics, topic_count);
    }
    if (status == 0 && ecb->document_count != 0) {
        qsort(ecb->documents, ecb->document_count, sizeof *ecb->documents, compare_documents);
    }
    for (uint32_t i = 0; i < ecb->chain_count; i++) {
        free(reader.chains[i]);
    }
    free(reader.chains);
    free(reader.clean);
    free(reader.tokens);
    if (status != 0) {
        ecb_free(ecb);
    }
    return status;
}

void ecb_free(struct ecb *ecb)
{
    for (size_t i = 0; i < ecb->document_count; i++) {
        for (size_t k = 0; k < ecb->documents[i].mention_count; k++) {
            free(ecb->documents[i].mentions[k].spans);
        }
        free(ecb->documents[i].mentions);
        free(ecb->documents[i].text);
    }
    free(ecb->documents);
    memset(ecb, 0, sizeof *ecb);
}
