/* SPDX-License-Identifier: MIT */
/* Bit positions and lengths that the encoder and the decoder of testimony share. */
#ifndef STEMMA_FORMAT_TESTIMONY_LAYOUT_H
#define STEMMA_FORMAT_TESTIMONY_LAYOUT_H

enum {
    MENTION_KIND_MASK = 0x0f,
    MENTION_CANONICAL = 0x10,
    MENTION_HEADED = 0x20,
    MENTION_FLAGS_MAX = 0x3f
};

enum {
    POLARITY_SHIFT = 0,    /* two bits */
    CERTAINTY_SHIFT = 2,   /* two bits */
    TENSE_SHIFT = 4,       /* two bits */
    REALIS_SHIFT = 6,      /* two bits */
    ATTRIBUTION_SHIFT = 8, /* two bits */
    STANCE_SHIFT = 10,     /* three bits */
    FLAGS_MAX = 0x1fff
};

#define ASSERTION_ITEMS    6u /* before those that may be left off */
#define ASSERTION_OPTIONAL 3u /* that may */
#define CONFIDENCE_MAX     1000u
#define MENTION_SPANS_MAX  65535u /* spans of one mention or piece of evidence */

#endif
