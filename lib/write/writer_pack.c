/* SPDX-License-Identifier: MIT */
#include "write/writer_pack.h"

#include "base/large.h"
#include "index/index_memory.h"

#include <stdlib.h>

/* ---- Packing: the struct itself, then what its pointers point to, in a fixed order. Pointers in
        the packed structs are stale and replaced on the way out. ------------------------------- */

typedef struct packer {
    char *bytes;
    size_t size;
    size_t capacity;
    stemma_status status;
} packer;

static void put(packer *p, const void *bytes, size_t size)
{
    if (p->status != STEMMA_OK || size == 0) {
        return;
    }
    char *grown = stm_grow(p->bytes, &p->capacity, p->size + size, 1);
    if (grown == NULL) {
        p->status = STEMMA_E_NO_MEMORY;
        return;
    }
    p->bytes = grown;
    memcpy(grown + p->size, bytes, size);
    p->size += size;
}

static void put_text(packer *p, stemma_text text)
{
    put(p, text.data, text.size);
}

/* Calls `visit` on every text of an object that its kind uses. */
#define OBJECT_TEXTS(object, visit)                                                                \
    switch ((object)->kind) {                                                                      \
    case STEMMA_OBJECT_TEXT:                                                                       \
        visit((object)->as.text);                                                                  \
        break;                                                                                     \
    case STEMMA_OBJECT_TIME:                                                                       \
        visit((object)->as.time.raw);                                                              \
        visit((object)->as.time.edtf);                                                             \
        break;                                                                                     \
    case STEMMA_OBJECT_PLACE:                                                                      \
        visit((object)->as.place.raw);                                                             \
        visit((object)->as.place.gazetteer);                                                       \
        break;                                                                                     \
    case STEMMA_OBJECT_QUANTITY:                                                                   \
        visit((object)->as.quantity.raw);                                                          \
        visit((object)->as.quantity.amount);                                                       \
        visit((object)->as.quantity.lower);                                                        \
        visit((object)->as.quantity.upper);                                                        \
        visit((object)->as.quantity.unit);                                                         \
        visit((object)->as.quantity.counted);                                                      \
        break;                                                                                     \
    default:                                                                                       \
        break;                                                                                     \
    }

/* Calls `visit` on every text of a document itself. */
#define DOCUMENT_TEXTS(document, visit)                                                            \
    visit((document)->uri);                                                                        \
    visit((document)->title);                                                                      \
    visit((document)->publisher);                                                                  \
    visit((document)->agency);                                                                     \
    visit((document)->byline);                                                                     \
    visit((document)->published.raw);                                                              \
    visit((document)->published.edtf);                                                             \
    visit((document)->retrieved);                                                                  \
    visit((document)->language);                                                                   \
    visit((document)->media_type);                                                                 \
    visit((document)->licence);                                                                    \
    visit((document)->text);

/* How many there are of what has no count of its own in the document. */
typedef struct totals {
    uint64_t names;
    uint64_t external_ids;
    uint64_t mention_spans;
    uint64_t evidence;
    uint64_t evidence_spans;
} totals;

static int compare_mentions(const void *a, const void *b)
{
    const stemma_mention *left = a;
    const stemma_mention *right = b;
#define COMPARE(x, y)                                                                              \
    if ((x) != (y)) {                                                                              \
        return (x) < (y) ? -1 : 1;                                                                 \
    }
    COMPARE(left->spans[0].start, right->spans[0].start)
    COMPARE(left->spans[0].end, right->spans[0].end)
    COMPARE(left->kind, right->kind)
    COMPARE(left->referent, right->referent)
    for (uint32_t i = 1; i < left->span_count && i < right->span_count; i++) {
        COMPARE(left->spans[i].start, right->spans[i].start)
        COMPARE(left->spans[i].end, right->spans[i].end)
    }
    COMPARE(left->span_count, right->span_count)
    COMPARE(left->head.start, right->head.start)
    COMPARE(left->head.end, right->head.end)
    COMPARE(right->canonical, left->canonical)
#undef COMPARE
    return 0;
}

static void pack_referents(packer *p, const stemma_document *document)
{
    put(p, document->referents, document->referent_count * sizeof *document->referents);
    for (uint32_t i = 0; i < document->referent_count; i++) {
        const stemma_referent *referent = &document->referents[i];
        put(p, referent->names, referent->name_count * sizeof *referent->names);
        put(p, referent->external_ids,
            referent->external_id_count * sizeof *referent->external_ids);
        put_text(p, referent->type);
        for (uint32_t n = 0; n < referent->name_count; n++) {
            put_text(p, referent->names[n].text);
            put_text(p, referent->names[n].language);
        }
        for (uint32_t n = 0; n < referent->external_id_count; n++) {
            put_text(p, referent->external_ids[n]);
        }
    }
}

static void pack_mentions(packer *p, const stemma_document *document)
{
    size_t count = document->mention_count;
    stemma_mention *sorted = stm_zeroed(count, sizeof *sorted);
    if (sorted == NULL) {
        p->status = STEMMA_E_NO_MEMORY;
        return;
    }
    if (count > 0) {
        memcpy(sorted, document->mentions, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_mentions);
    }
    put(p, sorted, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        put(p, sorted[i].spans, sorted[i].span_count * sizeof *sorted[i].spans);
    }
    free(sorted);
}

/* Of an assertion, all but texts and what its kind of object does not use. */
typedef struct packed_assertion {
    uint32_t subject;
    uint32_t speaker;
    uint32_t via;
    uint32_t run;
    uint32_t evidence_count;
    uint32_t predicate_size;
    uint16_t confidence;
    uint8_t polarity;
    uint8_t certainty;
    uint8_t tense;
    uint8_t realis;
    uint8_t attribution;
    uint8_t stance;
    uint8_t object_kind;
    uint8_t modifier;
} packed_assertion;

static void put_sized(packer *p, stemma_text text)
{
    uint32_t size = (uint32_t)text.size;
    put(p, &size, sizeof size);
    put_text(p, text);
}

static void pack_object(packer *p, const stemma_object *object)
{
    if (object->kind == STEMMA_OBJECT_REFERENT) {
        put(p, &object->as.referent, sizeof object->as.referent);
    }
    if (object->kind == STEMMA_OBJECT_PLACE) {
        const stemma_place *place = &object->as.place;
        uint32_t numbers[4] = {place->referent, (uint32_t)place->latitude,
                               (uint32_t)place->longitude, place->radius};
        put(p, numbers, sizeof numbers);
    }
#define VISIT(text) put_sized(p, text);
    OBJECT_TEXTS(object, VISIT)
#undef VISIT
}

static void pack_evidence(packer *p, const stemma_evidence *evidence, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t head[2] = {evidence[i].span_count, evidence[i].part};
        put(p, head, sizeof head);
        put(p, evidence[i].spans, evidence[i].span_count * sizeof *evidence[i].spans);
    }
}

static void pack_assertions(packer *p, const stemma_document *document)
{
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *from = &document->assertions[i];
        packed_assertion to;
        memset(&to, 0, sizeof to);
        to.subject = from->subject;
        to.speaker = from->speaker;
        to.via = from->via;
        to.run = from->run;
        to.evidence_count = from->evidence_count;
        to.predicate_size = (uint32_t)from->predicate.size;
        to.confidence = from->confidence;
        to.polarity = from->polarity;
        to.certainty = from->certainty;
        to.tense = from->tense;
        to.realis = from->realis;
        to.attribution = from->attribution;
        to.stance = from->stance;
        to.object_kind = from->object.kind;
        if (from->object.kind == STEMMA_OBJECT_QUANTITY) {
            to.modifier = from->object.as.quantity.modifier;
        }
        put(p, &to, sizeof to);
        put_text(p, from->predicate);
        pack_object(p, &from->object);
        pack_evidence(p, from->evidence, from->evidence_count);
    }
}

static void pack_document(packer *p, const stemma_document *document)
{
    totals sum = {0};
    for (uint32_t i = 0; i < document->referent_count; i++) {
        sum.names += document->referents[i].name_count;
        sum.external_ids += document->referents[i].external_id_count;
    }
    for (uint32_t i = 0; i < document->mention_count; i++) {
        sum.mention_spans += document->mentions[i].span_count;
    }
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        const stemma_assertion *assertion = &document->assertions[i];
        sum.evidence += assertion->evidence_count;
        for (uint32_t e = 0; e < assertion->evidence_count; e++) {
            sum.evidence_spans += assertion->evidence[e].span_count;
        }
    }
    put(p, document, sizeof *document);
    put(p, &sum, sizeof sum);
#define VISIT(text) put_text(p, text);
    DOCUMENT_TEXTS(document, VISIT)
#undef VISIT
    put(p, document->sentences, document->sentence_count * sizeof *document->sentences);
    put(p, document->paragraphs, document->paragraph_count * sizeof *document->paragraphs);
    put(p, document->furniture, document->furniture_count * sizeof *document->furniture);
    pack_referents(p, document);
    pack_mentions(p, document);
    pack_assertions(p, document);
}

stemma_status stm_document_pack(const stemma_document *document, stm_packed *out)
{
    packer p = {out->bytes, out->size, out->capacity, STEMMA_OK};
    pack_document(&p, document);
    out->bytes = p.bytes;
    out->capacity = p.capacity;
    if (p.status == STEMMA_OK) {
        out->size = p.size;
    }
    return p.status;
}

/* ---- Unpacking ------------------------------------------------------------------------------- */

typedef struct unpacker {
    const char *at; /* in the spool */
    char *free;     /* in the memory of arrays */
} unpacker;

static size_t rounded(size_t size)
{
    return (size + 15) & ~(size_t)15;
}

/* Copies an array out, as the spool's bytes are not aligned. */
static void *take(unpacker *u, size_t count, size_t element)
{
    void *out = u->free;
    if (count > 0) {
        memcpy(out, u->at, count * element);
    }
    u->at += count * element;
    u->free += rounded(count * element);
    return out;
}

static void take_text(unpacker *u, stemma_text *text)
{
    text->data = u->at;
    u->at += text->size;
}

static void unpack_referents(unpacker *u, stemma_document *document)
{
    stemma_referent *referents = take(u, document->referent_count, sizeof *referents);
    document->referents = referents;
    for (uint32_t i = 0; i < document->referent_count; i++) {
        stemma_name *names = take(u, referents[i].name_count, sizeof *names);
        stemma_text *ids = take(u, referents[i].external_id_count, sizeof *ids);
        take_text(u, &referents[i].type);
        for (uint32_t n = 0; n < referents[i].name_count; n++) {
            take_text(u, &names[n].text);
            take_text(u, &names[n].language);
        }
        for (uint32_t n = 0; n < referents[i].external_id_count; n++) {
            take_text(u, &ids[n]);
        }
        referents[i].names = names;
        referents[i].external_ids = ids;
    }
}

static void unpack_mentions(unpacker *u, stemma_document *document)
{
    stemma_mention *mentions = take(u, document->mention_count, sizeof *mentions);
    document->mentions = mentions;
    for (uint32_t i = 0; i < document->mention_count; i++) {
        mentions[i].spans = take(u, mentions[i].span_count, sizeof *mentions[i].spans);
    }
}

static void take_bytes(unpacker *u, void *out, size_t size)
{
    memcpy(out, u->at, size);
    u->at += size;
}

static void take_sized(unpacker *u, stemma_text *text)
{
    uint32_t size = 0;
    take_bytes(u, &size, sizeof size);
    text->size = size;
    take_text(u, text);
}

static void unpack_object(unpacker *u, uint8_t modifier, stemma_object *object)
{
    if (object->kind == STEMMA_OBJECT_REFERENT) {
        take_bytes(u, &object->as.referent, sizeof object->as.referent);
    }
    if (object->kind == STEMMA_OBJECT_PLACE) {
        uint32_t numbers[4];
        take_bytes(u, numbers, sizeof numbers);
        object->as.place.referent = numbers[0];
        object->as.place.latitude = (int32_t)numbers[1];
        object->as.place.longitude = (int32_t)numbers[2];
        object->as.place.radius = numbers[3];
    }
    if (object->kind == STEMMA_OBJECT_QUANTITY) {
        object->as.quantity.modifier = modifier;
    }
#define VISIT(text) take_sized(u, &(text));
    OBJECT_TEXTS(object, VISIT)
#undef VISIT
}

/* Room for `count` elements out of the memory of arrays. */
static void *reserve(unpacker *u, size_t count, size_t element)
{
    void *out = u->free;
    u->free += rounded(count * element);
    return out;
}

static void unpack_assertion(unpacker *u, stemma_assertion *to)
{
    packed_assertion from;
    take_bytes(u, &from, sizeof from);
    memset(to, 0, sizeof *to);
    to->subject = from.subject;
    to->speaker = from.speaker;
    to->via = from.via;
    to->run = from.run;
    to->evidence_count = from.evidence_count;
    to->confidence = from.confidence;
    to->polarity = from.polarity;
    to->certainty = from.certainty;
    to->tense = from.tense;
    to->realis = from.realis;
    to->attribution = from.attribution;
    to->stance = from.stance;
    to->predicate.size = from.predicate_size;
    take_text(u, &to->predicate);
    to->object.kind = from.object_kind;
    unpack_object(u, from.modifier, &to->object);
    stemma_evidence *evidence = reserve(u, from.evidence_count, sizeof *evidence);
    for (uint32_t e = 0; e < from.evidence_count; e++) {
        uint32_t head[2];
        take_bytes(u, head, sizeof head);
        evidence[e].span_count = head[0];
        evidence[e].part = (uint8_t)head[1];
        evidence[e].spans = take(u, head[0], sizeof *evidence[e].spans);
    }
    to->evidence = evidence;
}

static void unpack_assertions(unpacker *u, stemma_document *document)
{
    stemma_assertion *assertions = reserve(u, document->assertion_count, sizeof *assertions);
    for (uint32_t i = 0; i < document->assertion_count; i++) {
        unpack_assertion(u, &assertions[i]);
    }
    document->assertions = assertions;
}

/* Memory of a document's arrays; `sum` is NULL when testimony is left out. Each array may need up
   to 15 bytes of alignment more. */
static size_t arrays_size(const stemma_document *document, const totals *sum)
{
    size_t size = 8 * 16 + document->sentence_count * sizeof(uint32_t) +
                  document->paragraph_count * sizeof(uint32_t) +
                  document->furniture_count * sizeof(stemma_span);
    if (sum == NULL) {
        return size;
    }
    size_t arrays = (size_t)document->referent_count * 2 + document->mention_count +
                    document->assertion_count + sum->evidence;
    return size + arrays * 16 + document->referent_count * sizeof(stemma_referent) +
           document->mention_count * sizeof(stemma_mention) +
           document->assertion_count * sizeof(stemma_assertion) + sum->names * sizeof(stemma_name) +
           sum->external_ids * sizeof(stemma_text) + sum->evidence * sizeof(stemma_evidence) +
           (sum->mention_spans + sum->evidence_spans) * sizeof(stemma_span);
}

/* Room for the arrays of another document: nothing of the one before is kept. */
static int make_room(stm_document_arrays *arrays, size_t size)
{
    size_t wanted;
    if (arrays->memory != NULL && size <= arrays->capacity) {
        return 1;
    }
    wanted = stm_grown_capacity(arrays->capacity, size, 1);
    void *memory = wanted > 0 ? stm_large_alloc(wanted) : NULL;
    if (memory == NULL) {
        return 0;
    }
    free(arrays->memory);
    arrays->memory = memory;
    arrays->capacity = wanted;
    return 1;
}

stemma_status stm_document_unpack(const char *packed, int with_testimony,
                                  stm_document_arrays *arrays, stemma_document *document)
{
    unpacker u = {packed, NULL};
    totals sum;
    memcpy(document, u.at, sizeof *document);
    u.at += sizeof *document;
    memcpy(&sum, u.at, sizeof sum);
    u.at += sizeof sum;
    if (!make_room(arrays, arrays_size(document, with_testimony ? &sum : NULL))) {
        return STEMMA_E_NO_MEMORY;
    }
    u.free = arrays->memory;
#define VISIT(text) take_text(&u, &(text));
    DOCUMENT_TEXTS(document, VISIT)
#undef VISIT
    document->sentences = take(&u, document->sentence_count, sizeof *document->sentences);
    document->paragraphs = take(&u, document->paragraph_count, sizeof *document->paragraphs);
    document->furniture = take(&u, document->furniture_count, sizeof *document->furniture);
    document->referents = NULL;
    document->mentions = NULL;
    document->assertions = NULL;
    if (with_testimony) {
        unpack_referents(&u, document);
        unpack_mentions(&u, document);
        unpack_assertions(&u, document);
    }
    return STEMMA_OK;
}
