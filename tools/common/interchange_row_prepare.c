/* SPDX-License-Identifier: MIT */
/* The document's line, which has all of its actors, takes as long to write as their names take to be made ready
 * for the lines of rows: two threads do both at once. */
#include "common/interchange_row_prepare.h"

#define PART 4096u /* actors */

void stm_row_preparation_begin(struct stm_row_preparation *preparation, struct stm_row_actors *actors,
                               const stemma_document *document, const struct stm_rows_before *before)
{
    *preparation = (struct stm_row_preparation){
        .actors = actors, .document = document, .before = *before, .parts = document->referent_count / PART + 1};
    atomic_init(&preparation->next, 0);
    atomic_init(&preparation->built, stm_row_actors_begin(actors, document));
    pthread_mutex_init(&preparation->mutex, NULL);
    pthread_cond_init(&preparation->changed, NULL);
}

static stemma_status write_before(const struct stm_row_preparation *preparation)
{
    return preparation->before.write != NULL ? preparation->before.write(preparation->before.context) : STEMMA_OK;
}

static void quote(struct stm_row_preparation *preparation, uint32_t part)
{
    const uint32_t first = part * PART, left = preparation->document->referent_count - first;
    size_t longest = 0;
    if (atomic_load(&preparation->built) &&
        !stm_row_actors_quote(preparation->actors, preparation->document, first,
                              first + (left < PART ? left : PART), &longest)) {
        atomic_store(&preparation->built, false);
    }
    pthread_mutex_lock(&preparation->mutex);
    if (longest > preparation->actors->longest) {
        preparation->actors->longest = longest;
    }
    preparation->quoted++;
    if (preparation->quoted == preparation->parts) {
        pthread_cond_broadcast(&preparation->changed);
    }
    pthread_mutex_unlock(&preparation->mutex);
}

/* Parts that others have taken may not be done yet. */
static void number(struct stm_row_preparation *preparation)
{
    pthread_mutex_lock(&preparation->mutex);
    while (preparation->quoted != preparation->parts) {
        pthread_cond_wait(&preparation->changed, &preparation->mutex);
    }
    pthread_mutex_unlock(&preparation->mutex);
    if (atomic_load(&preparation->built) &&
        !stm_row_actors_number(preparation->actors, preparation->document)) {
        atomic_store(&preparation->built, false);
    }
}

bool stm_row_preparation_help(struct stm_row_preparation *preparation)
{
    const uint32_t steps = preparation->parts + 2;
    bool good;
    for (;;) {
        uint32_t step = atomic_fetch_add(&preparation->next, 1);
        stemma_status status = STEMMA_OK;
        if (step >= steps) {
            break;
        }
        if (step == 0) {
            status = write_before(preparation);
        } else if (step <= preparation->parts) {
            quote(preparation, step - 1);
        } else {
            number(preparation);
        }
        pthread_mutex_lock(&preparation->mutex);
        preparation->status = status != STEMMA_OK ? status : preparation->status;
        preparation->done++;
        pthread_cond_broadcast(&preparation->changed);
        pthread_mutex_unlock(&preparation->mutex);
    }
    pthread_mutex_lock(&preparation->mutex);
    while (preparation->done != steps) {
        pthread_cond_wait(&preparation->changed, &preparation->mutex);
    }
    good = preparation->status == STEMMA_OK && atomic_load(&preparation->built);
    pthread_mutex_unlock(&preparation->mutex);
    return good;
}

stemma_status stm_row_preparation_end(struct stm_row_preparation *preparation, bool *built)
{
    pthread_cond_destroy(&preparation->changed);
    pthread_mutex_destroy(&preparation->mutex);
    *built = atomic_load(&preparation->built);
    return preparation->status;
}
