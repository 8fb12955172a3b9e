/* SPDX-License-Identifier: MIT */
#include "train/conllu.h"

#include <stdlib.h>
#include <string.h>

#include "pack/model/label.h"
#include "train/file.h"

struct reader {
    struct stm_conllu *bank;
    const char *path;
    struct stm_conllu_word words[STM_CONLLU_LONGEST];
    uint32_t count;
    uint32_t too_long;
    stemma_text text;
    uint32_t glued_until; /* the words up to this one are parts of one multiword token */
    int glued_space;
};

void stm_conllu_init(struct stm_conllu *bank)
{
    memset(bank, 0, sizeof *bank);
    stm_arena_init(&bank->arena, 0);
}

void stm_conllu_free(struct stm_conllu *bank)
{
    stm_arena_free(&bank->arena);
}

static stemma_text copy(struct stm_conllu *bank, stemma_text text)
{
    stemma_text kept = stm_arena_text(&bank->arena, text);
    if (kept.data == NULL && text.size != 0) {
        stm_train_fail("out of memory");
    }
    return kept;
}

/* Where each word stands in the text: words follow each other, with white space between or none. */
static void find_spans(struct stm_conllu_sentence *sentence)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < sentence->count; i++) {
        struct stm_conllu_word *word = &sentence->words[i];
        uint32_t from = at;
        while (from < sentence->text.size && from < at + 4 &&
               (sentence->text.size - from < word->form.size ||
                memcmp(sentence->text.data + from, word->form.data, word->form.size) != 0)) {
            from++;
        }
        if (sentence->text.size - from >= word->form.size && from < at + 4 &&
            memcmp(sentence->text.data + from, word->form.data, word->form.size) == 0) {
            word->start = from;
            word->end = at = from + (uint32_t)word->form.size;
        } else {
            word->start = word->end = at;
        }
    }
}

static void put_together(struct reader *reader, struct stm_conllu_sentence *sentence)
{
    size_t size = 0;
    for (uint32_t i = 0; i < reader->count; i++) {
        size += reader->words[i].form.size + 1;
    }
    char *text = stm_arena_alloc(&reader->bank->arena, size + 1, 1);
    if (text == NULL) {
        stm_train_fail("out of memory");
    }
    size = 0;
    for (uint32_t i = 0; i < reader->count; i++) {
        memcpy(text + size, reader->words[i].form.data, reader->words[i].form.size);
        size += reader->words[i].form.size;
        if (reader->words[i].space_after && i + 1 < reader->count) {
            text[size++] = ' ';
        }
    }
    sentence->text = (stemma_text){text, size};
}

static void end_sentence(struct reader *reader)
{
    struct stm_conllu *bank = reader->bank;
    if (reader->count != 0 && !reader->too_long) {
        if (stm_arena_grow(&bank->arena, &bank->sentences, bank->count, &bank->capacity,
                           sizeof *bank->sentences) != STEMMA_OK) {
            stm_train_fail("out of memory");
        }
        struct stm_conllu_sentence *sentence = &bank->sentences[bank->count++];
        sentence->count = reader->count;
        sentence->document = bank->documents;
        sentence->paragraph = bank->paragraphs;
        sentence->words = stm_arena_alloc(&bank->arena, reader->count, sizeof *sentence->words);
        if (sentence->words == NULL) {
            stm_train_fail("out of memory");
        }
        memcpy(sentence->words, reader->words, reader->count * sizeof *sentence->words);
        sentence->text = copy(bank, reader->text);
        if (sentence->text.size == 0) {
            put_together(reader, sentence);
        }
        find_spans(sentence);
        for (uint32_t i = 0; i < sentence->count; i++) {
            struct stm_conllu_word *word = &sentence->words[i];
            if (word->head == STEMMA_NONE) {
                word->head = sentence->count;
            } else if (word->head >= sentence->count || word->head == i) {
                stm_train_fail("%s: a head that is no other word", reader->path);
            }
        }
    }
    reader->count = 0;
    reader->too_long = 0;
    reader->text.size = 0;
    reader->glued_until = 0;
}

static stemma_text field_of(stemma_text *line)
{
    const char *tab = line->size != 0 ? memchr(line->data, '\t', line->size) : NULL;
    size_t size = tab != NULL ? (size_t)(tab - line->data) : line->size;
    stemma_text field = {line->data, size};
    line->data += tab != NULL ? size + 1 : size;
    line->size -= tab != NULL ? size + 1 : size;
    return field;
}

static int begins_with(stemma_text text, const char *start)
{
    size_t size = strlen(start);
    return text.size >= size && memcmp(text.data, start, size) == 0;
}

static uint32_t number_of(stemma_text text)
{
    uint32_t number = 0;
    for (size_t i = 0; i < text.size && text.data[i] >= '0' && text.data[i] <= '9'; i++) {
        number = number * 10 + (uint32_t)(text.data[i] - '0');
    }
    return number;
}

static void read_word(struct reader *reader, stemma_text line)
{
    stemma_text fields[10];
    for (int i = 0; i < 10; i++) {
        fields[i] = field_of(&line);
    }
    const char *dash = memchr(fields[0].data, '-', fields[0].size);
    int no_space = 0;
    for (size_t i = 0; i + 13 <= fields[9].size; i++) {
        no_space |= memcmp(fields[9].data + i, "SpaceAfter=No", 13) == 0;
    }
    if (dash != NULL) {
        size_t before = (size_t)(dash - fields[0].data) + 1;
        reader->glued_until = number_of((stemma_text){dash + 1, fields[0].size - before});
        reader->glued_space = !no_space;
        return;
    }
    if (memchr(fields[0].data, '.', fields[0].size) != NULL) {
        return;
    }
    if (reader->count == STM_CONLLU_LONGEST) {
        reader->too_long = 1;
        return;
    }
    struct stm_conllu_word *word = &reader->words[reader->count++];
    uint32_t head = number_of(fields[6]);
    word->form = copy(reader->bank, fields[1]);
    word->lemma = copy(reader->bank, fields[2]);
    word->pos = (uint8_t)stm_pos_of(fields[4]);
    word->head = head == 0 ? STEMMA_NONE : head - 1;
    word->relation = (uint8_t)stm_relation_of(fields[7]);
    word->space_after = !no_space;
    if (reader->count <= reader->glued_until) {
        word->space_after = reader->count == reader->glued_until && reader->glued_space;
    }
    if (word->form.size == 0 || word->relation == STM_RELATION_NONE) {
        stm_train_fail("%s: a word without form or relation", reader->path);
    }
}

void stm_conllu_read(struct stm_conllu *bank, const char *path)
{
    struct reader *reader = stm_train_alloc(1, sizeof *reader);
    size_t size;
    char *data = stm_train_read(path, &size);
    reader->bank = bank;
    reader->path = path;
    bank->documents++;
    bank->paragraphs++;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end != NULL ? (size_t)(end - data) - at : size - at;
        stemma_text line = {data + at, length};
        at += length + 1;
        if (length != 0 && line.data[length - 1] == '\r') {
            line.size--;
        }
        if (line.size == 0) {
            end_sentence(reader);
        } else if (line.data[0] != '#') {
            read_word(reader, line);
        } else if (begins_with(line, "# text = ")) {
            reader->text = (stemma_text){line.data + 9, line.size - 9};
        } else if (begins_with(line, "# newdoc")) {
            bank->documents++;
            bank->paragraphs++;
        } else if (begins_with(line, "# newpar")) {
            bank->paragraphs++;
        }
    }
    end_sentence(reader);
    free(data);
    free(reader);
}
