/* SPDX-License-Identifier: MIT */
/* Ways to break a sound file, each of which breaks one rule of SPEC.md, and what must come of it. Pages,
   counters and digests are whole, unless the rule is about these. */
#ifndef STEMMA_TESTS_BREAKERS_H
#define STEMMA_TESTS_BREAKERS_H

#include "hostile/image.h"
#include "hostile/shapes.h"
#include "stemma/status.h"

/* Where a reader or checker meets it, the earliest place. */
typedef enum broken_place {
    BROKEN_NOWHERE, /* it is no breach: a reader takes it as it is */
    BROKEN_OPEN,    /* stemma_open() refuses the file */
    BROKEN_USE,     /* a question of ask.h is refused; the check reports it, too */
    BROKEN_CHECK    /* only the check tells; every question is answered */
} broken_place;

/* What is done to a value or record. */
typedef enum breaker_edit {
    EDIT_NONE,
    EDIT_SET,    /* the item at the path becomes `with` */
    EDIT_LIKE,   /* it becomes what the item at `like` is */
    EDIT_CUT,    /* it goes, of a map with its key */
    EDIT_ADD,    /* `with` comes before it, as one item more, of a map with its key */
    EDIT_FIELD,  /* `with`, key and value, is the last of a map that goes on as far as the value does */
    EDIT_TEXT,   /* it becomes a text of `number` letters */
    EDIT_BYTES,  /* of the whole value or payload: the bytes from `number` on become `with` */
    EDIT_APPEND, /* the value or payload goes on with `with` */
    EDIT_SHORT,  /* its last `number` bytes go */
    EDIT_VALUE,  /* the value as it is stored becomes `with` */
    EDIT_STORED, /* the bytes from `number` on of the value as it is stored become `with` */
    EDIT_KEY,    /* the record's key becomes `with` */
    EDIT_DROP,   /* the record goes */
    EDIT_RECORD, /* a record of key `key` and value `with` comes */
    EDIT_COLUMN, /* element `number` of column `column` becomes `to` */
    EDIT_MAKE    /* anything else: make() */
} breaker_edit;

typedef struct breaker {
    const char *name;
    const char *rule; /* without brackets */
    const char *code; /* NULL: BROKEN_NOWHERE */
    shape base;
    broken_place place;
    const char *checked; /* of what is met on use: what the check calls it when it does so otherwise */
    const char *where;  /* the question that is refused, or the name of the check */
    stemma_status status; /* of the refusal; 0 is STEMMA_E_DAMAGED */
    const char *table;
    int record; /* in order of keys; of row blocks, the row is the first step of the path */
    breaker_edit edit;
    int path[8]; /* ended by END */
    int like[6];
    const char *with; /* in hexadecimal */
    const char *key;
    uint32_t number;
    uint16_t column;
    int64_t to;
    void (*make)(image *records);
} breaker;

#define END (-1)

uint32_t breaker_count(void);
const breaker *breaker_at(uint32_t index);

/* Applies one. Aborts when there is nothing to apply it to. */
void breaker_apply(const breaker *how, image *records);

/* The lists that breakers.c puts together. */
typedef struct breaker_list {
    const breaker *all;
    uint32_t count;
} breaker_list;
breaker_list breakers_of_meta(void);
breaker_list breakers_of_records(void);
breaker_list breakers_of_testimony(void);
breaker_list breakers_of_rules(void);
breaker_list breakers_of_rows(void);
breaker_list breakers_of_index(void);

/* Bytes of a hexadecimal text; spaces are passed over. */
size_t breaker_bytes(const char *with, uint8_t *out, size_t most);

#endif
