/* SPDX-License-Identifier: MIT */
/* Questions to a file by the tools themselves, in this process, whose standard output is closed for it. */
#ifndef STEMMA_FUZZ_ASK_H
#define STEMMA_FUZZ_ASK_H

/* Runs stemma-query with these arguments, of which "KB" stands for `path`. Gives its exit status. */
int fuzz_run_query(const char *path, const char *const *arguments, int count);

/* One of the questions that targets ask, counted round. */
int fuzz_ask(const char *path, unsigned question);

#endif
