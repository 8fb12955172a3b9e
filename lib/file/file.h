/* SPDX-License-Identifier: MIT */
/* What an open file holds: everything that all its snapshots share. Read-only once it is open, but
   for the cache and what late.h reads, which look after themselves. */
#ifndef STEMMA_LIB_FILE_H
#define STEMMA_LIB_FILE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>
#include <zstd.h>

#include "bounds.h"
#include "base/cache.h"
#include "label_arena.h"
#include "label_hash.h"
#include "page_check.h"
#include "posting.h"
#include "row_record.h"
#include "stemma/read.h"
#include "file/store.h"
#include "token_text.h"

/* Of the first event of each block: one element a block. */
typedef struct stm_fence {
    stm_column start; /* earliest; unknown: the last one known before it */
    stm_column claim_first;
    stm_column unstored; /* claims before it that are not stored */
    stm_column unknown;  /* 1: nobody knows when it starts */
} stm_fence;

struct stemma_file {
    stm_store *store;
    _Atomic(stm_store_view *) view; /* that it was opened with, until a snapshot takes it; or NULL */
    struct stm_remains *remains; /* of a damaged file, which the store reads; else NULL */
    size_t size;   /* bytes of the file */
    uint32_t minor; /* version of its format */
    stm_posting_form postings; /* that it says it has */
    pid_t process; /* that opened it: no other may use it */
    uint64_t memory_limit;
    stemma_counts counts;
    stm_bounds bounds; /* of vocabulary, runs, documents, entities, events, claims */
    /* late.h. The lock guards filling in what is read late. */
    pthread_mutex_t late_lock;
    atomic_bool late_loaded;
    _Atomic(uint32_t) single_terms; /* read one by one before */
    stemma_term *terms;
    ZSTD_DDict *text_dictionary; /* NULL when the file has none */
    ZSTD_DDict *testimony_dictionary;
    stm_label_arena labels; /* display names by entity */
    stm_label_index exact;  /* hash of plain-folded name -> entity */
    stm_token_list tokens;  /* plain-folded words of names by number */
    stm_label_index sounds; /* hash of the folding key of a token -> token */
    stm_page_report *report; /* of the page check; NULL: the file was trusted */
    stm_cache *cache;
    stm_fence fence;
    stm_row_predicates row_predicates; /* terms that rows speak in */
};

/* Most terms that a file may bring. */
#define STM_VOCABULARY_MAX 65535u

/* Most bytes of a compression dictionary. */
#define STM_DICTIONARY_MAX (1u << 20)

#endif
