/* SPDX-License-Identifier: MIT */
/* The folding key: what remains of a token when the habits of transliterators are taken away. */
#include "name_token.h"

enum { ANYWHERE = 0, AT_START = 1, AT_END = 2 };

/* First match wins, so longer spellings stand before the shorter ones that they begin with. */
static const struct {
    const char *from;
    const char *to;
    uint8_t where;
} HABITS[] = {
    {"ah", "a", AT_END},    {"ae", "a", ANYWHERE},
    {"ck", "k", ANYWHERE},  {"cz", "c", ANYWHERE},   {"ch", "c", ANYWHERE},
    {"ce", "ci", ANYWHERE}, {"ci", "ci", ANYWHERE},  {"cy", "ci", ANYWHERE},
    {"c", "k", ANYWHERE},
    {"dzh", "i", ANYWHERE}, {"dz", "d", ANYWHERE},   {"dj", "i", ANYWHERE},
    {"dh", "d", ANYWHERE},
    {"eyo", "ia", ANYWHERE}, {"eio", "ia", ANYWHERE}, {"ee", "i", ANYWHERE},
    {"e", "i", ANYWHERE},
    {"gh", "h", ANYWHERE},  {"g", "h", ANYWHERE},
    {"iou", "u", AT_START}, {"iya", "a", ANYWHERE},  {"iia", "a", ANYWHERE},
    {"ija", "a", ANYWHERE}, {"ia", "a", ANYWHERE},   {"ie", "i", ANYWHERE},
    {"io", "a", ANYWHERE},  {"iu", "u", ANYWHERE},
    {"ja", "a", ANYWHERE},  {"je", "i", ANYWHERE},   {"jo", "a", ANYWHERE},
    {"ju", "u", ANYWHERE},  {"j", "i", ANYWHERE},
    {"kh", "h", ANYWHERE},  {"lj", "l", ANYWHERE},   {"nj", "n", ANYWHERE},
    {"oe", "a", ANYWHERE},  {"ou", "u", ANYWHERE},   {"oo", "u", ANYWHERE},
    {"o", "a", ANYWHERE},
    {"ph", "f", ANYWHERE},  {"q", "k", ANYWHERE},    {"rz", "z", ANYWHERE},
    {"schtsch", "s", ANYWHERE}, {"shch", "s", ANYWHERE}, {"sch", "s", ANYWHERE},
    {"sh", "s", ANYWHERE},  {"sz", "s", ANYWHERE},
    {"tsch", "c", ANYWHERE}, {"tch", "c", ANYWHERE}, {"ts", "c", ANYWHERE},
    {"tz", "c", ANYWHERE},  {"th", "t", ANYWHERE},
    {"ue", "u", ANYWHERE},  {"wh", "v", ANYWHERE},   {"w", "v", ANYWHERE},
    {"x", "ks", ANYWHERE},
    {"yia", "a", ANYWHERE}, {"ya", "a", ANYWHERE},   {"ye", "i", ANYWHERE},
    {"yo", "a", ANYWHERE},  {"yu", "u", ANYWHERE},   {"y", "i", ANYWHERE},
    {"zh", "z", ANYWHERE},
};

static const size_t HABIT_COUNT = sizeof HABITS / sizeof HABITS[0];

/* The habit that matches at `position`, or HABIT_COUNT. */
static size_t find_habit(stemma_text plain, size_t position)
{
    for (size_t i = 0; i < HABIT_COUNT; i++) {
        if (HABITS[i].from[0] != plain.data[position]) {
            continue;
        }
        size_t size = strlen(HABITS[i].from);
        if (size > plain.size - position ||
            memcmp(plain.data + position, HABITS[i].from, size) != 0 ||
            (HABITS[i].where == AT_START && position != 0) ||
            (HABITS[i].where == AT_END && position + size != plain.size)) {
            continue;
        }
        return i;
    }
    return HABIT_COUNT;
}

size_t stm_name_key_token(stemma_text plain, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < plain.size;) {
        const char *to = plain.data + i;
        size_t to_size = 1;
        size_t step = 1;
        size_t habit = find_habit(plain, i);
        if (habit != HABIT_COUNT) {
            to = HABITS[habit].to;
            to_size = strlen(to);
            step = strlen(HABITS[habit].from);
        }
        for (size_t k = 0; k < to_size; k++) {
            int doubled = size > 0 && out[size - 1] == to[k] && to[k] >= 'a' && to[k] <= 'z';
            if (!doubled) {
                out[size++] = to[k];
            }
        }
        i += step;
    }
    return size;
}

stemma_status stemma_name_key(stemma_text name, char *out, size_t capacity, size_t *size)
{
    char plain[STM_NAME_PLAIN_SIZE];
    char key[2 * STM_NAME_PLAIN_SIZE];
    size_t plain_size;
    *size = 0;
    stemma_status status = stm_name_fold(name, plain, &plain_size);
    if (status != STEMMA_OK) {
        return status;
    }
    size_t key_size = 0;
    for (size_t start = 0; start < plain_size;) {
        const char *space = memchr(plain + start, ' ', plain_size - start);
        size_t end = space != NULL ? (size_t)(space - plain) : plain_size;
        if (key_size != 0) {
            key[key_size++] = ' ';
        }
        stemma_text token = {plain + start, end - start};
        key_size += stm_name_key_token(token, key + key_size);
        start = end + 1;
    }
    if (key_size > capacity) {
        return STEMMA_E_NO_SPACE;
    }
    if (key_size != 0) {
        memcpy(out, key, key_size);
    }
    *size = key_size;
    return STEMMA_OK;
}

stemma_status stm_name_split(stm_name_tokens *tokens, stemma_text name)
{
    tokens->count = 0;
    tokens->key_size = 0;
    stemma_status status = stm_name_fold(name, tokens->plain, &tokens->plain_size);
    if (status != STEMMA_OK) {
        return status;
    }
    for (size_t start = 0; start < tokens->plain_size && tokens->count < STM_NAME_TOKENS;) {
        const char *space = memchr(tokens->plain + start, ' ', tokens->plain_size - start);
        size_t end = space != NULL ? (size_t)(space - tokens->plain) : tokens->plain_size;
        stm_name_token *token = &tokens->tokens[tokens->count++];
        token->plain.data = tokens->plain + start;
        token->plain.size = end - start;
        token->key.data = tokens->key + tokens->key_size;
        token->key.size = stm_name_key_token(token->plain, tokens->key + tokens->key_size);
        tokens->key_size += token->key.size;
        token->initial = token->plain.size == 1 && token->plain.data[0] >= 'a' &&
                         token->plain.data[0] <= 'z';
        token->weight = 100;
        token->used = 0;
        start = end + 1;
    }
    return STEMMA_OK;
}

void stm_name_drop(stm_name_tokens *tokens, uint32_t index)
{
    for (uint32_t i = index; i + 1 < tokens->count; i++) {
        tokens->tokens[i] = tokens->tokens[i + 1];
    }
    tokens->count--;
}
