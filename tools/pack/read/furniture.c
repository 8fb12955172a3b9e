/* SPDX-License-Identifier: MIT */
#include "pack/read/furniture.h"

#include "limits.h"
#include "pack/read/byline.h"
#include "pack/read/caption.h"
#include "pack/read/phrases.h"
#include "pack/read/plain.h"
#include "pack/read/slug.h"
#include "pack/read/words.h"

#define HEAD_PARAGRAPHS 12u /* in which lines about the article are looked for at the beginning */
#define TAIL_PARAGRAPHS 12u /* ... and at the end */
#define LIST_LONGEST    15u /* entries of a list of links */
#define LINK_WORDS      24u /* words of an entry */
#define SCRAP_WORDS     8u  /* words of a scrap of the page's foot */

bool stm_furniture_holds(const stm_source_document *source, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = source->furniture_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->furniture[middle].end <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < source->furniture_count && source->furniture[low].start <= offset;
}

static bool has_digit(stemma_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (stm_is_digit(text.data[i])) {
            return true;
        }
    }
    return false;
}

/* "Name | Word | | |", "Home • News • Sport": short pieces between bars. */
static bool is_bar(const stm_line *line)
{
    if (line->pipes < 2 || line->terminal || line->word_count > 4 * (line->pipes + 1) ||
        line->long_line || has_digit(line->text)) {
        return false;
    }
    return true;
}

/* "Home > World > Europe" */
static bool is_trail(const stm_line *line)
{
    return line->word_count >= 2 && line->word_count <= 10 && !line->terminal &&
           (stm_is_word(line->words[0], "home") || stm_is_word(line->words[0], "news")) &&
           (stm_find(line->text, " > ") != SIZE_MAX ||
            stm_find(line->text, "\xC2\xBB") != SIZE_MAX ||
            stm_find(line->text, "\xE2\x80\xBA") != SIZE_MAX);
}

static bool is_copyright_sign(const stm_line *line)
{
    return !line->long_line && line->word_count <= 30 &&
           (stm_begins(line->text, "\xC2\xA9") || stm_begins(line->text, "(c) 2") ||
            stm_begins(line->text, "copyright \xC2\xA9") ||
            stm_begins(line->text, "copyright (c)"));
}

/* "Read more: Title", "RELATED: Title" */
static bool is_link_with_label(const stm_line *line)
{
    static const char *const labels[] = {
        "read more:", "related:",    "read also:",      "also read:", "see also:",
        "watch:",     "tags:",       "filed under:",    "more:",      "related news:",
        "topics:",    "categories:", "category:",       "labels:",    "listen:",
        "read:",      "tagged:",     "related topics:", "keywords:"};
    if (line->terminal || line->long_line || line->word_count > LINK_WORDS) {
        return false;
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (stm_begins(line->text, labels[i])) {
            return true;
        }
    }
    return false;
}

/* The address of a page, alone. */
static bool is_address(const stm_line *line)
{
    return !line->long_line && memchr(line->text.data, ' ', line->text.size) == NULL &&
           (stm_begins(line->text, "http://") || stm_begins(line->text, "https://") ||
            stm_begins(line->text, "www."));
}

/* Where the walk over the paragraphs stands. */
typedef struct walk {
    stm_source_document *source;
    bool *marks;
    stm_line line;
    stm_line caption;   /* the last credited caption */
    bool after_caption; /* the paragraph before is `caption` */
    uint32_t list_left; /* entries that a list of links may still have */
    stemma_status status;
} walk;

static void set_field(walk *state, stemma_text *field, stemma_text value)
{
    if (field->size == 0) {
        *field = stm_collapse(&state->source->arena, value, STEMMA_LIMIT_FIELD, &state->status);
    }
}

static void take_date(walk *state, stemma_text raw, const char *edtf)
{
    stm_source_fields *fields = &state->source->fields;
    if (fields->published.edtf.size == 0) {
        fields->published.raw.size = 0; /* what could not be read gives way */
        set_field(state, &fields->published.raw, raw);
        fields->published.edtf = stm_arena_text(&state->source->arena, stemma_text_of(edtf));
        if (fields->published.edtf.data == NULL) {
            state->status = STEMMA_E_NO_MEMORY;
        }
    }
}

/* "| 12 March 2031", "on 12 March 2031", what stands in a line behind the names. */
static void take_date_behind(walk *state, stemma_text rest)
{
    stm_line line;
    stemma_text value;
    char edtf[STM_DATE_SIZE];
    bool published;
    while (rest.size != 0 && !stm_is_letter(rest.data[0]) && !stm_is_digit(rest.data[0])) {
        rest = stm_slice(rest, 1, rest.size);
    }
    stm_line_read(&line, rest);
    if (stm_byline_date(&line, &value, edtf, &published) && published) {
        take_date(state, value, edtf);
    }
}

/* A line, or a part of one, that states who, when or for whom. It is furniture, but not lost. */
static bool take_part(walk *state, const stm_line *line, bool first)
{
    stm_source_fields *fields = &state->source->fields;
    stemma_text value;
    char edtf[STM_DATE_SIZE];
    bool published;
    if (stm_byline_date(line, &value, edtf, &published)) {
        if (published) {
            take_date(state, value, edtf);
        }
        return true;
    }
    if (first) {
        return stm_byline_is_staff(line);
    }
    if (stm_byline_read(line, &value)) {
        stemma_text agency;
        stm_line names;
        stm_line_read(&names, value);
        if (stm_byline_agency(&names, &agency)) {
            set_field(state, &fields->agency, agency);
        } else {
            set_field(state, &fields->byline, value);
        }
        size_t behind = (size_t)(value.data + value.size - line->text.data);
        take_date_behind(state, stm_slice(line->text, behind, line->text.size));
        return true;
    }
    if (stm_byline_agency(line, &value) || stm_byline_is_contribution(line, &value)) {
        if (value.size != 0) {
            set_field(state, &fields->agency, value);
        }
        return true;
    }
    return stm_byline_is_staff(line) || stm_byline_is_syndication(line);
}

/* Where the next bar or bullet stands in `text`; its size in `*mark`. */
static size_t find_bar(stemma_text text, size_t *mark)
{
    static const char *const marks[] = {"|", "\xE2\x80\xA2", "\xC2\xB7"};
    size_t best = text.size;
    *mark = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = stm_find(stm_slice(text, 0, best), marks[i]);
        if (at != SIZE_MAX) {
            best = at;
            *mark = strlen(marks[i]);
        }
    }
    return best;
}

/* "Lena Marsh | 12 March 2031 | 3 min read": at least one part is a statement, the others short. */
static bool take_parts(walk *state)
{
    stemma_text text = state->line.text;
    bool any = false;
    uint32_t parts = 0;
    if (state->line.long_line || state->line.terminal || state->line.word_count > LINK_WORDS) {
        return false;
    }
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t at = 0; at < text.size; parts++) {
            size_t mark;
            stemma_text rest = stm_slice(text, at, text.size);
            stm_line part;
            size_t end = find_bar(rest, &mark);
            stm_line_read(&part, stm_slice(rest, 0, end));
            at += end + mark;
            if (mark == 0 && parts == 0) {
                return false;
            }
            /* Look first, take only when the whole line is of this kind. */
            stemma_text value;
            char edtf[STM_DATE_SIZE];
            bool published;
            if (pass == 1) {
                take_part(state, &part, false);
            } else if (stm_byline_date(&part, &value, edtf, &published) ||
                       stm_byline_read(&part, &value)) {
                any = true;
            } else if (part.word_count > 4 && stm_furniture_phrase(&part) == STM_PHRASE_NONE) {
                return false;
            }
        }
        if (!any) {
            return false;
        }
    }
    return true;
}

static bool take_statement(walk *state, uint32_t index)
{
    uint32_t from_end = state->source->paragraph_count - index;
    if (index >= HEAD_PARAGRAPHS && from_end > TAIL_PARAGRAPHS) {
        return false;
    }
    return (index != 0 && take_parts(state)) || take_part(state, &state->line, index == 0);
}

/* A row of a table has neighbours with as many bars. */
static bool in_table(const stm_source_document *source, uint32_t index, uint32_t pipes)
{
    stm_line other;
    for (uint32_t step = 0; step < 2; step++) {
        uint32_t neighbour = step == 0 ? index - 1 : index + 1;
        if (neighbour < source->paragraph_count) {
            stm_line_read(&other, stm_plain_paragraph(source, neighbour));
            if (other.pipes == pipes) {
                return true;
            }
        }
    }
    return false;
}

static bool is_furniture(walk *state, uint32_t index)
{
    stm_line *line = &state->line;
    bool after_caption = state->after_caption;
    state->after_caption = false;
    stm_phrase_kind kind = stm_furniture_phrase(line);
    if (kind == STM_PHRASE_LIST_HEAD) {
        state->list_left = LIST_LONGEST;
        return true;
    }
    if (kind == STM_PHRASE_LINE || stm_phrase_is_toolbar(line) || is_link_with_label(line) ||
        is_trail(line) || is_copyright_sign(line) || is_address(line)) {
        return true;
    }
    if (take_statement(state, index)) {
        return true;
    }
    if (is_bar(line) && !in_table(state->source, index, line->pipes)) {
        return true;
    }
    if (stm_caption_is_credited(line) && index != 0) {
        state->caption = *line;
        state->after_caption = true;
        return true;
    }
    if (stm_caption_is_labelled(line) && index != 0) {
        return true;
    }
    if (after_caption && stm_caption_follows(line, &state->caption)) {
        return true;
    }
    if (state->list_left != 0 && !line->terminal && !line->long_line && !line->quoted &&
        line->word_count <= LINK_WORDS) {
        state->list_left--;
        return true;
    }
    state->list_left = 0;
    /* Nothing but signs: "* * *", "|". A rule between paragraphs. */
    return line->word_count == 0;
}

/* At the foot of a page, scraps that stand behind furniture are furniture too. */
static void mark_scraps(walk *state)
{
    const stm_source_document *source = state->source;
    uint32_t first = source->paragraph_count;
    while (first > 0) {
        stm_line_read(&state->line, stm_plain_paragraph(source, first - 1));
        bool content = !state->marks[first - 1] &&
                       (state->line.terminal || state->line.word_count > SCRAP_WORDS);
        if (content) {
            break;
        }
        first--;
    }
    bool behind = false;
    for (uint32_t i = first; i < source->paragraph_count && first != 0; i++) {
        behind = behind || state->marks[i];
        state->marks[i] = state->marks[i] || behind;
    }
}

/* Joins the marked paragraphs with the spans that were there, in order, without overlap. */
static stemma_status merge(walk *state)
{
    stm_source_document *source = state->source;
    size_t room = (size_t)source->furniture_count + source->paragraph_count;
    stemma_span *merged = stm_arena_alloc(&source->arena, room, sizeof *merged);
    uint32_t count = 0;
    uint32_t old = 0;
    uint32_t paragraph = 0;
    if (merged == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (;;) {
        while (paragraph < source->paragraph_count && !state->marks[paragraph]) {
            paragraph++;
        }
        bool have_old = old < source->furniture_count;
        bool have_new = paragraph < source->paragraph_count;
        if (!have_old && !have_new) {
            break;
        }
        stemma_span next;
        if (have_old &&
            (!have_new || source->furniture[old].start <= source->paragraphs[paragraph])) {
            next = source->furniture[old++];
        } else {
            stemma_text text = stm_plain_paragraph(source, paragraph);
            next.start = source->paragraphs[paragraph++];
            next.end = next.start + (uint32_t)text.size;
        }
        if (count != 0 && next.start <= merged[count - 1].end) {
            if (next.end > merged[count - 1].end) {
                merged[count - 1].end = next.end;
            }
        } else if (next.end > next.start) {
            merged[count++] = next;
        }
    }
    source->furniture = merged;
    source->furniture_count = count;
    return STEMMA_OK;
}

static void find_dateline(walk *state)
{
    stm_source_document *source = state->source;
    for (uint32_t i = 0; i < source->paragraph_count && i < HEAD_PARAGRAPHS; i++) {
        stemma_text agency;
        stemma_text raw;
        char edtf[STM_DATE_SIZE];
        if (!state->marks[i] && source->fields.published.edtf.size == 0 &&
            stm_dateline_date(stm_plain_paragraph(source, i), &raw, edtf)) {
            take_date(state, raw, edtf);
        }
        if (!state->marks[i] && source->fields.agency.size == 0 &&
            stm_dateline_agency(stm_plain_paragraph(source, i), &agency)) {
            set_field(state, &source->fields.agency, agency);
        }
    }
}

stemma_status stm_furniture_find(stm_source_document *source)
{
    walk state;
    memset(&state, 0, sizeof state);
    state.source = source;
    state.marks = stm_arena_alloc(&source->arena, source->paragraph_count, sizeof *state.marks);
    if (state.marks == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < source->paragraph_count; i++) {
        stm_line_read(&state.line, stm_plain_paragraph(source, i));
        state.marks[i] = is_furniture(&state, i);
    }
    find_dateline(&state);
    mark_scraps(&state);
    stemma_status status = stm_slugs_find(source);
    if (status == STEMMA_OK) {
        status = merge(&state);
    }
    return status != STEMMA_OK ? status : state.status;
}
