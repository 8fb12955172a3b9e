/* SPDX-License-Identifier: MIT */
/* Values of records, opened where they are packed: rows of row blocks, payloads that are compressed,
   elements of columns, postings of lists, items of MessagePack. Changed there and packed again, a value
   lies in what it says and in nothing else. */
#ifndef STEMMA_TESTS_VALUE_H
#define STEMMA_TESTS_VALUE_H

#include "hostile/image.h"

/* How the values of a table are made. */
typedef enum value_form {
    VALUE_RECORD,   /* one value of MessagePack */
    VALUE_ROWS,     /* row block of MessagePack */
    VALUE_PAYLOAD,  /* codec, size, payload of MessagePack */
    VALUE_TEXT,     /* codec, block of text */
    VALUE_COLUMNS,  /* column block */
    VALUE_POSTINGS, /* of a posting table */
    VALUE_OTHER
} value_form;

value_form value_form_of(const char *table);

/* A buffer for changes. */
#define VALUE_MOST (1u << 20)
typedef struct value_bytes {
    uint8_t data[VALUE_MOST];
    size_t size;
} value_bytes;

/* ---- Payloads -------------------------------------------------------------------------------- */

/* What is packed in a value of VALUE_PAYLOAD or VALUE_TEXT, with the dictionary of `meta` where it needs
   that. False when it does not unpack. */
bool value_unpack(image *records, const char *table, const image_record *record, value_bytes *out);
/* The value that holds a payload as it is, not compressed. */
void value_pack(const char *table, const value_bytes *payload, value_bytes *out);

/* ---- Row blocks ------------------------------------------------------------------------------ */

uint32_t value_rows(const image_record *record);
bool value_row(const image_record *record, uint32_t row, value_bytes *out);
/* The value with one row changed. */
void value_with_row(const image_record *record, uint32_t row, const value_bytes *changed,
                    value_bytes *out);

/* ---- MessagePack ----------------------------------------------------------------------------- */

/* Where an item is. */
typedef struct mp_place {
    size_t at, end;   /* its bytes */
    size_t container; /* where its container begins, SIZE_MAX: it is the whole */
    size_t key;       /* where its key begins; `at` in an array */
} mp_place;

/* The item that a path leads to: positions in arrays, keys in maps, ended by a negative number. False when
   there is none. */
bool mp_find(const value_bytes *value, const int *path, mp_place *out);
/* End of the item at `at`; 0 when it is cut off or of an unknown form. */
size_t mp_end(const uint8_t *data, size_t size, size_t at);
/* Replaces bytes [at, end). */
void mp_replace(value_bytes *value, size_t at, size_t end, const void *with, size_t size);
/* Changes the count of a container, however it is written; canonical. */
void mp_count_add(value_bytes *value, size_t container, int add);
/* Whole numbers and texts in order, at most `most`; their number. */
typedef struct mp_token {
    size_t at, end;
    bool is_text;
} mp_token;
size_t mp_tokens(const value_bytes *value, mp_token *out, size_t most);

/* ---- Columns --------------------------------------------------------------------------------- */

/* Changes one element of a column of a block, which may be absent, and packs the block again. False when it
   does not unpack. */
typedef int64_t value_change(void *context, int64_t was);
bool value_set_column(const image_record *record, uint16_t column, uint32_t element,
                      value_change *change, void *context, value_bytes *out);

/* ---- Postings -------------------------------------------------------------------------------- */

typedef struct value_posting {
    uint8_t list[120];
    uint8_t list_size;
    uint32_t id, payload;
} value_posting;

/* All postings of a table, malloc'd. */
value_posting *value_postings(image_table *table, size_t *count);
/* The table made of other ones, which ascend; false when they do not. */
bool value_set_postings(image *records, image_table *table, const value_posting *postings,
                        size_t count);

#endif
