/* SPDX-License-Identifier: MIT */
#include "pack/judge/copy_kind.h"

#include "stemma/edtf.h"
#include "stemma/name.h"

#define SHARE_COPY     800u
#define SHARE_PART     800u
#define SHARE_REVISION 300u
#define SHARE_EDITION  500u /* of both, and no more is asked of a later edition */
#define SHARE_AGENCY   200u
#define SHARE_QUOTES   150u
#define WORDS_COPY     12u  /* common words that make a copy of a short text */
#define WORDS_QUOTED   15u  /* words in a row that make a quotation */
#define BYTES_QUOTED   400u /* or so many bytes in all, whatever their share */
#define WORDS_NOTICE   90u  /* a passage of so many words is no notice at the foot of a page */
#define WORDS_STRAY    8u /* a passage of fewer words by itself is a phrase that both happen to have \
                           */
#define LOOKS     5u      /* places of a passage that are looked up */
#define LOOK_ON   16u     /* words after each that are tried where the index has only a sample */
#define REST_STEP 4u      /* of what one has alone every so-manieth word is looked up */

static int same_key(stemma_text a, stemma_text b)
{
    char x[STEMMA_NAME_KEY_SIZE];
    char y[STEMMA_NAME_KEY_SIZE];
    size_t m = 0;
    size_t n = 0;
    return stemma_name_fold(a, x, sizeof x, &m) == STEMMA_OK &&
           stemma_name_fold(b, y, sizeof y, &n) == STEMMA_OK && m != 0 && m == n &&
           memcmp(x, y, m) == 0;
}

/* A URI without query, fragment, final slash and file extension. */
static stemma_text uri_stem(stemma_text uri)
{
    for (size_t i = 0; i < uri.size; i++) {
        if (uri.data[i] == '?' || uri.data[i] == '#') {
            uri.size = i;
        }
    }
    while (uri.size > 0 && uri.data[uri.size - 1] == '/') {
        uri.size--;
    }
    for (size_t i = uri.size; i > 0 && uri.data[i - 1] != '/' && uri.size - i < 6; i--) {
        if (uri.data[i - 1] == '.') {
            uri.size = i - 1;
            break;
        }
    }
    return uri;
}

int stm_copy_order(const stemma_document *a, const stemma_document *b, int *same_day)
{
    stemma_time_bounds x;
    stemma_time_bounds y;
    *same_day = 0;
    if (stemma_edtf_bounds(a->published.edtf, &x) != STEMMA_OK ||
        stemma_edtf_bounds(b->published.edtf, &y) != STEMMA_OK) {
        return 0;
    }
    *same_day = x.precision >= STEMMA_PRECISION_DAY && y.precision >= STEMMA_PRECISION_DAY &&
                x.start_earliest / 86400 == y.start_earliest / 86400;
    if (x.start_latest < y.start_earliest) {
        return -1;
    }
    return y.start_latest < x.start_earliest ? 1 : 0;
}

/* Whether `wire` is an agency's own report and `other` somebody else's: the paper took it from
   there. A paper that credits the agency did so whatever the dates say; one that credits nobody
   when both appeared on one day. */
static int is_source_of(const stemma_document *wire, const stemma_document *other, int order)
{
    if (wire->publisher.size == 0 || same_key(wire->publisher, other->publisher)) {
        return 0;
    }
    if (same_key(wire->publisher, other->agency)) {
        return 1;
    }
    return order == 0 && other->agency.size == 0 && same_key(wire->publisher, wire->agency);
}

/* Whether document `a` was there before `b`. `order`: of their publication, 0 when that cannot be
   told or was on one day. */
int stm_copy_was_first(const stemma_document *a, uint32_t a_words, const stemma_document *b,
                       uint32_t b_words, int order)
{
    int a_is_source = is_source_of(a, b, order);
    int b_is_source = is_source_of(b, a, order);
    if (a_is_source != b_is_source) {
        return a_is_source;
    }
    if (order != 0) {
        return order < 0;
    }
    if ((a->agency.size != 0) != (b->agency.size != 0)) {
        return b->agency.size != 0; /* one credits somebody: it took the text from there */
    }
    return a_words >= b_words; /* who copies cuts; else the order of the documents */
}

/* What of the passages is the text's own: not a notice that many pages carry, not what somebody
   else is quoted with. */
struct portion {
    uint32_t words;
    uint32_t longest;
    uint64_t bytes;
};

/* Whether most of a passage is found in many documents. */
static int is_common(const struct stm_copy_index *index, const struct stm_words *words,
                     const struct stm_passage *run)
{
    uint32_t last = run->count - STM_SHINGLE;
    uint32_t known = 0;
    uint32_t common = 0;
    for (uint32_t k = 0; k < LOOKS; k++) {
        uint32_t documents = 0;
        uint32_t i = (uint32_t)((uint64_t)last * k / (LOOKS - 1));
        for (uint32_t end = i + LOOK_ON; documents == 0 && i <= last && i < end; i++) {
            documents = stm_copy_documents(index, stm_words_shingle(words, run->from + i));
        }
        known += documents != 0;
        common += documents == STM_COPY_COMMON;
    }
    return known != 0 && common * 2 > known;
}

/* Marks the passages that are notices. Returns how many words they have. */
static uint32_t find_notices(const struct stm_copy_index *index, const struct stm_copy *copy,
                             const struct stm_passages *passages, uint8_t *notice)
{
    uint32_t common = 0;
    for (uint32_t i = 0; i < passages->range_count;) {
        /* Passages with small edits between them are one. */
        uint32_t end = i + 1;
        uint32_t words = passages->runs[i].count;
        while (end < passages->range_count &&
               passages->runs[end].from -
                       (passages->runs[end - 1].from + passages->runs[end - 1].count) <=
                   STM_BRIDGE) {
            words += passages->runs[end++].count;
        }
        for (; i < end; i++) {
            notice[i] =
                words < WORDS_NOTICE && is_common(index, copy->from_words, &passages->runs[i]);
            common += notice[i] ? passages->runs[i].count : 0;
        }
    }
    return common;
}

/* Whether a byte opens or closes a quotation, or ends a paragraph, which ends quotations. */
static int inside_after(const char *data, size_t size, size_t i, int inside)
{
    if (data[i] == '"') {
        return !inside;
    }
    if (data[i] == '\n' && i + 1 < size && data[i + 1] == '\n') {
        return 0;
    }
    if ((uint8_t)data[i] == 0xE2 && i + 2 < size && (uint8_t)data[i + 1] == 0x80) {
        uint8_t mark = (uint8_t)data[i + 2];
        return mark == 0x9C || mark == 0x9E ? 1 : mark == 0x9D ? 0 : inside;
    }
    return inside;
}

/* What remains of the passages without notices and quotations. They ascend: one walk does. */
static struct portion own_portion(const struct stm_copy *copy, const struct stm_passages *passages,
                                  const uint8_t *notice)
{
    struct portion portion = {0, 0, 0};
    const stemma_text text = copy->from->text;
    size_t at = 0;
    int inside = 0;
    for (uint32_t r = 0; r < passages->range_count; r++) {
        stemma_span span = passages->ranges[r].from;
        uint32_t quoted = 0;
        for (; at < span.end; at++) {
            inside = inside_after(text.data, text.size, at, inside);
            quoted += at >= span.start && inside;
        }
        if (!notice[r] && (uint64_t)quoted * 5 < (uint64_t)(span.end - span.start) * 4) {
            uint32_t words = passages->runs[r].count;
            portion.words += words;
            portion.bytes += span.end - span.start;
            portion.longest = words > portion.longest ? words : portion.longest;
        }
    }
    return portion;
}

/* About how many words that one of the two has alone are of notices. `from`: of which one. */
static uint32_t notices_alone(const struct stm_copy_index *index, const struct stm_words *words,
                              const struct stm_passages *passages, int from, uint8_t *shared)
{
    uint32_t known = 0;
    uint32_t common = 0;
    uint32_t rest = 0;
    memset(shared, 0, words->count);
    for (uint32_t i = 0; i < passages->range_count; i++) {
        const struct stm_passage *run = &passages->runs[i];
        memset(shared + (from ? run->from : run->to), 1, run->count);
    }
    for (uint32_t i = 0; i + STM_SHINGLE <= words->count; i++) {
        rest += !shared[i];
        if (!shared[i] && i % REST_STEP == 0) {
            uint32_t documents = stm_copy_documents(index, stm_words_shingle(words, i));
            known += documents != 0;
            common += documents == STM_COPY_COMMON;
        }
    }
    return known == 0 ? 0 : (uint32_t)((uint64_t)rest * common / known);
}

static uint32_t share(uint32_t part, uint32_t common, uint32_t whole)
{
    part = part > common ? part - common : 0;
    whole = whole > common ? whole - common : 0;
    return whole == 0 ? 0 : (uint32_t)((uint64_t)1000 * part / whole);
}

/* The stemma_derivation_kind, or 0. `notice` and `shared` are working memory. */
static uint8_t kind_of(const struct stm_copy_index *index, const struct stm_copy *copy,
                       const struct stm_passages *passages, uint8_t *notice, uint8_t *shared,
                       uint32_t *score)
{
    const stemma_document *from = copy->from;
    const stemma_document *to = copy->to;
    const uint32_t common = find_notices(index, copy, passages, notice);
    uint32_t from_words = passages->from_words > common ? passages->from_words - common : 0;
    uint32_t from_share = share(passages->from_words, common, copy->from_words->count);
    uint32_t to_share = share(passages->to_words, common, copy->to_words->count);
    if (from_words >= WORDS_COPY && from_share < SHARE_COPY && from_share >= SHARE_COPY / 2) {
        from_share = share(passages->from_words, common,
                           copy->from_words->count -
                               notices_alone(index, copy->from_words, passages, 1, shared));
    }
    if (from_words >= WORDS_COPY && to_share < SHARE_COPY && to_share >= SHARE_COPY / 2) {
        to_share = share(passages->to_words, common,
                         copy->to_words->count -
                             notices_alone(index, copy->to_words, passages, 0, shared));
    }
    uint32_t either = from_share > to_share ? from_share : to_share;
    *score = from_share > 1000 ? 1000 : from_share;
    if (copy->order != 0 && either >= SHARE_REVISION && from_words >= WORDS_COPY &&
        same_key(from->publisher, to->publisher) &&
        ((from_share >= SHARE_EDITION && to_share >= SHARE_EDITION) ||
         stemma_text_equal(uri_stem(from->uri), uri_stem(to->uri)) ||
         same_key(from->title, to->title))) {
        return STEMMA_DERIVATION_REVISION;
    }
    if (from_words >= WORDS_COPY && from_share >= SHARE_PART) {
        return to_share >= SHARE_COPY ? STEMMA_DERIVATION_COPY : STEMMA_DERIVATION_EXCERPT;
    }
    struct portion portion = own_portion(copy, passages, notice);
    if (copy->same_day && either >= SHARE_AGENCY && portion.longest >= WORDS_COPY &&
        same_key(from->agency, to->agency)) {
        return STEMMA_DERIVATION_SAME_AGENCY;
    }
    uint32_t own = copy->from_words->count > common ? copy->from_words->count - common : 0;
    uint32_t other = copy->to_words->count > common ? copy->to_words->count - common : 0;
    uint32_t smaller = own < other ? own : other;
    if (portion.longest >= WORDS_QUOTED &&
        ((uint64_t)portion.words * 1000 >= (uint64_t)SHARE_QUOTES * smaller ||
         portion.bytes >= BYTES_QUOTED)) {
        return STEMMA_DERIVATION_QUOTES;
    }
    return 0;
}

/* Leaves out the passages that are notices, and stray phrases, unless nothing would remain. */
static void drop_strays(struct stm_passages *passages, const uint8_t *notice)
{
    uint32_t kept = 0;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t end;
        for (uint32_t i = 0; i < passages->range_count; i = end) {
            uint32_t words = passages->runs[i].count;
            for (end = i + 1; end < passages->range_count &&
                              passages->runs[end].from - (passages->runs[end - 1].from +
                                                          passages->runs[end - 1].count) <=
                                  STM_BRIDGE;
                 end++) {
                words += passages->runs[end].count;
            }
            for (uint32_t k = i; words >= WORDS_STRAY && k < end; k++) {
                if (notice[k]) {
                    continue;
                }
                if (pass == 1) {
                    passages->ranges[kept] = passages->ranges[k];
                }
                kept++;
            }
        }
        if (kept == 0) {
            return;
        }
        if (pass == 0) {
            kept = 0;
        }
    }
    passages->range_count = kept;
}

stemma_status stm_copy_kind(const struct stm_copy_index *index, const struct stm_copy *copy,
                            struct stm_passages *passages, struct stm_arena *scratch, uint8_t *kind,
                            uint32_t *score)
{
    uint32_t longer = copy->from_words->count > copy->to_words->count ? copy->from_words->count
                                                                      : copy->to_words->count;
    uint8_t *notice = stm_arena_alloc(scratch, passages->range_count, 1);
    uint8_t *shared = stm_arena_alloc(scratch, longer, 1);
    *kind = 0;
    *score = 0;
    if (notice == NULL || shared == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (passages->range_count != 0) {
        *kind = kind_of(index, copy, passages, notice, shared, score);
        drop_strays(passages, notice);
    }
    return STEMMA_OK;
}
