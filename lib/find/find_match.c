/* SPDX-License-Identifier: MIT */
#include "find/find_match.h"

#include "find/find_edit.h"

#define LIKELY_SPELLING 900u /* tokens of this similarity are one word in two spellings ... */
#define LEAST_SPELLING  620u /* ... and of this one they may be */
#define SURE            960u /* nobody asks for a better score */

/* What is left of a score, in thousandths, when a word was taken for another. */
#define KEEP_FORM    970u
#define KEEP_PET     940u
#define KEEP_INITIAL 930u
#define KEEP_GLUED   985u
#define KEEP_PREFIX  930u
#define KEEP_EDIT    880u /* for the first letter that is wrong ... */
#define KEEP_MORE    940u /* ... and for each more, in whatever word */
#define KEEP_MISSING 900u /* when a word that was asked for has no partner at all */

/* ---- Beginning --------------------------------------------------------------------------------- */

stemma_status stm_asked_begin(stm_asked *asked, stemma_text name, stemma_text plain)
{
    asked->name = name;
    asked->plain = plain;
    asked->misspelt = 0;
    asked->prefix = 0;
    asked->scripts = stm_scripts_of(name);
    stemma_status status = stm_name_split(&asked->tokens, name);
    if (status != STEMMA_OK) {
        return status;
    }
    stm_name_prepare_person(&asked->tokens);
    for (uint32_t i = 0; i < asked->tokens.count && i < STM_ASKED_WORDS; i++) {
        asked->group_counts[i] =
            stm_nick_groups(asked->tokens.tokens[i].plain, asked->groups[i]);
    }
    return STEMMA_OK;
}

/* ---- Which word stands for which ---------------------------------------------------------------- */

/* How a word of the one name stands to one of the other; the earlier, the surer. */
typedef enum relation {
    NONE = 0,
    EQUAL,
    SOUND,   /* the same folding key */
    FORM,    /* the same given name in another language */
    LIKE,    /* another spelling */
    BONES,   /* the same consonants, where one of the two scripts writes no others */
    PET,     /* a pet form */
    GLUED,   /* two words are written as one */
    INITIAL, /* of one of them */
    PREFIX,  /* the one begins with the other */
    EDITED,  /* a letter or two differ */
    ALIKE    /* perhaps another spelling */
} relation;

typedef struct pairing {
    const stm_asked *asked;
    stm_name_tokens name;
    uint32_t count;                     /* words asked for that are looked at */
    uint8_t relation[STM_ASKED_WORDS];  /* of each word asked for */
    uint8_t partner[STM_ASKED_WORDS];   /* word of the name */
    uint8_t last[STM_ASKED_WORDS];      /* the last word that it is written as: glued ones */
    uint8_t edits[STM_ASKED_WORDS];
    uint16_t keep[STM_ASKED_WORDS]; /* of the score of BONES, in thousandths */
    int one_abjad;                  /* one of the two is in a script of consonants */
    uint8_t used[STM_NAME_TOKENS];
} pairing;

static int begins(stemma_text word, stemma_text with)
{
    return with.size <= word.size && memcmp(word.data, with.data, with.size) == 0;
}

static int may_be_prefix(const pairing *p, uint32_t i, stemma_text word, stemma_text other)
{
    int wanted = p->asked->prefix ? i + 1 == p->count : p->asked->misspelt && word.size >= 3;
    return wanted && word.size < other.size && begins(other, word);
}

/* The consonants of a folding key; those that stand for each other when a script of consonants
   borrows a name are one. */
static stemma_text bones(stemma_text key, char out[STM_NAME_PLAIN_SIZE])
{
    static const char same[26] = {
        0, 'b', 's', 'd', 0, 'b', 'k', 'k', 0, 0, 'k', 'l', 'm',
        'n', 0, 'b', 'k', 'r', 's', 't', 0, 0, 0, 'k', 0, 's',
    };
    size_t size = 0;
    for (size_t i = 0; i < key.size && size < STM_NAME_PLAIN_SIZE; i++) {
        char letter = key.data[i] >= 'a' && key.data[i] <= 'z' ? same[key.data[i] - 'a'] : 0;
        letter = key.data[i] == 'h' && i + 1 == key.size ? 0 : letter;
        if (letter != 0 && (size == 0 || out[size - 1] != letter)) {
            out[size++] = letter;
        }
    }
    return (stemma_text){out, size};
}

/* What remains of the score when words of the same consonants are taken for each other; 0: they are
   strangers. */
static uint32_t keep_bones(const stm_name_token *a, const stm_name_token *b)
{
    char left[STM_NAME_PLAIN_SIZE], right[STM_NAME_PLAIN_SIZE];
    stemma_text x = bones(a->key, left), y = bones(b->key, right);
    size_t longer = x.size > y.size ? x.size : y.size;
    uint32_t edits = longer < 2 ? 2 : stm_edits(x, y, 1);
    if (edits > 1 || (edits == 1 && longer < 4)) {
        return 0;
    }
    return 850u - 90u * edits + stm_name_token_score(a, b, 0) / 10u;
}

/* Whether word `i` stands in `wanted` to word `j`. */
static int is_related(pairing *p, relation wanted, uint32_t i, uint32_t j)
{
    const stm_name_token *a = &p->asked->tokens.tokens[i];
    const stm_name_token *b = &p->name.tokens[j];
    stm_nick_relation nick;
    uint32_t most;
    switch (wanted) {
    case EQUAL:
        return stemma_text_equal(a->plain, b->plain);
    case SOUND:
        return !a->initial && !b->initial && stemma_text_equal(a->key, b->key);
    case FORM:
    case PET:
        nick = stm_nick_relate(a->plain, p->asked->groups[i], p->asked->group_counts[i], b->plain);
        return nick == (wanted == FORM ? STM_NICK_FORMS : STM_NICK_PET);
    case LIKE:
        return !a->initial && !b->initial && stm_name_token_score(a, b, LIKELY_SPELLING) >= LIKELY_SPELLING &&
               stm_edits(a->plain, b->plain, 1) != 1;
    case BONES:
        p->keep[i] = p->one_abjad ? (uint16_t)keep_bones(a, b) : 0;
        return p->keep[i] != 0;
    case INITIAL:
        return a->initial != b->initial && a->plain.data[0] == b->plain.data[0] &&
               !(p->asked->prefix && i + 1 == p->count);
    case PREFIX:
        return may_be_prefix(p, i, a->plain, b->plain);
    case EDITED:
        most = a->plain.size >= 7 ? 2 : 1;
        p->edits[i] = (uint8_t)stm_edits(a->plain, b->plain, most);
        return p->asked->misspelt && a->plain.size >= 4 && b->plain.size >= 3 &&
               p->edits[i] <= most;
    case ALIKE:
        return !a->initial && !b->initial && stm_name_token_score(a, b, LEAST_SPELLING) >= LEAST_SPELLING;
    default:
        return 0;
    }
}

static void pair_up(pairing *p, relation wanted)
{
    for (uint32_t i = 0; i < p->count; i++) {
        for (uint32_t j = 0; j < p->name.count && p->relation[i] == NONE; j++) {
            if (!p->used[j] && is_related(p, wanted, i, j)) {
                p->relation[i] = (uint8_t)wanted;
                p->partner[i] = p->last[i] = (uint8_t)j;
                p->used[j] = 1;
            }
        }
    }
}

/* Whether two words run together are a third, or sound like it. */
static int spells(stemma_text first, stemma_text second, const stm_name_token *whole)
{
    char joined[STM_NAME_PLAIN_SIZE], key[2 * STM_NAME_PLAIN_SIZE];
    size_t size = first.size + second.size;
    if (size > sizeof joined || size < 4 || size + 2 < whole->plain.size ||
        size > whole->plain.size + 2) {
        return 0;
    }
    memcpy(joined, first.data, first.size);
    memcpy(joined + first.size, second.data, second.size);
    stemma_text plain = {joined, size};
    stemma_text sound = {key, stm_name_key_token(plain, key)};
    return stemma_text_equal(plain, whole->plain) || stemma_text_equal(sound, whole->key);
}

/* "j" "r" "r" of "jrr", on either side: letters run together that are initials of the words from `at`
   on. Returns how many words, 0 for none. */
static uint32_t initials_of(stemma_text letters, const stm_name_tokens *words, uint32_t at)
{
    uint32_t count = 0;
    if (letters.size < 2 || letters.size > 4) {
        return 0;
    }
    while (count < letters.size && at + count < words->count &&
           words->tokens[at + count].plain.data[0] == letters.data[count]) {
        count++;
    }
    return count == letters.size ? count : 0;
}

static int is_free(const pairing *p, uint32_t first, uint32_t last)
{
    for (uint32_t j = first; j <= last; j++) {
        if (j >= p->name.count || p->used[j]) {
            return 0;
        }
    }
    return 1;
}

static void take_run(pairing *p, uint32_t i, uint32_t first, uint32_t last, relation how)
{
    p->relation[i] = (uint8_t)how;
    p->partner[i] = (uint8_t)first;
    p->last[i] = (uint8_t)last;
    for (uint32_t j = first; j <= last; j++) {
        p->used[j] = 1;
    }
}

/* Words that the one writes as one and the other as several. */
static void pair_runs(pairing *p)
{
    const stm_name_tokens *a = &p->asked->tokens;
    for (uint32_t i = 0; i < p->count; i++) {
        for (uint32_t j = 0; j < p->name.count && p->relation[i] == NONE; j++) {
            uint32_t letters = initials_of(a->tokens[i].plain, &p->name, j);
            if (is_free(p, j, j + 1) &&
                spells(p->name.tokens[j].plain, p->name.tokens[j + 1].plain, &a->tokens[i])) {
                take_run(p, i, j, j + 1, GLUED);
            } else if (letters != 0 && is_free(p, j, j + letters - 1)) {
                take_run(p, i, j, j + letters - 1, INITIAL);
            } else if (is_free(p, j, j) && i + 1 < p->count && p->relation[i + 1] == NONE &&
                       spells(a->tokens[i].plain, a->tokens[i + 1].plain, &p->name.tokens[j])) {
                take_run(p, i, j, j, GLUED);
                take_run(p, i + 1, j, j, GLUED);
            } else if (is_free(p, j, j) && p->name.tokens[j].plain.size <= p->count - i) {
                uint32_t run = initials_of(p->name.tokens[j].plain, a, i);
                for (uint32_t k = 0; k < run; k++) {
                    take_run(p, i + k, j, j, INITIAL);
                }
            }
        }
    }
}

static void pair_all(pairing *p, const stm_asked *asked)
{
    p->asked = asked;
    p->count = asked->tokens.count < STM_ASKED_WORDS ? asked->tokens.count : STM_ASKED_WORDS;
    memset(p->relation, NONE, sizeof p->relation);
    memset(p->used, 0, sizeof p->used);
    for (relation wanted = EQUAL; wanted <= ALIKE; wanted++) {
        if (wanted == GLUED) {
            pair_runs(p);
        } else {
            pair_up(p, wanted);
        }
    }
}

/* ---- How well, and why ------------------------------------------------------------------------- */

static int has(const pairing *p, relation wanted)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->relation[i] == wanted) {
            return 1;
        }
    }
    return 0;
}

/* The discount for reading words as others, in thousandths; 0 when nothing but initials fits. */
static uint32_t discount(const pairing *p)
{
    static const uint16_t keep[ALIKE + 1] = {
        [FORM] = KEEP_FORM,       [PET] = KEEP_PET,       [GLUED] = KEEP_GLUED,
        [INITIAL] = KEEP_INITIAL, [PREFIX] = KEEP_PREFIX,
    };
    uint32_t left = 1000, words = 0, edits = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        words += p->relation[i] != NONE && p->relation[i] != INITIAL;
        if (p->relation[i] == GLUED && i > 0 && p->relation[i - 1] == GLUED &&
            p->partner[i] == p->partner[i - 1]) {
            continue; /* the second half */
        }
        if (p->relation[i] == BONES) {
            left = left * p->keep[i] / 1000;
        }
        if (keep[p->relation[i]] != 0) {
            left = left * keep[p->relation[i]] / 1000;
        }
        edits += p->relation[i] == EDITED ? p->edits[i] : 0;
    }
    for (uint32_t i = 0; i < edits; i++) {
        left = left * (i == 0 ? KEEP_EDIT : KEEP_MORE) / 1000;
    }
    return words == 0 ? 0 : left;
}

/* The name that was asked for with its words replaced by those that they are read as. */
static stemma_text reread(const pairing *p, char out[2 * STM_NAME_PLAIN_SIZE])
{
    size_t size = 0;
    for (uint32_t i = 0; i < p->asked->tokens.count; i++) {
        relation how = i < p->count ? (relation)p->relation[i] : NONE;
        int other = how == FORM || (how >= BONES && how <= EDITED);
        if (other && i > 0 && p->relation[i - 1] == how && p->partner[i] == p->partner[i - 1]) {
            continue;
        }
        for (uint32_t j = p->partner[i % STM_ASKED_WORDS];; j++) {
            stemma_text word = other ? p->name.tokens[j].plain : p->asked->tokens.tokens[i].plain;
            if (size + word.size + 1 > 2 * STM_NAME_PLAIN_SIZE) {
                break;
            }
            if (size != 0) {
                out[size++] = ' ';
            }
            memcpy(out + size, word.data, word.size);
            size += word.size;
            if (!other || j == p->last[i]) {
                break;
            }
        }
    }
    return (stemma_text){out, size};
}

/* What a class of names makes of two, helped out by the rules for things and for people. */
static uint32_t fit(stemma_text wanted, stemma_text name, stemma_name_class kind)
{
    uint32_t score = stemma_name_similarity(wanted, name, kind);
    if (kind != STEMMA_NAME_CLASS_PERSON && score < 900) {
        uint32_t other = stemma_name_similarity(wanted, name, STEMMA_NAME_CLASS_OTHER) * 9 / 10;
        uint32_t part = stemma_name_similarity(wanted, name, STEMMA_NAME_CLASS_PERSON) * 17 / 20;
        score = other > score ? other : score;
        score = part > score ? part : score;
    }
    return score;
}

/* Whether words that are paired stand in another order. */
static int is_reordered(const pairing *p)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->relation[i] != NONE && p->partner[i] < last) {
            return 1;
        }
        last = p->relation[i] != NONE ? p->partner[i] : last;
    }
    return 0;
}

/* Words of weight without a partner: of those asked for, and of the name. */
static int asked_is_missing(const pairing *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const stm_name_token *token = &p->asked->tokens.tokens[i];
        if (p->relation[i] == NONE && token->weight >= 80 &&
            !stm_match_is_connector(token->plain)) {
            return 1;
        }
    }
    return 0;
}

static int name_has_more(const pairing *p)
{
    for (uint32_t j = 0; j < p->name.count; j++) {
        if (!p->used[j] && p->name.tokens[j].weight > 20 &&
            !stm_match_is_connector(p->name.tokens[j].plain)) {
            return 1;
        }
    }
    return 0;
}

/* Whether every word that was asked for is a word of the name. */
static int all_equal(const pairing *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->relation[i] != EQUAL) {
            return 0;
        }
    }
    return 1;
}

/* Whether a word that is no other spelling is one letter away. */
static int is_slip(const pairing *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->relation[i] == ALIKE && stm_edits(p->asked->tokens.tokens[i].plain,
                                                 p->name.tokens[p->partner[i]].plain, 1) <= 1) {
            return 1;
        }
    }
    return 0;
}

static uint8_t reason_of(const pairing *p, stemma_text name)
{
    unsigned scripts = stm_scripts_of(name);
    int other_script = scripts != 0 && p->asked->scripts != 0 && (scripts & p->asked->scripts) == 0;
    return (uint8_t)(has(p, EDITED) || (!other_script && is_slip(p)) ? STEMMA_MATCH_MISSPELT
                     : has(p, PET)                                 ? STEMMA_MATCH_NICKNAME
                     : has(p, INITIAL)                             ? STEMMA_MATCH_INITIALS
                     : has(p, PREFIX)                              ? STEMMA_MATCH_PREFIX
                     : other_script                                ? STEMMA_MATCH_SCRIPT
                     : has(p, SOUND) || has(p, FORM) || has(p, LIKE) || has(p, BONES) ||
                           has(p, GLUED) || has(p, ALIKE)                           ? STEMMA_MATCH_SPELLING
                     : asked_is_missing(p) || name_has_more(p)     ? STEMMA_MATCH_PART
                     : is_reordered(p)                             ? STEMMA_MATCH_ORDER
                                                                   : STEMMA_MATCH_SAME);
}

static stm_match acronym_match(const stm_asked *asked, stemma_text plain, stemma_name_class kind)
{
    stm_match match = {0, STEMMA_MATCH_ACRONYM, 1, 0};
    uint32_t score = kind == STEMMA_NAME_CLASS_PERSON ? 760 : 900;
    if ((asked->plain.size <= 10 && stm_match_acronym(asked->plain, plain)) ||
        (plain.size <= 10 && stm_match_acronym(plain, asked->plain))) {
        match.score = score;
    }
    return match;
}

stm_match stm_match_name(const stm_asked *asked, stemma_text name, stemma_name_class kind)
{
    char other[2 * STM_NAME_PLAIN_SIZE];
    stm_match match = {0, STEMMA_MATCH_SAME, 1, 0};
    pairing p;
    if (stm_name_split(&p.name, name) != STEMMA_OK || p.name.count == 0 ||
        asked->tokens.count == 0) {
        return match;
    }
    stemma_text plain = {p.name.plain, p.name.plain_size};
    if (stemma_text_equal(plain, asked->plain)) {
        unsigned scripts = stm_scripts_of(name);
        match.score = 1000;
        match.reason = scripts == asked->scripts ? STEMMA_MATCH_SAME : STEMMA_MATCH_SCRIPT;
        return match;
    }
    match = acronym_match(asked, plain, kind);
    unsigned abjads = STM_SCRIPT_ARABIC | STM_SCRIPT_HEBREW, scripts = stm_scripts_of(name);
    p.one_abjad = ((scripts & abjads) != 0) != ((asked->scripts & abjads) != 0);
    stm_name_prepare_person(&p.name);
    pair_all(&p, asked);
    uint32_t score = fit(asked->name, name, kind);
    uint32_t left = discount(&p);
    if (score < SURE && left != 0 && left < 1000) {
        uint32_t again = fit(reread(&p, other), name, kind) * left / 1000;
        score = again > score ? again : score;
    }
    int missing = asked_is_missing(&p);
    score = missing ? score * KEEP_MISSING / 1000 : score;
    score = score > 999 && !is_reordered(&p) && has(&p, NONE) ? 999 : score;
    if (score >= match.score) {
        match.score = score;
        match.reason = reason_of(&p, name);
        match.whole = !missing;
        match.plain = all_equal(&p) != 0;
    }
    return match;
}

/* ---- Words for reasons ------------------------------------------------------------------------- */

const char *stemma_match_reason_text(uint8_t reason)
{
    static const char *const words[] = {
        "same name", "other script", "other spelling",   "other order", "initials",
        "nickname",  "acronym",      "part of the name", "prefix",      "misspelt",
    };
    return reason < sizeof words / sizeof words[0] ? words[reason] : "?";
}
