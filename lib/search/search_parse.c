/* SPDX-License-Identifier: MIT */
#include "search/search_parse.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

typedef struct reader {
    stm_ask *out;
    stemma_text query;
    size_t at;
    uint32_t depth;
    stemma_error *error;
} reader;

/* ---- Characters ---- */

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Whether a character can be of a word: all that is not ASCII may. */
static int is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((uint8_t)c & 0x80) != 0;
}

static int ends_bare(char c)
{
    return is_space(c) || c == '(' || c == ')' || c == '"';
}

static void skip_space(reader *self)
{
    while (self->at < self->query.size && is_space(self->query.data[self->at])) {
        self->at++;
    }
}

static uint32_t column_of(const reader *self, size_t at)
{
    uint32_t column = 1;
    for (size_t i = 0; i < at && i < self->query.size; i++) {
        column += ((uint8_t)self->query.data[i] & 0xc0) != 0x80;
    }
    return column;
}

static stemma_status wrong(const reader *self, size_t at, const char *what)
{
    char where[32];
    uint32_t column = column_of(self, at);
    snprintf(where, sizeof where, "column %u", column);
    return stm_fail(self->error, STEMMA_E_INVALID, "SEARCH_QUERY", where, "%s", what);
}

/* The bare text that begins here: up to a space, parenthesis or quote. */
static stemma_text bare_at(const reader *self, size_t at)
{
    size_t end = at;
    while (end < self->query.size && !ends_bare(self->query.data[end])) {
        end++;
    }
    return (stemma_text){self->query.data + at, end - at};
}

static int is(stemma_text text, const char *word)
{
    return stemma_text_equal(text, stemma_text_of(word));
}

/* Whether a bare text is the word in capitals. */
static int is_operator(stemma_text text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i < size; i++) {
        if (i >= text.size || text.data[i] != word[i] - 'a' + 'A') {
            return 0;
        }
    }
    return text.size == size;
}

/* ---- Fields ---- */

static const char *const field_names[] = {"title",  "publisher", "byline",
                                          "agency", "language",  "published"};

/* "title:..." : how long the name is, with its colon; 0 when the text does not begin so. A name is
   all lower-case letters, and what follows the colon is no space and no "//". */
static size_t field_prefix(stemma_text bare, char after)
{
    size_t size = 0;
    while (size < bare.size && bare.data[size] >= 'a' && bare.data[size] <= 'z') {
        size++;
    }
    if (size == 0 || size >= bare.size || bare.data[size] != ':') {
        return 0;
    }
    if (size + 1 == bare.size) {
        return after == '"' ? size + 1 : 0;
    }
    return bare.data[size + 1] == '/' ? 0 : size + 1;
}

static int field_of(stemma_text name)
{
    for (int i = 0; i < (int)(sizeof field_names / sizeof field_names[0]); i++) {
        if (is(name, field_names[i])) {
            return i;
        }
    }
    return -1;
}

/* ---- Nodes ---- */

static stemma_status new_node(reader *self, uint8_t kind, size_t at, uint32_t *out)
{
    stm_ask *ask = self->out;
    if (ask->count == STM_ASK_NODES) {
        return wrong(self, at, "The query is too long: it has too many words and operators");
    }
    *out = ask->count++;
    memset(&ask->nodes[*out], 0, sizeof ask->nodes[*out]);
    ask->nodes[*out].kind = kind;
    ask->nodes[*out].column = column_of(self, at);
    return STEMMA_OK;
}

/* Puts `operand` (0: none) behind the others of a node of `kind`, which is made when there are two;
   `*node` is the only operand until then. */
static stemma_status join(reader *self, uint8_t kind, uint32_t *node, uint32_t operand, size_t at)
{
    stm_ask_node *nodes = self->out->nodes;
    if (operand == 0 || *node == 0) {
        *node = operand != 0 ? operand : *node;
        return STEMMA_OK;
    }
    if (nodes[*node].kind != kind || nodes[*node].positive != 2) { /* 2: of this join */
        uint32_t parent = 0;
        stemma_status status = new_node(self, kind, at, &parent);
        if (status != STEMMA_OK) {
            return status;
        }
        nodes[parent].child = (uint8_t)*node;
        nodes[parent].positive = 2;
        *node = parent;
    }
    uint32_t last = nodes[*node].child;
    while (nodes[last].next != 0) {
        last = nodes[last].next;
    }
    nodes[last].next = (uint8_t)operand;
    return STEMMA_OK;
}

/* ---- Grammar ---- */

static stemma_status read_or(reader *self, uint32_t *out);

/* The text between quotes, of which the first stands at self->at. */
static stemma_status read_quoted(reader *self, stemma_text *out)
{
    size_t start = self->at;
    const char *begin = self->query.data + start + 1;
    const char *end = memchr(begin, '"', self->query.size - start - 1);
    if (end == NULL) {
        return wrong(self, start, "The quotation mark has no second one");
    }
    *out = (stemma_text){begin, (size_t)(end - begin)};
    self->at = start + out->size + 2;
    return STEMMA_OK;
}

/* Takes the star off the end of a bare text. */
static stemma_status read_star(const reader *self, stemma_text *bare, uint8_t *prefix)
{
    const char *star = memchr(bare->data, '*', bare->size);
    *prefix = 0;
    if (star == NULL) {
        return STEMMA_OK;
    }
    if (star + 1 != bare->data + bare->size || bare->size < 2 || !is_word(star[-1])) {
        return wrong(self, (size_t)(star - self->query.data),
                     "A star stands at the end of the beginning of a word: sanct*");
    }
    bare->size--;
    *prefix = 1;
    return STEMMA_OK;
}

static stemma_status read_field(reader *self, stemma_text bare, size_t name_size, uint32_t *out)
{
    size_t start = self->at;
    int field = field_of((stemma_text){bare.data, name_size - 1});
    stemma_text text = {bare.data + name_size, bare.size - name_size};
    uint8_t prefix = 0;
    uint8_t quoted = 0;
    stemma_status status = STEMMA_OK;
    if (field < 0) {
        return wrong(self, start,
                     "There is no such field; there are title, publisher, byline, agency, language "
                     "and published. Put words with a colon in quotation marks");
    }
    self->at = start + bare.size;
    if (text.size == 0) {
        quoted = 1;
        status = read_quoted(self, &text);
    } else {
        status = read_star(self, &text, &prefix);
    }
    if (status == STEMMA_OK) {
        status = new_node(self, STM_ASK_FIELD, start, out);
    }
    if (status == STEMMA_OK) {
        stm_ask_node *node = &self->out->nodes[*out];
        node->field = (uint8_t)field;
        node->quoted = quoted;
        node->prefix = prefix;
        node->text = text;
    }
    return status;
}

/* Words, or the beginning of one. What has no word in it asks for nothing. */
static stemma_status read_words(reader *self, stemma_text bare, uint32_t *out)
{
    size_t start = self->at;
    uint8_t prefix = 0;
    int any = 0;
    stemma_text text = bare;
    stemma_status status = read_star(self, &text, &prefix);
    self->at = start + bare.size;
    for (size_t i = 0; i < text.size; i++) {
        any = any || is_word(text.data[i]);
    }
    *out = 0;
    if (status == STEMMA_OK && any) {
        status = new_node(self, prefix ? STM_ASK_PREFIX : STM_ASK_WORDS, start, out);
    }
    if (*out != 0) {
        self->out->nodes[*out].text = text;
    }
    return status;
}

static stemma_status read_parentheses(reader *self, uint32_t *out)
{
    size_t start = self->at++;
    if (self->depth == STM_ASK_DEPTH) {
        return wrong(self, start, "Parentheses lie too deep within each other");
    }
    self->depth++;
    stemma_status status = read_or(self, out);
    self->depth--;
    if (status != STEMMA_OK) {
        return status;
    }
    if (self->at == self->query.size) {
        return wrong(self, start, "The parenthesis is not closed");
    }
    self->at++; /* read_or() stops at nothing else */
    if (*out == 0) {
        return wrong(self, start, "There is nothing in the parentheses");
    }
    if (self->out->nodes[*out].positive == 2) {
        self->out->nodes[*out].positive = 0; /* closed: nothing joins it any more */
    }
    return STEMMA_OK;
}

/* What NOT or - takes away; `size` is that of the operator. */
static stemma_status read_not(reader *self, size_t size, uint32_t *out);

static stemma_status read_operand(reader *self, uint32_t *out)
{
    const stemma_text *query = &self->query;
    size_t start = self->at;
    char c = query->data[start];
    stemma_text bare;
    size_t name;
    *out = 0;
    if (c == '(') {
        return read_parentheses(self, out);
    }
    if (c == '"') {
        stemma_text text;
        stemma_status status = read_quoted(self, &text);
        if (status == STEMMA_OK && text.size != 0) {
            status = new_node(self, STM_ASK_PHRASE, start, out);
            self->out->nodes[*out].text = text;
        }
        return status;
    }
    bare = bare_at(self, start);
    if (is_operator(bare, "not")) {
        return read_not(self, 3, out);
    }
    if (c == '-' && start + 1 < query->size &&
        (is_word(query->data[start + 1]) || query->data[start + 1] == '"' ||
         query->data[start + 1] == '(')) {
        return read_not(self, 1, out);
    }
    name = field_prefix(bare, start + bare.size < query->size ? query->data[start + bare.size] : 0);
    return name != 0 ? read_field(self, bare, name, out) : read_words(self, bare, out);
}

static stemma_status read_not(reader *self, size_t size, uint32_t *out)
{
    size_t start = self->at;
    uint32_t operand = 0;
    stemma_text bare;
    if (self->depth == STM_ASK_DEPTH) {
        return wrong(self, start, "Too many NOTs within each other");
    }
    self->at += size;
    skip_space(self);
    bare = bare_at(self, self->at);
    if (self->at == self->query.size || self->query.data[self->at] == ')' || is_operator(bare, "and") ||
        is_operator(bare, "or")) {
        return wrong(self, start, "What is not wanted is missing");
    }
    self->depth++;
    stemma_status status = read_operand(self, &operand);
    self->depth--;
    if (status == STEMMA_OK && operand == 0) {
        status = wrong(self, start, "What is not wanted is missing");
    }
    if (status == STEMMA_OK) {
        status = new_node(self, STM_ASK_NOT, start, out);
    }
    if (status == STEMMA_OK) {
        self->out->nodes[*out].child = (uint8_t)operand;
    }
    return status;
}

/* Operands one after the other, with AND between them or nothing. */
static stemma_status read_and(reader *self, uint32_t *out)
{
    int wanted = 0; /* an operand must follow */
    size_t operator_at = 0;
    *out = 0;
    for (;;) {
        stemma_text bare;
        uint32_t operand = 0;
        skip_space(self);
        size_t start = self->at;
        bare = start < self->query.size ? bare_at(self, start) : (stemma_text){NULL, 0};
        if (start == self->query.size || self->query.data[start] == ')' || is_operator(bare, "or")) {
            return wanted ? wrong(self, operator_at, "Something is missing after AND") : STEMMA_OK;
        }
        if (is_operator(bare, "and")) {
            if (wanted || *out == 0) {
                return wrong(self, start, "Something is missing before AND");
            }
            wanted = 1;
            operator_at = start;
            self->at += 3;
            continue;
        }
        stemma_status status = read_operand(self, &operand);
        if (status == STEMMA_OK) {
            status = join(self, STM_ASK_AND, out, operand, start);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        wanted = wanted && operand == 0;
    }
}

static stemma_status read_or(reader *self, uint32_t *out)
{
    size_t operator_at = 0;
    int wanted = 0;
    *out = 0;
    for (;;) {
        uint32_t operand = 0;
        size_t start = self->at;
        stemma_status status = read_and(self, &operand);
        if (operand != 0 && self->out->nodes[operand].positive == 2) {
            self->out->nodes[operand].positive = 0;
        }
        if (status == STEMMA_OK && wanted && operand == 0) {
            status = wrong(self, operator_at, "Something is missing after OR");
        }
        if (status == STEMMA_OK) {
            status = join(self, STM_ASK_OR, out, operand, start);
        }
        if (status != STEMMA_OK) {
            return status;
        }
        skip_space(self);
        if (self->at == self->query.size || self->query.data[self->at] == ')') {
            return STEMMA_OK;
        }
        operator_at = self->at; /* read_and() stops at nothing but OR */
        if (*out == 0) {
            return wrong(self, operator_at, "Something is missing before OR");
        }
        wanted = 1;
        self->at += 2;
    }
}

/* Says of each node whether it is looked for or excluded. No deeper than the reader went. */
static void mark_positive(stm_ask *ask, uint32_t node, uint8_t positive)
{
    ask->nodes[node].positive = positive;
    for (uint32_t child = ask->nodes[node].child; child != 0; child = ask->nodes[child].next) {
        mark_positive(ask, child,
                      ask->nodes[node].kind == STM_ASK_NOT ? (uint8_t)!positive : positive);
    }
}

stemma_status stm_ask_read(stm_ask *out, stemma_text query, stemma_error *error)
{
    reader self = {out, query, 0, 0, error};
    out->count = 1;
    out->root = 0;
    memset(&out->nodes[0], 0, sizeof out->nodes[0]);
    stemma_status status = read_or(&self, &out->root);
    if (status == STEMMA_OK && self.at < query.size) {
        status = wrong(&self, self.at, "The parenthesis was never opened");
    }
    if (status == STEMMA_OK && out->root != 0) {
        mark_positive(out, out->root, 1);
    }
    return status;
}

int stm_ask_is_plain(stemma_text query)
{
    reader self = {NULL, query, 0, 0, NULL};
    int colon = query.size != 0 && memchr(query.data, ':', query.size) != NULL;
    int quoted = 0;
    int begins = 1; /* a bare text may begin here */
    for (size_t i = 0; i < query.size; i++) {
        char c = query.data[i];
        if (c == '"') {
            quoted = !quoted;
            if (quoted && i > 0 && query.data[i - 1] == ':') {
                return 0; /* it may be a field's */
            }
            begins = 1;
        } else if (!quoted && (c == '(' || c == ')' || c == '*')) {
            return 0;
        } else if (!quoted && begins && (c == '-' || c == 'A' || c == 'O' || c == 'N' || colon)) {
            stemma_text bare = bare_at(&self, i);
            if (c == '-' || is_operator(bare, "and") || is_operator(bare, "or") || is_operator(bare, "not") ||
                field_prefix(bare, 0) != 0) {
                return 0;
            }
            begins = 0;
        } else {
            begins = is_space(c);
        }
    }
    return !quoted;
}
