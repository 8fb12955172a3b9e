/* SPDX-License-Identifier: MIT */
/* Two names, apart by a line feed; the first byte says of what. A folded name folds to itself; likeness has
   no side and knows a name again; asking for either in a file is always answered. */
#include "fuzz.h"
#include "fuzz_file.h"
#include "stemma/stemma.h"
#include "utf8.h"

static void fold(stemma_text name)
{
    char plain[STEMMA_NAME_KEY_SIZE], again[STEMMA_NAME_KEY_SIZE], key[STEMMA_NAME_KEY_SIZE];
    size_t size = 1, again_size = 0, key_size = 1;
    stemma_status status = stemma_name_fold(name, plain, sizeof plain, &size);
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_INVALID && size == 0));
    stemma_status keyed = stemma_name_key(name, key, sizeof key, &key_size);
    fuzz_must(keyed == status);
    if (status != STEMMA_OK) {
        return;
    }
    stemma_text folded = {plain, size};
    fuzz_must(stm_utf8_valid(folded) && stm_utf8_valid((stemma_text){key, key_size}));
    fuzz_must(size == 0 || (plain[0] != ' ' && plain[size - 1] != ' '));
    fuzz_must(stemma_name_fold(folded, again, sizeof again, &again_size) == STEMMA_OK);
    fuzz_must(size > STEMMA_NAME_READ || (again_size == size && memcmp(plain, again, size) == 0));
    (void)stemma_name_surname_gender(name);
}

static void compare(stemma_text a, stemma_text b, stemma_name_class kind)
{
    uint32_t there = stemma_name_similarity(a, b, kind), back = stemma_name_similarity(b, a, kind);
    fuzz_must(there == back && there <= 1000);
    uint32_t token = stemma_name_token_similarity(a, b);
    fuzz_must(token <= 1000 && token == stemma_name_token_similarity(b, a));
}

static void ask(stemma_text name, uint8_t how)
{
    static stemma_file *file;
    static stemma_snapshot *snapshot;
    stemma_find_options options = STEMMA_FIND_OPTIONS_INIT;
    const stemma_found *found;
    uint32_t count = 0, entities[8];
    stemma_error error = {0};
    if (file == NULL) {
        fuzz_must(stemma_open(&file, fuzz_put_file(fuzz_base_file(0)), NULL, &error) == STEMMA_OK);
        fuzz_must(stemma_snapshot_begin(&snapshot, file, &error) == STEMMA_OK);
    }
    options.flags = (how & 0x80) != 0 ? STEMMA_FIND_PREFIX : 0;
    options.threshold = (how & 0x40) != 0 ? 300 : 0;
    stemma_status status = stemma_find(snapshot, name, &options, &found, &count, &error);
    fuzz_must(status == STEMMA_OK || (status == STEMMA_E_INVALID && !stm_utf8_valid(name)));
    for (uint32_t i = 0; status == STEMMA_OK && i < count; i++) {
        fuzz_must(found[i].score <= 1000 && (i == 0 || found[i].score <= found[i - 1].score));
    }
    status = stemma_entity_by_name(snapshot, name, entities, 8, &count, &error);
    fuzz_must(status == STEMMA_OK || status == STEMMA_E_INVALID);
    stemma_snapshot_reset(snapshot);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_input_of(data, size);
    uint8_t how = fuzz_u8(&input);
    stemma_bytes first = fuzz_section(&input, "\n"), second = fuzz_rest(&input);
    fold(fuzz_text(first));
    fold(fuzz_text(second));
    compare(fuzz_text(first), fuzz_text(second), (stemma_name_class)(how & 3));
    compare(fuzz_text(first), fuzz_text(first), (stemma_name_class)(how & 3));
    ask(fuzz_text(first), how);
    fuzz_free(first);
    fuzz_free(second);
    return 0;
}
