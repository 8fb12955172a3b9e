/* SPDX-License-Identifier: MIT */
#include "pack/extract/nominal_class.h"

#include <string.h>

struct noun_entry {
    const char *noun;
    const char *class;
};

/* Ascending by noun. Only words that mean the same of one thing, not kinds of it: no "tanker". */
static const struct noun_entry NOUNS[] = {
    {"aeroplane", "aircraft"}, {"airliner", "aircraft"}, {"airplane", "aircraft"},
    {"arm", "weapon"}, {"assailant", "attacker"}, {"attorney", "lawyer"}, {"auto", "vehicle"},
    {"automobile", "vehicle"}, {"bandit", "robber"}, {"blaze", "fire"}, {"boat", "ship"},
    {"boss", "chief"}, {"brigand", "robber"}, {"burglar", "robber"}, {"car", "vehicle"},
    {"chairman", "chair"}, {"chairperson", "chair"}, {"chairwoman", "chair"},
    {"cinema", "theatre"}, {"company", "firm"}, {"congressman", "lawmaker"},
    {"congresswoman", "lawmaker"}, {"cop", "police"}, {"corporation", "firm"}, {"craft", "ship"},
    {"doc", "doctor"}, {"earthquake", "quake"}, {"emcee", "host"}, {"fellow", "man"},
    {"fireman", "firefighter"}, {"flat", "apartment"}, {"flick", "film"}, {"gaol", "prison"},
    {"guy", "man"}, {"jail", "prison"}, {"jet", "aircraft"}, {"kid", "child"}, {"lady", "woman"},
    {"legislator", "lawmaker"}, {"motorcar", "vehicle"}, {"motorist", "driver"}, {"movie", "film"},
    {"parliamentarian", "lawmaker"}, {"penitentiary", "prison"}, {"physician", "doctor"},
    {"picture", "film"}, {"pirate", "robber"}, {"plane", "aircraft"}, {"policeman", "officer"},
    {"policewoman", "officer"}, {"presenter", "host"}, {"raider", "robber"}, {"residence", "home"},
    {"rifleman", "gunman"}, {"sailor", "seaman"}, {"shooter", "gunman"}, {"shop", "store"},
    {"skiff", "ship"}, {"smartphone", "phone"}, {"spokesman", "spokesperson"},
    {"spokeswoman", "spokesperson"}, {"teen", "teenager"}, {"temblor", "quake"},
    {"theater", "theatre"}, {"thief", "robber"}, {"tremor", "quake"}, {"trooper", "soldier"},
    {"vessel", "ship"}, {"warplane", "fighter"}, {"wildfire", "fire"}, {"youngster", "child"},
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
