/* SPDX-License-Identifier: MIT */
/* Writing: the only file that includes msgpack-c, whose packer chooses the shortest forms. */
#include "canonical.h"

#include <msgpack.h>

#include "utf8.h"

static int append(void *data, const char *bytes, size_t size)
{
    stm_put_bytes((stm_buffer *)data, bytes, size);
    return 0; /* a buffer that is too small counts on: see stm_put_finish() */
}

static msgpack_packer packer_over(stm_buffer *out)
{
    msgpack_packer packer;
    msgpack_packer_init(&packer, out, append);
    return packer;
}

void stm_mp_put_uint(stm_buffer *out, uint64_t value)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_uint64(&packer, value);
}

void stm_mp_put_int(stm_buffer *out, int64_t value)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_int64(&packer, value);
}

void stm_mp_put_true(stm_buffer *out)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_true(&packer);
}

void stm_mp_put_text(stm_buffer *out, stemma_text value)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_str(&packer, value.size);
    stm_put_bytes(out, value.data, value.size);
}

void stm_mp_put_binary_header(stm_buffer *out, size_t size)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_bin(&packer, size);
}

void stm_mp_put_binary(stm_buffer *out, stemma_bytes value)
{
    stm_mp_put_binary_header(out, value.size);
    stm_put_bytes(out, value.data, value.size);
}

void stm_mp_put_array(stm_buffer *out, uint32_t count)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_array(&packer, count);
}

void stm_mp_put_map(stm_buffer *out, uint32_t count)
{
    msgpack_packer packer = packer_over(out);
    msgpack_pack_map(&packer, count);
}

const char *stm_text_fault(stemma_text text, size_t limit)
{
    if (text.size > limit) {
        return "TEXT_TOO_LONG";
    }
    return stm_utf8_valid(text) ? NULL : "TEXT_NOT_UTF8";
}

stm_map stm_map_begin(stm_buffer *out)
{
    stm_map map = {out, out->size, 0};
    stm_put_u8(out, 0);
    return map;
}

void stm_map_key(stm_map *map, uint32_t key)
{
    stm_mp_put_uint(map->out, key);
    map->count++;
}

void stm_map_uint(stm_map *map, uint32_t key, uint64_t value)
{
    if (value != 0) {
        stm_map_key(map, key);
        stm_mp_put_uint(map->out, value);
    }
}

void stm_map_true(stm_map *map, uint32_t key, bool value)
{
    if (value) {
        stm_map_key(map, key);
        stm_mp_put_true(map->out);
    }
}

void stm_map_text(stm_map *map, uint32_t key, stemma_text value)
{
    if (value.size != 0) {
        stm_map_key(map, key);
        stm_mp_put_text(map->out, value);
    }
}

void stm_map_binary(stm_map *map, uint32_t key, stemma_bytes value)
{
    if (value.size != 0) {
        stm_map_key(map, key);
        stm_mp_put_binary(map->out, value);
    }
}

void stm_map_end(stm_map *map)
{
    stm_buffer *out = map->out;
    if (map->count > 15) {
        size_t fields = map->start + 1;
        stm_put_le16(out, 0); /* room for the longer header */
        if (stm_buffer_fits(out)) {
            memmove(out->data + fields + 2, out->data + fields, out->size - fields - 2);
            out->data[map->start] = 0xde;
            stm_store_be16(out->data + fields, (uint16_t)map->count);
        }
    } else if (map->start < out->capacity && stm_buffer_fits(out)) {
        out->data[map->start] = (uint8_t)(0x80 | map->count);
    }
}

stemma_status stm_put_finish(const stm_buffer *out, stm_fault *fault)
{
    if (!stm_buffer_fits(out)) {
        return stm_fault_set(fault, STEMMA_E_NO_SPACE, "BUFFER_TOO_SMALL", out->size);
    }
    return STEMMA_OK;
}
