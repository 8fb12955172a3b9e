/* SPDX-License-Identifier: MIT */
#include "pack/read/delimited_cut.h"

#include "pack/read/delimited_scan.h"

typedef void scan_bytes(const char *data, char delimiter, struct stm_delimited_marks *out);

__attribute__((always_inline)) static inline const char *cut_by(scan_bytes *scan, const char *start,
                                                                const char *end, char delimiter, bool quotes,
                                                                stemma_text *fields, uint32_t *out)
{
    const uint64_t quoted = quotes ? UINT64_MAX : 0;
    const char *field = start;
    uint32_t count = 0;
    /* As many fields as a block of bytes can have are left free. */
    for (const char *at = start; at < end && count < STM_DELIMITED_FEW - STM_DELIMITED_SCAN;
         at += STM_DELIMITED_SCAN) {
        struct stm_delimited_marks marks;
        const size_t rest = (size_t)(end - at);
        const uint64_t inside = rest >= STM_DELIMITED_SCAN ? UINT64_MAX : (UINT64_C(1) << rest) - 1;
        scan(at, delimiter, &marks);
        const uint64_t feed = marks.feeds & inside;
        const uint64_t line = feed != 0 ? (feed & -feed) - 1 : inside;
        if (((marks.odd | (quoted & marks.quotes)) & line) != 0) {
            return NULL;
        }
        for (uint64_t cuts = marks.delimiters & line; cuts != 0; cuts &= cuts - 1) {
            const char *cut = at + __builtin_ctzll(cuts);
            fields[count++] = (stemma_text){field, (size_t)(cut - field)};
            field = cut + 1;
        }
        if (feed != 0) {
            const char *line_end = at + __builtin_ctzll(feed);
            const char *behind = line_end + 1;
            line_end -= line_end != start && line_end[-1] == '\r';
            fields[count++] = (stemma_text){field, (size_t)(line_end - field)};
            *out = count;
            return line_end != start ? behind : NULL;
        }
    }
    return NULL;
}

static const char *cut_narrow(const char *start, const char *end, char delimiter, bool quotes,
                              stemma_text *fields, uint32_t *count)
{
    return cut_by(stm_delimited_scan, start, end, delimiter, quotes, fields, count);
}

#if STM_WIDE
STM_WIDE_CODE static const char *cut_wide(const char *start, const char *end, char delimiter, bool quotes,
                                          stemma_text *fields, uint32_t *count)
{
    return cut_by(stm_delimited_scan_wide, start, end, delimiter, quotes, fields, count);
}
#endif

const char *stm_delimited_cut(const char *start, const char *end, char delimiter, bool quotes,
                              stemma_text *fields, uint32_t *count)
{
#if STM_WIDE
    if (stm_wide_here()) {
        return cut_wide(start, end, delimiter, quotes, fields, count);
    }
#endif
    return cut_narrow(start, end, delimiter, quotes, fields, count);
}
