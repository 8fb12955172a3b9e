/* SPDX-License-Identifier: MIT */
/* The folding key: what remains of a token when the habits of transliterators are taken away. */
#include "name/name_token.h"

enum { ANYWHERE = 0, AT_START = 1, AT_END = 2 };

struct habit {
    const char *from;
    const char *to;
    uint8_t where;
};

/* By first letter. First match wins, so longer spellings stand before the shorter ones that they
   begin with. */
static const struct habit HABITS_A[] = {
    {"ah", "a", AT_END},
    {"ae", "a", ANYWHERE},
};
static const struct habit HABITS_C[] = {
    {"ck", "k", ANYWHERE},  {"cz", "c", ANYWHERE},  {"ch", "c", ANYWHERE}, {"ce", "ci", ANYWHERE},
    {"ci", "ci", ANYWHERE}, {"cy", "ci", ANYWHERE}, {"c", "k", ANYWHERE},
};
static const struct habit HABITS_D[] = {
    {"dzh", "i", ANYWHERE},
    {"dz", "d", ANYWHERE},
    {"dj", "i", ANYWHERE},
    {"dh", "d", ANYWHERE},
};
static const struct habit HABITS_E[] = {
    {"eyo", "ia", ANYWHERE},
    {"eio", "ia", ANYWHERE},
    {"ee", "i", ANYWHERE},
    {"e", "i", ANYWHERE},
};
static const struct habit HABITS_G[] = {
    {"gh", "h", ANYWHERE},
    {"g", "h", ANYWHERE},
};
static const struct habit HABITS_I[] = {
    {"iou", "u", AT_START}, {"iya", "a", ANYWHERE}, {"iia", "a", ANYWHERE}, {"ija", "a", ANYWHERE},
    {"ia", "a", ANYWHERE},  {"ie", "i", ANYWHERE},  {"io", "a", ANYWHERE},  {"iu", "u", ANYWHERE},
};
static const struct habit HABITS_J[] = {
    {"ja", "a", ANYWHERE}, {"je", "i", ANYWHERE}, {"jo", "a", ANYWHERE},
    {"ju", "u", ANYWHERE}, {"j", "i", ANYWHERE},
};
static const struct habit HABITS_K[] = {
    {"kh", "h", ANYWHERE},
};
static const struct habit HABITS_L[] = {
    {"lj", "l", ANYWHERE},
};
static const struct habit HABITS_N[] = {
    {"nj", "n", ANYWHERE},
};
static const struct habit HABITS_O[] = {
    {"oe", "a", ANYWHERE},
    {"ou", "u", ANYWHERE},
    {"oo", "u", ANYWHERE},
    {"o", "a", ANYWHERE},
};
static const struct habit HABITS_P[] = {
    {"ph", "f", ANYWHERE},
};
static const struct habit HABITS_Q[] = {
    {"q", "k", ANYWHERE},
};
static const struct habit HABITS_R[] = {
    {"rz", "z", ANYWHERE},
};
static const struct habit HABITS_S[] = {
    {"schtsch", "s", ANYWHERE}, {"shch", "s", ANYWHERE}, {"sch", "s", ANYWHERE},
    {"sh", "s", ANYWHERE},      {"sz", "s", ANYWHERE},
};
static const struct habit HABITS_T[] = {
    {"tsch", "c", ANYWHERE}, {"tch", "c", ANYWHERE}, {"ts", "c", ANYWHERE},
    {"tz", "c", ANYWHERE},   {"th", "t", ANYWHERE},
};
static const struct habit HABITS_U[] = {
    {"ue", "u", ANYWHERE},
};
static const struct habit HABITS_W[] = {
    {"wh", "v", ANYWHERE},
    {"w", "v", ANYWHERE},
};
static const struct habit HABITS_X[] = {
    {"x", "ks", ANYWHERE},
};
static const struct habit HABITS_Y[] = {
    {"yia", "a", ANYWHERE}, {"ya", "a", ANYWHERE}, {"ye", "i", ANYWHERE},
    {"yo", "a", ANYWHERE},  {"yu", "u", ANYWHERE}, {"y", "i", ANYWHERE},
};
static const struct habit HABITS_Z[] = {
    {"zh", "z", ANYWHERE},
};

#define HABITS(letter)                                                                             \
    {                                                                                              \
        HABITS_##letter, sizeof HABITS_##letter / sizeof(struct habit)                             \
    }

static const struct {
    const struct habit *habits;
    size_t count;
} LETTERS[26] = {
    HABITS(A), /* a */
    {NULL, 0}, /* b */
    HABITS(C), /* c */
    HABITS(D), /* d */
    HABITS(E), /* e */
    {NULL, 0}, /* f */
    HABITS(G), /* g */
    {NULL, 0}, /* h */
    HABITS(I), /* i */
    HABITS(J), /* j */
    HABITS(K), /* k */
    HABITS(L), /* l */
    {NULL, 0}, /* m */
    HABITS(N), /* n */
    HABITS(O), /* o */
    HABITS(P), /* p */
    HABITS(Q), /* q */
    HABITS(R), /* r */
    HABITS(S), /* s */
    HABITS(T), /* t */
    HABITS(U), /* u */
    {NULL, 0}, /* v */
    HABITS(W), /* w */
    HABITS(X), /* x */
    HABITS(Y), /* y */
    HABITS(Z), /* z */
};

/* The habit that matches at `position`, or NULL. */
static const struct habit *find_habit(stemma_text plain, size_t position)
{
    char first = plain.data[position];
    if (first < 'a' || first > 'z') {
        return NULL;
    }
    for (size_t i = 0; i < LETTERS[first - 'a'].count; i++) {
        const struct habit *habit = &LETTERS[first - 'a'].habits[i];
        size_t left = plain.size - position;
        size_t size = 1; /* its first letter is how it was found */
        while (habit->from[size] != '\0' && size < left &&
               habit->from[size] == plain.data[position + size]) {
            size++;
        }
        if (habit->from[size] == '\0' &&
            (habit->where != AT_START || position == 0) &&
            (habit->where != AT_END || position + size == plain.size)) {
            return habit;
        }
    }
    return NULL;
}

size_t stm_name_key_token(stemma_text plain, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < plain.size;) {
        const char *to = plain.data + i;
        size_t to_size = 1;
        size_t step = 1;
        const struct habit *habit = find_habit(plain, i);
        if (habit != NULL) {
            to = habit->to;
            to_size = strlen(to);
            step = strlen(habit->from);
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
        token->initial =
            token->plain.size == 1 && token->plain.data[0] >= 'a' && token->plain.data[0] <= 'z';
        token->weight = 100;
        token->used = 0;
        token->given = 0;
        token->ignored = 0;
        token->spelled = 0;
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
