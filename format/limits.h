/* SPDX-License-Identifier: MIT */
/* Every numeric limit of the format, once. SPEC.md section 12 gives each with its reason. */
#ifndef STEMMA_FORMAT_LIMITS_H
#define STEMMA_FORMAT_LIMITS_H

#define STEMMA_FORMAT_MAJOR 3
/* Of a file with postings; of others 1 with a dictionary, else 0. 2: of earlier writers, with table `neighbour`. */
#define STEMMA_FORMAT_MINOR 3

#define STEMMA_PAGE_SIZE 4096u        /* LMDB pages of a sealed file */
#define STEMMA_LIMIT_KEY 511u         /* bytes of a key, LMDB's own limit */
#define STEMMA_LIMIT_INLINE 2030u     /* key + value bytes that stay in a leaf page */
#define STEMMA_LIMIT_CHUNK 1900u      /* bytes of a row block that takes no more rows */
#define STEMMA_LIMIT_DEPTH 16u        /* B-tree levels */
#define STEMMA_LIMIT_NESTING 8u       /* containers inside one MessagePack record */
#define STEMMA_LIMIT_TEXT (1u << 30)  /* bytes of one document's text */
#define STEMMA_LIMIT_NAME 1024u       /* bytes of one name */
#define STEMMA_LIMIT_URI 8192u        /* bytes of a URI */
#define STEMMA_LIMIT_FIELD 65535u     /* bytes of any other short text */
#define STEMMA_LIMIT_VALUE (1u << 30) /* bytes of one record */
#define STEMMA_TEXT_BLOCK 4096u       /* uncompressed bytes of a text block */
#define STEMMA_EVENT_BLOCK 4096u      /* events in a column block */
#define STEMMA_PAIR_LEAST 4096u       /* documents expected to have both words of an indexed pair */
#define STEMMA_PAIR_SHARE 64u         /* or one in so many of all documents, when that is more */
#define STEMMA_PAIR_LEVELS 112u       /* levels of that bound: at this one no pair is left */
#define STEMMA_PAIR_COMMON 128u       /* a pair that more than one in so many documents has is only named */
#define STEMMA_PAIR_ROOM 24u          /* one in so many of the postings of words: as much may pairs take */
#define STEMMA_PAIR_ENTRY 4u          /* postings that the key of a pair counts for */

#endif
