/* SPDX-License-Identifier: MIT */
/**
 * @file json_in.h
 * Reading fields of a JSON object (jansson) with complaints that say which key is wrong.
 */
#ifndef STEMMA_TOOLS_JSON_IN_H
#define STEMMA_TOOLS_JSON_IN_H

#include <jansson.h>
#include <stdbool.h>

#include "common/arena.h"
#include "common/enum_names.h"
#include "stemma/status.h"
#include "stemma/types.h"

/** How many different keys without a meaning are remembered of one line. */
#define STM_IN_UNKNOWN 8

/** What a reader of one line carries: the path is kept for messages ("assertions[3].object"). */
struct stm_json_in {
    struct stm_arena *arena;
    stemma_error *error;
    char path[88];
    /** Paths of keys without a meaning, each key once: the first that were met. In the arena. */
    const char *unknown[STM_IN_UNKNOWN];
    unsigned unknown_count;
};

/** Fails with `code` at the current path followed by `key` (NULL: the path itself). What the
   message quotes may be cut anywhere: a character that is not whole is left out. */
stemma_status stm_in_fail(struct stm_json_in *in, const char *code, const char *key,
                          const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Sets the path to "name[index].", or with an outer path in front of it; `stm_in_leave` cuts it
    back to what stm_in_enter returned. */
size_t stm_in_enter(struct stm_json_in *in, const char *name, size_t index);
void stm_in_leave(struct stm_json_in *in, size_t mark);

/* Each gets an optional member: absent or null leaves *out as it is. A member of another type is
   FIELD_TYPE, a value out of its range FIELD_VALUE, both STEMMA_E_INVALID. Texts are copied into
   the arena. */
stemma_status stm_in_text(struct stm_json_in *in, const json_t *object, const char *key,
                          stemma_text *out);
stemma_status stm_in_bool(struct stm_json_in *in, const json_t *object, const char *key,
                          uint8_t *out);
stemma_status stm_in_number(struct stm_json_in *in, const json_t *object, const char *key,
                            uint64_t most, uint64_t *out);
stemma_status stm_in_ordinal(struct stm_json_in *in, const json_t *object, const char *key,
                             uint32_t *out);
stemma_status stm_in_enum(struct stm_json_in *in, const json_t *object, const char *key,
                          enum stm_enum which, uint8_t *out);
/** A share 0..1 as thousandths. */
stemma_status stm_in_share(struct stm_json_in *in, const json_t *object, const char *key,
                           uint16_t *out);
/** An array member, or NULL. */
stemma_status stm_in_array(struct stm_json_in *in, const json_t *object, const char *key,
                           const json_t **out);

/** Notes the keys of `object` that are not among `keys`, each of which stands between spaces.
    STEMMA_OK or STEMMA_E_NO_MEMORY. */
stemma_status stm_in_known(struct stm_json_in *in, const json_t *object, const char *keys);

/** The key at the end of such a path. */
const char *stm_in_key_of(const char *path);

/** Evaluates a stemma_status and returns it from the enclosing function unless it is STEMMA_OK. */
#define STM_TRY(call)                                                                              \
    do {                                                                                           \
        stemma_status try_status_ = (call);                                                        \
        if (try_status_ != STEMMA_OK) {                                                            \
            return try_status_;                                                                    \
        }                                                                                          \
    } while (0)

#endif
