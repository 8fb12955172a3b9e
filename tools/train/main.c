/* SPDX-License-Identifier: MIT */
/* stemma-train: weights for the reader of English news out of annotated text. */
#include <stdio.h>
#include <string.h>

#include "common/exit_codes.h"
#include "train/command.h"

int main(int argc, char **argv)
{
    for (unsigned i = 0; argc > 1 && i < stm_train_command_count; i++) {
        if (strcmp(argv[1], stm_train_commands[i].name) == 0) {
            return stm_train_commands[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "usage:\n");
    for (unsigned i = 0; i < stm_train_command_count; i++) {
        fprintf(stderr, "    stemma-train %s %s\n", stm_train_commands[i].name,
                stm_train_commands[i].usage);
    }
    return STM_EXIT_USAGE;
}
