/* SPDX-License-Identifier: MIT */
/* Many lines at once, past the stream's buffer. */
#include <errno.h>
#include <sys/uio.h>

#include "common/json_out.h"

/* Fewer bytes are left to the stream. */
#define MUCH ((size_t)1 << 14)

/* Texts that are written at once. */
#define AT_ONCE 16u

/* Writes texts to the file behind the stream, if there is one, as long as it takes them. How many bytes: what is
   left is the stream's to write, and to fail with. */
static size_t put_past(FILE *file, const stemma_text *texts, size_t count)
{
    struct iovec list[AT_ONCE], *at = list;
    size_t done = 0, left = count;
    int descriptor = fileno_unlocked(file);
    if (descriptor < 0 || fflush_unlocked(file) != 0) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct iovec){(void *)(uintptr_t)texts[i].data, texts[i].size};
    }
    while (left != 0) {
        ssize_t written = writev(descriptor, at, (int)left);
        if (written <= 0 && errno != EINTR) {
            break;
        }
        size_t rest = written > 0 ? (size_t)written : 0;
        done += rest;
        while (left != 0 && rest >= at->iov_len) {
            rest -= at->iov_len;
            at++;
            left--;
        }
        if (left != 0) {
            at->iov_base = (char *)at->iov_base + rest;
            at->iov_len -= rest;
        }
    }
    return done;
}

static void put_texts(stm_json *json, const stemma_text *texts, size_t count)
{
    size_t size = 0, past = 0;
    for (size_t i = 0; i < count; i++) {
        size += texts[i].size;
    }
    /* Outside of containers nothing waits in the writer itself. */
    if (json->file != NULL && size >= MUCH) {
        past = put_past(json->file, texts, count);
    }
    for (size_t i = 0; i < count; i++) {
        size_t gone = past < texts[i].size ? past : texts[i].size;
        stm_json_raw(json, (stemma_text){texts[i].data + gone, texts[i].size - gone});
        past -= gone;
    }
}

void stm_json_lines(stm_json *json, const stemma_text *lines, size_t count)
{
    if (json->depth != 0 && json->status == STEMMA_OK) {
        json->status = STEMMA_E_MISUSE;
    }
    while (count != 0 && json->status == STEMMA_OK) {
        size_t some = count < AT_ONCE ? count : AT_ONCE;
        put_texts(json, lines, some);
        lines += some;
        count -= some;
    }
}
