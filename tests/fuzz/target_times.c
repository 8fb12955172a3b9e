/* SPDX-License-Identifier: MIT */
/* Dates: EDTF, dates as people write them, days. Bounds are in order; what a date reader gives is EDTF; the
   usual text of bounds reads as these bounds. */
#include "fuzz.h"
#include "pack/read/date.h"
#include "row_record.h"
#include "stemma/edtf.h"

static void in_order(const stemma_time_bounds *b)
{
    fuzz_must(b->start_earliest <= b->start_latest && b->end_earliest <= b->end_latest);
    fuzz_must(b->start_earliest <= b->end_latest);
    fuzz_must(b->precision <= STEMMA_PRECISION_SECOND && b->extent <= 1 && b->approximate <= 1 &&
              b->uncertain <= 1);
    char text[STM_ROW_TIME_SIZE];
    size_t size = stm_row_time_text(b, text);
    fuzz_must(size <= sizeof text);
    if (size != 0) {
        stemma_time_bounds again;
        memset(&again, 0, sizeof again); /* padding, too */
        fuzz_must(stemma_edtf_bounds((stemma_text){text, size}, &again) == STEMMA_OK);
        fuzz_must(memcmp(&again, b, sizeof again) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes bytes = fuzz_rest(&input);
    stemma_text text = fuzz_text(bytes);
    stemma_time_bounds bounds;
    char edtf[STM_DATE_SIZE], day[11];
    memset(&bounds, 0, sizeof bounds);
    stemma_status status = stemma_edtf_bounds(text, &bounds);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_INVALID);
    if (status == STEMMA_OK) {
        in_order(&bounds);
        stemma_day_text(bounds.start_earliest, day);
        stemma_day_text(bounds.end_latest, day);
    }
    if (stm_date_read(text, edtf)) {
        memset(&bounds, 0, sizeof bounds);
        fuzz_must(stemma_edtf_bounds(stemma_text_of(edtf), &bounds) == STEMMA_OK);
        in_order(&bounds);
    } else {
        fuzz_must(edtf[0] == '\0');
    }
    if (size >= 8) {
        int64_t seconds;
        memcpy(&seconds, data, sizeof seconds);
        stemma_day_text(seconds, day);
        if (day[0] != '\0') {
            fuzz_must(strlen(day) == 10 && stemma_edtf_bounds(stemma_text_of(day), &bounds) == STEMMA_OK);
            fuzz_must(bounds.start_earliest <= seconds && seconds <= bounds.end_latest);
        }
    }
    fuzz_free(bytes);
    return 0;
}
