/* SPDX-License-Identifier: MIT */
/* Manifests, and the reader of delimited tables that they stand on: rows ascend by file, each once; every
   fault says where. */
#include "fuzz.h"
#include "pack/read/csv.h"
#include "pack/read/folder.h"
#include "pack/read/manifest.h"
#include "utf8.h"

static void cells(stemma_text text)
{
    stm_csv csv;
    stm_csv_row row;
    stm_csv_error error;
    stemma_status status;
    size_t steps = 0;
    fuzz_must(stm_csv_init(&csv, text, stm_csv_sniff(text)) == STEMMA_OK);
    while ((status = stm_csv_next(&csv, &row, &error)) != STEMMA_END) {
        fuzz_must(++steps <= text.size + 1);
        if (status == STEMMA_OK) {
            fuzz_must(row.count != 0 && row.count <= STM_CSV_FIELD_LIMIT && row.line != 0);
            for (uint32_t i = 0; i < row.count; i++) {
                fuzz_must(stm_utf8_valid(row.fields[i].text));
            }
        } else {
            fuzz_must(status == STEMMA_E_INVALID && error.code != NULL && error.line != 0 && error.column != 0);
        }
    }
    stm_csv_free(&csv);
}

/* The files that a manifest may speak of; two inputs have an a.txt. */
static stemma_status read_manifest(stm_manifest *manifest, stemma_bytes bytes, stm_problems *problems)
{
    static const char *const files[] = {"a.txt", "b.txt", "news/c.html", "a.txt"};
    stm_entry entries[sizeof files / sizeof files[0]] = {{.path = {NULL, 0}}};
    stm_entry_list list;
    stm_entry_list_init(&list);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        entries[i].uri = stemma_text_of(files[i]);
    }
    list.entries = entries;
    list.count = sizeof files / sizeof files[0];
    list.input_count = 2;
    stemma_status status =
        stm_manifest_read(manifest, bytes, stemma_text_of("manifest.csv"), &list, problems);
    stm_entry_list_free(&list);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    stemma_bytes bytes = fuzz_rest(&input);
    stm_manifest manifest;
    stm_problems problems;
    stm_problems_to_buffer(&problems);
    stemma_status status = read_manifest(&manifest, bytes, &problems);
    fuzz_must(status == STEMMA_OK ||
              (status == STEMMA_E_INVALID && problems.counts[STM_SEVERITY_ERROR] != 0));
    for (size_t i = 0; status == STEMMA_OK && i < manifest.row_count; i++) {
        fuzz_must(i == 0 || stemma_text_compare(manifest.rows[i - 1].file, manifest.rows[i].file) < 0);
        fuzz_must(stm_manifest_find(&manifest, manifest.rows[i].file) == &manifest.rows[i]);
    }
    fuzz_must(stm_utf8_valid((stemma_text){problems.json.data, problems.json.size}));
    stm_manifest_free(&manifest);
    stm_problems_free(&problems);
    if (stm_utf8_valid(fuzz_text(bytes))) {
        cells(fuzz_text(bytes));
    }
    fuzz_free(bytes);
    return 0;
}
