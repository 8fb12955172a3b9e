/* SPDX-License-Identifier: MIT */
#include "column.h"

/* How a column is stored: all follows from its values, so that equal values are equal bytes. */
typedef struct packing {
    int64_t minimum;
    uint64_t scale;
    unsigned width;
} packing;

static uint64_t greatest_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Distance of two numbers, a not below b, which always fits 64 unsigned bits. */
static uint64_t distance(int64_t a, int64_t b)
{
    return (uint64_t)a - (uint64_t)b;
}

static packing choose(const int64_t *values, uint32_t count)
{
    packing chosen = {0, 1, 0};
    int64_t minimum, maximum;
    uint64_t divisor = 0;
    if (count == 0) {
        return chosen;
    }
    minimum = maximum = values[0];
    for (uint32_t i = 1; i < count; i++) {
        minimum = values[i] < minimum ? values[i] : minimum;
        maximum = values[i] > maximum ? values[i] : maximum;
    }
    chosen.minimum = minimum;
    chosen.width = stm_bits_width(distance(maximum, minimum));
    for (uint32_t i = 0; i < count && divisor != 1; i++) {
        uint64_t apart = distance(values[i], minimum);
        if (divisor == 0 || apart % divisor != 0) {
            divisor = greatest_divisor(apart, divisor);
        }
    }
    if (divisor > 1) {
        unsigned width = stm_bits_width(distance(maximum, minimum) / divisor);
        if (width < chosen.width) {
            chosen.scale = divisor;
            chosen.width = width;
        }
    }
    return chosen;
}

static size_t aligned(size_t size)
{
    return (size + 7u) & ~(size_t)7u;
}

size_t stm_column_bound(uint32_t columns, uint64_t values)
{
    return STM_COLUMN_HEADER + columns * (size_t)(STM_COLUMN_ENTRY + 8u) + 8u * (size_t)values +
           STM_BITS_SLACK;
}

void stm_column_begin(stm_column_writer *writer, uint8_t *out, size_t capacity, uint32_t rows,
                      uint32_t columns)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
    writer->capacity = capacity;
    writer->columns = columns;
    writer->next = STM_COLUMN_HEADER + (size_t)columns * STM_COLUMN_ENTRY;
    if (columns == 0 || columns > STM_COLUMN_LIMIT) {
        writer->status = STEMMA_E_MISUSE;
    } else if (writer->next > capacity) {
        writer->status = STEMMA_E_NO_SPACE;
    } else {
        stm_store_le32(out, rows);
        stm_store_le16(out + 4, (uint16_t)columns);
        stm_store_le16(out + 6, 0);
    }
}

void stm_column_add(stm_column_writer *writer, uint16_t id, const int64_t *values, uint32_t count)
{
    packing chosen;
    uint64_t bytes;
    uint8_t *entry, *data;
    if (writer->status != STEMMA_OK) {
        return;
    }
    if (writer->added == writer->columns || (writer->added != 0 && id <= writer->last_id)) {
        writer->status = STEMMA_E_MISUSE;
        return;
    }
    if (count > STM_COLUMN_VALUES_LIMIT) {
        writer->status = STEMMA_E_LIMIT;
        return;
    }
    chosen = choose(values, count);
    bytes = stm_bits_size(count, chosen.width);
    if (bytes > UINT32_MAX || writer->next > UINT32_MAX ||
        writer->capacity - writer->next < aligned((size_t)bytes)) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    entry = writer->out + STM_COLUMN_HEADER + (size_t)writer->added * STM_COLUMN_ENTRY;
    stm_store_le16(entry, id);
    entry[2] = (uint8_t)chosen.width;
    entry[3] = 0;
    stm_store_le32(entry + 4, count);
    stm_store_le64(entry + 8, (uint64_t)chosen.minimum);
    stm_store_le64(entry + 16, chosen.scale);
    stm_store_le32(entry + 24, (uint32_t)writer->next);
    stm_store_le32(entry + 28, (uint32_t)bytes);

    data = writer->out + writer->next;
    if (chosen.width != 0) {
        stm_bits_writer bits;
        uint8_t *end;
        stm_bits_begin(&bits, data);
        if (chosen.scale == 1) {
            for (uint32_t i = 0; i < count; i++) {
                stm_bits_put(&bits, distance(values[i], chosen.minimum), chosen.width);
            }
        } else {
            for (uint32_t i = 0; i < count; i++) {
                stm_bits_put(&bits, distance(values[i], chosen.minimum) / chosen.scale,
                             chosen.width);
            }
        }
        end = stm_bits_end(&bits);
        memset(end, 0, (size_t)(data + aligned((size_t)bytes) - end));
    }
    writer->next += aligned((size_t)bytes);
    writer->last_id = id;
    writer->added++;
}

stemma_status stm_column_end(stm_column_writer *writer, size_t *size)
{
    if (writer->status != STEMMA_OK) {
        return writer->status;
    }
    if (writer->added != writer->columns) {
        return STEMMA_E_MISUSE;
    }
    if (writer->capacity - writer->next < STM_BITS_SLACK) {
        return STEMMA_E_NO_SPACE;
    }
    memset(writer->out + writer->next, 0, STM_BITS_SLACK);
    *size = writer->next + STM_BITS_SLACK;
    return STEMMA_OK;
}

stemma_status stm_column_write_one(uint8_t *out, size_t capacity, size_t *size,
                                   const int64_t *values, uint32_t count)
{
    stm_column_writer writer;
    stm_column_begin(&writer, out, capacity, count, 1);
    stm_column_add(&writer, 1, values, count);
    return stm_column_end(&writer, size);
}

stemma_status stm_column_block_open(stemma_bytes value, stm_column_block *out)
{
    uint32_t columns, last_id = 0;
    size_t next;
    if (value.size < STM_COLUMN_HEADER + STM_COLUMN_ENTRY + STM_BITS_SLACK ||
        value.size > UINT32_MAX) {
        return STEMMA_E_DAMAGED;
    }
    columns = stm_load_le16(value.data + 4);
    if (columns == 0 || columns > STM_COLUMN_LIMIT || stm_load_le16(value.data + 6) != 0) {
        return STEMMA_E_DAMAGED;
    }
    next = STM_COLUMN_HEADER + (size_t)columns * STM_COLUMN_ENTRY;
    for (uint32_t i = 0; i < columns; i++) {
        const uint8_t *entry = value.data + STM_COLUMN_HEADER + (size_t)i * STM_COLUMN_ENTRY;
        uint64_t bytes;
        if (next > value.size) {
            return STEMMA_E_DAMAGED; /* covers the directory itself in the first round */
        }
        bytes = stm_bits_size(stm_load_le32(entry + 4), entry[2]);
        if ((i != 0 && stm_load_le16(entry) <= last_id) || entry[2] > 64 || entry[3] != 0 ||
            stm_load_le32(entry + 4) > STM_COLUMN_VALUES_LIMIT || stm_load_le64(entry + 16) == 0 ||
            stm_load_le32(entry + 24) != next || stm_load_le32(entry + 28) != bytes ||
            bytes > value.size - next) {
            return STEMMA_E_DAMAGED;
        }
        last_id = stm_load_le16(entry);
        next += aligned((size_t)bytes);
    }
    if (next > value.size || value.size - next != STM_BITS_SLACK) {
        return STEMMA_E_DAMAGED;
    }
    out->base = value.data;
    out->rows = stm_load_le32(value.data);
    out->columns = columns;
    return STEMMA_OK;
}

void stm_column_at(const stm_column_block *block, uint32_t index, stm_column *out)
{
    const uint8_t *entry = block->base + STM_COLUMN_HEADER + (size_t)index * STM_COLUMN_ENTRY;
    out->id = stm_load_le16(entry);
    out->width = entry[2];
    out->count = stm_load_le32(entry + 4);
    out->minimum = (int64_t)stm_load_le64(entry + 8);
    out->scale = stm_load_le64(entry + 16);
    out->data = block->base + stm_load_le32(entry + 24);
}

stemma_status stm_column_find(const stm_column_block *block, uint16_t id, stm_column *out)
{
    for (uint32_t i = 0; i < block->columns; i++) {
        const uint8_t *entry = block->base + STM_COLUMN_HEADER + (size_t)i * STM_COLUMN_ENTRY;
        if (stm_load_le16(entry) == id) {
            stm_column_at(block, i, out);
            return STEMMA_OK;
        }
    }
    return STEMMA_NOT_FOUND;
}

stemma_status stm_column_require(const stm_column_block *block, uint16_t id, uint32_t count,
                                 stm_column *out)
{
    if (stm_column_find(block, id, out) != STEMMA_OK || out->count != count) {
        return STEMMA_E_DAMAGED;
    }
    return STEMMA_OK;
}

stemma_status stm_column_open_one(stemma_bytes value, stm_column *out)
{
    stm_column_block block;
    if (stm_column_block_open(value, &block) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return stm_column_require(&block, 1, block.rows, out);
}

void stm_column_unpack(const stm_column *column, uint32_t first, uint32_t count, int64_t *out)
{
    const uint8_t *data = column->data;
    const uint64_t minimum = (uint64_t)column->minimum, scale = column->scale;
    const unsigned width = column->width;
    if (width == 0) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = column->minimum;
        }
    } else if (width > 56) {
        for (uint32_t i = 0; i < count; i++) {
            out[i] = stm_column_get(column, first + i);
        }
    } else {
        /* One load an element, no branch: what compilers turn into vector gathers. */
        const uint64_t mask = stm_bits_mask(width);
        uint64_t bit = (uint64_t)first * width;
        for (uint32_t i = 0; i < count; i++, bit += width) {
            uint64_t bits = (stm_load_le64(data + (bit >> 3)) >> (bit & 7u)) & mask;
            out[i] = (int64_t)(minimum + scale * bits);
        }
    }
}

static stemma_status check_column(const stm_column *column)
{
    uint64_t least = UINT64_MAX, most = 0, divisor = 0, reach, last;
    uint64_t bytes = stm_bits_size(column->count, column->width);
    if (column->count == 0) {
        return column->minimum == 0 && column->scale == 1 && column->width == 0 ? STEMMA_OK
                                                                                : STEMMA_E_DAMAGED;
    }
    if (column->width == 0) {
        return column->scale == 1 ? STEMMA_OK : STEMMA_E_DAMAGED;
    }
    for (uint32_t i = 0; i < column->count; i++) {
        uint64_t bits = stm_bits_get(column->data, i, column->width);
        least = bits < least ? bits : least;
        most = bits > most ? bits : most;
        if (divisor != 1 && (divisor == 0 || bits % divisor != 0)) {
            divisor = greatest_divisor(bits, divisor);
        }
    }
    if (least != 0 || stm_bits_width(most) != column->width ||
        __builtin_mul_overflow(most, column->scale, &reach) ||
        reach > distance(INT64_MAX, column->minimum)) {
        return STEMMA_E_DAMAGED;
    }
    if (column->scale == 1) {
        if (divisor > 1 && stm_bits_width(most / divisor) < column->width) {
            return STEMMA_E_DAMAGED;
        }
    } else if (divisor != 1 || stm_bits_width(reach) <= column->width) {
        return STEMMA_E_DAMAGED;
    }
    /* The data, its unused bits and its padding reach up to the next multiple of 8. */
    last = (uint64_t)column->count * column->width;
    if ((last & 7u) != 0 && column->data[last >> 3] >> (last & 7u) != 0) {
        return STEMMA_E_DAMAGED;
    }
    for (uint64_t at = bytes; at < aligned((size_t)bytes); at++) {
        if (column->data[at] != 0) {
            return STEMMA_E_DAMAGED;
        }
    }
    return STEMMA_OK;
}

stemma_status stm_column_block_check(stemma_bytes value)
{
    stm_column_block block;
    stemma_status status = stm_column_block_open(value, &block);
    for (uint32_t i = 0; status == STEMMA_OK && i < block.columns; i++) {
        stm_column column;
        stm_column_at(&block, i, &column);
        status = check_column(&column);
    }
    if (status == STEMMA_OK && stm_load_le64(value.data + value.size - STM_BITS_SLACK) != 0) {
        return STEMMA_E_DAMAGED;
    }
    return status;
}
