/* SPDX-License-Identifier: MIT */
#include "dump/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "common/complaint.h"
#include "common/exit_codes.h"
#include "dump/settings.h"

static int complain(const stemma_error *error)
{
    stm_complain(stderr, "%s: %s%s%s%s [%s]", stm_dump_program.name, error->where,
                 error->where[0] != '\0' ? ": " : "", error->message, stm_existing_hint(error),
                 error->code);
    return STM_EXIT_SYSTEM;
}

/* A stream of lines has a buffer for many of them. There is one stream in a run; the C library may look at its
   buffer up to the end. */
static void widen_buffer(FILE *file)
{
    static char buffer[1 << 16];
    (void)setvbuf(file, buffer, _IOFBF, sizeof buffer);
}

void stm_dump_output_much(FILE *file)
{
#ifdef F_SETPIPE_SZ
    (void)fcntl(fileno(file), F_SETPIPE_SZ, 1 << 20);
#else
    (void)file;
#endif
}

/* The stream's writes: what a signal cuts short is gone on with. */
static ssize_t put(void *cookie, const char *bytes, size_t size)
{
    const struct stm_dump_output *output = cookie;
    return stm_write_all(output->publication.file, bytes, size, "", NULL) == STEMMA_OK ? (ssize_t)size : 0;
}

int stm_dump_output_open(struct stm_dump_output *output, const char *path, int force)
{
    stemma_error error = {0};
    stemma_status status;
    memset(output, 0, sizeof *output);
    path = path != NULL && strcmp(path, "-") == 0 ? NULL : path;
    output->path = path;
    if (path == NULL) {
        output->file = stdout;
        widen_buffer(stdout);
        return STM_EXIT_OK;
    }
    status = stm_publication_begin(&output->publication, path, force, &error);
    if (status == STEMMA_OK) {
        status = stm_publication_open(&output->publication, &error);
    }
    if (status == STEMMA_OK) {
        /* The publication keeps its descriptor: it is synced and named after the stream is closed.
         */
        output->file = fopencookie(output, "wb", (cookie_io_functions_t){.write = put});
        if (output->file == NULL) {
            status = stm_system_failed(&error, "OUTPUT_FAILED", path, "open");
        }
    }
    if (status == STEMMA_OK) {
        widen_buffer(output->file);
    } else {
        stm_publication_end(&output->publication);
        return complain(&error);
    }
    return STM_EXIT_OK;
}

int stm_dump_output_close(struct stm_dump_output *output, int status)
{
    stemma_error error = {0};
    int failed;
    if (output->path == NULL) {
        return stm_finish_output(stm_dump_program.name, status);
    }
    failed = ferror(output->file);
    if (fclose(output->file) != 0 || failed) {
        stm_complain(stderr, "%s: writing %s failed: %s [WRITE_FAILED]", stm_dump_program.name, output->path,
                     strerror(errno));
        status = STM_EXIT_SYSTEM;
    }
    /* Problems that a check found are a complete answer, too. */
    if ((status == STM_EXIT_OK || status == STM_EXIT_NOTHING) &&
        stm_publication_commit(&output->publication, &error) != STEMMA_OK) {
        status = complain(&error);
    }
    stm_publication_end(&output->publication);
    return status;
}
