/* SPDX-License-Identifier: MIT */
/* Memory that is refused at a call that is asked for, within one program: for tests that link malloc() and
   its like by --wrap, so that they run under sanitizers, which have the real ones. What the project's own
   code asks for counts; what the libraries below it ask for, and other threads, do not. */
#ifndef STEMMA_TESTS_FAULTS_REFUSE_H
#define STEMMA_TESTS_FAULTS_REFUSE_H

#include <stdbool.h>
#include <stdint.h>

/* The `at`-th call from now on is refused, from 1, and with `lasting` every later one; 0: none. */
void refuse_begin(uint64_t at, bool lasting);

/* Ends it. True when a call was refused. */
bool refuse_end(void);

/* How many calls there were since refuse_begin(). */
uint64_t refuse_seen(void);

#endif
