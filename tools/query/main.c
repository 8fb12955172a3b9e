/* SPDX-License-Identifier: MIT */
/* stemma-query: questions to a knowledge base. */
#include <signal.h>

#include "common/mapping_guard.h"
#include "query/query.h"

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe ends the output early, quietly */
    stm_guard_mapping("stemma-query");
    return stm_query_main(argc, argv);
}
