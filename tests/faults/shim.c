/* SPDX-License-Identifier: MIT */
/* What is asked for, and which call it meets. */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

fault_state fault = {.log = -1, .every = 1};
__thread int fault_inside;

const char *const fault_class_names[FAULT_CLASSES] = {"alloc", "open", "read", "write",
                                                      "sync",  "name", "size", "map",
                                                      "stat",  "close", "dir", "thread"};

static _Atomic uint64_t counts[FAULT_CLASSES];
static _Atomic uint64_t space;

static const struct {
    const char *name;
    fault_action action;
} actions[] = {
    {"ENOMEM", {FAULT_ERRNO, ENOMEM}}, {"EIO", {FAULT_ERRNO, EIO}},
    {"ENOSPC", {FAULT_ERRNO, ENOSPC}}, {"EINTR", {FAULT_ERRNO, EINTR}},
    {"EACCES", {FAULT_ERRNO, EACCES}}, {"EMFILE", {FAULT_ERRNO, EMFILE}},
    {"EDQUOT", {FAULT_ERRNO, EDQUOT}}, {"EAGAIN", {FAULT_ERRNO, EAGAIN}},
    {"EROFS", {FAULT_ERRNO, EROFS}},   {"EPERM", {FAULT_ERRNO, EPERM}},
    {"EFBIG", {FAULT_ERRNO, EFBIG}},   {"EOPNOTSUPP", {FAULT_ERRNO, EOPNOTSUPP}},
    {"short", {FAULT_SHORT, 0}},       {"kill", {FAULT_KILL_BEFORE, 0}},
    {"killed", {FAULT_KILL_AFTER, 0}},
};

/* ---- What is asked for ----------------------------------------------------------------------- */

static void refuse(const char *text)
{
    static const char words[] = "shim: not understood: ";
    fault_inside = 1;
    (void)!write(2, words, sizeof words - 1);
    (void)!write(2, text, strlen(text));
    (void)!write(2, "\n", 1);
    _exit(99);
}

/* The next part of `*text`, which ends at a colon. */
static size_t part(const char **text, const char **from)
{
    *from = *text;
    size_t size = strcspn(*text, ":");
    *text += size;
    *text += **text == ':';
    return size;
}

static bool is(const char *from, size_t size, const char *name)
{
    return strlen(name) == size && memcmp(from, name, size) == 0;
}

static void read_class(const char **text)
{
    const char *from;
    size_t size = part(text, &from);
    for (int i = 0; i < FAULT_CLASSES; i++) {
        if (is(from, size, fault_class_names[i])) {
            fault.class = (fault_class)i;
            return;
        }
    }
    refuse(from);
}

static void read_action(const char **text)
{
    const char *from;
    size_t size = part(text, &from);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (is(from, size, actions[i].name)) {
            fault.action = actions[i].action;
            size = part(text, &from);
            fault.lasting = is(from, size, "on");
            return;
        }
    }
    refuse(from);
}

static void read_environment(void)
{
    const char *text = getenv("FAULT_EVERY");
    const char *from;
    if (text != NULL) {
        fault.every = strtoull(text, NULL, 10);
    }
    if ((text = getenv("FAULT_FIRST")) != NULL) {
        fault.first = strtoull(text, NULL, 10);
    }
    fault.counting = getenv("FAULT_COUNT") != NULL;
    fault.distinct = getenv("FAULT_DISTINCT") != NULL;
    if ((text = getenv("FAULT_SPACE")) != NULL) {
        fault.has_space = true;
        space = strtoull(text, NULL, 10);
    }
    if ((text = getenv("FAULT_LIST")) != NULL) {
        fault.listing = true;
        read_class(&text);
    } else if ((text = getenv("FAULT_EACH")) != NULL) {
        fault.each = true;
        read_class(&text);
        read_action(&text);
    } else if ((text = getenv("FAULT")) != NULL) {
        read_class(&text);
        (void)part(&text, &from);
        fault.at = strtoull(from, NULL, 10);
        read_action(&text);
    }
}

static void open_log(void)
{
    const char *path = getenv("FAULT_LOG");
    int file = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file >= 0) { /* out of the way of the program's descriptors */
        fault.log = fcntl(file, F_DUPFD_CLOEXEC, 200);
        close(file);
    }
}

/* Short reads change nothing of what a program does, but the system's loader takes a library that it gets in part for
   a broken one. So what is loaded late is there before. */
static void load_late_libraries(void)
{
#ifdef STM_STEMMER_LIBRARY
    (void)dlopen(STM_STEMMER_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
#endif
}

__attribute__((constructor)) static void begin(void)
{
    fault_inside = 1;
    read_environment();
    if (fault.action.kind == FAULT_SHORT) {
        load_late_libraries();
    }
    open_log();
    (void)fault_stack(); /* its first call asks for memory */
    bool wanted = fault.counting || fault.listing || fault.each || fault.has_space || fault.at != 0;
    if (wanted && !fault_calls_begin()) {
        refuse("no filter of system calls here");
    }
    unsetenv("LD_PRELOAD"); /* programs that this one starts are not meant */
    fault.on = wanted;
    fault_inside = 0;
}

void fault_note_totals(void)
{
    if (!fault.on) {
        return;
    }
    fault.on = false;
    for (int i = 0; i < FAULT_CLASSES; i++) {
        fault_note("total %s %llu\n", fault_class_names[i], (unsigned long long)counts[i]);
    }
}

/* ---- Which call it meets --------------------------------------------------------------------- */

uint64_t fault_space_take(uint64_t size)
{
    uint64_t left = atomic_load(&space);
    uint64_t taken;
    do {
        taken = size < left ? size : left;
    } while (!atomic_compare_exchange_weak(&space, &left, left - taken));
    return taken;
}

/* FAULT_EACH and FAULT_LIST: true when this call is one to try. */
static bool is_chosen(uint64_t stack)
{
    static _Atomic uint64_t chosen;
    return (!(fault.distinct || fault.listing) || fault_stack_is_new(stack)) &&
           atomic_fetch_add(&chosen, 1) % fault.every == fault.first;
}

fault_action fault_decide(fault_class class)
{
    static const fault_action pass = {FAULT_PASS, 0};
    fault_action action = pass;
    if (!fault.on || fault_inside) {
        return pass;
    }
    fault_inside = 1;
    uint64_t number = atomic_fetch_add(&counts[class], 1) + 1;
    if (class == fault.class) {
        if (fault.each || fault.listing) {
            uint64_t stack = fault_stack();
            if (!is_chosen(stack)) {
                /* not this one */
            } else if (fault.listing) {
                fault_note("first %llu %016llx\n", (unsigned long long)number,
                           (unsigned long long)stack);
            } else if (fault_fork(number, stack)) {
                fault.at = number;
                action = fault.action;
            }
        } else if (fault.at != 0 &&
                   (number == fault.at || (fault.lasting && number > fault.at))) {
            if (number == fault.at) {
                fault_note("met %llu\n", (unsigned long long)number);
                fault_note_stack();
            }
            action = fault.action;
        }
    }
    fault_inside = 0;
    return action;
}
