/* SPDX-License-Identifier: MIT */
/* The other side of bench_text: SQLite's FTS5, as one who knows it would set it up. Errors end the
   program. */
#ifndef STEMMA_BENCH_TEXT_PEER_H
#define STEMMA_BENCH_TEXT_PEER_H

#include <stddef.h>
#include <stdint.h>

typedef struct text_peer text_peer;

/* Begins an index at `path`, which is replaced. `arguments` are those of FTS5 behind the column,
   such as "detail=none, columnsize=0". */
text_peer *text_peer_new(const char *path, const char *arguments);
void text_peer_add(text_peer *peer, uint32_t rowid, const char *text, size_t size);

/* Commits and merges the index to one segment. */
void text_peer_commit(text_peer *peer);
void text_peer_optimize(text_peer *peer);
void text_peer_free(text_peer *peer);

uint64_t text_peer_file_size(text_peer *peer);

/* The first rows that match by number, or by rank. Gives how many. */
uint32_t text_peer_first(text_peer *peer, const char *query, uint32_t *rows, uint32_t limit);
uint32_t text_peer_ranked(text_peer *peer, const char *query, uint32_t *rows, double *scores,
                          uint32_t limit);
uint64_t text_peer_count(text_peer *peer, const char *query);

#endif
