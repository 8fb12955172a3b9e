/* SPDX-License-Identifier: MIT */
/* The golden vectors of tests/vectors, for tests that compare them with this library. */
#ifndef STEMMA_TESTS_GOLDEN_H
#define STEMMA_TESTS_GOLDEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "canonical.h"
#include "stemma/types.h"

/* Whether the library does as a vector says; `page` is the file that the vector is in. */
typedef bool golden_check(const json_t *vector, const json_t *page);

/* Runs the check on every vector of tests/vectors/NAME.json, prints the names of those that it
   fails, and fails the test when there is one, or when there are fewer vectors than `least`. */
void golden_all(const char *name, golden_check *check, size_t least);

/* Bytes in hexadecimal, in memory of exactly their size, so that a sanitizer sees who reads on:
   free with golden_drop(). Aborts when it is no such text. */
stemma_bytes golden_hex(const json_t *text);
void golden_drop(stemma_bytes bytes);

/* Members of an object; abort when they are not there. */
const char *golden_string(const json_t *object, const char *key);
stemma_text golden_text(const json_t *object, const char *key);
int64_t golden_number(const json_t *object, const char *key);

/* A number that is an integer, or a string of its digits when it is too large for some readers. */
int64_t golden_signed(const json_t *value);
uint64_t golden_unsigned(const json_t *value);

/* Whether the vector says that it is refused, and with this code. */
bool golden_is_bad(const json_t *vector);
bool golden_has_code(const json_t *vector, const char *code);

/* Whether the next value is the one that a vector shows with its kind. */
bool golden_same_value(stm_mp *mp, const json_t *typed);

/* Whether the bytes are those of a text in hexadecimal. */
bool golden_same_bytes(const json_t *hex, const uint8_t *data, size_t size);

#endif
