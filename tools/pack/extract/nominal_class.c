/* SPDX-License-Identifier: MIT */
#include "pack/extract/nominal_class.h"

#include <string.h>

struct noun_entry {
    const char *noun;
    const char *class;
};

/* Ascending by noun. Only words that mean the same of one thing, not kinds of it: no "tanker". */
static const struct noun_entry NOUNS[] = {
    {"accord", "agreement"},
    {"aeroplane", "aircraft"},
    {"airfield", "airport"},
    {"airliner", "aircraft"},
    {"airplane", "aircraft"},
    {"arm", "weapon"},
    {"assailant", "attacker"},
    {"attorney", "lawyer"},
    {"auto", "vehicle"},
    {"automobile", "vehicle"},
    {"bandit", "robber"},
    {"blast", "explosion"},
    {"blaze", "fire"},
    {"boat", "ship"},
    {"boss", "chief"},
    {"boutique", "store"},
    {"brigand", "robber"},
    {"burglar", "robber"},
    {"car", "vehicle"},
    {"center", "centre"},
    {"chairman", "chair"},
    {"chairperson", "chair"},
    {"chairwoman", "chair"},
    {"cinema", "theatre"},
    {"co-worker", "colleague"},
    {"company", "firm"},
    {"congressman", "lawmaker"},
    {"congresswoman", "lawmaker"},
    {"convict", "inmate"},
    {"cop", "police"},
    {"corporation", "firm"},
    {"coworker", "colleague"},
    {"craft", "ship"},
    {"dad", "father"},
    {"deal", "agreement"},
    {"defense", "defence"},
    {"doc", "doctor"},
    {"earthquake", "quake"},
    {"emcee", "host"},
    {"employee", "worker"},
    {"fellow", "man"},
    {"fireman", "firefighter"},
    {"flat", "apartment"},
    {"flick", "film"},
    {"footballer", "player"},
    {"freeway", "motorway"},
    {"gaol", "prison"},
    {"grandma", "grandmother"},
    {"grandpa", "grandfather"},
    {"granny", "grandmother"},
    {"guerrilla", "rebel"},
    {"guy", "man"},
    {"harbor", "harbour"},
    {"highway", "motorway"},
    {"infant", "baby"},
    {"insurgent", "rebel"},
    {"jail", "prison"},
    {"jet", "aircraft"},
    {"jewelry", "jewellery"},
    {"kid", "child"},
    {"labor", "labour"},
    {"lady", "woman"},
    {"legislator", "lawmaker"},
    {"legislature", "parliament"},
    {"lorry", "truck"},
    {"mom", "mother"},
    {"motorcar", "vehicle"},
    {"motorist", "driver"},
    {"movie", "film"},
    {"mum", "mother"},
    {"neighbor", "neighbour"},
    {"newborn", "baby"},
    {"newsman", "journalist"},
    {"pact", "agreement"},
    {"parliamentarian", "lawmaker"},
    {"penitentiary", "prison"},
    {"pensioner", "retiree"},
    {"physician", "doctor"},
    {"picture", "film"},
    {"pirate", "robber"},
    {"plane", "aircraft"},
    {"plant", "factory"},
    {"policeman", "officer"},
    {"policewoman", "officer"},
    {"presenter", "host"},
    {"prisoner", "inmate"},
    {"program", "programme"},
    {"pupil", "student"},
    {"raider", "robber"},
    {"reporter", "journalist"},
    {"residence", "home"},
    {"rifleman", "gunman"},
    {"sailor", "seaman"},
    {"shooter", "gunman"},
    {"shop", "store"},
    {"skiff", "ship"},
    {"smartphone", "phone"},
    {"spokesman", "spokesperson"},
    {"spokeswoman", "spokesperson"},
    {"teen", "teenager"},
    {"temblor", "quake"},
    {"theater", "theatre"},
    {"thief", "robber"},
    {"tremor", "quake"},
    {"trooper", "soldier"},
    {"vessel", "ship"},
    {"warplane", "fighter"},
    {"wildfire", "fire"},
    {"youngster", "child"},
    {"youth", "teenager"},
};

stemma_text stm_nominal_class(stemma_text noun)
{
    size_t low = 0;
    size_t high = sizeof NOUNS / sizeof *NOUNS;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = stemma_text_compare(stemma_text_of(NOUNS[middle].noun), noun);
        if (order == 0) {
            return stemma_text_of(NOUNS[middle].class);
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return noun;
}
