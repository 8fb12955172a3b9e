/* SPDX-License-Identifier: MIT */
/* Putting a finished file in its place at once or not at all, and the private files on the way. */
#ifndef STEMMA_LIB_PUBLISH_H
#define STEMMA_LIB_PUBLISH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "stemma/status.h"

/* Fails with STEMMA_E_SYSTEM and the text of errno: "cannot DOING WHERE: ...". */
stemma_status stm_system_failed(stemma_error *error, const char *code, const char *where,
                                const char *doing);

/* Fails with STEMMA_E_NO_MEMORY. */
stemma_status stm_no_memory(stemma_error *error);

/* Writes all of it or fails. `name` is for people. */
stemma_status stm_write_all(int file, const void *bytes, size_t size, const char *name,
                            stemma_error *error);

/* The same from byte `offset` of the file on, wherever its position is. */
stemma_status stm_write_at(int file, const void *bytes, size_t size, uint64_t offset,
                           const char *name, stemma_error *error);

/* Opens a new file without a name in a folder, for reading and writing: the system takes it back
   when it is closed, however the process ends. Where the file system has no such files, one with a
   name that is removed at once. */
stemma_status stm_private_file(const char *folder, int *file, stemma_error *error);

/* A file that shall stand at a path. One thread at a time. */
typedef struct stm_publication {
    char *path;
    char *folder;
    char *temporary; /* name of the file while it has one, else NULL */
    int file;        /* open for reading and writing, -1 when there is none */
    int replace;
    int synced;
    int named; /* 1: the file has a name from the beginning, as where it can do without none */
    struct stat replaced; /* what stood there in the beginning; of mode 0: nothing */
} stm_publication;

/* Looks whether `path` can be published to: its folder is there, what stands at it is a regular
   file that may be replaced, or nothing. STEMMA_E_SYSTEM: OUTPUT_EXISTS, OUTPUT_NOT_FILE,
   OUTPUT_FOLDER. stm_publication_end() is due even after a failure. */
stemma_status stm_publication_begin(stm_publication *publication, const char *path, int replace,
                                    stemma_error *error);

/* Opens the file to be filled: without a name if the file system allows it. It can be read by whom the file that
   it is to replace can be read by, and by no others. */
stemma_status stm_publication_open(stm_publication *publication, stemma_error *error);

/* Waits until the disk has the file, to which nothing is written any more: the first part of
   stm_publication_commit(), for who has something else to do meanwhile on another thread. */
stemma_status stm_publication_sync(stm_publication *publication, stemma_error *error);

/* Syncs the file, gives it its name, syncs the folder. Until it succeeds what stood at the path
   stands there still. Without `replace` a file that has appeared there meanwhile is kept, too. */
stemma_status stm_publication_commit(stm_publication *publication, stemma_error *error);

/* Closes and removes what is not published, and frees. */
void stm_publication_end(stm_publication *publication);

#endif
