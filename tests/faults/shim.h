/* SPDX-License-Identifier: MIT */
/* A library to preload that makes calls of a program fail, at a place that is asked for.

   FAULT=CLASS:N:ACTION[:on]   the N-th call of a class; "on": every later one as well
   FAULT_EACH=CLASS:ACTION[:on]  the process forks at every call of the class: the child meets the
                               failure and goes on to its end, the parent notes how it ended
   FAULT_SPACE=N               a disk on which N more bytes may be written
   FAULT_COUNT=1               nothing fails; how many calls there were is noted
   FAULT_LIST=CLASS            nothing fails; the number of the first call by each distinct stack
   FAULT_DISTINCT=1            with FAULT_EACH: the first call of each distinct stack alone
   FAULT_EVERY=K               with FAULT_EACH and FAULT_LIST: of those every K-th alone
   FAULT_FIRST=N               with FAULT_EVERY: beginning with the N-th, counted from 0
   FAULT_LOG=PATH              where it is noted

   ACTION: the name of an errno; "short": half of what was asked for is read or written; "kill" and
   "killed": SIGKILL before, or after, the call is done. Classes are those of fault_class_names.

   System calls are caught by a seccomp filter, which sees those that the C library makes itself;
   memory and threads by functions that stand before the C library's. */
#ifndef STEMMA_TESTS_FAULTS_SHIM_H
#define STEMMA_TESTS_FAULTS_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum fault_class {
    FAULT_ALLOC,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_NAME,
    FAULT_SIZE,
    FAULT_MAP,
    FAULT_STAT,
    FAULT_CLOSE,
    FAULT_DIR,
    FAULT_THREAD,
    FAULT_CLASSES
} fault_class;

typedef enum fault_kind {
    FAULT_PASS,
    FAULT_ERRNO,
    FAULT_SHORT,
    FAULT_KILL_BEFORE,
    FAULT_KILL_AFTER
} fault_kind;

typedef struct fault_action {
    fault_kind kind;
    int number; /* of the error */
} fault_action;

typedef struct fault_state {
    bool on;        /* set up, and not ended */
    bool counting;  /* FAULT_COUNT */
    bool listing;   /* FAULT_LIST */
    bool each;      /* FAULT_EACH, in the parent */
    bool distinct;  /* FAULT_DISTINCT */
    bool lasting;   /* "on" */
    bool has_space; /* FAULT_SPACE */
    fault_class class;
    fault_action action;
    uint64_t at;    /* N; 0: none */
    uint64_t every; /* FAULT_EVERY, 1 without it */
    uint64_t first; /* FAULT_FIRST */
    int log;        /* descriptor, or -1 */
} fault_state;

extern fault_state fault;
extern const char *const fault_class_names[FAULT_CLASSES];

/* Counts a call and says what becomes of it. */
fault_action fault_decide(fault_class class);

/* Whether this thread is inside the library, whose own calls do not count. */
extern __thread int fault_inside;

/* A system call that the filter lets through: the value, or minus an errno. */
long fault_system(long number, long a, long b, long c, long d, long e, long f);

/* Sets up the filter and its handler; false when the system has no such thing. */
bool fault_calls_begin(void);

/* Takes bytes from FAULT_SPACE: how many of `size` there is room for. */
uint64_t fault_space_take(uint64_t size);

/* A number for the stack of calls, the same for the same stack within one process. */
uint64_t fault_stack(void);

/* True when a stack is met for the first time. */
bool fault_stack_is_new(uint64_t stack);

/* Forks: in the child true, and the fault is its. In the parent false, when the child has ended. */
bool fault_fork(uint64_t number, uint64_t stack);

/* Writes a line of the log. */
void fault_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Notes the totals, once. */
void fault_note_totals(void);

/* Writes the addresses of the stack of calls to the log, as "FILE(+OFFSET)". */
void fault_note_stack(void);

#endif
