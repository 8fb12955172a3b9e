/* SPDX-License-Identifier: MIT */
/* Other ways to write a name down: pet forms, initials, acronyms, words glued or split, beginnings of
   words, misspelt ones, and scripts without vowels. */
#include "base/error.h"
#include "find/find_edit.h"
#include "find/find_gather.h"
#include "name/fold_script.h"
#include "index/index_names.h"

#include <utf8proc.h>

#define SCORE_PET        600u /* of a token that is a form of the word */
#define SCORE_INITIAL    500u /* of the word's first letter */
#define SCORE_SCRIPT     0u   /* as like as it is */
#define MOST_SPLITS      6u   /* ways to split a word that lead to words of the file */
#define PREFIX_TOKENS    256u /* words that begin so; of more, labels are read */
#define PREFIX_ENTITIES  64u  /* who has one of these words */
#define PREFIX_MISSPELT  16u  /* words that begin so, when none was asked for */
#define COMPLETED        300u /* entities whose labels fit a beginning are enough */

/* ---- Pet forms and initials --------------------------------------------------------------------- */

static stemma_status add_forms(stm_find *s, stm_find_word *word, stemma_error *error)
{
    uint16_t groups[STM_NICK_GROUPS];
    uint32_t count = stm_nick_groups(word->plain, groups), number;
    stemma_status status = STEMMA_OK;
    int same = 0;
    for (uint32_t i = 0; i < count; i++) {
        stemma_text form;
        for (size_t at = 0; status == STEMMA_OK && stm_nick_next(groups[i], &at, &form);) {
            status = stm_find_spelling(s, word, form, SCORE_PET, error);
        }
    }
    stemma_text letter = {word->plain.data, 1};
    if (status == STEMMA_OK && word->plain.size > 1 && s->word_count > 1 && letter.data[0] >= 'a' &&
        letter.data[0] <= 'z') {
        if (stm_token_list_find(&s->snapshot->file->tokens, letter, &number, &same) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_TOKEN, 0, "TOKEN");
        }
        if (same) {
            stm_find_token_add(word, number, SCORE_INITIAL, 0);
        }
    }
    return status == STEMMA_OK ? stm_find_weigh(s, word, error) : status;
}

/* ---- Words glued and split ----------------------------------------------------------------------- */

/* The words of the name with `drop` of them from `at` on replaced by `put`. */
static stemma_status gather_instead(stm_find *s, uint32_t at, uint32_t drop,
                                    const stm_find_word *put, uint32_t count, stemma_error *error)
{
    const stm_find_word *words[STM_FIND_WORDS + 1];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->word_count; i++) {
        if (i == at) {
            for (uint32_t k = 0; k < count; k++) {
                words[kept++] = &put[k];
            }
        }
        if (i < at || i >= at + drop) {
            words[kept++] = &s->words[i];
        }
    }
    return stm_find_gather_all(s, words, kept, error);
}

static stemma_status look_up(stm_find *s, stm_find_word *word, stemma_text plain,
                             stemma_error *error)
{
    memset(word, 0, sizeof *word);
    word->plain = plain;
    stemma_status status = stm_find_spelling(s, word, plain, 0, error);
    return status == STEMMA_OK ? stm_find_weigh(s, word, error) : status;
}

static stemma_status glue(stm_find *s, uint32_t at, stm_find_word *room, stemma_error *error)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text a = s->words[at].plain, b = s->words[at + 1].plain;
    memcpy(bytes, a.data, a.size);
    memcpy(bytes + a.size, b.data, b.size); /* both stand in one plain key, with a space between */
    stemma_status status = look_up(s, room, (stemma_text){bytes, a.size + b.size}, error);
    return status == STEMMA_OK && room->token_count != 0
               ? gather_instead(s, at, 2, room, 1, error)
               : status;
}

static stemma_status split(stm_find *s, uint32_t at, stm_find_word *room, stemma_error *error)
{
    stemma_text word = s->words[at].plain;
    stemma_status status = STEMMA_OK;
    uint32_t splits = 0;
    for (size_t cut = 2; status == STEMMA_OK && cut + 2 <= word.size && cut < 24 &&
                         splits < MOST_SPLITS; cut++) {
        status = look_up(s, &room[0], (stemma_text){word.data, cut}, error);
        if (status == STEMMA_OK && room[0].token_count != 0) {
            status = look_up(s, &room[1], (stemma_text){word.data + cut, word.size - cut}, error);
            if (status == STEMMA_OK && room[1].token_count != 0) {
                status = gather_instead(s, at, 1, room, 2, error);
                splits++;
            }
        }
    }
    return status;
}

static stemma_status gather_runs(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    stm_mark mark = stm_snapshot_mark(s->snapshot);
    stm_find_word *room = stm_snapshot_array(s->snapshot, 2, sizeof *room, error);
    if (room == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; status == STEMMA_OK && i < s->word_count; i++) {
        if (i + 1 < s->word_count) {
            status = glue(s, i, room, error);
        }
        if (status == STEMMA_OK && s->word_count < STM_FIND_WORDS) {
            status = split(s, i, room, error);
        }
    }
    stm_snapshot_rewind(s->snapshot, mark);
    return status;
}

/* ---- Acronyms ------------------------------------------------------------------------------------ */

/* The name is written out: who is called by its first letters? */
static stemma_status gather_abbreviated(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (int connectors = 0; status == STEMMA_OK && connectors < 2; connectors++) {
        char letters[STM_FIND_WORDS];
        uint32_t count = 0, skipped = 0;
        for (uint32_t i = 0; i < s->word_count; i++) {
            if (!connectors && stm_match_is_connector(s->words[i].plain)) {
                skipped++;
            } else {
                letters[count++] = s->words[i].plain.data[0];
            }
        }
        if (count > 1 && (!connectors || skipped == 0)) {
            stemma_text acronym = {letters, count};
            status = stm_find_gather_exact(s, acronym, acronym, error);
        }
    }
    return status;
}

/* Whether the first word of a label may begin with a letter, or be an article. */
static int may_begin(stemma_text label, char first)
{
    int32_t code;
    if ((uint8_t)label.data[0] < 0x80) {
        char letter = (char)(label.data[0] | 0x20);
        return letter == first || letter == 't' || letter < 'a' || letter > 'z';
    }
    if (utf8proc_iterate((const uint8_t *)label.data, (utf8proc_ssize_t)label.size, &code) <= 0) {
        return 0;
    }
    const char *latin = stm_fold_latin(utf8proc_tolower(code));
    return latin == NULL || latin[0] == first;
}

stemma_status stm_find_scan_acronyms(stm_find *s, stemma_error *error)
{
    uint32_t count = s->entities < STM_FIND_SCANNED ? s->entities : STM_FIND_SCANNED;
    char first = s->plain.data[0];
    for (uint32_t i = 0; i < count; i++) {
        char bytes[STM_NAME_PLAIN_SIZE];
        stemma_text label, plain = {bytes, 0};
        if (stm_label_arena_get(&s->snapshot->file->labels, i, &label) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_LABEL, i, "LABEL");
        }
        if (label.size < 2 * s->plain.size - 1 || memchr(label.data, ' ', label.size) == NULL ||
            !may_begin(label, first)) {
            continue;
        }
        if (stm_name_fold(label, bytes, &plain.size) == STEMMA_OK &&
            stm_match_acronym(s->plain, plain)) {
            stm_candidates_add(&s->candidates, i, STM_WEIGHT_WHOLE);
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_gather_forms(stm_find *s, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < s->word_count; i++) {
        status = add_forms(s, &s->words[i], error);
    }
    if (status == STEMMA_OK) {
        status = stm_find_gather_words(s, error);
    }
    if (status == STEMMA_OK) {
        status = gather_runs(s, error);
    }
    if (status == STEMMA_OK && s->word_count > 1) {
        status = gather_abbreviated(s, error);
    } else if (status == STEMMA_OK && s->plain.size >= 2 && s->plain.size <= 8) {
        status = stm_find_scan_acronyms(s, error);
    }
    return status;
}

/* ---- Beginnings of words -------------------------------------------------------------------------- */

/* Whether a word of the label begins like the last one that was asked for; the first letters of ASCII
   labels are compared as they stand. */
static int label_begins(const stm_find *s, stemma_text label)
{
    char bytes[STM_NAME_PLAIN_SIZE];
    stemma_text wanted = s->words[s->word_count - 1].plain, plain = {bytes, 0}, word;
    int may = 0;
    for (size_t i = 0; i < label.size && !may; i++) {
        int starts = i == 0 || label.data[i - 1] == ' ' || label.data[i - 1] == '-';
        may = (uint8_t)label.data[i] >= 0x80 || label.data[i] == '.' || label.data[i] == '\'' ||
              (starts && (label.data[i] | 0x20) == wanted.data[0]);
    }
    if (!may || stm_name_fold(label, bytes, &plain.size) != STEMMA_OK) {
        return 0;
    }
    for (size_t at = 0; stm_key_word(plain, &at, &word);) {
        if (wanted.size <= word.size && memcmp(word.data, wanted.data, wanted.size) == 0) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_find_scan_prefixes(stm_find *s, stemma_error *error)
{
    uint32_t count = s->entities < STM_FIND_SCANNED ? s->entities : STM_FIND_SCANNED, found = 0;
    for (uint32_t i = 0; i < count && found < COMPLETED; i++) {
        stemma_text label;
        if (stm_label_arena_get(&s->snapshot->file->labels, i, &label) != STEMMA_OK) {
            return stm_damaged(error, STM_TABLE_LABEL, i, "LABEL");
        }
        if (label_begins(s, label)) {
            stm_candidates_add(&s->candidates, i, STM_WEIGHT_ALL_WORDS);
            found++;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_find_gather_prefix(stm_find *s, stemma_error *error)
{
    const stm_find_word *words[STM_FIND_WORDS];
    uint32_t first = 0, end = 0, count = s->word_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        words[i] = &s->words[i];
    }
    stemma_status status = count != 0 ? stm_find_gather_all(s, words, count, error) : STEMMA_OK;
    if (status == STEMMA_OK) {
        status = stm_find_range(s, s->words[count].plain, &first, &end, error);
    }
    if (status == STEMMA_OK && end - first > PREFIX_TOKENS) {
        return count == 0 ? stm_find_scan_prefixes(s, error) : STEMMA_OK;
    }
    for (uint32_t i = first; status == STEMMA_OK && i < end; i++) {
        status = stm_find_gather_list(s, i, 1, PREFIX_ENTITIES, error);
    }
    return status;
}

/* ---- Misspelt ------------------------------------------------------------------------------------- */

typedef struct spelling_sink {
    stm_find *s;
    stm_find_word *word;
    stemma_error *error;
} spelling_sink;

static stemma_status take_spelling(void *context, stemma_text spelling)
{
    spelling_sink *sink = context;
    return stm_find_spelling(sink->s, sink->word, spelling, SCORE_SCRIPT, sink->error);
}

static stemma_status add_beginnings(stm_find *s, stm_find_word *word, stemma_error *error)
{
    uint32_t first = 0, end = 0;
    if (word->plain.size < 3) {
        return STEMMA_OK;
    }
    stemma_status status = stm_find_range(s, word->plain, &first, &end, error);
    for (uint32_t i = first; status == STEMMA_OK && i < end && i < first + PREFIX_MISSPELT; i++) {
        stm_find_token_add(word, i, SCORE_INITIAL, 0);
    }
    return status;
}

static stemma_status add_misspelt(stm_find *s, stm_find_word *word, stemma_error *error)
{
    spelling_sink sink = {s, word, error};
    stemma_status status;
    if (s->asked.scripts & (STM_SCRIPT_ARABIC | STM_SCRIPT_HEBREW)) {
        status = stm_vowelled_each(word->plain, take_spelling, &sink);
    } else {
        status = stm_consonants_each(word->plain, take_spelling, &sink);
    }
    if (status == STEMMA_OK && word->plain.size >= 4) {
        status = stm_edit_each(word->plain, take_spelling, &sink);
    }
    if (status == STEMMA_OK) {
        status = add_beginnings(s, word, error);
    }
    return status == STEMMA_OK ? stm_find_weigh(s, word, error) : status;
}

/* Whether the file has a word that sounds like it. */
static int is_known(const stm_find_word *word)
{
    for (uint32_t i = 0; i < word->token_count; i++) {
        if (word->tokens[i].sounds) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_find_gather_misspelt(stm_find *s, int all, stemma_error *error)
{
    stemma_status status = STEMMA_OK;
    for (uint32_t i = 0; status == STEMMA_OK && i < s->word_count; i++) {
        stm_find_word *word = &s->words[i];
        if (word->plain.size > 1 && is_known(word) == all) {
            status = add_misspelt(s, word, error);
        }
    }
    return status == STEMMA_OK ? stm_find_gather_words(s, error) : status;
}
