/* SPDX-License-Identifier: MIT */
/* Words that tell names of organisations, places and things apart. Every list is ordered by bytes, for binary search. */
#include "pack/extract/lexicon.h"

/* Abbreviations that are written with a final dot. */
static const char *const abbreviation[] = {
    "adm", "al", "approx", "apr", "ariz", "assn", "asst", "atty", "aug", "ave", "bldg", "blvd",
    "brig", "bros", "ca", "calif", "capt", "cf", "cie", "cmdr", "co", "col", "comdr", "conn",
    "corp", "cpl", "dec", "dept", "dist", "dr", "ed", "eds", "est", "etc", "feb", "fig", "fla",
    "fr", "ft", "gen", "gov", "govt", "hon", "inc", "insp", "intl", "jan", "jr", "jul", "jun",
    "lt", "ltd", "maj", "messrs", "mich", "minn", "mlle", "mme", "mr", "mrs", "ms", "mt", "nov",
    "oct", "p", "ph.d", "pp", "pres", "prof", "pvt", "rd", "rep", "ret", "rev", "sen", "sep",
    "sept", "sgt", "sr", "st", "supt", "tex", "univ", "viz", "vol", "vs",
};

/* Abbreviations that stand before a name: no sentence ends there. */
static const char *const title_abbreviation[] = {
    "adm.", "approx.", "atty.", "brig.", "ca.", "capt.", "cf.", "cmdr.", "col.", "cpl.", "det.",
    "dr.", "e.g.", "est.", "fig.", "fr.", "ft.", "gen.", "gov.", "hon.", "i.e.", "insp.", "lt.",
    "maj.", "messrs.", "mlle.", "mme.", "mr.", "mrs.", "ms.", "mt.", "p.", "pp.", "pres.",
    "prof.", "pvt.", "rep.", "rev.", "sen.", "sgt.", "st.", "supt.", "vs.",
};

/* Parts that are joined by a hyphen to a name that is still a name. */
static const char *const name_prefix[] = {
    "all", "anti", "cross", "ex", "former", "half", "mid", "near", "neo", "non", "post", "pre",
    "pro", "sub", "then", "trans", "un-",
};

/* Words that make a capitalised phrase the name of an organisation. */
static const char *const org_head[] = {
    "academy", "administration", "administration's", "agency", "airforce", "airline", "airlines",
    "airways", "alliance", "archdiocese", "army", "assembly", "associates", "association",
    "authority", "band", "bank", "battalion", "bewegung", "board", "brigade", "brigades",
    "broadcaster", "bros.", "brotherhood", "bundestag", "bureau", "cabinet", "capital", "caucus",
    "center", "centre", "chamber", "choir", "chronicle", "church", "circuit", "club",
    "coalition", "college", "commissariat", "commission", "committee", "community", "companies",
    "company", "confederation", "conference", "congress", "conseil", "conservatives",
    "consortium", "consulate", "convention", "cooperative", "corporation", "corps", "council",
    "court", "crescent", "democrats", "department", "diocese", "directorate", "division", "duma",
    "embassy", "energy", "ensemble", "enterprises", "entertainment", "exchange", "faction",
    "faculty", "fc", "federation", "firm", "force", "forces", "forum", "foundation", "front",
    "fund", "gazette", "government", "greens", "group", "guard", "guardian", "guards",
    "headquarters", "herald", "holdings", "hospital", "industries", "initiative", "inspectorate",
    "institute", "institution", "insurance", "intelligence", "international", "jirga", "journal",
    "knesset", "laboratories", "laboratory", "league", "legion", "legislature", "liberals",
    "library", "lines", "magazine", "majlis", "media", "militia", "ministry", "mission",
    "monastery", "motors", "mouvement", "movement", "movimiento", "museum", "nationalists",
    "nations", "navy", "network", "news", "newspaper", "observatory", "observer", "office",
    "orchestra", "order", "organisation", "organization", "parish", "parliament",
    "parliamentarians", "partei", "parti", "partia", "partido", "partij", "partito", "partners",
    "party", "patrol", "petroleum", "pharmaceuticals", "pictures", "police", "politburo", "post",
    "press", "prosecutor's", "publishing", "rada", "radio", "railroad", "railway", "railways",
    "rangers", "records", "regiment", "registry", "republicans", "reserve", "room", "school",
    "secretariat", "securities", "seimas", "sejm", "seminary", "senate", "service", "services",
    "socialists", "society", "software", "solutions", "soviet", "squad", "staff", "studios",
    "syndicate", "synod", "systems", "team", "technologies", "telecom", "telegraph",
    "television", "theater", "theatre", "times", "treasury", "tribunal", "tribune", "trust",
    "tv", "u.n.", "union", "unions", "united", "university", "watch", "worldwide", "yankees",
};

/* Of these, the words that an organisation name may begin with, followed by "of", "for", "to" or "on". */
static const char *const org_first[] = {
    "academy", "administration", "agency", "alliance", "army", "assembly", "association",
    "authority", "bank", "board", "bureau", "campaign", "center", "centre", "chamber", "church",
    "citizens", "coalition", "college", "commission", "committee", "community", "confederation",
    "conference", "congress", "convention", "coordination", "corporation", "council", "court",
    "department", "directorate", "doctors", "federation", "forum", "foundation", "friends",
    "front", "fund", "group", "guardians", "headquarters", "house", "initiative", "institute",
    "institution", "international", "league", "library", "ministry", "mission", "movement",
    "museum", "office", "order", "organisation", "organization", "parliament", "party",
    "people's", "physicians", "rally", "reporters", "secretariat", "service", "society",
    "soldiers", "students", "theatre", "trust", "union", "university", "women", "workers",
};

/* Legal forms at the end of a name. */
static const char *const org_suffix[] = {
    "ab", "ag", "asa", "bv", "co.", "corp", "corp.", "gmbh", "holdings", "inc", "inc.", "kg",
    "llc", "llp", "lp", "ltd", "ltd.", "n.v.", "nv", "oao", "ooo", "oy", "plc", "pty", "s.a.",
    "s.p.a.", "sa", "spa", "srl", "zao",
};

/* Names that newspapers use without saying what they are. */
static const char *const org_known[] = {
    "abc", "aclu", "aeroflot", "afp", "airbnb", "airbus", "al-jazeera", "al-qaeda", "al-qaida",
    "aljazeera", "amazon", "amnesty", "anadolu", "ansa", "ap", "apple", "asean", "astrazeneca",
    "axios", "bbc", "bloomberg", "boeing", "bp", "brics", "bundestag", "bundeswehr", "cbs",
    "chevron", "cia", "cnbc", "cnn", "comintern", "congress", "cpj", "delta", "deutsche welle",
    "dpa", "duma", "e.u.", "ebay", "ecowas", "efe", "enron", "eu", "europol", "exxon",
    "exxonmobil", "facebook", "fatah", "fbi", "fifa", "frontex", "fsb", "g20", "g7", "g8",
    "gazprom", "gestapo", "google", "gop", "greenpeace", "gru", "hamas", "hamas'", "hezbollah",
    "honda", "huawei", "ibm", "icc", "imf", "instagram", "intel", "interfax", "interpol", "ioc",
    "isil", "isis", "itar-tass", "kgb", "klm", "knesset", "kremlin", "kyodo", "likud",
    "linkedin", "lufthansa", "luftwaffe", "lukoil", "mcdonald's", "mercosur", "meta", "mi5",
    "mi6", "microsoft", "moderna", "mossad", "msnbc", "naacp", "nasa", "nato", "nbc", "netflix",
    "nissan", "nkvd", "nokia", "npr", "nsa", "nvidia", "oecd", "opec", "opec+", "openai",
    "oracle", "osce", "parliament", "paypal", "pbs", "pentagon", "pfizer", "plo", "politburo",
    "politico", "propublica", "reddit", "reuters", "rfe/rl", "ria", "rosneft", "ryanair",
    "samsung", "senate", "shell", "siemens", "snapchat", "solidarity", "solidarność", "sony",
    "spacex", "spotify", "starbucks", "stasi", "taliban", "tass", "telegram", "tesla", "tiktok",
    "toyota", "twitter", "u.n.", "uber", "uefa", "un", "unesco", "unhcr", "unicef", "upi",
    "volkswagen", "walmart", "wehrmacht", "whatsapp", "who", "wikileaks", "wikinews",
    "wikipedia", "wto", "xinhua", "yahoo", "yonhap", "youtube", "yukos",
};

/* The same, of several words. */
static const char *const org_known_long[] = {
    "african union", "agence france-presse", "al jazeera", "al qaeda", "al shabaab", "al-shabab",
    "american airlines", "amnesty international", "associated press", "black lives matter",
    "boko haram", "british airways", "conservative party", "credit suisse", "daily mail",
    "daily telegraph", "defense department", "democratic party", "der spiegel", "deutsche bank",
    "deutsche welle", "doctors without borders", "el pais", "el país", "ernst & young",
    "european commission", "european council", "european parliament", "european union",
    "financial times", "foreign office", "fox news", "general assembly", "general electric",
    "general motors", "goldman sachs", "high court", "home office", "hong kong police",
    "house of commons", "house of lords", "house of representatives", "human rights watch",
    "international criminal court", "islamic state", "jp morgan", "justice department",
    "la stampa", "labour party", "le monde", "manchester united", "moody's", "morgan stanley",
    "muslim brotherhood", "médecins sans frontières", "new york times", "new yorker",
    "politburo", "pussy riot", "radio free asia", "radio free europe", "radio liberty",
    "real madrid", "red army", "red crescent", "red cross", "reporters without borders",
    "republican party", "salvation army", "scotland yard", "security council", "sky news",
    "standard & poor", "standard & poor's", "state department", "supreme court",
    "supreme soviet", "the economist", "the guardian", "the independent", "the new york times",
    "the times", "the wall street journal", "the washington post", "treasury department",
    "united airlines", "united nations", "voice of america", "wagner group",
    "wall street journal", "washington post", "white house", "world bank",
    "world health organization", "world trade organization",
};

/* Lower-case words that say, before or after a name, that it names an organisation. */
static const char *const org_noun[] = {
    "agency", "airline", "association", "band", "bank", "broadcaster", "business", "carrier",
    "ceo", "chairman", "channel", "charity", "club", "coalition", "college", "company",
    "conglomerate", "contractor", "corporation", "daily", "employees", "executives", "firm",
    "foundation", "giant", "group", "institute", "insurer", "label", "magazine", "maker",
    "manufacturer", "militia", "movement", "network", "newspaper", "ngo", "non-profit",
    "nonprofit", "operator", "orchestra", "organisation", "organization", "outlet", "paper",
    "party", "platform", "publication", "publisher", "retailer", "school", "shareholders",
    "shares", "spokesman", "spokesperson", "spokeswoman", "startup", "station", "subsidiary",
    "supplier", "tabloid", "team", "think-tank", "thinktank", "trust", "union", "university",
    "watchdog", "website", "weekly",
};

/* Words that end the name of a place. */
static const char *const place_head[] = {
    "airfield", "airport", "arena", "avenue", "barracks", "base", "basin", "bay", "beach",
    "boulevard", "bridge", "canal", "canyon", "castle", "cathedral", "cemetery", "city", "coast",
    "county", "courthouse", "creek", "crossing", "dam", "desert", "district", "falls", "field",
    "forest", "gate", "glacier", "gulf", "harbor", "harbour", "heights", "highlands", "highway",
    "hill", "hills", "hotel", "island", "islands", "isle", "isles", "jail", "lake", "lane",
    "mosque", "mountain", "mountains", "oblast", "ocean", "palace", "park", "pass", "peninsula",
    "penitentiary", "plains", "plateau", "plaza", "port", "prefecture", "prison", "province",
    "raion", "range", "region", "republic", "reservoir", "ridge", "river", "road", "sea",
    "shrine", "square", "stadium", "station", "strait", "straits", "street", "synagogue",
    "taluk", "tehsil", "temple", "territories", "territory", "tower", "town", "township",
    "tunnel", "valley", "village", "voivodeship", "volcano", "waterfall", "woods", "zone",
};

/* Words that begin the name of a place. */
static const char *const place_first[] = {
    "bay", "cape", "central", "cerro", "ciudad", "east", "eastern", "el", "fort", "ft.", "gulf",
    "isle", "isles", "kingdom", "lake", "las", "los", "lower", "mount", "mt", "mt.", "new",
    "north", "northern", "port", "puerto", "republic", "rio", "saint", "san", "santa", "south",
    "southern", "st", "st.", "strait", "straits", "upper", "villa", "west", "western",
};

/* Of these, words that begin the name of a place and are followed by "of". */
static const char *const place_of[] = {
    "bay", "cape", "city", "district", "duchy", "gulf", "horn", "isle", "isles", "kingdom",
    "lake", "port", "principality", "province", "republic", "sea", "strait", "straits", "valley",
};

/* Lower-case words after which, or with "of" before which, a name is a place. */
static const char *const place_noun[] = {
    "area", "capital", "centre", "city", "country", "county", "district", "island",
    "municipality", "neighborhood", "neighbourhood", "outskirts", "peninsula", "port",
    "province", "region", "republic", "river", "state", "streets", "suburb", "town", "village",
};

/* Prepositions that go with places. */
static const char *const place_preposition[] = {
    "across", "around", "at", "from", "in", "inside", "into", "near", "outside", "through",
    "throughout", "to", "toward", "towards", "via",
};

/* Directions before a place. */
static const char *const direction[] = {
    "central", "downtown", "east", "eastern", "north", "northeast", "northeastern", "northern",
    "northwest", "northwestern", "south", "southeast", "southeastern", "southern", "southwest",
    "southwestern", "west", "western",
};

/* Words that make a capitalised phrase the name of a thing: an award, a law, a war, a work. */
static const char *const thing_head[] = {
    "accord", "accords", "act", "age", "agreement", "album", "amendment", "award", "awards",
    "battle", "bible", "bill", "bowl", "buddhism", "championship", "championships", "charter",
    "christianity", "christmas", "code", "constitution", "convention", "covid-19", "crisis",
    "cup", "day", "deal", "declaration", "decree", "doctrine", "dynasty", "easter", "election",
    "elections", "epoch", "era", "festival", "games", "grammy", "hanukkah", "hinduism",
    "holocaust", "internet", "intifada", "islam", "judaism", "koran", "law", "laws", "marathon",
    "massacre", "medal", "memorandum", "olympics", "open", "operation", "oscar", "pact", "plan",
    "prix", "prize", "prizes", "process", "protocol", "quran", "ramadan", "resolution",
    "revolution", "series", "siege", "spring", "summit", "system", "theorem", "torah",
    "tournament", "treaty", "uprising", "virus", "war", "wars", "week", "world", "year",
};

/* Codes of states, which follow the name of a town and a comma. */
static const char *const state_code[] = {
    "ak", "al", "ala.", "ar", "ariz.", "ark.", "az", "ca", "calif.", "co", "colo.", "conn.",
    "ct", "d.c.", "dc", "de", "fl", "fla.", "ga", "ga.", "hi", "ia", "id", "il", "ill.", "in",
    "ks", "ky", "ky.", "la", "la.", "ma", "mass.", "md.", "me", "mi", "mich.", "minn.", "mn",
    "mo", "mo.", "ms", "mt", "n.y.", "nc", "nd", "ne", "neb.", "nev.", "nh", "nj", "nm", "nv",
    "ny", "oh", "ok", "or", "pa", "pa.", "ri", "sc", "sd", "tenn.", "tex.", "tn", "tx", "ut",
    "va", "va.", "vt", "wa", "wash.", "wi", "wis.", "wv", "wy",
};

/* Days, months, and the like: capitalised, no names. */
static const char *const calendar[] = {
    "a.d.", "a.m.", "ad", "am", "apr", "apr.", "april", "aug", "aug.", "august", "b.c.", "bc",
    "bce", "bst", "cet", "dec", "dec.", "december", "edt", "est", "feb", "feb.", "february",
    "friday", "fridays", "gmt", "jan", "jan.", "january", "jul", "jul.", "july", "jun", "jun.",
    "june", "mar", "mar.", "march", "may", "monday", "mondays", "nov", "nov.", "november", "oct",
    "oct.", "october", "p.m.", "pm", "pst", "saturday", "saturdays", "sep", "sep.", "sept",
    "sept.", "september", "sunday", "sundays", "thursday", "thursdays", "tuesday", "tuesdays",
    "utc", "wednesday", "wednesdays",
};

/* Capitalised words that are never names by themselves. */
static const char *const not_name[] = {
    "advertisement", "aids", "ak-47", "am", "arabic", "article", "asap", "atm", "bcc", "bible",
    "btw", "cc", "cd", "ceo", "cfo", "chapter", "chinese", "christ", "coo", "copyright", "covid",
    "covid-19", "cto", "dad", "dear", "dna", "dr", "dvd", "edited", "email", "english", "eur",
    "faq", "fax", "figure", "french", "fw", "fwd", "fyi", "gbp", "gdp", "german", "god", "gps",
    "grandma", "grandpa", "hello", "hi", "hiv", "html", "http", "i", "id", "ied", "imo",
    "internet", "iq", "it's", "italian", "japanese", "kalashnikov", "lgbt", "lgbtq", "llc",
    "lol", "madam", "mba", "mom", "more", "mp", "mps", "mr", "mrs", "ms", "mum", "ngo", "ngos",
    "no.", "nobel peace", "note", "ok", "okay", "omg", "p.s.", "page", "part", "pc", "pdf",
    "ph.d", "ph.d.", "phd", "phone", "photo", "photos", "pm", "portuguese", "ps", "published",
    "re", "read", "regards", "reporting", "rna", "rt", "russian", "scene", "section", "sent",
    "share", "sir", "sms", "spanish", "subject", "subscribe", "table", "thanks", "that's",
    "updated", "usd", "video", "vip", "volume", "web", "wmd", "wmds", "www", "xbox",
};

/* Small words inside the names of organisations. */
static const char *const connector[] = {
    "&", "against", "and", "for", "in", "of", "on", "the", "to", "with", "without",
};

/* What a state or a town has and no person or company. */
static const char *const state_noun[] = {
    "airport", "airspace", "ambassador", "ambassadors", "annexation", "army", "authorities",
    "border", "borders", "capital", "central", "cities", "citizens", "city", "coast", "coastline",
    "constitution", "constitutional", "currency", "defence", "defense", "delegation", "east",
    "economy", "electoral", "embassy", "emperor", "exiled", "exports", "foreign", "government",
    "governor", "imports", "independence", "interior", "invasion", "jails", "king", "kingdom",
    "lawmakers", "mayor", "military", "minister", "ministers", "ministry", "monarchy", "navy",
    "neighbors", "neighbours", "north", "occupation", "outskirts", "parliament", "people",
    "police", "population", "port", "ports", "premier", "presidency", "president", "presidents",
    "prime", "prisons", "provinces", "queen", "republic", "residents", "ruler", "south",
    "sovereignty", "state", "streets", "suburbs", "supreme", "territory", "villages", "west",
};

const struct stm_word_list stm_lexicon_name[] = {
    {STM_LEXICON_ABBREVIATION, abbreviation, sizeof abbreviation / sizeof *abbreviation},
    {STM_LEXICON_TITLE_ABBREVIATION, title_abbreviation, sizeof title_abbreviation / sizeof *title_abbreviation},
    {STM_LEXICON_NAME_PREFIX, name_prefix, sizeof name_prefix / sizeof *name_prefix},
    {STM_LEXICON_ORG_HEAD, org_head, sizeof org_head / sizeof *org_head},
    {STM_LEXICON_ORG_FIRST, org_first, sizeof org_first / sizeof *org_first},
    {STM_LEXICON_ORG_SUFFIX, org_suffix, sizeof org_suffix / sizeof *org_suffix},
    {STM_LEXICON_ORG_KNOWN, org_known, sizeof org_known / sizeof *org_known},
    {STM_LEXICON_ORG_KNOWN_LONG, org_known_long, sizeof org_known_long / sizeof *org_known_long},
    {STM_LEXICON_ORG_NOUN, org_noun, sizeof org_noun / sizeof *org_noun},
    {STM_LEXICON_PLACE_HEAD, place_head, sizeof place_head / sizeof *place_head},
    {STM_LEXICON_PLACE_FIRST, place_first, sizeof place_first / sizeof *place_first},
    {STM_LEXICON_PLACE_OF, place_of, sizeof place_of / sizeof *place_of},
    {STM_LEXICON_PLACE_NOUN, place_noun, sizeof place_noun / sizeof *place_noun},
    {STM_LEXICON_PLACE_PREPOSITION, place_preposition, sizeof place_preposition / sizeof *place_preposition},
    {STM_LEXICON_DIRECTION, direction, sizeof direction / sizeof *direction},
    {STM_LEXICON_THING_HEAD, thing_head, sizeof thing_head / sizeof *thing_head},
    {STM_LEXICON_STATE_CODE, state_code, sizeof state_code / sizeof *state_code},
    {STM_LEXICON_CALENDAR, calendar, sizeof calendar / sizeof *calendar},
    {STM_LEXICON_NOT_NAME, not_name, sizeof not_name / sizeof *not_name},
    {STM_LEXICON_CONNECTOR, connector, sizeof connector / sizeof *connector},
    {STM_LEXICON_STATE_NOUN, state_noun, sizeof state_noun / sizeof *state_noun},
};

const size_t stm_lexicon_name_count = sizeof stm_lexicon_name / sizeof *stm_lexicon_name;
