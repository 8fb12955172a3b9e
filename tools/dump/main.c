/* SPDX-License-Identifier: MIT */
/* stemma-dump: a knowledge base as interchange, checked, or taken apart. */
#include <signal.h>

#include "common/exit_codes.h"
#include "dump/dump.h"
#include "dump/output.h"

int main(int argc, char **argv)
{
    struct stm_dump_settings settings;
    struct stm_dump_output output;
    int status = stm_dump_settings_read(&settings, argc, argv);
    if (status != -1) {
        return status;
    }
    /* A closed pipe is then a failed write, which ends the work and is not worth a word. */
    signal(SIGPIPE, SIG_IGN);
    status = stm_dump_output_open(&output, settings.output, settings.force);
    if (status != STM_EXIT_OK) {
        return status;
    }
    if (settings.check) {
        status = stm_dump_check(&settings, output.file);
    } else if (settings.stats) {
        status = stm_dump_stats(&settings, output.file);
    } else if (settings.table != NULL) {
        status = stm_dump_table(&settings, output.file);
    } else {
        status = stm_dump_interchange(&settings, output.file);
    }
    return stm_dump_output_close(&output, status);
}
