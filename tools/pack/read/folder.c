/* SPDX-License-Identifier: MIT */
#include "pack/read/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "pack/read/words.h"

#define PATH_LIMIT 4095u

/* What stands behind the last dot of the file's name; empty when nothing does. */
static stemma_text ending_of(stemma_text path)
{
    size_t dot = path.size;
    while (dot > 0 && path.data[dot - 1] != '.' && path.data[dot - 1] != '/') {
        dot--;
    }
    return dot < 2 || path.data[dot - 1] != '.' ? stm_slice(path, path.size, path.size)
                                                : stm_slice(path, dot, path.size);
}

/* The kind that the ending of `path` tells. False when it is not a known one, and `*kind` is then
   STM_ENTRY_TEXT, or STM_ENTRY_TABLE of something compressed: nothing else is read so. Pure. */
static bool kind_of(stemma_text path, stm_entry_kind *kind)
{
    static const struct {
        const char *ending;
        stm_entry_kind kind;
    } kinds[] = {{"txt", STM_ENTRY_TEXT},           {"text", STM_ENTRY_TEXT},
                 {"html", STM_ENTRY_HTML},          {"htm", STM_ENTRY_HTML},
                 {"xhtml", STM_ENTRY_HTML},         {"md", STM_ENTRY_MARKDOWN},
                 {"markdown", STM_ENTRY_MARKDOWN},  {"jsonl", STM_ENTRY_INTERCHANGE},
                 {"ndjson", STM_ENTRY_INTERCHANGE}, {"json", STM_ENTRY_INTERCHANGE},
                 {"stemma", STM_ENTRY_BASE},        {"csv", STM_ENTRY_TABLE},
                 {"tsv", STM_ENTRY_TABLE},          {"tab", STM_ENTRY_TABLE}};
    stemma_text ending = ending_of(path);
    bool packed = stm_is_word(ending, "gz") || stm_is_word(ending, "zst");
    *kind = packed ? STM_ENTRY_TABLE : STM_ENTRY_TEXT;
    if (packed) {
        ending = ending_of(stm_slice(path, 0, path.size - ending.size - 1));
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && ending.size != 0; i++) {
        if (stm_is_word(ending, kinds[i].ending) && (!packed || kinds[i].kind == STM_ENTRY_TABLE)) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

void stm_entry_list_init(stm_entry_list *list)
{
    memset(list, 0, sizeof *list);
    stm_arena_init(&list->arena, 0);
}

void stm_entry_list_free(stm_entry_list *list)
{
    stm_arena_free(&list->arena);
    list->entries = NULL;
    list->claimed = NULL;
    list->count = 0;
}

/* One walk: the folders still to be opened are a stack of paths in the arena. */
typedef struct folder_walk {
    stm_entry_list *list;
    stemma_text *pending;
    size_t pending_count;
    size_t pending_capacity;
    const char *root;
    size_t root_size; /* bytes of every path that are not part of the uri */
    bool listed;      /* inside a folder */
    char *real;       /* the folder without links; NULL until one is met in it */
    uint32_t input;
    stm_problems *problems;
} folder_walk;

static void report(stm_problems *problems, stemma_text path, const char *code, const char *reason)
{
    stm_problem problem = {STM_SEVERITY_ERROR, path, 0, 0, code};
    stm_problems_add(problems, &problem, "%s", reason);
}

static stemma_status add_entry(folder_walk *walk, stemma_text path, stemma_text uri,
                               stm_entry_kind kind, const struct stat *about)
{
    stm_entry_list *list = walk->list;
    stemma_status status = stm_arena_grow(&list->arena, &list->entries, list->count,
                                          &list->capacity, sizeof *list->entries);
    if (status == STEMMA_OK) {
        list->entries[list->count++] = (stm_entry){
            path,         uri,
            kind,         walk->input,
            walk->listed, about->st_size > 0 ? (uint64_t)about->st_size : 0};
    }
    return status;
}

static stemma_status push(folder_walk *walk, stemma_text path)
{
    stemma_status status = stm_arena_grow(&walk->list->arena, &walk->pending, walk->pending_count,
                                          &walk->pending_capacity, sizeof *walk->pending);
    if (status == STEMMA_OK) {
        walk->pending[walk->pending_count++] = path;
    }
    return status;
}

/* "folder/name" with a NUL behind it. Empty when there is no memory. */
static stemma_text join(struct stm_arena *arena, stemma_text folder, const char *name)
{
    size_t size = strlen(name);
    bool slash = folder.size != 0 && folder.data[folder.size - 1] != '/';
    char *path = stm_arena_alloc(arena, folder.size + slash + size + 1, 1);
    stemma_text joined = {path, 0};
    if (path != NULL) {
        memcpy(path, folder.data, folder.size);
        memcpy(path + folder.size, "/", slash);
        memcpy(path + folder.size + slash, name, size + 1);
        joined.size = folder.size + slash + size;
    }
    return joined;
}

/* Whether a link leads to something below the folder that was named. */
static bool stays_inside(folder_walk *walk, const char *path)
{
    char *target = realpath(path, NULL);
    bool inside = false;
    if (walk->real == NULL) {
        walk->real = realpath(walk->root, NULL);
    }
    if (target != NULL && walk->real != NULL) {
        size_t size = strlen(walk->real);
        inside = size == 1 || /* "/" */
                 (strncmp(target, walk->real, size) == 0 && target[size] == '/');
    }
    free(target);
    return inside;
}

/* A manifest beside the files of which it speaks is worth knowing of. Links are passed over: it is input
   from whoever made the folder. */
static void note_manifest(folder_walk *walk, stemma_text path, const struct stat *about)
{
    if (S_ISREG(about->st_mode) &&
        stemma_text_equal(stm_slice(path, walk->root_size, path.size), stemma_text_of("manifest.csv")) &&
        walk->list->manifest_count++ == 0) {
        walk->list->manifest = path;
    }
}

static stemma_status take(folder_walk *walk, stemma_text path, const char *name)
{
    struct stat about;
    stm_entry_kind kind;
    bool known = kind_of(stemma_text_of(name), &kind);
    if (lstat(path.data, &about) != 0) {
        report(walk->problems, path, "FILE_UNREADABLE", strerror(errno));
        return STEMMA_OK;
    }
    if (S_ISDIR(about.st_mode)) {
        return push(walk, path);
    }
    if (!known) {
        return STEMMA_OK;
    }
    if (kind == STM_ENTRY_TABLE && stm_begins(stemma_text_of(name), "manifest.")) {
        note_manifest(walk, path, &about);
        return STEMMA_OK;
    }
    if (S_ISLNK(about.st_mode)) {
        if (stat(path.data, &about) != 0) {
            report(walk->problems, path, "FILE_UNREADABLE", "the link leads nowhere");
            return STEMMA_OK;
        }
        if (S_ISREG(about.st_mode) && !stays_inside(walk, path.data)) {
            report(walk->problems, path, "FILE_OUTSIDE",
                   "the link leads out of the folder; name what it leads to if that is wanted");
            return STEMMA_OK;
        }
    }
    if (!S_ISREG(about.st_mode)) {
        return STEMMA_OK;
    }
    stemma_text uri = stm_slice(path, walk->root_size, path.size);
    return add_entry(walk, path, uri, kind, &about);
}

static stemma_status open_folder(folder_walk *walk, stemma_text folder)
{
    DIR *directory = opendir(folder.data);
    if (directory == NULL) {
        report(walk->problems, folder, "FILE_UNREADABLE", strerror(errno));
        return STEMMA_OK;
    }
    stemma_status status = STEMMA_OK;
    while (status == STEMMA_OK) {
        errno = 0;
        struct dirent *item = readdir(directory);
        if (item == NULL) {
            if (errno != 0) {
                report(walk->problems, folder, "FILE_UNREADABLE", strerror(errno));
            }
            break;
        }
        if (item->d_name[0] == '.') {
            continue;
        }
        stemma_text path = join(&walk->list->arena, folder, item->d_name);
        if (path.data == NULL) {
            status = STEMMA_E_NO_MEMORY;
        } else if (path.size > PATH_LIMIT) {
            report(walk->problems, path, "PATH_TOO_LONG", "the path is too long to be opened");
        } else {
            status = take(walk, path, item->d_name);
        }
    }
    closedir(directory);
    return status;
}

static int compare_entries(const void *a, const void *b)
{
    return stemma_text_compare(((const stm_entry *)a)->uri, ((const stm_entry *)b)->uri);
}

static stemma_status walk_folder(folder_walk *walk, stemma_text root)
{
    size_t first = walk->list->count;
    walk->root = root.data;
    walk->listed = true;
    walk->root_size = root.size + (root.data[root.size - 1] != '/');
    stemma_status status = push(walk, root);
    while (status == STEMMA_OK && walk->pending_count != 0) {
        status = open_folder(walk, walk->pending[--walk->pending_count]);
    }
    free(walk->real);
    if (walk->list->count > first) {
        qsort(walk->list->entries + first, walk->list->count - first, sizeof *walk->list->entries,
              compare_entries);
    }
    return status;
}

stemma_status stm_entry_list_add(stm_entry_list *list, const char *path, stm_problems *problems)
{
    struct stat about;
    folder_walk walk;
    memset(&walk, 0, sizeof walk);
    walk.list = list;
    walk.problems = problems;
    walk.input = list->input_count++;
    stemma_text name = join(&list->arena, (stemma_text){"", 0}, path);
    if (name.data == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    if (name.size == 0 || name.size > PATH_LIMIT || stat(name.data, &about) != 0) {
        report(problems, name, "FILE_UNREADABLE",
               name.size == 0 || name.size > PATH_LIMIT ? "not a path" : strerror(errno));
        return STEMMA_OK;
    }
    if (S_ISDIR(about.st_mode)) {
        return walk_folder(&walk, name);
    }
    stm_entry_kind kind;
    kind_of(name, &kind);
    stemma_text uri = name;
    while (stm_begins(uri, "./")) {
        uri = stm_slice(uri, 2, uri.size);
    }
    return add_entry(&walk, name, uri, kind, &about);
}

/* ---- Claims ----------------------------------------------------------------------------------- */

struct stm_claimed {
    stemma_text uri;
    bool claimed;
};

static int compare_claimed(const void *a, const void *b)
{
    return stemma_text_compare(((const struct stm_claimed *)a)->uri,
                               ((const struct stm_claimed *)b)->uri);
}

static stemma_status index_claims(stm_entry_list *list)
{
    list->claimed = stm_arena_alloc(&list->arena, list->count, sizeof *list->claimed);
    if (list->claimed == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (size_t i = 0; i < list->count; i++) {
        list->claimed[i].uri = list->entries[i].uri;
    }
    qsort(list->claimed, list->count, sizeof *list->claimed, compare_claimed);
    return STEMMA_OK;
}

stemma_status stm_entry_list_claim(stm_entry_list *list, stemma_text file, stm_claim *claim)
{
    size_t low = 0;
    size_t high = list->count;
    if (list->claimed == NULL && index_claims(list) != STEMMA_OK) {
        return STEMMA_E_NO_MEMORY;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stemma_text_compare(list->claimed[middle].uri, file) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == list->count || !stemma_text_equal(list->claimed[low].uri, file)) {
        *claim = STM_CLAIM_MISSING;
    } else {
        *claim = list->claimed[low].claimed ? STM_CLAIM_AGAIN : STM_CLAIM_FIRST;
        list->claimed[low].claimed = true;
    }
    return STEMMA_OK;
}
