/* SPDX-License-Identifier: MIT */
#include "pack/read/caption.h"

#include "pack/read/agency.h"
#include "pack/read/words.h"

#define CREDIT_BYTES   80u /* longest credit that is looked for */
#define CAPTION_WORDS  60u
#define FOLLOWER_WORDS 40u

/* A credit can be told from a word of the language: by a sign that only credits have, or because
   it is an agency. */
static bool is_credit(stemma_text credit)
{
    static const char marks[] = "@/";
    for (size_t i = 0; i < credit.size; i++) {
        if (memchr(marks, credit.data[i], 2) != NULL) {
            return true;
        }
    }
    return stm_agency_is_known(credit) || stm_begins(credit, "\xC2\xA9");
}

bool stm_caption_is_credited(const stm_line *line)
{
    stemma_text text = line->text;
    if (line->long_line || line->terminal || line->word_count < 3 ||
        line->word_count > CAPTION_WORDS || text.size < 8) {
        return false;
    }
    if (!(stm_is_upper(text.data[0]) || text.data[0] == '@' ||
          (unsigned char)text.data[0] >= 0x80)) {
        return false;
    }
    size_t longest = text.size / 2 < CREDIT_BYTES ? text.size / 2 : CREDIT_BYTES;
    for (size_t size = longest; size >= 2; size--) {
        size_t tail = text.size - size;
        char after = text.data[size];
        if (memcmp(text.data, text.data + tail, size) != 0 || stm_is_space(text.data[size - 1]) ||
            !(stm_is_space(after) || after == ':' || after == ',') || tail <= size + 1) {
            continue;
        }
        stemma_text credit = stm_slice(text, 0, size);
        char before = text.data[tail - 1];
        bool glued = stm_is_lower(before) && stm_is_upper(text.data[tail]);
        bool apart = stm_is_space(before) || before == '(' || before == '|' || before == '/';
        if ((glued && size >= 3) || is_credit(credit)) {
            return glued || apart || is_credit(credit);
        }
    }
    return false;
}

/* "Agency Photo" is signed for the agency too. */
static bool is_agency_side(stemma_text text)
{
    text = stm_trim(text);
    if (stm_ends(text, " Photo") || stm_ends(text, " photo")) {
        text = stm_trim(stm_slice(text, 0, text.size - strlen(" photo")));
    }
    return stm_agency_is_known(text);
}

/* "Name Surname/Agency", "AGENCY/Name Surname", "Agency": short, in capitals, an agency in it. */
static bool is_credit_phrase(stemma_text text)
{
    text = stm_trim(text);
    if (text.size == 0 || text.size > CREDIT_BYTES ||
        !(stm_is_upper(text.data[0]) || text.data[0] == '@' ||
          (unsigned char)text.data[0] >= 0x80)) {
        return false;
    }
    stemma_text word;
    for (size_t at = 0; stm_next_word(text, &at, &word);) {
        if (stm_is_lower(word.data[0]) && !stm_is_word(word, "via") &&
            !stm_is_word(word, "photo") && !stm_is_word(word, "de") && !stm_is_word(word, "van") &&
            !stm_is_word(word, "von") && !stm_is_word(word, "dpa")) {
            return false;
        }
    }
    size_t via = stm_find(text, " via ");
    if (via != SIZE_MAX && is_agency_side(stm_slice(text, via + 5, text.size))) {
        return true;
    }
    const char *slash = memchr(text.data, '/', text.size);
    size_t at = slash != NULL ? (size_t)(slash - text.data) : text.size;
    return is_agency_side(stm_slice(text, 0, at)) ||
           (slash != NULL && is_agency_side(stm_slice(text, at + 1, text.size)));
}

bool stm_caption_is_labelled(const stm_line *line)
{
    static const char *const labels[] = {"file photo:",
                                         "photo:",
                                         "photograph:",
                                         "photo by:",
                                         "photo credit:",
                                         "image:",
                                         "image credit:",
                                         "picture:",
                                         "photos:",
                                         "credit:",
                                         "image source,",
                                         "image caption,",
                                         "image source:",
                                         "image caption:",
                                         "file image:",
                                         "media caption,",
                                         "photo illustration:",
                                         "file picture:",
                                         "file \xE2\x80\x93 ",
                                         "file \xE2\x80\x94 ",
                                         "file - ",
                                         "(photo by ",
                                         "(photo:",
                                         "(file photo",
                                         "[photo:",
                                         "[photo by "};
    stemma_text text = line->text;
    if (line->long_line || line->word_count > CAPTION_WORDS) {
        return false;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (stm_begins(text, labels[i])) {
            return true;
        }
    }
    if (is_credit_phrase(text) && !line->terminal) {
        return true;
    }
    /* "A crowd in the square [File: Name/Agency]", "... (Name/Agency via AP)" */
    if (text.size > 4 && (stm_ends(text, "]") || stm_ends(text, ")"))) {
        char opening = stm_ends(text, "]") ? '[' : '(';
        size_t open = text.size - 1;
        while (open > 0 && text.data[open] != opening) {
            open--;
        }
        stemma_text inside = stm_trim(stm_slice(text, open + 1, text.size - 1));
        if (stm_begins(inside, "file:")) {
            inside = stm_trim(stm_slice(inside, 5, inside.size));
        }
        bool signed_by =
            memchr(inside.data, '/', inside.size) != NULL || stm_find(inside, " via ") != SIZE_MAX;
        return open > 0 && inside.size != 0 && signed_by && is_credit_phrase(inside);
    }
    return false;
}

/* Whether most of the longer words of `line` stand in `other` too. */
static bool repeats(const stm_line *line, const stm_line *other)
{
    uint32_t looked = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < line->word_count; i++) {
        if (line->words[i].size < 4) {
            continue;
        }
        looked++;
        for (uint32_t j = 0; j < other->word_count; j++) {
            if (stemma_text_equal(line->words[i], other->words[j])) {
                found++;
                break;
            }
        }
    }
    return looked >= 3 && found * 10 >= looked * 7;
}

bool stm_caption_follows(const stm_line *line, const stm_line *caption)
{
    if (line->long_line || line->word_count == 0 || line->word_count > FOLLOWER_WORDS) {
        return false;
    }
    return (!line->terminal && !line->quoted) || repeats(line, caption);
}
