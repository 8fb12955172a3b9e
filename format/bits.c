/* SPDX-License-Identifier: MIT */
#include "bits.h"

#include "wide.h"

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

static void unpack(const uint8_t *data, unsigned width, uint32_t eights, uint32_t *out)
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

/* From the beginning of eight on: none of the packed ones before matters. */
static void unpack_portably(const uint8_t *data, uint32_t count, unsigned width, uint32_t *out)
{
    unpack(data, width, count / 8, out);
    for (uint32_t i = count / 8 * 8; i < count; i++) {
        out[i] = (uint32_t)stm_bits_get(data, i, width);
    }
}

static void unpack_quickly(const uint8_t *data, uint32_t count, unsigned width, uint32_t *out)
{
    uint32_t done = 0;
#if STM_WIDE
    if (width <= STM_WIDE_MOST && stm_wide_here()) {
        const size_t size = (size_t)stm_bits_size(count, width) + STM_BITS_SLACK;
        done = stm_wide_unpack(data, size, width, count, out);
    }
#endif
    if (done < count) {
        unpack_portably(data + (size_t)(done / 8) * width, count - done, width, out + done);
    }
}

/* Elements before the first eight, one by one. How many. */
static inline uint32_t unpack_head(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                                   uint32_t *out)
{
    uint32_t i = 0;
    for (; i < count && ((first + i) & 7u) != 0; i++) {
        out[i] = (uint32_t)stm_bits_get(data, first + i, width);
    }
    return i;
}

static inline void unpack_from(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                               uint32_t *out, int portably)
{
    uint32_t done;
    if (width == 0) {
        memset(out, 0, count * sizeof *out);
        return;
    }
    done = unpack_head(data, first, count, width, out);
    data += ((first + done) >> 3) * width;
    if (done == count) {
        return;
    }
    if (portably) {
        unpack_portably(data, count - done, width, out + done);
    } else {
        unpack_quickly(data, count - done, width, out + done);
    }
}

void stm_bits_unpack(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                     uint32_t *out)
{
    unpack_from(data, first, count, width, out, 0);
}

void stm_bits_unpack_portably(const uint8_t *data, uint64_t first, uint32_t count, unsigned width,
                              uint32_t *out)
{
    unpack_from(data, first, count, width, out, 1);
}

/* Four at a time where the compiler has vectors. */
void stm_bits_sum_portably(uint32_t *numbers, uint32_t count)
{
    uint32_t i = 1;
    if (count == 0) {
        return;
    }
#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
    typedef uint32_t quad __attribute__((vector_size(16)));
    const quad zero = {0, 0, 0, 0};
    quad before = {numbers[0], numbers[0], numbers[0], numbers[0]};
    for (; i + 4 <= count; i += 4) {
        quad sum;
        memcpy(&sum, numbers + i, sizeof sum);
        sum += __builtin_shufflevector(sum, zero, 4, 0, 1, 2);
        sum += __builtin_shufflevector(sum, zero, 4, 5, 0, 1);
        sum += before;
        memcpy(numbers + i, &sum, sizeof sum);
        before = __builtin_shufflevector(sum, sum, 3, 3, 3, 3);
    }
#endif
#endif
    for (; i < count; i++) {
        numbers[i] += numbers[i - 1];
    }
}

void stm_bits_sum(uint32_t *numbers, uint32_t count)
{
#if STM_WIDE
    if (stm_wide_here()) {
        uint32_t done = stm_wide_sum(numbers, count);
        for (; done < count; done++) {
            numbers[done] += done != 0 ? numbers[done - 1] : 0;
        }
        return;
    }
#endif
    stm_bits_sum_portably(numbers, count);
}
