/* SPDX-License-Identifier: MIT */
/* Words about persons: titles, roles, kin. Every list is ordered by bytes, for binary search. */
#include "pack/extract/lexicon.h"

/* Titles that stand, capitalised or not, before the name of a person. */
static const char *const title[] = {
    "adm.", "admiral", "adviser", "advisor", "ambassador", "archbishop", "attorney",
    "attorney-general", "ayatollah", "baron", "baroness", "bishop", "brig.", "brigadier",
    "brother", "capt.", "captain", "cardinal", "chair", "chairman", "chairperson", "chairwoman",
    "chancellor", "chief", "cmdr.", "co-founder", "coach", "col.", "colonel", "commander",
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
    "anthropologist", "archbishop", "architect", "artist", "assailant", "astronaut", "athlete",
    "attacker", "attorney", "author", "ayatollah", "banker", "billionaire", "biographer",
    "biologist", "bishop", "blogger", "bomber", "boss", "boxer", "boy", "businessman",
    "businesswoman", "bystander", "cadet", "campaigner", "candidate", "captain", "captive",
    "cardinal", "chairman", "chairperson", "chairwoman", "champion", "chancellor", "chef",
    "chemist", "chief", "choreographer", "citizen", "cleaner", "cleric", "clerk", "climber",
    "co-founder", "coach", "colleague", "colonel", "columnist", "comedian", "commander",
    "commander-in-chief", "commentator", "commissioner", "commuter", "composer", "conductor",
    "congressman", "congresswoman", "conscript", "conservationist", "consul", "contractor",
    "convict", "coordinator", "correspondent", "cosmonaut", "councillor", "counsel", "counterpart",
    "crewman", "critic", "cyclist", "dancer", "dean", "defector", "defendant", "delegate",
    "demonstrator", "deputy", "deserter", "designer", "detainee", "developer", "dictator",
    "diplomat", "director", "dissident", "docker", "doctor", "driver", "economist", "editor",
    "emir", "emperor", "engineer", "entrepreneur", "envoy", "executive", "exile", "expert",
    "farmer", "fighter", "figure", "filmmaker", "financier", "firefighter", "fireman", "fisherman",
    "footballer", "foreman", "founder", "friend", "frontrunner", "gendarme", "general", "gentleman",
    "geologist", "girl", "goalkeeper", "golfer", "governor", "guard", "guerrilla", "guitarist",
    "gunman", "hacker", "head", "herder", "hiker", "historian", "host", "hostage", "imam", "inmate",
    "inspector", "insurgent", "inventor", "investigator", "investor", "jihadist", "journalist",
    "judge", "justice", "kidnapper", "killer", "king", "laborer", "labourer", "lady", "laureate",
    "lawmaker", "lawyer", "leader", "lecturer", "legislator", "librarian", "lieutenant", "looter",
    "magnate", "major", "man", "manager", "marcher", "marshal", "mathematician", "mayor",
    "mediator", "medic", "member", "mercenary", "merchant", "midfielder", "migrant", "militant",
    "miner", "minister", "missionary", "monarch", "monk", "musician", "native", "negotiator",
    "neighbor", "neighbour", "novelist", "nun", "nurse", "officer", "official", "oligarch",
    "ombudsman", "onlooker", "opponent", "organiser", "organizer", "owner", "painter", "paramedic",
    "passenger", "pastor", "patriarch", "peacekeeper", "pedestrian", "pensioner", "person",
    "philanthropist", "philosopher", "photographer", "physician", "physicist", "pianist", "pilgrim",
    "pilot", "pirate", "player", "playwright", "poet", "policeman", "policewoman", "politician",
    "pollster", "pope", "predecessor", "premier", "presenter", "president", "priest",
    "prime minister", "prince", "princess", "principal", "prisoner", "producer", "professor",
    "programmer", "prosecutor", "protege", "protester", "protestor", "psychologist", "publisher",
    "queen", "rabbi", "rapper", "rebel", "recruit", "refugee", "reporter", "representative",
    "researcher", "resident", "rioter", "rival", "ruler", "sailor", "saxophonist", "scholar",
    "schoolboy", "schoolgirl", "scientist", "screenwriter", "sculptor", "seaman", "secretary",
    "senator", "separatist", "sergeant", "serviceman", "servicewoman", "settler", "sheikh",
    "sheriff", "shooter", "shopkeeper", "singer", "skier", "smuggler", "sniper", "sociologist",
    "soldier", "songwriter", "soprano", "speaker", "specialist", "spokesman", "spokesperson",
    "spokeswoman", "spy", "staffer", "statesman", "strategist", "striker", "student", "successor",
    "sultan", "surgeon", "survivor", "suspect", "swimmer", "teacher", "technician", "teenager",
    "tenor", "theologian", "toddler", "tourist", "trade unionist", "trader", "trafficker",
    "trainer", "translator", "treasurer", "trucker", "tutor", "tycoon", "undersecretary",
    "unionist", "veteran", "vice-president", "victim", "villager", "violinist", "vlogger",
    "volunteer", "warlord", "whistleblower", "winner", "witness", "woman", "worker", "worshipper",
    "wrestler", "writer", "youtuber",
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
    "analysts", "anarchists", "assailants", "astronauts", "asylum-seekers", "athletes", "attackers",
    "authorities", "babies", "bandits", "bankers", "bloggers", "bombers", "boys", "builders",
    "bystanders", "cadets", "cameramen", "campaigners", "candidates", "captives", "children",
    "citizens", "civilians", "clerics", "climbers", "colleagues", "colonels", "commanders",
    "commuters", "congressmen", "conscripts", "convicts", "correspondents", "cosmonauts",
    "councillors", "crew-members", "crewmen", "critics", "defendants", "delegates", "demonstrators",
    "deportees", "deputies", "deserters", "detainees", "diplomats", "dissidents", "dockers",
    "doctors", "draftees", "drivers", "editors", "employees", "engineers", "envoys", "evacuees",
    "executives", "exiles", "experts", "families", "farmers", "fathers", "fighters", "figures",
    "firefighters", "fishermen", "footballers", "foreigners", "friends", "gendarmes", "generals",
    "girls", "guards", "guerrillas", "gunmen", "herders", "hikers", "hostages", "infants",
    "inmates", "inspectors", "insurgents", "investigators", "islamists", "jews", "jihadists",
    "journalists", "judges", "jurors", "kidnappers", "laborers", "labourers", "lawmakers",
    "lawyers", "leaders", "legislators", "lieutenants", "locals", "looters", "marchers", "marines",
    "mayors", "mediators", "medics", "men", "mercenaries", "migrants", "militants", "militiamen",
    "miners", "ministers", "monitors", "monks", "mothers", "mourners", "nationalists",
    "negotiators", "nomads", "nuns", "nurses", "observers", "officers", "officials", "oligarchs",
    "onlookers", "opponents", "oppositionists", "organisers", "organizers", "orphans", "paramedics",
    "parents", "parliamentarians", "partisans", "passengers", "patients", "peacekeepers",
    "pensioners", "people", "photographers", "picketers", "pilgrims", "pilots", "pirates",
    "players", "poets", "police", "policemen", "policewomen", "politicians", "presidents",
    "priests", "prisoners", "professors", "prosecutors", "protesters", "protestors", "pupils",
    "rebels", "recruits", "refugees", "relatives", "reporters", "representatives", "rescuers",
    "residents", "returnees", "rioters", "sailors", "scholars", "schoolboys", "schoolgirls",
    "scientists", "seamen", "senators", "separatists", "sergeants", "servicemen", "servicewomen",
    "settlers", "shoppers", "sisters", "skiers", "smugglers", "soldiers", "spectators", "spies",
    "squatters", "staffers", "strikers", "students", "supporters", "survivors", "suspects",
    "teachers", "teenagers", "terrorists", "toddlers", "tourists", "trade-unionists", "traders",
    "traffickers", "troops", "truckers", "unionists", "victims", "villagers", "voters",
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
