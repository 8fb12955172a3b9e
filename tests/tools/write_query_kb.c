/* SPDX-License-Identifier: MIT */
/* Writes the small knowledge base of the tests of stemma-query to the path given, for scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query_kb.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: write_query_kb KB\n");
        return 2;
    }
    query_kb_write(argv[1]);
    return 0;
}
