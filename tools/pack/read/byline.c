/* SPDX-License-Identifier: MIT */
#include "pack/read/byline.h"

#include "pack/read/agency.h"
#include "pack/read/words.h"

#define BYLINE_WORDS   16u
#define STAFF_WORDS    40u
#define DATELINE_BYTES 100u

static bool is_capitalised(stemma_text word)
{
    return stm_is_upper(word.data[0]) || (unsigned char)word.data[0] >= 0x80;
}

static bool is_name_particle(stemma_text word)
{
    static const char *const words[] = {"and", "de", "van", "von", "der", "den", "da",  "del",
                                        "di",  "la", "le",  "al",  "el",  "bin", "ben", "du"};
    return stm_is_one_of(word, words, sizeof words / sizeof *words);
}

/* The bytes of `text` before the first thing that cannot belong to names. */
static stemma_text names_only(stemma_text text)
{
    static const char *const stops[] = {
        " in ",           " at ",       " for ", " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
        " \xE2\x80\xA2 ", " \xC2\xB7 ", "(",     "|",   ";",   " on ",           " with "};
    size_t end = text.size;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = stm_find(stm_slice(text, 0, end), stops[i]);
        if (at != SIZE_MAX) {
            end = at;
        }
    }
    text = stm_trim(stm_slice(text, 0, end));
    while (text.size != 0 && (text.data[text.size - 1] == ',' || text.data[text.size - 1] == '.')) {
        text.size--;
    }
    return text;
}

bool stm_byline_read(const stm_line *line, stemma_text *names)
{
    stemma_text text = line->text;
    size_t skip = stm_begins(text, "by ")           ? 3
                  : stm_begins(text, "by: ")        ? 4
                  : stm_begins(text, "written by ") ? 11
                  : stm_begins(text, "author: ")    ? 8
                                                    : 0;
    if (skip == 0 || line->long_line || line->word_count > BYLINE_WORDS || line->quoted ||
        stm_ends(text, "?") || stm_ends(text, "!")) {
        return false;
    }
    stemma_text found = names_only(stm_slice(text, skip, text.size));
    size_t words = 0;
    stemma_text word;
    for (size_t at = 0; stm_next_word(found, &at, &word);) {
        words++;
        if (stm_is_digit(word.data[0]) || stm_month_number(word) != 0 || stm_is_weekday(word) ||
            (!is_capitalised(word) && !is_name_particle(word))) {
            return false;
        }
    }
    /* A full stop is an abbreviation or a slip in a line this short, unless more words follow the
       names, as in "By Tuesday in the town of Lund, ...". */
    if (words < 2 && !stm_agency_is_known(found)) {
        return false;
    }
    if (words > 10 || (line->terminal && line->word_count > words + 1)) {
        return false;
    }
    *names = found;
    return true;
}

/* "Editor: Jo Park": a label and names, nothing else. */
static bool is_labelled(const stm_line *line)
{
    static const char *const labels[] = {
        "editor:", "editors:",   "reporter:",  "reporters:", "producer:",
        "writer:", "edited by:", "reporting:", "sub-editor:"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (stm_begins(line->text, labels[i])) {
            return !line->terminal && line->word_count <= 8;
        }
    }
    return false;
}

bool stm_byline_is_staff(const stm_line *line)
{
    static const char *const first[] = {"edited",   "editing",  "reporting",  "reported",
                                        "written",  "writing",  "compiled",   "additional",
                                        "produced", "graphics", "translated", "photography",
                                        "with",     "editor",   "editors"};
    static const char *const inner[] = {
        "by",       "and",         "in",   "reporting",   "editing",      "writing", "additional",
        "with",     "for",         "from", "contributed", "compiled",     "the",     "graphics",
        "research", "translation", "of",   "photography", "contributions"};
    if (!line->long_line && !line->quoted && line->word_count >= 2 && is_labelled(line)) {
        return true;
    }
    if (line->long_line || line->quoted || line->word_count < 3 || line->word_count > STAFF_WORDS ||
        !stm_is_one_of(line->words[0], first, sizeof first / sizeof *first)) {
        return false;
    }
    bool by = false;
    for (uint32_t i = 1; i < line->word_count; i++) {
        stemma_text word = line->words[i];
        by = by || (i <= 3 && stm_is_word(word, "by"));
        if (!is_capitalised(word) && !is_name_particle(word) &&
            !stm_is_one_of(word, inner, sizeof inner / sizeof *inner)) {
            return false;
        }
    }
    return by;
}

bool stm_byline_is_contribution(const stm_line *line, stemma_text *agency)
{
    static const char *const inner[] = {
        "writer",         "writers",     "reporter",      "reporters", "staff",
        "journalist",     "journalists", "correspondent", "in",        "at",
        "correspondents", "from",        "the",           "also",      "video",
        "photographer",   "producer",    "associated",    "editor",    "photographers"};
    static const char *const behind[] = {"to",    "this",    "report", "reporting",
                                         "story", "article", "from",   "in",
                                         "the",   "for",     "and",    "dispatch"};
    static const char *const jobs[] = {"writer",        "writers",        "reporter",
                                       "reporters",     "journalist",     "journalists",
                                       "correspondent", "correspondents", "contributed"};
    *agency = (stemma_text){NULL, 0};
    if (line->long_line || line->quoted || line->word_count < 2 || line->word_count > STAFF_WORDS) {
        return false;
    }
    uint32_t verb = 1;
    while (verb < line->word_count && !stm_is_word(line->words[verb], "contributed")) {
        stemma_text word = line->words[verb];
        if (!is_capitalised(word) && !is_name_particle(word) &&
            !stm_is_one_of(word, inner, sizeof inner / sizeof *inner)) {
            return false;
        }
        verb++;
    }
    if (verb == line->word_count) {
        return false;
    }
    bool piece = verb + 1 == line->word_count;
    for (uint32_t i = verb + 1; i < line->word_count; i++) {
        stemma_text word = line->words[i];
        if (!is_capitalised(word) && !is_name_particle(word) &&
            !stm_is_one_of(word, behind, sizeof behind / sizeof *behind)) {
            return false;
        }
        piece = piece || stm_is_one_of(word, behind + 2, 4) || stm_is_word(word, "dispatch");
    }
    /* "He contributed to the story" is no credit; "A Northwire reporter contributed" may be. */
    if (!piece || !is_capitalised(line->words[0]) || stm_is_word(line->words[0], "he") ||
        stm_is_word(line->words[0], "she") || stm_is_word(line->words[0], "they")) {
        return false;
    }
    uint32_t first = stm_is_word(line->words[0], "the") ? 1 : 0;
    for (uint32_t end = first + 1; end <= verb && end <= first + 3; end++) {
        stemma_text last = line->words[end - 1];
        stemma_text name = {line->words[first].data,
                            (size_t)(last.data + last.size - line->words[first].data)};
        bool before_job = stm_is_one_of(line->words[end], jobs, sizeof jobs / sizeof *jobs);
        bool generic = stm_is_word(line->words[first], "staff");
        if (before_job && (stm_agency_is_known(name) ||
                           (!generic && end < verb && is_capitalised(line->words[end - 1])))) {
            *agency = name;
            break;
        }
    }
    return true;
}

bool stm_byline_is_syndication(const stm_line *line)
{
    static const char *const marks[] = {"syndicated feed",         "wire agency feed",
                                        "news agency feed",        "has not been edited by",
                                        "generated from a feed",   "published from a wire",
                                        "originally published by", "originally appeared on"};
    static const char *const first[] = {"this", "except", "disclaimer", "the"};
    if (line->long_line || line->word_count < 5 || line->word_count > STAFF_WORDS ||
        !stm_is_one_of(line->words[0], first, sizeof first / sizeof *first)) {
        return false;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (stm_find(line->text, marks[i]) != SIZE_MAX) {
            return stm_find(line->text, "story") != SIZE_MAX ||
                   stm_find(line->text, "article") != SIZE_MAX ||
                   stm_find(line->text, "report") != SIZE_MAX;
        }
    }
    return false;
}

bool stm_byline_date(const stm_line *line, stemma_text *raw, char edtf[STM_DATE_SIZE],
                     bool *is_published)
{
    static const struct {
        const char *label;
        bool published;
    } labels[] = {{"last updated", false},
                  {"last modified", false},
                  {"updated", false},
                  {"modified", false},
                  {"first published", true},
                  {"published", true},
                  {"posted", true},
                  {"publication date", true},
                  {"date published", true},
                  {"release date", true},
                  {"date", true},
                  {"issued", true},
                  {"created", true},
                  {"on", true}};
    stemma_text text = line->text;
    *is_published = true;
    if (text.size > 80 || line->word_count < 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t size = strlen(labels[i].label);
        if (stm_begins(text, labels[i].label) && text.size > size &&
            (stm_is_space(text.data[size]) || text.data[size] == ':')) {
            *is_published = labels[i].published;
            text = stm_trim(stm_slice(text, size, text.size));
            if (stm_begins(text, "on ") || stm_begins(text, "at ")) {
                text = stm_trim(stm_slice(text, 3, text.size));
            }
            if (text.size != 0 && text.data[0] == ':') {
                text = stm_trim(stm_slice(text, 1, text.size));
            }
            break;
        }
    }
    size_t updated = stm_find(text, "updated");
    if (updated != SIZE_MAX && updated > 8) {
        /* "3 May 2024 at 10:30, updated 4 May 2024" */
        text = stm_trim(stm_slice(text, 0, updated));
    }
    if (!stm_date_read(text, edtf) || strlen(edtf) < strlen("2024-03-12")) {
        return false;
    }
    *raw = text;
    return true;
}

/* Where the dash that ends a dateline begins, or SIZE_MAX. */
static size_t find_dash(stemma_text text)
{
    static const char *const dashes[] = {" - ",
                                         " -- ",
                                         " \xE2\x80\x93",
                                         " \xE2\x80\x94",
                                         ")\xE2\x80\x93",
                                         ")\xE2\x80\x94",
                                         ") \xE2\x80\x92",
                                         ")-",
                                         "):"};
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t at = stm_find(text, dashes[i]);
        if (at != SIZE_MAX) {
            at += dashes[i][0] == ')';
            best = at < best ? at : best;
        }
    }
    return best;
}

static bool all_capitals(stemma_text text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (stm_is_lower(text.data[i])) {
            return false;
        }
        letters += stm_is_letter(text.data[i]);
    }
    return letters >= 3;
}

bool stm_dateline_agency(stemma_text paragraph, stemma_text *agency)
{
    stemma_text head =
        stm_slice(paragraph, 0, paragraph.size < DATELINE_BYTES ? paragraph.size : DATELINE_BYTES);
    size_t dash = find_dash(head);
    if (dash == SIZE_MAX) {
        return false;
    }
    head = stm_trim(stm_slice(head, 0, dash));
    const char *open = head.size != 0 ? memchr(head.data, '(', head.size) : NULL;
    if (open == NULL || head.data[head.size - 1] != ')') {
        return false;
    }
    size_t at = (size_t)(open - head.data);
    stemma_text inside = stm_trim(stm_slice(head, at + 1, head.size - 1));
    stemma_text place = stm_trim(stm_slice(head, 0, at));
    if (inside.size == 0 || inside.size > 40 || memchr(inside.data, '(', inside.size) != NULL) {
        return false;
    }
    stemma_text word;
    stemma_text first = {NULL, 0};
    for (size_t i = 0; stm_next_word(place, &i, &word);) {
        if (first.size == 0) {
            first = word;
        }
        if (!is_capitalised(word) && !stm_is_digit(word.data[0]) && !is_name_particle(word)) {
            return false;
        }
    }
    bool shouted = first.size != 0 && all_capitals(first);
    size_t words = 0;
    for (size_t i = 0; stm_next_word(inside, &i, &word);) {
        words++;
        if (!is_capitalised(word) && !shouted) {
            return false;
        }
    }
    if (!stm_agency_is_known(inside) && !(shouted && words <= 3)) {
        return false;
    }
    *agency = inside;
    return true;
}

bool stm_dateline_date(stemma_text paragraph, stemma_text *raw, char edtf[STM_DATE_SIZE])
{
    stemma_text head =
        stm_slice(paragraph, 0, paragraph.size < DATELINE_BYTES ? paragraph.size : DATELINE_BYTES);
    size_t dash = find_dash(head);
    if (dash == SIZE_MAX || head.size == 0 || !is_capitalised(head)) {
        return false;
    }
    head = stm_slice(head, 0, dash);
    const char *open = memchr(head.data, '(', head.size);
    if (open != NULL) {
        head.size = (size_t)(open - head.data);
    }
    for (size_t at = 0; at < head.size; at++) {
        if (head.data[at] != ',') {
            continue;
        }
        stemma_text date = stm_trim(stm_slice(head, at + 1, head.size));
        while (date.size != 0 && date.data[date.size - 1] == ',') {
            date.size--;
        }
        if (stm_date_read(date, edtf) && strlen(edtf) >= strlen("2024-03-12")) {
            *raw = date;
            return true;
        }
    }
    return false;
}

bool stm_byline_agency(const stm_line *line, stemma_text *agency)
{
    stemma_text text = line->text;
    if (line->long_line || line->word_count == 0 || line->word_count > 8 || line->quoted) {
        return false;
    }
    for (size_t i = 0; i < 2; i++) {
        static const char *const dashes[] = {"\xE2\x80\x94", "\xE2\x80\x93"};
        if (stm_begins(text, dashes[i])) {
            text = stm_trim(stm_slice(text, 3, text.size));
        }
    }
    if (text.size > 2 && text.data[0] == '(' && stm_ends(text, ")")) {
        text = stm_trim(stm_slice(text, 1, text.size - 1));
    }
    static const char *const labels[] = {"source:",
                                         "sources:",
                                         "credit:",
                                         "via:",
                                         "agency:",
                                         "with inputs from",
                                         "with input from",
                                         "with reporting by",
                                         "with reporting from",
                                         "with files from",
                                         "with agency inputs from"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (stm_begins(text, labels[i])) {
            text = stm_trim(stm_slice(text, strlen(labels[i]), text.size));
            break;
        }
    }
    while (text.size != 0 && text.data[text.size - 1] == '.') {
        text.size--;
    }
    if (stm_begins(text, "the ") && stm_agency_is_known(stm_slice(text, 4, text.size))) {
        text = stm_slice(text, 4, text.size);
    }
    if (!stm_agency_is_known(text)) {
        return false;
    }
    *agency = text;
    return true;
}
