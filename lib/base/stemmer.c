/* SPDX-License-Identifier: MIT */
/* Compiled twice: with STM_STEMMER_LIBRARY, what dlopen() finds libstemmer by, and without, to be linked with it. */
#include "base/stemmer.h"

#include "base/error.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#ifdef STM_STEMMER_LIBRARY
#include <dlfcn.h>
#endif

/* Functions of the library. */
typedef struct entries {
    struct sb_stemmer *(*make)(const char *algorithm, const char *encoding);
    void (*free)(struct sb_stemmer *stemmer);
    const sb_symbol *(*stem)(struct sb_stemmer *stemmer, const sb_symbol *word, int size);
    int (*length)(struct sb_stemmer *stemmer);
} entries;

struct stm_stemmer {
    entries library;
    struct sb_stemmer *stemmer;
};

#ifdef STM_STEMMER_LIBRARY

/* A function as POSIX would have it: what dlsym() gives is no pointer to a function in C. */
static bool find(void *library, const char *name, void *out)
{
    void *address = dlsym(library, name);
    memcpy(out, &address, sizeof address);
    return address != NULL;
}

/* Loaded once, it stays to the end of the process; after that this takes a microsecond. The caller closes it. */
static void *load(void)
{
    return dlopen(STM_STEMMER_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
}

stemma_status stm_stemmer_load(stemma_error *error)
{
    void *library = load();
    if (library == NULL) {
        const char *why = dlerror();
        return stm_fail(error, STEMMA_E_SYSTEM, "STEMMER", STM_STEMMER_LIBRARY,
                        "The library of stemmers cannot be loaded: %s", why != NULL ? why : "");
    }
    (void)dlclose(library);
    return STEMMA_OK;
}

static bool find_all(entries *out)
{
    void *library = load();
    if (library == NULL) {
        return false;
    }
    bool found = find(library, "sb_stemmer_new", &out->make) &&
                 find(library, "sb_stemmer_delete", &out->free) &&
                 find(library, "sb_stemmer_stem", &out->stem) &&
                 find(library, "sb_stemmer_length", &out->length);
    (void)dlclose(library);
    return found;
}

#else

stemma_status stm_stemmer_load(stemma_error *error)
{
    (void)error;
    return STEMMA_OK;
}

static bool find_all(entries *out)
{
    *out = (entries){sb_stemmer_new, sb_stemmer_delete, sb_stemmer_stem, sb_stemmer_length};
    return true;
}

#endif

stemma_status stm_stemmer_explain(stemma_error *error)
{
    stemma_status status = stm_stemmer_load(error);
    return status != STEMMA_OK ? status
                               : stm_fail(error, STEMMA_E_NO_MEMORY, "NO_MEMORY", "",
                                          "The system refused memory");
}

stemma_status stm_stemmer_new(stm_stemmer **out, const char *algorithm)
{
    stm_stemmer *self = malloc(sizeof *self);
    if (self == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (!find_all(&self->library)) {
        free(self);
        return STEMMA_E_SYSTEM;
    }
    self->stemmer = self->library.make(algorithm, "UTF_8");
    if (self->stemmer == NULL) {
        free(self);
        return STEMMA_E_NO_MEMORY;
    }
    *out = self;
    return STEMMA_OK;
}

const uint8_t *stm_stemmer_stem(stm_stemmer *stemmer, const uint8_t *word, size_t size,
                                size_t *length)
{
    const sb_symbol *stem = stemmer->library.stem(stemmer->stemmer, word, (int)size);
    const int bytes = stem != NULL ? stemmer->library.length(stemmer->stemmer) : 0;
    *length = bytes > 0 ? (size_t)bytes : 0;
    return stem;
}

void stm_stemmer_free(stm_stemmer *stemmer)
{
    if (stemmer != NULL) {
        stemmer->library.free(stemmer->stemmer);
        free(stemmer);
    }
}
