/* SPDX-License-Identifier: MIT */
#include "column.h"

#include "column_form.h"

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

/* Goes through the values again as long as a ramp may still take fewer bits than `width`. */
static void try_ramp(stm_column_sum *sum, const int64_t *values, uint32_t count, unsigned width)
{
    for (uint32_t at = 0; at < count && sum->has_slope; at += 256) {
        uint32_t left = count - at;
        stm_column_sum_add_again(sum, values + at, left < 256 ? left : 256);
        if (stm_bits_width((uint64_t)sum->most - (uint64_t)sum->least) >= width) {
            sum->has_slope = 0;
        }
    }
}

static stm_column_form choose(const int64_t *values, uint32_t count)
{
    stm_column_sum sum;
    stm_column_form form;
    stm_column_sum_begin(&sum);
    stm_column_sum_add(&sum, values, count);
    form = stm_column_choose(&sum);
    if (!stm_column_sum_again(&sum)) {
        return form;
    }
    try_ramp(&sum, values, count, form.width);
    return sum.has_slope ? stm_column_choose(&sum) : form;
}

/* Each loop has its own arithmetic, so that the plain ones stay quick. */
static uint8_t *put_each(uint8_t *data, const int64_t *values, uint32_t count,
                         const stm_column_form *form)
{
    const uint64_t minimum = (uint64_t)form->minimum, scale = form->scale;
    stm_bits_writer bits;
    stm_bits_begin(&bits, data);
    if (form->form == STM_COLUMN_RAMP) {
        for (uint32_t i = 0; i < count; i++) {
            stm_bits_put(&bits, (uint64_t)values[i] - scale * i - minimum, form->width);
        }
    } else if (scale == 1) {
        for (uint32_t i = 0; i < count; i++) {
            stm_bits_put(&bits, (uint64_t)values[i] - minimum, form->width);
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            stm_bits_put(&bits, ((uint64_t)values[i] - minimum) / scale, form->width);
        }
    }
    return stm_bits_end(&bits);
}

static uint8_t *put_runs(uint8_t *data, const int64_t *values, uint32_t count,
                         const stm_column_form *form)
{
    stm_bits_writer bits;
    stm_store_le32(data, form->changes);
    stm_bits_begin(&bits, data + STM_COLUMN_RUNS_HEADER);
    for (uint32_t i = 1; i < count; i++) {
        if (values[i] != values[i - 1]) {
            stm_bits_put(&bits, i, stm_column_position_width(count));
        }
    }
    stm_bits_begin(&bits, stm_bits_end(&bits));
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || values[i] != values[i - 1]) {
            stm_bits_put(&bits, ((uint64_t)values[i] - (uint64_t)form->minimum) / form->scale,
                         form->width);
        }
    }
    return stm_bits_end(&bits);
}

/* Whether a column may come next. Failures are latched. */
static int may_add(stm_column_writer *writer, uint16_t id, uint32_t count)
{
    if (writer->status != STEMMA_OK) {
        return 0;
    }
    if (writer->added == writer->columns || (writer->added != 0 && id <= writer->last_id)) {
        writer->status = STEMMA_E_MISUSE;
    } else if (count > STM_COLUMN_VALUES_LIMIT) {
        writer->status = STEMMA_E_LIMIT;
    }
    return writer->status == STEMMA_OK;
}

/* The entry of the directory; its `bytes` of data come next. */
static void put_entry(stm_column_writer *writer, uint16_t id, uint32_t count,
                      const stm_column_form *form, uint64_t bytes)
{
    uint8_t *entry = writer->out + STM_COLUMN_HEADER + (size_t)writer->added * STM_COLUMN_ENTRY;
    stm_store_le16(entry, id);
    entry[2] = form->width;
    entry[3] = form->form;
    stm_store_le32(entry + 4, count);
    stm_store_le64(entry + 8, (uint64_t)form->minimum);
    stm_store_le64(entry + 16, form->scale);
    stm_store_le32(entry + 24, (uint32_t)writer->next);
    stm_store_le32(entry + 28, (uint32_t)bytes);
    writer->next += aligned((size_t)bytes);
    writer->last_id = id;
    writer->added++;
}

void stm_column_add_even(stm_column_writer *writer, uint16_t id, int64_t first, int64_t step,
                         uint32_t count)
{
    stm_column_form form = {first, 1, 0, 0, STM_COLUMN_PLAIN};
    int64_t rise, last;
    if (!may_add(writer, id, count)) {
        return;
    }
    if (count == 0 || !stm_mul_i64(step, (int64_t)count - 1, &rise) ||
        !stm_add_i64(first, rise, &last)) {
        writer->status = STEMMA_E_MISUSE;
        return;
    }
    if (writer->next > UINT32_MAX) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    if (rise != 0) {
        form.form = STM_COLUMN_RAMP;
        form.scale = (uint64_t)step;
    }
    put_entry(writer, id, count, &form, 0);
}

/* Whether values grow by one step throughout, or are all the same. Looks at pieces, as most columns show soon that
   they are not; a piece is a loop for the vectoriser. */
static int is_even(const int64_t *values, uint32_t count, int64_t *step)
{
    uint64_t apart = count > 1 ? (uint64_t)values[1] - (uint64_t)values[0] : 0;
    int64_t rise, sum;
    for (uint32_t i = 1; i < count;) {
        uint64_t other = 0;
        uint32_t end = count - i < 64 ? count : i + 64;
        for (; i < end; i++) {
            other |= ((uint64_t)values[i] - (uint64_t)values[i - 1]) ^ apart;
        }
        if (other != 0) {
            return 0;
        }
    }
    *step = (int64_t)apart;
    return count != 0 && stm_mul_i64(*step, (int64_t)count - 1, &rise) &&
           stm_add_i64(values[0], rise, &sum);
}

void stm_column_add(stm_column_writer *writer, uint16_t id, const int64_t *values, uint32_t count)
{
    stm_column_form form;
    uint64_t bytes;
    uint8_t *data;
    int64_t step;
    if (!may_add(writer, id, count)) {
        return;
    }
    if (is_even(values, count, &step)) { /* what would be chosen, too: nothing is shorter than no data */
        stm_column_add_even(writer, id, values[0], step, count);
        return;
    }
    form = choose(values, count);
    bytes = stm_column_data_size(form.form, count, form.width, form.changes);
    if (bytes > UINT32_MAX || writer->next > UINT32_MAX ||
        writer->capacity - writer->next < aligned((size_t)bytes)) {
        writer->status = STEMMA_E_NO_SPACE;
        return;
    }
    data = writer->out + writer->next;
    put_entry(writer, id, count, &form, bytes);
    if (bytes != 0) {
        uint8_t *end = form.form == STM_COLUMN_RUNS ? put_runs(data, values, count, &form)
                                                    : put_each(data, values, count, &form);
        memset(end, 0, (size_t)(data + aligned((size_t)bytes) - end));
    }
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
        uint32_t changes = 0, count, bytes;
        if (next > value.size) {
            return STEMMA_E_DAMAGED; /* covers the directory itself in the first round */
        }
        count = stm_load_le32(entry + 4);
        bytes = stm_load_le32(entry + 28);
        if ((i != 0 && stm_load_le16(entry) <= last_id) || entry[2] > 64 ||
            entry[3] > STM_COLUMN_RUNS || count > STM_COLUMN_VALUES_LIMIT ||
            stm_load_le64(entry + 16) == 0 || stm_load_le32(entry + 24) != next ||
            bytes > value.size - next) {
            return STEMMA_E_DAMAGED;
        }
        if (entry[3] == STM_COLUMN_RUNS) {
            if (bytes < STM_COLUMN_RUNS_HEADER) {
                return STEMMA_E_DAMAGED;
            }
            changes = stm_load_le32(value.data + next);
            if (changes == 0 || changes >= count) {
                return STEMMA_E_DAMAGED;
            }
        }
        if (stm_column_data_size(entry[3], count, entry[2], changes) != bytes) {
            return STEMMA_E_DAMAGED;
        }
        last_id = stm_load_le16(entry);
        next += aligned(bytes);
    }
    if (next > value.size || value.size - next != STM_BITS_SLACK) {
        return STEMMA_E_DAMAGED;
    }
    out->base = value.data;
    out->rows = stm_load_le32(value.data);
    out->columns = columns;
    return STEMMA_OK;
}

stm_column stm_column_zeros(uint16_t id, uint32_t count)
{
    static const uint8_t nothing[STM_BITS_SLACK];
    stm_column column = {nothing, 0, 1, count, id, 0, STM_COLUMN_PLAIN};
    return column;
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

stemma_status stm_column_optional(const stm_column_block *block, uint16_t id, uint32_t count,
                                  stm_column *out)
{
    if (stm_column_find(block, id, out) != STEMMA_OK) {
        *out = stm_column_zeros(id, count);
    }
    return out->count == count ? STEMMA_OK : STEMMA_E_DAMAGED;
}

stemma_status stm_column_open_one(stemma_bytes value, stm_column *out)
{
    stm_column_block block;
    if (stm_column_block_open(value, &block) != STEMMA_OK) {
        return STEMMA_E_DAMAGED;
    }
    return stm_column_require(&block, 1, block.rows, out);
}
