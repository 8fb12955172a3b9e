/* SPDX-License-Identifier: MIT */
#include "pack/extract/event_kind.h"
#include "pack/extract/event_type_sets.h"

static const struct stm_event_case no_cases[] = {{NULL, NULL, 0}};
static const struct stm_event_case cases_give[] = {{"to", "recipient", PERSON | GROUP | ORG},
                                                   {NULL, NULL, 0}};
static const struct stm_event_case cases_attack[] = {
    {"on", "target", STM_TYPES_ANY}, {"against", "target", STM_TYPES_ANY},
    {"at", "target", STM_TYPES_ANY}, {"of", "target", STM_TYPES_ANY},
    {"with", "instrument", 0},       {NULL, NULL, 0}};
static const struct stm_event_case cases_ceasefire[] = {
    {"between", "participant", STM_TYPES_ACTORS},
    {"with", "participant", STM_TYPES_ACTORS},
    {NULL, NULL, 0}};
static const struct stm_event_case cases_clash[] = {{"between", "participant", STM_TYPES_ACTORS},
                                                    {"with", "participant", STM_TYPES_ACTORS},
                                                    {"against", "participant", STM_TYPES_ACTORS},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_coup[] = {{"against", "target", STM_TYPES_ACTORS},
                                                   {NULL, NULL, 0}};
static const struct stm_event_case cases_deploy[] = {{"to", "destination", PLACE},
                                                     {"into", "destination", PLACE},
                                                     {"in", "destination", PLACE},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_withdraw[] = {
    {"from", "origin", PLACE}, {"of", "patient", PERSON | GROUP | ORG}, {NULL, NULL, 0}};
static const struct stm_event_case cases_agree[] = {{"with", "participant", STM_TYPES_ACTORS},
                                                    {"between", "participant", STM_TYPES_ACTORS},
                                                    {"on", "topic", 0},
                                                    {"to", "topic", 0},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_meet[] = {{"with", "participant", STM_TYPES_ACTORS},
                                                   {"between", "participant", STM_TYPES_ACTORS},
                                                   {"to", "participant", PERSON | GROUP | ORG},
                                                   {NULL, NULL, 0}};
static const struct stm_event_case cases_visit[] = {
    {"to", "destination", PLACE | ORG}, {"in", "destination", PLACE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_break[] = {{"with", "target", GROUP | ORG | PLACE},
                                                    {"to", "target", GROUP | ORG | PLACE},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_expel[] = {{"from", "origin", PLACE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_recall[] = {
    {"from", "origin", PLACE | ORG}, {"to", "origin", PLACE | ORG}, {NULL, NULL, 0}};
static const struct stm_event_case cases_recognize[] = {{"of", "target", STM_TYPES_ACTORS},
                                                        {NULL, NULL, 0}};
static const struct stm_event_case cases_restore[] = {{"with", "target", GROUP | ORG | PLACE},
                                                      {"between", "agent", GROUP | ORG | PLACE},
                                                      {NULL, NULL, 0}};
static const struct stm_event_case cases_collapse[] = {{"of", "target", PLACE | ORG | THING},
                                                       {NULL, NULL, 0}};
static const struct stm_event_case cases_earthquake[] = {{"in", "target", PLACE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_explosion[] = {
    {"at", "target", PLACE | ORG | THING}, {"in", "target", PLACE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_fire[] = {
    {"at", "target", PLACE | ORG | THING}, {"in", "target", PLACE | THING}, {NULL, NULL, 0}};
static const struct stm_event_case cases_acquire[] = {{"of", "target", ORG | PLACE | THING},
                                                      {NULL, NULL, 0}};
static const struct stm_event_case cases_aid[] = {
    {"to", "recipient", STM_TYPES_ACTORS}, {"for", "recipient", STM_TYPES_ACTORS}, {NULL, NULL, 0}};
static const struct stm_event_case cases_invest[] = {{"in", "target", ORG | PLACE | THING},
                                                     {"into", "target", ORG | PLACE | THING},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_layoff[] = {{"at", "agent", ORG}, {NULL, NULL, 0}};
static const struct stm_event_case cases_acquit[] = {{"of", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_appeal[] = {{"against", "target", ORG | THING},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_arrest[] = {
    {"for", "charge", 0}, {"on", "charge", 0}, {"over", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_charge[] = {
    {"with", "charge", 0}, {"over", "charge", 0}, {"for", "charge", 0},
    {"against", "patient", PERSON | GROUP | ORG}, {NULL, NULL, 0}};
static const struct stm_event_case cases_convict[] = {
    {"of", "charge", 0}, {"for", "charge", 0}, {"on", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_detain[] = {{"on", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_execute[] = {{"for", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_extradite[] = {{"from", "origin", PLACE},
                                                        {"out", "origin", PLACE},
                                                        {"to", "destination", PLACE},
                                                        {"into", "destination", PLACE},
                                                        {NULL, NULL, 0}};
static const struct stm_event_case cases_fine[] = {
    {"for", "charge", 0}, {"over", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_investigate[] = {
    {"into", "target", STM_TYPES_ANY},
    {"against", "target", PERSON | GROUP | ORG},
    {"over", "charge", 0},
    {"for", "charge", 0},
    {"of", "target", PERSON | GROUP | ORG},
    {NULL, NULL, 0}};
static const struct stm_event_case cases_search[] = {{"on", "target", STM_TYPES_ANY},
                                                     {"of", "target", STM_TYPES_ANY},
                                                     {"at", "target", STM_TYPES_ANY},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_sentence[] = {{"for", "charge", 0},
                                                       {"on", "charge", 0},
                                                       {"over", "charge", 0},
                                                       {"to", "penalty", 0},
                                                       {NULL, NULL, 0}};
static const struct stm_event_case cases_sue[] = {{"against", "target", STM_TYPES_ACTORS},
                                                  {"for", "charge", 0},
                                                  {"over", "charge", 0},
                                                  {NULL, NULL, 0}};
static const struct stm_event_case cases_try[] = {{"for", "charge", 0},
                                                  {"on", "charge", 0},
                                                  {"of", "patient", PERSON | GROUP | ORG},
                                                  {"over", "charge", 0},
                                                  {NULL, NULL, 0}};
static const struct stm_event_case cases_pass[] = {{"of", "target", ORG | THING}, {NULL, NULL, 0}};
static const struct stm_event_case cases_die[] = {{"of", "patient", STM_TYPES_PEOPLE},
                                                  {NULL, NULL, 0}};
static const struct stm_event_case cases_born[] = {
    {"to", "patient", STM_TYPES_PEOPLE}, {"of", "patient", STM_TYPES_PEOPLE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_marry[] = {{"to", "participant", STM_TYPES_PEOPLE},
                                                    {"with", "participant", STM_TYPES_PEOPLE},
                                                    {"between", "participant", STM_TYPES_PEOPLE},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_arrive[] = {{"from", "origin", PLACE},
                                                     {"to", "destination", PLACE},
                                                     {"in", "destination", PLACE},
                                                     {"at", "destination", PLACE | ORG},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_cross[] = {{"from", "origin", PLACE},
                                                    {"to", "destination", PLACE},
                                                    {"into", "destination", PLACE},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_flee[] = {
    {"from", "origin", PLACE},      {"out", "origin", PLACE},          {"to", "destination", PLACE},
    {"into", "destination", PLACE}, {"of", "agent", STM_TYPES_PEOPLE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_appoint[] = {{"as", "office", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_resign[] = {
    {"as", "office", 0}, {"from", "office", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_demonstrate[] = {{"against", "target", STM_TYPES_ANY},
                                                          {"against", "topic", 0},
                                                          {"over", "topic", 0},
                                                          {NULL, NULL, 0}};
static const struct stm_event_case cases_strike[] = {
    {"against", "target", STM_TYPES_ANY}, {"at", "target", ORG}, {NULL, NULL, 0}};
static const struct stm_event_case cases_impose[] = {{"on", "target", STM_TYPES_ANY},
                                                     {"against", "target", STM_TYPES_ANY},
                                                     {"to", "target", STM_TYPES_ACTORS},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_accuse[] = {{"of", "charge", 0},
                                                     {"for", "charge", 0},
                                                     {"against", "target", STM_TYPES_ACTORS},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_apologize[] = {{"to", "target", STM_TYPES_ACTORS},
                                                        {NULL, NULL, 0}};
static const struct stm_event_case cases_criticize[] = {{"over", "target", STM_TYPES_ANY},
                                                        {"against", "target", STM_TYPES_ANY},
                                                        {"about", "target", STM_TYPES_ANY},
                                                        {"of", "target", STM_TYPES_ANY},
                                                        {NULL, NULL, 0}};
static const struct stm_event_case cases_demand[] = {{"on", "target", STM_TYPES_ACTORS},
                                                     {"from", "target", STM_TYPES_ACTORS},
                                                     {"for", "topic", 0},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_praise[] = {{"for", "target", STM_TYPES_ANY},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_promise[] = {{"to", "recipient", STM_TYPES_ACTORS},
                                                      {NULL, NULL, 0}};
static const struct stm_event_case cases_threaten[] = {{"against", "target", STM_TYPES_ACTORS},
                                                       {"to", "target", STM_TYPES_ACTORS},
                                                       {"of", "topic", 0},
                                                       {"with", "topic", 0},
                                                       {NULL, NULL, 0}};

static const struct stm_event_case cases_qualify[] = {{"for", "topic", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_sign[] = {
    {"for", "agent", ORG | PLACE}, {"from", "origin", GROUP | ORG | PLACE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_win[] = {{"over", "target", STM_TYPES_ACTORS},
                                                  {"against", "target", STM_TYPES_ACTORS},
                                                  {"to", "agent", STM_TYPES_ACTORS},
                                                  {NULL, NULL, 0}};
static const struct stm_event_case cases_crime[] = {{"from", "target", STM_TYPES_ANY},
                                                    {"of", "target", STM_TYPES_ANY},
                                                    {"against", "target", STM_TYPES_ANY},
                                                    {NULL, NULL, 0}};
static const struct stm_event_case cases_hack[] = {{"into", "target", STM_TYPES_ANY},
                                                   {"on", "target", STM_TYPES_ANY},
                                                   {"of", "target", STM_TYPES_ANY},
                                                   {NULL, NULL, 0}};
static const struct stm_event_case cases_damage[] = {{"to", "target", STM_TYPES_ANY},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_change[] = {
    {"in", "target", 0}, {"of", "target", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_contract[] = {
    {"to", "recipient", STM_TYPES_ACTORS}, {"from", "agent", STM_TYPES_ACTORS}, {NULL, NULL, 0}};
static const struct stm_event_case cases_treat[] = {
    {"on", "patient", STM_TYPES_PEOPLE}, {"of", "patient", STM_TYPES_PEOPLE}, {NULL, NULL, 0}};
static const struct stm_event_case cases_confiscate[] = {{"from", "origin", STM_TYPES_ACTORS},
                                                         {NULL, NULL, 0}};
static const struct stm_event_case cases_plead[] = {{"to", "charge", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_rule[] = {
    {"against", "target", STM_TYPES_ANY}, {"on", "target", 0}, {NULL, NULL, 0}};
static const struct stm_event_case cases_settle[] = {{"with", "target", STM_TYPES_ACTORS},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_divorce[] = {{"from", "participant", STM_TYPES_PEOPLE},
                                                      {"of", "participant", STM_TYPES_PEOPLE},
                                                      {NULL, NULL, 0}};
static const struct stm_event_case cases_divert[] = {{"in", "destination", PLACE},
                                                     {"at", "destination", PLACE | ORG},
                                                     {"on", "destination", PLACE},
                                                     {NULL, NULL, 0}};
static const struct stm_event_case cases_announce[] = {
    {"of", "topic", 0}, {"about", "topic", 0}, {"on", "topic", 0}, {NULL, NULL, 0}};

static const struct stm_event_case cases_disperse[] = {{"on", "target", PERSON | GROUP | ORG | THING},
                                                       {"against", "target", PERSON | GROUP | ORG | THING},
                                                       {"of", "target", PERSON | GROUP | ORG | THING},
                                                       {NULL, NULL, 0}};
static const struct stm_event_case cases_emergency[] = {
    {"in", "target", PLACE}, {"across", "target", PLACE}, {"on", "target", PLACE}, {NULL, NULL, 0}};

/* type, role and types of the subject, role and types of the object, family, whether "X's" is the
   subject of the noun, whether an object that is nobody is kept in its words, prepositions */
static const struct stm_event_frame frames[STM_EVENT_KINDS] = {
    [STM_EVENT_AWARD_GIVE] = {"award.give", "agent", PERSON | GROUP | ORG, "recipient",
                              PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_give},
    [STM_EVENT_CONFLICT_ATTACK] = {"conflict.attack", "agent", STM_TYPES_ACTORS, "target",
                                   STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_attack},
    [STM_EVENT_CONFLICT_CEASEFIRE] = {"conflict.ceasefire", "participant", STM_TYPES_ACTORS, NULL,
                                      0, STM_FAMILY_MUTUAL, 1, 0, cases_ceasefire},
    [STM_EVENT_CONFLICT_CLASH] = {"conflict.clash", "participant", STM_TYPES_ACTORS, "participant",
                                  STM_TYPES_ACTORS, STM_FAMILY_MUTUAL, 1, 0, cases_clash},
    [STM_EVENT_CONFLICT_COUP] = {"conflict.coup", "agent", STM_TYPES_ACTORS, "target",
                                 STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_coup},
    [STM_EVENT_CONFLICT_DEPLOY] = {"conflict.deploy", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_ACTORS, STM_FAMILY_TARGET, 0, 0, cases_deploy},
    [STM_EVENT_CONFLICT_DISPERSE] = {"conflict.disperse", "agent", STM_TYPES_ACTORS, "target",
                                     PERSON | GROUP | ORG | THING, STM_FAMILY_TARGET, 0, 1,
                                     cases_disperse},
    [STM_EVENT_CONFLICT_KIDNAP] = {"conflict.kidnap", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_CONFLICT_PREVENT] = {"conflict.prevent", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_CONFLICT_SEIZE] = {"conflict.seize", "agent", STM_TYPES_ACTORS, "target",
                                  PLACE | ORG | THING, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_CONFLICT_WITHDRAW] = {"conflict.withdraw", "agent", STM_TYPES_ACTORS, "patient",
                                     PERSON | GROUP | ORG, STM_FAMILY_TARGET, 0, 0, cases_withdraw},
    [STM_EVENT_CONTACT_AGREE] = {"contact.agree", "participant", STM_TYPES_ACTORS, NULL, 0,
                                 STM_FAMILY_MUTUAL, 1, 0, cases_agree},
    [STM_EVENT_CONTACT_MEDIATE] = {"contact.mediate", "agent", STM_TYPES_ACTORS, "participant",
                                   STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_ceasefire},
    [STM_EVENT_CONTACT_MEET] = {"contact.meet", "participant", STM_TYPES_ACTORS, "participant",
                                PERSON | GROUP | ORG, STM_FAMILY_MUTUAL, 1, 0, cases_meet},
    [STM_EVENT_CONTACT_VISIT] = {"contact.visit", "agent", PERSON | GROUP | ORG, "destination",
                                 PLACE | ORG, STM_FAMILY_TARGET, 1, 0, cases_visit},
    [STM_EVENT_CONTEST_PLAY] = {"contest.play", "participant", STM_TYPES_ACTORS, "participant",
                                STM_TYPES_ACTORS, STM_FAMILY_MUTUAL, 1, 0, cases_clash},
    [STM_EVENT_CONTEST_QUALIFY] = {"contest.qualify", "agent", STM_TYPES_ACTORS, NULL, 0,
                                   STM_FAMILY_TARGET, 1, 0, cases_qualify},
    [STM_EVENT_CONTEST_SIGN] = {"contest.sign", "agent", STM_TYPES_ACTORS, "patient", PERSON,
                                STM_FAMILY_PATIENT, 0, 0, cases_sign},
    [STM_EVENT_CONTEST_WIN] = {"contest.win", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ACTORS,
                               STM_FAMILY_TARGET, 1, 0, cases_win},
    [STM_EVENT_CRIME_DEFRAUD] = {"crime.defraud", "agent", STM_TYPES_ACTORS, "target",
                                 STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_crime},
    [STM_EVENT_CRIME_HACK] = {"crime.hack", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                              STM_FAMILY_TARGET, 1, 1, cases_hack},
    [STM_EVENT_CRIME_ROB] = {"crime.rob", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                             STM_FAMILY_TARGET, 1, 1, cases_crime},
    [STM_EVENT_CRIME_SMUGGLE] = {"crime.smuggle", "agent", STM_TYPES_ACTORS, "target",
                                 STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_cross},
    [STM_EVENT_CULTURE_CAST] = {"culture.cast", "agent", STM_TYPES_ACTORS, "patient", PERSON,
                                STM_FAMILY_PATIENT, 0, 0, cases_appoint},
    [STM_EVENT_CULTURE_HOST] = {"culture.host", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                                STM_FAMILY_TARGET, 1, 1, no_cases},
    [STM_EVENT_CULTURE_OCCASION] = {"culture.occasion", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ANY, STM_FAMILY_LOOSE, 1, 0, no_cases},
    [STM_EVENT_CULTURE_PERFORM] = {"culture.perform", "agent", STM_TYPES_ACTORS, "target",
                                   STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, no_cases},
    [STM_EVENT_CULTURE_PUBLISH] = {"culture.publish", "agent", STM_TYPES_ACTORS, "target",
                                   STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_DIPLOMACY_BREAK] = {"diplomacy.break", "agent", STM_TYPES_ACTORS, "target",
                                   GROUP | ORG | PLACE, STM_FAMILY_TARGET, 1, 0, cases_break},
    [STM_EVENT_DIPLOMACY_CLOSE] = {"diplomacy.close", "agent", STM_TYPES_ACTORS, "target",
                                   ORG | PLACE | THING, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_DIPLOMACY_EXPEL] = {"diplomacy.expel", "agent", STM_TYPES_ACTORS, "patient",
                                   PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_expel},
    [STM_EVENT_DIPLOMACY_OPEN] = {"diplomacy.open", "agent", STM_TYPES_ACTORS, "target",
                                  ORG | PLACE | THING, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_DIPLOMACY_RECALL] = {"diplomacy.recall", "agent", STM_TYPES_ACTORS, "patient",
                                    PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_recall},
    [STM_EVENT_DIPLOMACY_RECOGNIZE] = {"diplomacy.recognize", "agent", STM_TYPES_ACTORS, "target",
                                       STM_TYPES_ACTORS, STM_FAMILY_TARGET, 0, 0, cases_recognize},
    [STM_EVENT_DIPLOMACY_RESTORE] = {"diplomacy.restore", "agent", STM_TYPES_ACTORS, "target",
                                     GROUP | ORG | PLACE, STM_FAMILY_TARGET, 1, 0, cases_restore},
    [STM_EVENT_DISASTER_COLLAPSE] = {"disaster.collapse", NULL, 0, "target", PLACE | ORG | THING,
                                     STM_FAMILY_LOOSE, 0, 1, cases_collapse},
    [STM_EVENT_DISASTER_CRASH] = {"disaster.crash", NULL, 0, "target", PLACE | ORG | THING,
                                  STM_FAMILY_LOOSE, 0, 1, cases_collapse},
    [STM_EVENT_DISASTER_CRUSH] = {"disaster.crush", NULL, 0, "target", PLACE | ORG | THING,
                                  STM_FAMILY_LOOSE, 0, 0, cases_explosion},
    [STM_EVENT_DISASTER_DAMAGE] = {"disaster.damage", "agent", STM_TYPES_ACTORS, "target",
                                   STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, cases_damage},
    [STM_EVENT_DISASTER_EARTHQUAKE] = {"disaster.earthquake", NULL, 0, "target",
                                       PLACE | ORG | THING, STM_FAMILY_LOOSE, 0, 0,
                                       cases_earthquake},
    [STM_EVENT_DISASTER_EXPLOSION] = {"disaster.explosion", NULL, 0, "target", PLACE | ORG | THING,
                                      STM_FAMILY_LOOSE, 0, 1, cases_explosion},
    [STM_EVENT_DISASTER_FIRE] = {"disaster.fire", NULL, 0, "target", PLACE | ORG | THING,
                                 STM_FAMILY_LOOSE, 0, 1, cases_fire},
    [STM_EVENT_DISASTER_FLOOD] = {"disaster.flood", NULL, 0, "target", PLACE | ORG | THING,
                                  STM_FAMILY_LOOSE, 0, 0, cases_earthquake},
    [STM_EVENT_DISASTER_LANDSLIDE] = {"disaster.landslide", NULL, 0, "target", PLACE | ORG | THING,
                                      STM_FAMILY_LOOSE, 0, 0, cases_earthquake},
    [STM_EVENT_DISASTER_OUTAGE] = {"disaster.outage", NULL, 0, "target", PLACE | ORG | THING,
                                   STM_FAMILY_LOOSE, 0, 0, cases_explosion},
    [STM_EVENT_DISASTER_STORM] = {"disaster.storm", NULL, 0, "target", PLACE | ORG | THING,
                                  STM_FAMILY_LOOSE, 0, 0, cases_earthquake},
    [STM_EVENT_ECONOMY_ACQUIRE] = {"economy.acquire", "agent", STM_TYPES_ACTORS, "target",
                                   ORG | PLACE | THING, STM_FAMILY_TARGET, 0, 1, cases_acquire},
    [STM_EVENT_ECONOMY_AID] = {"economy.aid", "agent", STM_TYPES_ACTORS, "recipient",
                               STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_aid},
    [STM_EVENT_ECONOMY_BANKRUPT] = {"economy.bankrupt", NULL, 0, "patient", PERSON | ORG,
                                    STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_ECONOMY_CHANGE] = {"economy.change", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, cases_change},
    [STM_EVENT_ECONOMY_CLOSE] = {"economy.close", "agent", STM_TYPES_ACTORS, "target",
                                 STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_ECONOMY_CONTRACT] = {"economy.contract", "agent", STM_TYPES_ACTORS, "recipient",
                                    STM_TYPES_ACTORS, STM_FAMILY_TARGET, 0, 0, cases_contract},
    [STM_EVENT_ECONOMY_FOUND] = {"economy.found", "agent", PERSON | GROUP | ORG, "target",
                                 ORG | THING, STM_FAMILY_TARGET, 0, 0, no_cases},
    [STM_EVENT_ECONOMY_INVEST] = {"economy.invest", "agent", STM_TYPES_ACTORS, "target",
                                  ORG | PLACE | THING, STM_FAMILY_TARGET, 1, 0, cases_invest},
    [STM_EVENT_ECONOMY_LAUNCH] = {"economy.launch", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_ECONOMY_LAYOFF] = {"economy.layoff", "agent", STM_TYPES_ACTORS, "patient",
                                  STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_layoff},
    [STM_EVENT_ECONOMY_OPEN] = {"economy.open", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                                STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_ECONOMY_RECALL] = {"economy.recall", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_ECONOMY_REPORT] = {"economy.report", "agent", STM_TYPES_ACTORS, "topic", THING,
                                  STM_FAMILY_TARGET, 1, 1, no_cases},
    [STM_EVENT_OTHER] = {"event", "agent", STM_TYPES_ANY, "patient", STM_TYPES_ANY,
                         STM_FAMILY_TARGET, 0, 0, no_cases},
    [STM_EVENT_HEALTH_HOSPITALIZE] = {"health.hospitalize", "agent", PERSON | GROUP | ORG,
                                      "patient", STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0,
                                      no_cases},
    [STM_EVENT_HEALTH_INFECT] = {"health.infect", NULL, 0, "patient", STM_TYPES_PEOPLE,
                                 STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_HEALTH_OUTBREAK] = {"health.outbreak", NULL, 0, "target", PLACE | GROUP | THING,
                                   STM_FAMILY_LOOSE, 0, 1, cases_earthquake},
    [STM_EVENT_HEALTH_RECOVER] = {"health.recover", NULL, 0, "patient", STM_TYPES_PEOPLE,
                                  STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_HEALTH_TREAT] = {"health.treat", "agent", STM_TYPES_ACTORS, "patient",
                                STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_treat},
    [STM_EVENT_JUSTICE_ACQUIT] = {"justice.acquit", "agent", STM_TYPES_ACTORS, "patient",
                                  PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_acquit},
    [STM_EVENT_JUSTICE_APPEAL] = {"justice.appeal", "agent", STM_TYPES_ACTORS, "target",
                                  ORG | THING, STM_FAMILY_TARGET, 1, 1, cases_appeal},
    [STM_EVENT_JUSTICE_ARREST] = {"justice.arrest", "agent", STM_TYPES_ACTORS, "patient",
                                  STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_arrest},
    [STM_EVENT_JUSTICE_BAN] = {"justice.ban", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                               STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_JUSTICE_CHARGE] = {"justice.charge", "agent", STM_TYPES_ACTORS, "patient",
                                  PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_charge},
    [STM_EVENT_JUSTICE_CONFISCATE] = {"justice.confiscate", "agent", STM_TYPES_ACTORS, "target",
                                      STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, cases_confiscate},
    [STM_EVENT_JUSTICE_CONVICT] = {"justice.convict", "agent", STM_TYPES_ACTORS, "patient",
                                   PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_convict},
    [STM_EVENT_JUSTICE_DETAIN] = {"justice.detain", "agent", STM_TYPES_ACTORS, "patient",
                                  STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_detain},
    [STM_EVENT_JUSTICE_EXECUTE] = {"justice.execute", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_execute},
    [STM_EVENT_JUSTICE_EXTRADITE] = {"justice.extradite", "agent", STM_TYPES_ACTORS, "patient",
                                     STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_extradite},
    [STM_EVENT_JUSTICE_FIND] = {"justice.find", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                                STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_JUSTICE_FINE] = {"justice.fine", "agent", STM_TYPES_ACTORS, "patient",
                                PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_fine},
    [STM_EVENT_JUSTICE_INVESTIGATE] = {"justice.investigate", "agent", STM_TYPES_ACTORS, "target",
                                       STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_investigate},
    [STM_EVENT_JUSTICE_PARDON] = {"justice.pardon", "agent", STM_TYPES_ACTORS, "patient",
                                  STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_JUSTICE_PLEAD] = {"justice.plead", "agent", PERSON | GROUP | ORG, NULL, 0,
                                 STM_FAMILY_TARGET, 1, 0, cases_plead},
    [STM_EVENT_JUSTICE_RELEASE] = {"justice.release", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_extradite},
    [STM_EVENT_JUSTICE_RULE] = {"justice.rule", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ANY,
                                STM_FAMILY_TARGET, 1, 1, cases_rule},
    [STM_EVENT_JUSTICE_SEARCH] = {"justice.search", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_search},
    [STM_EVENT_JUSTICE_SENTENCE] = {"justice.sentence", "agent", STM_TYPES_ACTORS, "patient",
                                    STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_sentence},
    [STM_EVENT_JUSTICE_SETTLE] = {"justice.settle", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_settle},
    [STM_EVENT_JUSTICE_SUE] = {"justice.sue", "agent", STM_TYPES_ACTORS, "target", STM_TYPES_ACTORS,
                               STM_FAMILY_TARGET, 1, 0, cases_sue},
    [STM_EVENT_JUSTICE_TORTURE] = {"justice.torture", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, no_cases},
    [STM_EVENT_JUSTICE_TRY] = {"justice.try", "agent", STM_TYPES_ACTORS, "patient",
                               PERSON | GROUP | ORG, STM_FAMILY_PATIENT, 0, 0, cases_try},
    [STM_EVENT_LAW_EMERGENCY] = {"law.emergency", "agent", STM_TYPES_ACTORS, "target", PLACE,
                                 STM_FAMILY_TARGET, 0, 0, cases_emergency},
    [STM_EVENT_LAW_PASS] = {"law.pass", "agent", STM_TYPES_ACTORS, "target", ORG | THING,
                            STM_FAMILY_TARGET, 0, 1, cases_pass},
    [STM_EVENT_LIFE_BORN] = {"life.born", NULL, 0, "patient", STM_TYPES_PEOPLE, STM_FAMILY_PATIENT,
                             0, 0, cases_born},
    [STM_EVENT_LIFE_BURY] = {"life.bury", NULL, 0, "patient", STM_TYPES_PEOPLE, STM_FAMILY_PATIENT,
                             0, 0, cases_die},
    [STM_EVENT_LIFE_DIE] = {"life.die", "agent", PERSON | GROUP | ORG, "patient", STM_TYPES_PEOPLE,
                            STM_FAMILY_PATIENT, 0, 0, cases_die},
    [STM_EVENT_LIFE_DIVORCE] = {"life.divorce", "participant", STM_TYPES_PEOPLE, "participant",
                                STM_TYPES_PEOPLE, STM_FAMILY_MUTUAL, 1, 0, cases_divorce},
    [STM_EVENT_LIFE_INJURE] = {"life.injure", "agent", PERSON | GROUP | ORG, "patient",
                               STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_die},
    [STM_EVENT_LIFE_MARRY] = {"life.marry", "participant", STM_TYPES_PEOPLE, "participant",
                              STM_TYPES_PEOPLE, STM_FAMILY_MUTUAL, 1, 0, cases_marry},
    [STM_EVENT_MOVEMENT_ARRIVE] = {"movement.arrive", "agent", PERSON | GROUP | ORG, NULL, 0,
                                   STM_FAMILY_TARGET, 1, 0, cases_arrive},
    [STM_EVENT_MOVEMENT_CROSS] = {"movement.cross", "agent", PERSON | GROUP | ORG, "target",
                                  PLACE | THING, STM_FAMILY_TARGET, 1, 1, cases_cross},
    [STM_EVENT_MOVEMENT_DIVERT] = {"movement.divert", NULL, 0, "target", STM_TYPES_ANY,
                                   STM_FAMILY_LOOSE, 0, 1, cases_divert},
    [STM_EVENT_MOVEMENT_EVACUATE] = {"movement.evacuate", "agent", STM_TYPES_ACTORS, "patient",
                                     STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_extradite},
    [STM_EVENT_MOVEMENT_FLEE] = {"movement.flee", "agent", PERSON | GROUP | ORG, "origin", PLACE,
                                 STM_FAMILY_TARGET, 1, 0, cases_flee},
    [STM_EVENT_MOVEMENT_RETURN] = {"movement.return", "agent", PERSON | GROUP | ORG, NULL, 0,
                                   STM_FAMILY_TARGET, 1, 0, cases_extradite},
    [STM_EVENT_MOVEMENT_TRANSFER] = {"movement.transfer", "agent", STM_TYPES_ACTORS, "patient",
                                     STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_extradite},
    [STM_EVENT_MOVEMENT_VANISH] = {"movement.vanish", NULL, 0, "patient", STM_TYPES_PEOPLE,
                                   STM_FAMILY_PATIENT, 0, 0, cases_die},
    [STM_EVENT_PERSONNEL_APPOINT] = {"personnel.appoint", "agent", STM_TYPES_ACTORS, "patient",
                                     PERSON, STM_FAMILY_PATIENT, 0, 0, cases_appoint},
    [STM_EVENT_PERSONNEL_DISMISS] = {"personnel.dismiss", "agent", STM_TYPES_ACTORS, "patient",
                                     PERSON, STM_FAMILY_PATIENT, 0, 0, cases_appoint},
    [STM_EVENT_PERSONNEL_ELECT] = {"personnel.elect", "agent", STM_TYPES_ACTORS, "patient",
                                   STM_TYPES_PEOPLE, STM_FAMILY_PATIENT, 0, 0, cases_appoint},
    [STM_EVENT_PERSONNEL_NOMINATE] = {"personnel.nominate", "agent", STM_TYPES_ACTORS, "patient",
                                      PERSON, STM_FAMILY_PATIENT, 0, 0, cases_appoint},
    [STM_EVENT_PERSONNEL_RESIGN] = {"personnel.resign", "agent", STM_TYPES_PEOPLE, NULL, 0,
                                    STM_FAMILY_TARGET, 1, 0, cases_resign},
    [STM_EVENT_PROTEST_DEMONSTRATE] = {"protest.demonstrate", "agent", PERSON | GROUP | ORG,
                                       "target", STM_TYPES_ANY, STM_FAMILY_LOOSE, 1, 0,
                                       cases_demonstrate},
    [STM_EVENT_PROTEST_RIOT] = {"protest.riot", "agent", PERSON | GROUP | ORG, "target",
                                STM_TYPES_ANY, STM_FAMILY_LOOSE, 1, 0, cases_demonstrate},
    [STM_EVENT_PROTEST_STRIKE] = {"protest.strike", "agent", PERSON | GROUP | ORG, "target",
                                  STM_TYPES_ANY, STM_FAMILY_LOOSE, 1, 0, cases_strike},
    [STM_EVENT_SANCTION_IMPOSE] = {"sanction.impose", "agent", STM_TYPES_ACTORS, "target",
                                   STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, cases_impose},
    [STM_EVENT_SANCTION_LIFT] = {"sanction.lift", "agent", STM_TYPES_ACTORS, "target",
                                 STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, cases_impose},
    [STM_EVENT_SCIENCE_DISCOVER] = {"science.discover", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_SCIENCE_LAND] = {"science.land", NULL, 0, "target", STM_TYPES_ANY, STM_FAMILY_LOOSE,
                                0, 1, cases_divert},
    [STM_EVENT_SCIENCE_LAUNCH] = {"science.launch", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 0, 1, no_cases},
    [STM_EVENT_STATEMENT_ACCUSE] = {"statement.accuse", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_accuse},
    [STM_EVENT_STATEMENT_ANNOUNCE] = {"statement.announce", "agent", STM_TYPES_ACTORS, "topic",
                                      THING, STM_FAMILY_TARGET, 1, 1, cases_announce},
    [STM_EVENT_STATEMENT_APOLOGIZE] = {"statement.apologize", "agent", STM_TYPES_ACTORS, "target",
                                       STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_apologize},
    [STM_EVENT_STATEMENT_CRITICIZE] = {"statement.criticize", "agent", STM_TYPES_ACTORS, "target",
                                       STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_criticize},
    [STM_EVENT_STATEMENT_DEMAND] = {"statement.demand", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_demand},
    [STM_EVENT_STATEMENT_DENY] = {"statement.deny", "agent", STM_TYPES_ACTORS, "target",
                                  STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_criticize},
    [STM_EVENT_STATEMENT_PRAISE] = {"statement.praise", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_praise},
    [STM_EVENT_STATEMENT_PROMISE] = {"statement.promise", "agent", STM_TYPES_ACTORS, "recipient",
                                     STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_promise},
    [STM_EVENT_STATEMENT_REJECT] = {"statement.reject", "agent", STM_TYPES_ACTORS, "target",
                                    STM_TYPES_ANY, STM_FAMILY_TARGET, 1, 1, cases_criticize},
    [STM_EVENT_STATEMENT_THREATEN] = {"statement.threaten", "agent", STM_TYPES_ACTORS, "target",
                                      STM_TYPES_ACTORS, STM_FAMILY_TARGET, 1, 0, cases_threaten},
};

const struct stm_event_frame *stm_event_frame_of(enum stm_event_kind kind)
{
    return &frames[kind];
}
