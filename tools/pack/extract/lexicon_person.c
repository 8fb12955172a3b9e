/* SPDX-License-Identifier: MIT */
/* Words about persons: titles, roles, kin. Every list is ordered by bytes, for binary search. */
#include "pack/extract/lexicon.h"

/* Titles that stand, capitalised or not, before the name of a person. */
static const char *const title[] = {
    "adm.", "admiral", "adviser", "advisor", "ambassador", "archbishop", "attorney",
    "attorney-general", "ayatollah", "baron", "baroness", "bishop", "brig.", "brigadier",
    "brother", "capt.", "captain", "cardinal", "chair", "chairman", "chairperson", "chairwoman",
    "chancellor", "chief", "cllr", "cllr.", "cmdr.", "co-founder", "coach", "col.", "colonel", "commander",
    "commissioner", "comrade", "congressman", "congressperson", "congresswoman", "corporal",
    "councillor", "councilman", "councilwoman", "counsellor", "count", "countess", "cpl.",
    "czar", "dame", "delegate", "deputy", "detective", "dictator", "director",
    "director-general", "doctor", "dr", "dr.", "duchess", "duke", "editor", "emir", "emperor",
    "empress", "envoy", "ex-president", "father", "founder", "gen.", "general", "gov.",
    "governor", "governor-general", "hon.", "imam", "inspector", "judge", "justice", "king",
    "lady", "lawyer", "leader", "lieutenant", "lieutenant-general", "lord", "lt.", "madam",
    "maj.", "major", "major-general", "manager", "marshal", "mayor", "mep", "meps",
    "metropolitan", "minister", "ministers", "miss", "mp", "mps", "mr", "mr.", "mrs", "mrs.",
    "ms", "ms.", "mullah", "officer", "pastor", "patriarch", "pope", "premier", "pres.",
    "president", "presidents", "prince", "princess", "private", "prof", "prof.", "professor",
    "prophet", "prosecutor", "queen", "rabbi", "rep.", "representative", "rev.", "reverend",
    "secretary", "secretary-general", "sen.", "senator", "senators", "sergeant", "sgt.", "shah",
    "sheikh", "sheriff", "sir", "sister", "speaker", "spokesman", "spokesperson", "spokeswoman",
    "sultan", "superintendent", "supt.", "taoiseach", "tsar", "undersecretary", "vice",
    "vice-chairman", "vice-chancellor", "vice-president",
};

/* Words that go before, after or inside a title. */
static const char *const title_part[] = {
    "acting", "agriculture", "assistant", "associate", "attorney", "cabinet", "chief", "climate",
    "co-", "commander-in-chief", "crown", "culture", "defence", "defense", "democratic",
    "deputy", "district", "economy", "education", "energy", "environment", "ex", "executive",
    "federal", "finance", "first", "foreign", "former", "general", "grand", "health", "high",
    "home", "incoming", "incumbent", "interim", "interior", "joint", "justice", "labor",
    "labour", "late", "lieutenant", "major", "minister", "national", "outgoing", "permanent",
    "presidential", "press", "prime", "prime-minister", "regional", "republican", "second",
    "secretary", "security", "senior", "special", "staff", "state", "supreme", "then", "third",
    "trade", "transport", "vice",
};

/* Words for what a person is or does; each may precede a name, or be a nominal. */
static const char *const role[] = {
    "abductor", "activist", "actor", "actor-director", "actress", "administrator", "admiral",
    "adviser", "advisor", "agent", "aide", "airman", "ally", "ambassador", "analyst", "anchor",
    "anthropologist", "archbishop", "architect", "arsonist", "artist", "assailant", "astronaut",
    "athlete", "attacker", "attorney", "author", "ayatollah", "banker", "beggar", "believer",
    "billionaire", "biographer", "biologist", "bishop", "blogger", "bodyguard", "bomber", "boss",
    "boxer", "boy", "bureaucrat", "burglar", "businessman", "businesswoman", "bystander", "cadet",
    "cameraman", "campaigner", "candidate", "captain", "captive", "cardinal", "chairman",
    "chairperson", "chairwoman", "champion", "chancellor", "chef", "chemist", "chief", "chieftain",
    "choreographer", "churchgoer", "citizen", "clansman", "cleaner", "cleric", "clerk", "climber",
    "co-founder", "coach", "collaborator", "colleague", "colonel", "columnist", "comedian",
    "commander", "commander-in-chief", "commentator", "commissioner", "commuter", "composer",
    "conductor", "congressman", "congresswoman", "conscript", "conservationist", "constable",
    "consul", "contractor", "convict", "coordinator", "correspondent", "cosmonaut", "councillor",
    "councilman", "counsel", "counterpart", "crewman", "critic", "cyclist", "dancer", "dean",
    "defector", "defendant", "delegate", "demonstrator", "deportee", "deputy", "deserter",
    "designer", "detainee", "detective", "developer", "devotee", "dictator", "diplomat", "director",
    "disciple", "dissident", "docker", "doctor", "donor", "driver", "economist", "editor",
    "emigrant", "emir", "emperor", "engineer", "entrepreneur", "envoy", "escapee", "executive",
    "exile", "expatriate", "expert", "extremist", "farmer", "fighter", "figure", "filmmaker",
    "financier", "firefighter", "fireman", "fisherman", "footballer", "foreman", "founder",
    "fraudster", "friend", "frontrunner", "fugitive", "fundamentalist", "gendarme", "general",
    "gentleman", "geologist", "girl", "goalkeeper", "golfer", "governor", "guard", "guerrilla",
    "guitarist", "gunman", "hacker", "head", "herder", "herdsman", "hijacker", "hiker", "historian",
    "homeowner", "host", "hostage", "hostage-taker", "imam", "immigrant", "informant", "informer",
    "inhabitant", "inmate", "inspector", "insurgent", "inventor", "investigator", "investor",
    "islamist", "islander", "jihadist", "journalist", "judge", "justice", "kidnapper", "killer",
    "king", "laborer", "labourer", "lady", "landlord", "landowner", "laureate", "lawmaker",
    "lawyer", "leader", "lecturer", "legislator", "librarian", "lieutenant", "looter", "loyalist",
    "magistrate", "magnate", "major", "man", "manager", "marcher", "marshal", "mathematician",
    "mayor", "mediator", "medic", "member", "mercenary", "merchant", "midfielder", "midwife",
    "migrant", "militant", "miner", "minister", "missionary", "monarch", "monarchist", "monk",
    "motorist", "murderer", "musician", "native", "negotiator", "neighbor", "neighbour", "novelist",
    "nun", "nurse", "officer", "official", "oligarch", "ombudsman", "onlooker", "opponent",
    "organiser", "organizer", "owner", "painter", "paramedic", "paratrooper", "passenger",
    "passerby", "pastor", "patriarch", "peacekeeper", "peasant", "pedestrian", "pensioner",
    "person", "philanthropist", "philosopher", "photographer", "physician", "physicist", "pianist",
    "pilgrim", "pilot", "pirate", "plaintiff", "player", "playwright", "poacher", "poet",
    "policeman", "policewoman", "politician", "pollster", "pope", "predecessor", "premier",
    "presenter", "president", "priest", "prime minister", "prince", "princess", "principal",
    "prisoner", "producer", "professor", "programmer", "prosecutor", "protege", "protester",
    "protestor", "psychologist", "publisher", "queen", "rabbi", "rapist", "rapper", "rebel",
    "recruit", "referee", "refugee", "reporter", "representative", "researcher", "resident",
    "retiree", "returnee", "rioter", "rival", "robber", "ruler", "sailor", "saxophonist", "scholar",
    "schoolboy", "schoolgirl", "scientist", "screenwriter", "sculptor", "seaman", "secretary",
    "senator", "separatist", "sergeant", "serviceman", "servicewoman", "settler", "sheikh",
    "sheriff", "shooter", "shopkeeper", "singer", "skier", "smuggler", "sniper", "sociologist",
    "soldier", "songwriter", "soprano", "speaker", "specialist", "spokesman", "spokesperson",
    "spokeswoman", "sprinter", "spy", "staffer", "statesman", "stowaway", "strategist", "striker",
    "student", "successor", "sultan", "surgeon", "survivor", "suspect", "swimmer", "swindler",
    "taxpayer", "teacher", "technician", "teenager", "tenant", "tenor", "theologian", "thief",
    "toddler", "tourist", "trade unionist", "trader", "trafficker", "trainer", "translator",
    "traveler", "traveller", "treasurer", "tribesman", "trucker", "tutor", "tycoon",
    "undersecretary", "unionist", "vendor", "veteran", "vice-president", "victim", "villager",
    "violinist", "visitor", "vlogger", "volunteer", "warlord", "watchman", "whistleblower",
    "winner", "witness", "woman", "worker", "worshipper", "wrestler", "writer", "youtuber",
};

/* Other words for people. They stand before no name as a title does. */
static const char *const person_noun[] = {
    "academic", "accomplice", "adolescent", "adult", "apprentice", "archer", "astronomer",
    "auditor", "aviator", "baby", "babysitter", "bailiff", "baker", "ballerina", "bandit",
    "barber", "barmaid", "barman", "barrister", "bartender", "batsman", "beekeeper", "biker",
    "birdwatcher", "boatman", "bombardier", "bookmaker", "bookseller", "bouncer", "bowler",
    "breadwinner", "brewer", "bricklayer", "bride", "bridegroom", "brigand", "broker", "builder",
    "butcher", "buyer", "cabbie", "camper", "cardholder", "caregiver", "carer", "caretaker",
    "carpenter", "cashier", "cavalryman", "cellist", "centenarian", "chaplain", "chauffeur",
    "churchwarden", "civilian", "classmate", "client", "clinician", "commando", "conspirator",
    "consumer", "cook", "cop", "coroner", "counsellor", "counterfeiter", "courier", "courtier",
    "creditor", "crewmember", "cricketer", "criminal", "crook", "culprit", "customer", "dairyman",
    "dealer", "debtor", "decorator", "defender", "deminer", "dentist", "dispatcher", "diver",
    "dockworker", "doorman", "draftee", "drinker", "drummer", "dweller", "educator", "elder",
    "electrician", "evacuee", "ex-convict", "ex-minister", "ex-policeman",
    "ex-president", "ex-soldier", "examiner", "eyewitness", "farmhand", "farmworker", "fielder",
    "fishmonger", "flatmate", "flautist", "florist", "footsoldier", "forester", "freelancer",
    "frontman", "gambler", "gamer", "gangster", "gardener", "geneticist", "goalie", "godfather",
    "graduate", "grocer", "guardsman", "guest", "gunner", "gunrunner", "gymnast", "hairdresser",
    "handyman", "hawker", "healer", "heir", "heiress", "helper", "hillwalker", "hitchhiker",
    "hitman", "holidaymaker", "homemaker", "hooligan", "householder", "housewife", "hunter",
    "imposter", "impostor", "infant", "infantryman", "insider", "instructor", "interloper",
    "interpreter", "intruder", "jailbird", "jailer", "janitor", "jawan", "jeweler", "jeweller",
    "jihadi", "jockey", "jogger", "juror", "juvenile", "kid", "kingpin", "knifeman", "landlady",
    "lawbreaker", "lifeguard", "liquidator", "locksmith", "logger", "lover", "lumberjack",
    "machinist", "maid", "marathoner", "mastermind", "mechanic", "medalist", "medallist",
    "messenger", "metalworker", "militiaman", "milkman", "millionaire", "mobster", "mountaineer",
    "mourner", "moviegoer", "mugger", "nanny", "newcomer", "newlywed", "newsman", "nomad",
    "nominee", "notary", "observer", "offender", "operative", "orphan", "outlaw", "outsider",
    "paedophile", "parishioner", "parliamentarian", "parolee", "patient", "patron", "pauper",
    "paymaster", "pedlar", "perpetrator", "pharmacist", "picketer", "pickpocket", "playmate",
    "plumber", "policymaker", "polygamist", "popstar", "postman", "powerbroker", "prankster",
    "preacher", "prefect", "prizewinner", "psychiatrist", "pundit", "pupil", "puppeteer",
    "racegoer", "raider", "rancher", "ranger", "realtor", "receptionist", "recluse", "rescuer",
    "reservist", "reveler", "reveller", "rider", "ringleader", "rockstar", "roofer", "roommate",
    "rower", "runaway", "rustler", "sapper", "scavenger", "schoolchild", "schoolkid",
    "schoolmaster", "schoolmate", "schoolteacher", "seafarer", "seller", "sharecropper",
    "shareholder", "sharpshooter", "sheepherder", "shepherd", "shoplifter", "shopper",
    "sightseer", "signaller", "skater", "skipper", "slave", "sleuth", "smallholder", "soloist",
    "spectator", "spymaster", "squatter", "stabber", "stalker", "stallholder", "starlet",
    "steelworker", "steward", "stewardess", "stockbroker", "stranger", "strongman", "stuntman",
    "submariner", "sufferer", "superstar", "supporter", "surfer", "surveyor", "sympathiser",
    "sympathizer", "tailor", "teammate", "teen", "terrorist", "trawlerman", "trekker",
    "trespasser", "tribeswoman", "troublemaker", "trustee", "umpire", "undertaker", "usher",
    "vandal", "veterinarian", "viewer", "vigilante", "villain", "virologist", "voter", "waiter",
    "waitress", "warden", "warder", "warrior", "weaver", "welder", "whaler", "winemaker",
    "woodcutter", "workman", "workmate", "yachtsman", "youngster", "youth", "zookeeper",
};

/* Roles of women only. */
static const char *const role_female[] = {
    "actress", "baroness", "businesswoman", "chairwoman", "congresswoman", "councilwoman",
    "countess", "dame", "duchess", "empress", "girl", "lady", "madam", "miss", "mrs", "mrs.",
    "ms", "ms.", "nun", "policewoman", "princess", "queen", "spokeswoman", "stateswoman",
    "waitress", "woman",
};

/* Roles of men only. */
static const char *const role_male[] = {
    "archbishop", "ayatollah", "baron", "boy", "businessman", "cardinal", "chairman",
    "congressman", "councilman", "count", "czar", "duke", "emperor", "fisherman", "gentleman",
    "gunman", "imam", "king", "lord", "man", "monk", "mr", "mr.", "policeman", "pope", "priest",
    "prince", "sheikh", "sir", "spokesman", "statesman", "sultan", "tsar",
};

/* Plural nouns for people that act or are acted on without being named. */
static const char *const group_noun[] = {
    "abductees", "abductors", "academics", "activists", "agents", "aides", "airmen", "allies",
    "analysts", "anarchists", "arsonists", "assailants", "astronauts", "asylum-seekers", "athletes",
    "attackers", "authorities", "babies", "bandits", "bankers", "beggars", "believers", "bloggers",
    "bodyguards", "bombers", "boys", "builders", "bureaucrats", "burglars", "bystanders", "cadets",
    "cameramen", "campaigners", "candidates", "captives", "chieftains", "children", "churchgoers",
    "citizens", "civilians", "clansmen", "clerics", "climbers", "collaborators", "colleagues",
    "colonels", "commanders", "commuters", "congressmen", "conscripts", "constables", "convicts",
    "correspondents", "cosmonauts", "councillors", "councilmen", "crew-members", "crewmen",
    "critics", "defendants", "delegates", "demonstrators", "deportees", "deputies", "deserters",
    "detainees", "detectives", "devotees", "diplomats", "disciples", "dissidents", "dockers",
    "doctors", "donors", "draftees", "drivers", "editors", "emigrants", "employees", "engineers",
    "envoys", "escapees", "evacuees", "executives", "exiles", "expatriates", "experts",
    "extremists", "families", "farmers", "fathers", "fighters", "figures", "firefighters",
    "fishermen", "footballers", "foreigners", "fraudsters", "friends", "fugitives",
    "fundamentalists", "gendarmes", "generals", "girls", "guards", "guerrillas", "gunmen",
    "herders", "herdsmen", "hijackers", "hikers", "homeowners", "hostage-takers", "hostages",
    "immigrants", "infants", "informants", "informers", "inhabitants", "inmates", "inspectors",
    "insurgents", "investigators", "islamists", "islanders", "jews", "jihadists", "journalists",
    "judges", "jurors", "kidnappers", "laborers", "labourers", "landlords", "landowners",
    "lawmakers", "lawyers", "leaders", "legislators", "lieutenants", "locals", "looters",
    "loyalists", "magistrates", "marchers", "marines", "mayors", "mediators", "medics", "men",
    "mercenaries", "midwives", "migrants", "militants", "militiamen", "miners", "ministers",
    "monarchists", "monitors", "monks", "mothers", "motorists", "mourners", "murderers",
    "nationalists", "negotiators", "nomads", "nuns", "nurses", "observers", "officers", "officials",
    "oligarchs", "onlookers", "opponents", "oppositionists", "organisers", "organizers", "orphans",
    "paramedics", "paratroopers", "parents", "parliamentarians", "partisans", "passengers",
    "passersby", "patients", "peacekeepers", "peasants", "pensioners", "people", "photographers",
    "picketers", "pilgrims", "pilots", "pirates", "plaintiffs", "players", "poachers", "poets",
    "police", "policemen", "policewomen", "politicians", "presidents", "priests", "prisoners",
    "professors", "prosecutors", "protesters", "protestors", "pupils", "rapists", "rebels",
    "recruits", "referees", "refugees", "relatives", "reporters", "representatives", "rescuers",
    "residents", "retirees", "returnees", "rioters", "robbers", "sailors", "scholars", "schoolboys",
    "schoolgirls", "scientists", "seamen", "senators", "separatists", "sergeants", "servicemen",
    "servicewomen", "settlers", "shoppers", "sisters", "skiers", "smugglers", "soldiers",
    "spectators", "spies", "sprinters", "squatters", "staffers", "stowaways", "strikers",
    "students", "supporters", "survivors", "suspects", "swindlers", "taxpayers", "teachers",
    "teenagers", "tenants", "terrorists", "thieves", "toddlers", "tourists", "trade-unionists",
    "traders", "traffickers", "travelers", "travellers", "tribesmen", "troops", "truckers",
    "unionists", "vendors", "victims", "villagers", "visitors", "voters", "watchmen",
    "whistleblowers", "widows", "witnesses", "women", "workers", "worshipers", "worshippers",
    "writers", "youths",
};

/* Words of kinship and partnership. */
static const char *const kin[] = {
    "aunt", "boyfriend", "brother", "brother-in-law", "child", "cousin", "daughter",
    "daughter-in-law", "ex-husband", "ex-wife", "father", "father-in-law", "fiance", "fiancee",
    "girlfriend", "granddaughter", "grandfather", "grandmother", "grandson", "half-brother",
    "half-sister", "husband", "mother", "mother-in-law", "nephew", "niece", "parent", "partner",
    "sister", "sister-in-law", "son", "son-in-law", "spouse", "stepdaughter", "stepfather",
    "stepmother", "stepson", "twin", "uncle", "widow", "widower", "wife",
};

/* Those of women. */
static const char *const kin_female[] = {
    "aunt", "daughter", "daughter-in-law", "ex-wife", "fiancee", "girlfriend", "granddaughter",
    "grandmother", "half-sister", "mother", "mother-in-law", "niece", "sister", "sister-in-law",
    "stepdaughter", "stepmother", "widow", "wife",
};

/* Those of men. */
static const char *const kin_male[] = {
    "boyfriend", "brother", "brother-in-law", "ex-husband", "father", "father-in-law", "fiance",
    "grandfather", "grandson", "half-brother", "husband", "nephew", "son", "son-in-law",
    "stepfather", "stepson", "uncle", "widower",
};

/* Titles of men. */
static const char *const male_title[] = {
    "baron", "brother", "count", "duke", "emperor", "father", "king", "lord", "mr", "mr.",
    "prince", "sir",
};

/* Titles of women. */
static const char *const female_title[] = {
    "baroness", "countess", "dame", "duchess", "empress", "lady", "madam", "miss", "mrs", "mrs.",
    "ms", "ms.", "princess", "queen", "sister",
};

/* What follows the name of a person. */
static const char *const honorific_after[] = {
    "cbe", "esq", "esq.", "ii", "iii", "iv", "jr", "jr.", "kbe", "kc", "m.d.", "mbe", "md",
    "obe", "ph.d.", "phd", "qc", "sr", "sr.",
};

/* Verbs whose subject speaks. */
static const char *const say[] = {
    "acknowledge", "acknowledged", "add", "added", "adds", "admit", "admitted", "announce",
    "announced", "announces", "argue", "argued", "argues", "ask", "asked", "asks", "believe",
    "believed", "believes", "call", "called", "calls", "claim", "claimed", "claims", "confirm",
    "confirmed", "confirms", "declare", "declared", "declares", "denied", "denies", "deny",
    "describe", "described", "describes", "explain", "explained", "explains", "express",
    "expressed", "insist", "insisted", "insists", "note", "noted", "notes", "recall", "recalled",
    "replied", "replies", "reply", "report", "reported", "reports", "reveal", "revealed",
    "reveals", "said", "say", "says", "state", "stated", "states", "stress", "stressed",
    "stresses", "suggest", "suggested", "suggests", "tell", "tells", "think", "thinks",
    "thought", "told", "tweet", "tweeted", "urge", "urged", "urges", "warn", "warned", "warns",
    "write", "writes", "wrote",
};

/* Other verbs whose subject is likely a person. */
static const char *const person_verb[] = {
    "arrived", "became", "began", "born", "came", "campaigned", "can", "could", "did", "died",
    "does", "founded", "graduated", "had", "has", "is", "joined", "led", "left", "lived", "lost",
    "married", "met", "moved", "played", "ran", "refused", "resigned", "returned", "sat",
    "served", "spoke", "started", "stood", "studied", "thanked", "told", "visited", "walked",
    "was", "went", "who", "will", "won", "worked", "would", "wrote",
};

/* Small words inside the names of persons. */
static const char *const particle[] = {
    "'t", "abu", "af", "al", "av", "ben", "bin", "bint", "da", "das", "de", "del", "dela",
    "della", "den", "der", "di", "dos", "du", "e", "el", "ibn", "la", "le", "lo", "ould", "ten",
    "ter", "van", "von", "wa", "y", "zu",
};

const struct stm_word_list stm_lexicon_person[] = {
    {STM_LEXICON_TITLE, title, sizeof title / sizeof *title},
    {STM_LEXICON_TITLE_PART, title_part, sizeof title_part / sizeof *title_part},
    {STM_LEXICON_ROLE, role, sizeof role / sizeof *role},
    {STM_LEXICON_PERSON_NOUN, person_noun, sizeof person_noun / sizeof *person_noun},
    {STM_LEXICON_ROLE_FEMALE, role_female, sizeof role_female / sizeof *role_female},
    {STM_LEXICON_ROLE_MALE, role_male, sizeof role_male / sizeof *role_male},
    {STM_LEXICON_GROUP_NOUN, group_noun, sizeof group_noun / sizeof *group_noun},
    {STM_LEXICON_KIN, kin, sizeof kin / sizeof *kin},
    {STM_LEXICON_KIN_FEMALE, kin_female, sizeof kin_female / sizeof *kin_female},
    {STM_LEXICON_KIN_MALE, kin_male, sizeof kin_male / sizeof *kin_male},
    {STM_LEXICON_MALE_TITLE, male_title, sizeof male_title / sizeof *male_title},
    {STM_LEXICON_FEMALE_TITLE, female_title, sizeof female_title / sizeof *female_title},
    {STM_LEXICON_HONORIFIC_AFTER, honorific_after, sizeof honorific_after / sizeof *honorific_after},
    {STM_LEXICON_SAY, say, sizeof say / sizeof *say},
    {STM_LEXICON_PERSON_VERB, person_verb, sizeof person_verb / sizeof *person_verb},
    {STM_LEXICON_PARTICLE, particle, sizeof particle / sizeof *particle},
};

const size_t stm_lexicon_person_count = sizeof stm_lexicon_person / sizeof *stm_lexicon_person;
