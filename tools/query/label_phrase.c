/* SPDX-License-Identifier: MIT */
#include "query/label_phrase.h"

/* Headline style: verbs stand in the present, and where the object comes first in the participle, so
   that no verb has to agree with what is not known. */
static const struct stm_phrase phrases[] = {
    {"award.give", "agent", "recipient", "%s honours %o", "%o honoured", "award by %s", "award"},
    {"conflict.attack", "agent", "target", "%s attacks %o", "attack on %o", "attack by %s",
     "attack"},
    {"contact.agree", "participant", NULL, "", "", "agreement of %s", "agreement"},
    {"contact.meet", "participant", NULL, "", "", "meeting of %s", "meeting"},
    {"justice.arrest", "agent", "patient", "%s arrests %o", "%o arrested", "arrest by %s",
     "arrest"},
    {"justice.convict", "agent", "patient", "%s convicts %o", "%o convicted", "conviction by %s",
     "conviction"},
    {"justice.detain", "agent", "patient", "%s holds %o in custody", "%o held in custody",
     "detention by %s", "detention"},
    {"justice.pardon", "agent", "patient", "%s pardons %o", "%o pardoned", "pardon by %s",
     "pardon"},
    {"justice.release", "agent", "patient", "%s releases %o", "%o released", "release by %s",
     "release"},
    {"justice.sentence", "agent", "patient", "%s sentences %o", "%o sentenced", "sentence by %s",
     "sentence"},
    {"life.die", "agent", "patient", "%s kills %o", "death of %o", "killing by %s", "death"},
    {"life.injure", "agent", "patient", "%s injures %o", "%o injured", "injury by %s", "injury"},
    {"movement.transfer", "agent", "patient", "%s transfers %o", "%o transferred",
     "transfer by %s", "transfer"},
    {"personnel.elect", "agent", "patient", "%s elects %o", "%o elected", "election by %s",
     "election"},
    {"protest.demonstrate", "agent", "target", "%s protests against %o", "protest against %o",
     "protest by %s", "protest"},
    {"sanction.impose", "agent", "target", "%s imposes sanctions on %o",
     "sanctions imposed on %o", "%s imposes sanctions", "sanctions imposed"},
    {"sanction.lift", "agent", "target", "%s lifts sanctions on %o", "sanctions lifted on %o",
     "%s lifts sanctions", "sanctions lifted"},
    {"statement.say", "speaker", "addressee", "%s to %o", "statement to %o", "%s", "statement"},
};

const struct stm_phrase_part stm_phrase_parts[] = {
    {"charge", " over %s"}, {"penalty", " to %s"},        {"award", " with %s"},
    {"origin", " from %s"}, {"destination", " to %s"},    {"instrument", " with %s"},
    {"quantity", " (%s)"},  {NULL, NULL},
};

const struct stm_phrase *stm_phrase_find(stemma_text type)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (stemma_text_equal(type, stemma_text_of(phrases[i].type))) {
            return &phrases[i];
        }
    }
    return NULL;
}
