/* SPDX-License-Identifier: MIT */
/* A call of the library that has to succeed. The test has a stemma_error called `error`, which the call fills. */
#ifndef STEMMA_TESTS_NEED_H
#define STEMMA_TESTS_NEED_H

#define NEED(call)                                                                                 \
    do {                                                                                           \
        stemma_status status_ = (call);                                                            \
        if (status_ != STEMMA_OK) {                                                                \
            fail_msg("%s: %s %s %s", #call, stemma_status_name(status_), error.code,               \
                     error.message);                                                               \
        }                                                                                          \
    } while (0)

#endif
