/* SPDX-License-Identifier: MIT */
/* stemma-dump: a knowledge base as interchange, checked, or taken apart. */
#include <signal.h>
#include <string.h>

#include "common/complete.h"
#include "common/mapping_guard.h"
#include "common/streams.h"
#include "dump/dump.h"

int main(int argc, char **argv)
{
    stm_guard_streams();
    /* A closed pipe is then a failed write, which ends the work and is not worth a word. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit of files is told like a full disk */
    stm_guard_mapping("stemma-dump");
    if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
        return stm_complete(&stm_dump_program, argc - 2, argv + 2);
    }
    return stm_dump_main(argc, argv);
}
