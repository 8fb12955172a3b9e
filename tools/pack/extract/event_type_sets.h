/* SPDX-License-Identifier: MIT */
/**
 * @file event_type_sets.h
 * Short names of sets of entity types, for the tables of the lexicon of happenings alone.
 */
#ifndef STEMMA_EXTRACT_EVENT_TYPE_SETS_H
#define STEMMA_EXTRACT_EVENT_TYPE_SETS_H

#include "pack/extract/event_lexicon.h"

#define PERSON STM_TYPE_BIT(STM_ENTITY_PERSON)
#define GROUP  STM_TYPE_BIT(STM_ENTITY_GROUP)
#define ORG    STM_TYPE_BIT(STM_ENTITY_ORGANIZATION)
#define PLACE  STM_TYPE_BIT(STM_ENTITY_PLACE)
#define THING  STM_TYPE_BIT(STM_ENTITY_THING)

#endif
