/* SPDX-License-Identifier: MIT */
#include "id.h"

#include <nettle/sha2.h>

#include "bytes.h"

#define UNUSED_BITS 4u
#define CHAR_BITS   5u

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

uint64_t stm_document_id(const uint8_t digest[STEMMA_DIGEST_SIZE], stemma_text uri)
{
    struct sha256_ctx state;
    uint8_t hash[SHA256_DIGEST_SIZE];
    sha256_init(&state);
    sha256_update(&state, STEMMA_DIGEST_SIZE, digest);
    if (uri.size != 0) {
        sha256_update(&state, uri.size, (const uint8_t *)uri.data);
    }
    sha256_digest(&state, SHA256_DIGEST_SIZE, hash);
    return stm_load_be64(hash) >> UNUSED_BITS << UNUSED_BITS;
}

void stm_document_id_text(uint64_t id, char out[STM_DOCUMENT_ID_CHARS])
{
    uint64_t rest = id >> UNUSED_BITS;
    for (unsigned i = STM_DOCUMENT_ID_CHARS; i-- > 0;) {
        out[i] = alphabet[rest & 31];
        rest >>= CHAR_BITS;
    }
}

bool stm_document_id_read(const char text[STM_DOCUMENT_ID_CHARS], uint64_t *id)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < STM_DOCUMENT_ID_CHARS; i++) {
        const char *at = text[i] != '\0' ? strchr(alphabet, text[i]) : NULL;
        if (at == NULL) {
            return false;
        }
        value = value << CHAR_BITS | (uint64_t)(at - alphabet);
    }
    *id = value << UNUSED_BITS;
    return true;
}

void stm_public_id_text(const stm_public_id *id, char out[STM_ID_SIZE])
{
    size_t at = 0;
    out[at++] = id->kind;
    out[at++] = '.';
    stm_document_id_text(id->document, out + at);
    at += STM_DOCUMENT_ID_CHARS;
    if (id->kind != 'd') {
        char digits[10];
        size_t count = 0;
        uint32_t rest = id->ordinal;
        do {
            digits[count++] = (char)('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        out[at++] = '.';
        while (count > 0) {
            out[at++] = digits[--count];
        }
    }
    out[at] = '\0';
}

/* A decimal number below STEMMA_NONE that is all of [at, end), without leading zeros. */
static bool read_ordinal(const char *at, const char *end, uint32_t *ordinal)
{
    uint64_t value = 0;
    if (at == end || end - at > 10 || (*at == '0' && end - at > 1)) {
        return false;
    }
    for (; at < end; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(*at - '0');
    }
    *ordinal = (uint32_t)value;
    return value < STEMMA_NONE;
}

bool stm_public_id_read(stemma_text text, stm_public_id *id)
{
    const size_t head = 2 + STM_DOCUMENT_ID_CHARS;
    if (text.size < head || text.data[1] != '.' ||
        !stm_document_id_read(text.data + 2, &id->document)) {
        return false;
    }
    id->kind = text.data[0];
    id->ordinal = 0;
    switch (id->kind) {
    case 'd':
        return text.size == head;
    case 'e':
    case 'v':
    case 'c':
        return text.size > head && text.data[head] == '.' &&
               read_ordinal(text.data + head + 1, text.data + text.size, &id->ordinal);
    default:
        return false;
    }
}
