/* SPDX-License-Identifier: MIT */
#include "digest.h"

/* The state's size and alignment are part of this file's contract, so its layout must be seen. */
#define XXH_STATIC_LINKING_ONLY
#include <nettle/sha2.h>
#include <xxhash.h>

_Static_assert(STM_SHA256_SIZE == SHA256_DIGEST_SIZE, "size of a SHA-256");
_Static_assert(STM_DIGEST_SIZE == sizeof(XXH128_canonical_t), "size of an XXH3-128");

#define STATE_ALIGNMENT 64u
_Static_assert(_Alignof(XXH3_state_t) <= STATE_ALIGNMENT, "alignment of XXH3's state");
_Static_assert(sizeof(stm_digest) >= sizeof(XXH3_state_t) + STATE_ALIGNMENT - sizeof(uint64_t),
               "room for XXH3's state at any address of the caller's");

/* How far into the caller's storage an aligned state begins. */
static size_t state_index(const stm_digest *digest)
{
    uintptr_t past = (uintptr_t)digest->opaque % STATE_ALIGNMENT;
    return past == 0 ? 0 : (STATE_ALIGNMENT - past) / sizeof(uint64_t);
}

static XXH3_state_t *state_of(stm_digest *digest)
{
    return (XXH3_state_t *)(void *)&digest->opaque[state_index(digest)];
}

void stm_sha256(uint8_t digest[STM_SHA256_SIZE], stemma_bytes bytes)
{
    struct sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, bytes.size, bytes.data);
    sha256_digest(&state, STM_SHA256_SIZE, digest);
}

uint64_t stm_hash64(stemma_bytes bytes, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data, bytes.size, seed);
}

stemma_status stm_digest_begin(stm_digest *digest)
{
    XXH3_state_t *state = state_of(digest);
    XXH3_INITSTATE(state);
    return XXH3_128bits_reset(state) == XXH_OK ? STEMMA_OK : STEMMA_E_INTERNAL;
}

/* Eight bytes of size and the bytes. */
static int add_part(XXH3_state_t *state, stemma_bytes part)
{
    uint8_t size[8];
    for (unsigned i = 0; i < sizeof size; i++) {
        size[i] = (uint8_t)((uint64_t)part.size >> (8 * i));
    }
    if (XXH3_128bits_update(state, size, sizeof size) != XXH_OK) {
        return 0;
    }
    return part.size == 0 || XXH3_128bits_update(state, part.data, part.size) == XXH_OK;
}

stemma_status stm_digest_record(stm_digest *digest, stemma_bytes key, stemma_bytes value)
{
    XXH3_state_t *state = state_of(digest);
    return add_part(state, key) && add_part(state, value) ? STEMMA_OK : STEMMA_E_INTERNAL;
}

void stm_digest_end(uint8_t result[STM_DIGEST_SIZE], const stm_digest *digest)
{
    const XXH3_state_t *state =
        (const XXH3_state_t *)(const void *)&digest->opaque[state_index(digest)];
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
    for (unsigned i = 0; i < STM_DIGEST_SIZE; i++) {
        result[i] = canonical.digest[i];
    }
}
