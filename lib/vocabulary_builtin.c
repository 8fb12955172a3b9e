/* SPDX-License-Identifier: MIT */
#include "stemma/vocabulary.h"

/* A literal's size is known at compile time, so the table needs no start-up code. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define ENTITY_TYPE(name, label, crosswalk)                                                        \
    {                                                                                              \
        STEMMA_TERM_ENTITY_TYPE, TEXT(name), TEXT(label), 0, TEXT(""), TEXT(crosswalk)             \
    }
#define EVENT_TYPE(name, label, roles, crosswalk)                                                  \
    {                                                                                              \
        STEMMA_TERM_EVENT_TYPE, TEXT(name), TEXT(label), 0, TEXT(roles), TEXT(crosswalk)           \
    }
#define PREDICATE(name, label, single_valued, crosswalk)                                           \
    {                                                                                              \
        STEMMA_TERM_PREDICATE, TEXT(name), TEXT(label), single_valued, TEXT(""), TEXT(crosswalk)   \
    }

/* Sorted by (kind, name). A crosswalk names the nearest term, which is often wider or narrower.
   A person may hold several offices and nationalities at once and an age changes, so none of these
   is single-valued; a happening has one time, one place and one type. */
static const stemma_term builtin[] = {
    ENTITY_TYPE("group", "nationality or unnamed collective", "ftm:LegalEntity ere:PER.Group"),
    ENTITY_TYPE("organization", "organization", "ftm:Organization ere:ORG"),
    ENTITY_TYPE("person", "person", "ftm:Person ere:PER.Individual"),
    ENTITY_TYPE("place", "place", "ftm:Address ere:GPE ere:LOC"),
    ENTITY_TYPE("thing", "thing", "ftm:Thing"),
    EVENT_TYPE("award.give", "award of a prize or honour", "agent recipient award", ""),
    EVENT_TYPE("conflict.attack", "attack", "agent target instrument",
               "plover:ASSAULT cameo:190 cameo:180 ere:conflict.attack"),
    EVENT_TYPE("contact.agree", "agreement", "participant", "plover:AGREE cameo:057"),
    EVENT_TYPE("contact.meet", "meeting, talks, visit or call", "participant",
               "plover:CONSULT cameo:040 ere:contact.meet"),
    EVENT_TYPE("justice.arrest", "arrest", "agent patient charge",
               "plover:COERCE/arrest cameo:173 ere:justice.arrest-jail"),
    EVENT_TYPE("justice.convict", "conviction", "agent patient charge", "ere:justice.convict"),
    EVENT_TYPE("justice.detain", "being held in custody", "agent patient",
               "plover:COERCE/arrest cameo:173 ere:justice.arrest-jail"),
    EVENT_TYPE("justice.pardon", "pardon", "agent patient", "ere:justice.pardon"),
    EVENT_TYPE("justice.release", "release from custody", "agent patient origin destination",
               "plover:RETREAT/release cameo:0841 ere:justice.release-parole"),
    EVENT_TYPE("justice.sentence", "sentence", "agent patient charge penalty",
               "ere:justice.sentence"),
    EVENT_TYPE("life.die", "death", "agent patient", "ere:life.die"),
    EVENT_TYPE("life.injure", "injury", "agent patient", "ere:life.injure"),
    EVENT_TYPE("movement.transfer", "transfer, deportation or exile of people",
               "agent patient origin destination",
               "plover:COERCE/deport cameo:174 ere:movement.transport-person"),
    EVENT_TYPE("personnel.elect", "election", "agent patient", "ere:personnel.elect"),
    EVENT_TYPE("protest.demonstrate", "protest", "agent target",
               "plover:PROTEST/demo cameo:141 ere:conflict.demonstrate"),
    EVENT_TYPE("sanction.impose", "imposing of sanctions", "agent target",
               "plover:SANCTION cameo:163"),
    EVENT_TYPE("sanction.lift", "lifting or easing of sanctions", "agent target",
               "plover:RETREAT/sanction cameo:085"),
    EVENT_TYPE("statement.say", "statement", "speaker addressee",
               "plover:CONSULT cameo:010 ere:contact.broadcast"),
    PREDICATE("addressee", "addressee", 0, "cameo:target"),
    PREDICATE("affiliation", "affiliated with", 0, "ftm:Membership"),
    PREDICATE("age", "age in years", 0, ""),
    PREDICATE("agent", "agent", 0, "plover:actor"),
    PREDICATE("award", "award given", 0, ""),
    PREDICATE("charge", "charge", 0, "ere:crime"),
    PREDICATE("child", "child", 0, "ftm:Family"),
    PREDICATE("content", "what was said", 0, ""),
    PREDICATE("destination", "destination", 0, "ere:destination"),
    PREDICATE("instrument", "instrument", 0, "ere:instrument"),
    PREDICATE("located", "located in", 0, "ftm:country"),
    PREDICATE("nationality", "nationality", 0, "ftm:nationality"),
    PREDICATE("origin", "place of origin", 0, "ere:origin"),
    PREDICATE("parent", "parent", 0, "ftm:Family"),
    PREDICATE("participant", "participant", 0, "ere:entity"),
    PREDICATE("patient", "patient", 0, "plover:recipient"),
    PREDICATE("penalty", "penalty", 1, "ere:sentence"),
    PREDICATE("place", "place", 1, "ere:place"),
    PREDICATE("quantity", "count that fills no known role", 1, ""),
    PREDICATE("recipient", "recipient", 0, "plover:recipient"),
    PREDICATE("relative", "relative", 0, "ftm:Family"),
    PREDICATE("role", "office or occupation", 0, "ftm:position"),
    PREDICATE("sibling", "sibling", 0, "ftm:Family"),
    PREDICATE("speaker", "speaker", 1, "cameo:source"),
    PREDICATE("spouse", "spouse", 1, "ftm:Family"),
    PREDICATE("target", "target", 0, "plover:recipient"),
    PREDICATE("time", "time", 1, "ere:time"),
    PREDICATE("type", "type of happening", 1, ""),
};

const stemma_term *stemma_vocabulary_builtin(uint32_t *count)
{
    *count = (uint32_t)(sizeof builtin / sizeof builtin[0]);
    return builtin;
}
