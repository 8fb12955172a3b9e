/* SPDX-License-Identifier: MIT */
#include "query/settings.h"

#include "query/candidates.h"
#include "query/query.h"

#define AT(member) offsetof(struct stm_query_settings, member)

static const struct stm_option options[] = {
    {STM_OPTION_HEADING, 0, NULL, NULL, "Output:", 0, 0, NULL, NULL},
    {STM_OPTION_CHOICE, 'f', "format", NULL, "form of the answer; default: text", AT(format), 0,
     "text|json|jsonl|csv|tsv|dot|resolver", NULL},
    {STM_OPTION_NUMBER, 'n', "limit", "N", "at most N results; 0: all", AT(limit), 0, NULL, "!stats"},
    {STM_OPTION_NUMBER, 0, "offset", "N", "leave out the first N results", AT(offset), 0, NULL,
     "!show|stats"},
    {STM_OPTION_CHOICE, 0, "color", NULL, "colour; default: on a terminal", AT(color), 0,
     "auto|always|never", NULL},
    {STM_OPTION_HEADING, 0, NULL, NULL, "What to look at:", 0, 0, NULL, NULL},
    {STM_OPTION_TEXT, 0, "as-of", "DATE",
     "only what documents published by the end of DATE say", AT(as_of), 0, NULL, NULL},
    {STM_OPTION_TEXT, 't', "type", "TYPE",
     "find: entities of this type; events: of it or below it; T,T: of either", AT(type), 0, NULL,
     "find|events|timeline|conflicts|between"},
    {STM_OPTION_FLAG, 0, "prefix", NULL, "find: NAME may be the beginning of one", AT(prefix), 1, NULL,
     "find"},
    {STM_OPTION_LIST, 'w', "who", "NAME", "events NAME takes part in; again: and this one",
     AT(who), 0, NULL, "events|timeline|conflicts"},
    {STM_OPTION_LIST, 0, "whom", "NAME", "events done to NAME; again: and to this one", AT(whom), 0,
     NULL, "events|timeline|conflicts"},
    {STM_OPTION_LIST, 0, "with", "ROLE=NAME", "events with NAME as ROLE; ROLE= is anybody", AT(with),
     0, NULL, "events|timeline|conflicts"},
    {STM_OPTION_TEXT, 'r', "role", "ROLE", "... --who in this role; without --who: somebody", AT(role), 0, NULL,
     "events|timeline|conflicts"},
    {STM_OPTION_TEXT, 'p', "place", "NAME", "events at this place or at one within it", AT(place), 0, NULL,
     "events|timeline|conflicts"},
    {STM_OPTION_TEXT, 0, "from", "DATE", "events that start on DATE or later", AT(from), 0, NULL,
     "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "to", "DATE", "events that start by the end of DATE", AT(to), 0, NULL,
     "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "during", "DATE", "events that may have gone on in DATE (2024-06, A/B)",
     AT(during), 0, NULL, "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "amount", "A..B",
     "events with a count or sum that may lie in A..B; A.., ..B, 'A..B USD'", AT(amount), 0, NULL,
     "events|timeline|conflicts|between"},
    {STM_OPTION_FLAG, 0, "sentences", NULL, "with each side the sentences that say so",
     AT(sentences), 1, NULL, "conflicts"},
    {STM_OPTION_FLAG, 'a', "actual", NULL, "only events that are said to have happened",
     AT(actual), 1, NULL, "events|timeline|conflicts|between"},
    {STM_OPTION_CHOICE, 0, "certainty", NULL, "only events told as this sure", AT(certainty), 0,
     "any|certain|probable|possible|unspecified", "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "publisher", "NAME", "events that a document of this publisher tells",
     AT(publisher), 0, NULL, "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "speaker", "NAME", "events that are told as said by NAME", AT(speaker), 0,
     NULL, "events|timeline|conflicts|between"},
    {STM_OPTION_TEXT, 0, "in", "ID|NAME", "search: only documents that speak of it", AT(in), 0, NULL,
     "search"},
    {STM_OPTION_NUMBER, 0, "hops", "N", "between: chains of at most N events and claims; default: 3",
     AT(hops), 0, NULL, "between"},
    {STM_OPTION_CHOICE, 0, "by", NULL, "timeline: put together by", AT(by), 0, "day|month|year",
     "timeline"},
    {STM_OPTION_FLAG, 0, "passages", NULL, "the passages that documents share, side by side",
     AT(passages), 1, NULL, "sources"},
    {STM_OPTION_HEADING, 0, NULL, NULL, "Other:", 0, 0, NULL, NULL},
    {STM_OPTION_FLAG, 0, "trusted", NULL, "skip the check of the pages: for files you made",
     AT(trusted), 1, NULL, NULL},
    {STM_OPTION_FLAG, 0, "verify", NULL, "check the pages, also of a file that passed before",
     AT(verify), 1, NULL, NULL},
    {STM_OPTION_FLAG, 0, "schema", NULL, "print the JSON Schema of all answers and exit",
     AT(schema), 1, NULL, NULL},
};

static int command_at(size_t index, struct stm_command_words *out)
{
    const struct stm_query_command *command = stm_query_command_at(index);
    if (command == NULL) {
        return 0;
    }
    *out = (struct stm_command_words){command->name, command->synopsis, command->help};
    return 1;
}

_Static_assert(sizeof options / sizeof options[0] <= STM_OPTION_MAX, "a bit each");

const struct stm_program stm_query_program = {
    "stemma-query",
    "[OPTIONS] KB COMMAND [ARG...]",
    "Answers questions from a knowledge base: who did what, when and where, and which\n"
    "documents say so. A DATE is a year, month, day or other EDTF date (2024-06). A NAME is\n"
    "a name in any spelling or the id of a thing, as every answer shows it.",
    NULL,
    options,
    sizeof options / sizeof options[0],
    command_at,
    NULL,
    stm_query_complete,
};
