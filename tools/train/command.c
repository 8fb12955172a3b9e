/* SPDX-License-Identifier: MIT */
#include "train/command.h"

const struct stm_train_command stm_train_commands[] = {
    {"assemble", "-o OUT [--from OLD] NAME=FILE...", stm_train_assemble},
};

const unsigned stm_train_command_count = sizeof stm_train_commands / sizeof stm_train_commands[0];
