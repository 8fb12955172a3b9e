/* SPDX-License-Identifier: MIT */
#include "bits.h"

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__) &&   \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* The same C, once more for processors with wider vectors; the linker's resolver chooses. */
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Eight elements take `width` bytes, so that with a constant width all shifts are constants. */
static inline __attribute__((always_inline)) void unpack_eights(const uint8_t *data, unsigned width,
                                                                uint32_t eights, uint32_t *out)
{
    const uint32_t mask = (uint32_t)stm_bits_mask(width);
    for (uint32_t i = 0; i < eights; i++, data += width, out += 8) {
        for (unsigned k = 0; k < 8; k++) {
            unsigned bit = k * width;
            out[k] = (uint32_t)(stm_load_le64(data + (bit >> 3)) >> (bit & 7u)) & mask;
        }
    }
}

#define WIDTH(w)                                                                                   \
    case (w):                                                                                      \
        unpack_eights(data, (w), eights, out);                                                     \
        break

WIDE static void unpack(const uint8_t *data, unsigned width, uint32_t eights, uint32_t *out)
{
    switch (width) {
        WIDTH(1);
        WIDTH(2);
        WIDTH(3);
        WIDTH(4);
        WIDTH(5);
        WIDTH(6);
        WIDTH(7);
        WIDTH(8);
        WIDTH(9);
        WIDTH(10);
        WIDTH(11);
        WIDTH(12);
        WIDTH(13);
        WIDTH(14);
        WIDTH(15);
        WIDTH(16);
        WIDTH(17);
        WIDTH(18);
        WIDTH(19);
        WIDTH(20);
        WIDTH(21);
        WIDTH(22);
        WIDTH(23);
        WIDTH(24);
    default:
        unpack_eights(data, width, eights, out);
    }
}

void stm_bits_unpack(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                     uint32_t *out)
{
    uint32_t i = 0;
    if (width == 0) {
        memset(out, 0, count * sizeof *out);
        return;
    }
    for (; i < count && ((first + i) & 7u) != 0; i++) {
        out[i] = (uint32_t)stm_bits_get(data, first + i, width);
    }
    unpack(data + ((first + i) >> 3) * width, width, (count - i) / 8, out + i);
    for (i += (count - i) / 8 * 8; i < count; i++) {
        out[i] = (uint32_t)stm_bits_get(data, first + i, width);
    }
}
