/* SPDX-License-Identifier: MIT */
#include "query/query.h"

static const struct stm_query_command commands[] = {
    {"find", "NAME", "people, organisations, places called NAME, in any spelling", 1, -1, 20,
     stm_query_find},
    {"show", "NAME|ID", "all that is said of an entity, event, document or claim", 1, -1,
     UINT64_MAX, stm_query_show},
    {"events", "", "events by who, role, type, place and time", 0, 0, UINT64_MAX,
     stm_query_events},
    {"timeline", "NAME|ID", "the events of someone or something in order of time", 1, -1,
     UINT64_MAX, stm_query_timeline},
    {"why", "ID", "the sentences behind a claim, event or entity, and whose they are", 1, 1,
     UINT64_MAX, stm_query_why},
    {"conflicts", "[NAME|ID]", "claims that cannot all be true, and who makes them", 0, -1,
     UINT64_MAX, stm_query_conflicts},
    {"agree", "[NAME|ID]", "claims by the number of independent sources", 0, -1, 20,
     stm_query_agree},
    {"between", "A B", "what ties two people, organisations, places", 2, 2, UINT64_MAX,
     stm_query_between},
    {"sources", "[ID [ID]]", "documents, which of them derive from which, and what two share", 0, 2, UINT64_MAX,
     stm_query_sources},
    {"doubtful", "", "who may be whom: pairs most worth a person's decision", 0, 0, 20,
     stm_query_doubtful},
    {"search", "TEXT", "documents with all these words, best first", 1, -1, 10,
     stm_query_search},
    {"diff", "DATE [DATE]|KB", "what became known since a date, or what another file tells", 1, 2,
     UINT64_MAX, stm_query_diff},
    {"sql", "STATEMENT", "the same as tables, asked in SQL; without STATEMENT from standard input", 0,
     -1, UINT64_MAX, stm_query_sql},
    {"stats", "", "how much the file holds, and where its bytes go", 0, 0, UINT64_MAX,
     stm_query_stats},
};

const struct stm_query_command *stm_query_command_at(size_t index)
{
    return index < sizeof commands / sizeof commands[0] ? &commands[index] : NULL;
}

const struct stm_query_command *stm_query_command_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}
