/* SPDX-License-Identifier: MIT */
/* stemma-pack: a knowledge base out of documents. */
#include <signal.h>
#include <string.h>

#include "common/complete.h"
#include "common/exit_codes.h"
#include "common/mapping_guard.h"
#include "common/streams.h"
#include "pack/pack.h"

int main(int argc, char **argv)
{
    struct stm_pack_settings settings;
    int first = 0;
    int status;
    stm_guard_streams();
    if (argc > 1 && strcmp(argv[1], "--complete") == 0) {
        return stm_complete(&stm_pack_program, argc - 2, argv + 2);
    }
    memset(&settings, 0, sizeof settings);
    settings.line_limit = 32u << 20;
    status = stm_options_parse(&stm_pack_program, argc, argv, &settings, &first, NULL);
    if (status != -1) {
        return status;
    }
    if (settings.output == NULL) {
        return stm_usage_error(&stm_pack_program, "no output: say -o KB");
    }
    if (strcmp(settings.output, "-") == 0) {
        return stm_usage_error(&stm_pack_program, "--output: a knowledge base is a file; it cannot "
                                                  "go to standard output");
    }
    if (first == argc && settings.base == NULL) {
        return stm_usage_error(&stm_pack_program,
                               "no input: name folders or files, or - for standard input");
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit of files is told like a full disk */
    stm_guard_mapping("stemma-pack");
    settings.inputs = (const char *const *)argv + first;
    settings.input_count = argc - first;
    return stm_pack_run(&settings);
}
