/* SPDX-License-Identifier: MIT */
/* stemma-query: questions to a knowledge base. */
#include <signal.h>
#include <string.h>

#include "common/complete.h"
#include "common/mapping_guard.h"
#include "common/streams.h"
#include "query/query.h"

int main(int argc, char **argv)
{
    stm_guard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe ends the output early, quietly */
    signal(SIGXFSZ, SIG_IGN); /* what grows beyond a limit is told like a full disk */
    stm_guard_mapping("stemma-query");
    if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
        return stm_complete(&stm_query_program, argc - 2, argv + 2);
    }
    return stm_query_main(argc, argv);
}
