/* SPDX-License-Identifier: MIT */
#include "pack/extract/attribution_cue.h"

#define THAT   STM_SPEECH_THAT
#define BARE   STM_SPEECH_BARE
#define LOOSE  STM_SPEECH_LOOSE
#define TOLD   STM_SPEECH_TOLD
#define TO     STM_SPEECH_TO
#define ING    STM_SPEECH_ING
#define OBJECT STM_SPEECH_OBJECT
#define FOR    STM_SPEECH_FOR
#define DIRECT STM_SPEECH_DIRECT
#define PHRASE STM_SPEECH_PHRASE
#define PAPER  STM_SPEECH_PAPER
#define THINGS STM_SPEECH_THINGS

/* Sorted by lemma. */
static const struct stm_speech_verb verbs[] = {
    {"accuse", STM_SPEECH_ACCUSE, PHRASE},
    {"acknowledge", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"add", STM_SPEECH_ASSERT, THAT | BARE | DIRECT | THINGS},
    {"admit", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"admonish", STM_SPEECH_JUDGE, PHRASE},
    {"advise", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"affirm", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"agree", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"allege", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"announce", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"answer", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"appeal", STM_SPEECH_DEMAND, FOR | TO | DIRECT},
    {"applaud", STM_SPEECH_JUDGE, PHRASE},
    {"argue", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"ask", STM_SPEECH_ASK, THAT | TOLD | TO | FOR | DIRECT},
    {"assert", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"assure", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"attest", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"aver", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"bark", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"beg", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"begin", STM_SPEECH_ASSERT, DIRECT},
    {"believe", STM_SPEECH_THINK, THAT | BARE},
    {"bemoan", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"beseech", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"blame", STM_SPEECH_ACCUSE, PHRASE},
    {"blast", STM_SPEECH_JUDGE, PHRASE},
    {"blog", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"boast", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"brand", STM_SPEECH_JUDGE, PHRASE},
    {"brief", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"call", STM_SPEECH_DEMAND, FOR | TO | PHRASE},
    {"caution", STM_SPEECH_ASSERT, THAT | BARE | TOLD | TO | DIRECT},
    {"censure", STM_SPEECH_JUDGE, PHRASE},
    {"certify", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"chant", STM_SPEECH_ASSERT, DIRECT},
    {"characterise", STM_SPEECH_JUDGE, PHRASE},
    {"characterize", STM_SPEECH_JUDGE, PHRASE},
    {"chide", STM_SPEECH_JUDGE, PHRASE},
    {"chime", STM_SPEECH_ASSERT, DIRECT},
    {"chorus", STM_SPEECH_ASSERT, DIRECT},
    {"chuckle", STM_SPEECH_ASSERT, DIRECT},
    {"cite", STM_SPEECH_QUOTE, PHRASE},
    {"claim", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"clarify", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"command", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"commend", STM_SPEECH_JUDGE, PHRASE},
    {"comment", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"complain", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"concede", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"conclude", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"condemn", STM_SPEECH_JUDGE, PHRASE},
    {"confess", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"confirm", STM_SPEECH_ASSERT, THAT | BARE | DIRECT | THINGS},
    {"congratulate", STM_SPEECH_JUDGE, PHRASE},
    {"consider", STM_SPEECH_THINK, THAT | BARE},
    {"contend", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"continue", STM_SPEECH_ASSERT, DIRECT},
    {"corroborate", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"counter", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"criticise", STM_SPEECH_JUDGE, PHRASE},
    {"criticize", STM_SPEECH_JUDGE, PHRASE},
    {"crow", STM_SPEECH_ASSERT, DIRECT},
    {"cry", STM_SPEECH_ASSERT, DIRECT},
    {"decide", STM_SPEECH_ASSERT, THAT | PAPER},
    {"declare", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"decree", STM_SPEECH_ASSERT, THAT | PAPER},
    {"decry", STM_SPEECH_JUDGE, PHRASE},
    {"demand", STM_SPEECH_DEMAND, THAT | TO | OBJECT | DIRECT | THINGS},
    {"denounce", STM_SPEECH_JUDGE, PHRASE},
    {"deny", STM_SPEECH_DENY, THAT | BARE | ING | DIRECT | PHRASE},
    {"deplore", STM_SPEECH_JUDGE, PHRASE},
    {"deride", STM_SPEECH_JUDGE, PHRASE},
    {"describe", STM_SPEECH_JUDGE, PHRASE},
    {"detail", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"determine", STM_SPEECH_ASSERT, THAT | PAPER},
    {"direct", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"disavow", STM_SPEECH_DENY, THAT | ING},
    {"disclose", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"dismiss", STM_SPEECH_DENY, PHRASE},
    {"dispute", STM_SPEECH_DENY, THAT | ING},
    {"divulge", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"doubt", STM_SPEECH_DENY, THAT},
    {"drawl", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"dub", STM_SPEECH_JUDGE, PHRASE},
    {"echo", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"elaborate", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"email", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"emphasise", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"emphasize", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"encourage", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"enquire", STM_SPEECH_ASK, THAT | DIRECT},
    {"estimate", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"exclaim", STM_SPEECH_ASSERT, DIRECT},
    {"exhort", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"expect", STM_SPEECH_WISH, THAT | BARE | TO},
    {"explain", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"exult", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"fear", STM_SPEECH_WISH, THAT | BARE | TO},
    {"feel", STM_SPEECH_THINK, THAT | BARE},
    {"find", STM_SPEECH_ASSERT, THAT | PAPER},
    {"forecast", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"fume", STM_SPEECH_ASSERT, DIRECT},
    {"go", STM_SPEECH_ASSERT, DIRECT},
    {"growl", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"grumble", STM_SPEECH_ASSERT, DIRECT},
    {"guarantee", STM_SPEECH_PROMISE, THAT | BARE | TO | THINGS},
    {"gush", STM_SPEECH_ASSERT, DIRECT},
    {"hail", STM_SPEECH_JUDGE, PHRASE},
    {"hear", STM_SPEECH_ASSERT, THAT | PAPER},
    {"highlight", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"hint", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"hold", STM_SPEECH_ASSERT, THAT | PAPER},
    {"hope", STM_SPEECH_WISH, THAT | BARE | TO},
    {"implore", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"imply", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"indicate", STM_SPEECH_ASSERT, THAT | BARE | DIRECT | THINGS},
    {"inform", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"inquire", STM_SPEECH_ASK, THAT | DIRECT},
    {"insist", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"instruct", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"interject", STM_SPEECH_ASSERT, DIRECT},
    {"joke", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"label", STM_SPEECH_JUDGE, PHRASE},
    {"lambast", STM_SPEECH_JUDGE, PHRASE},
    {"lambaste", STM_SPEECH_JUDGE, PHRASE},
    {"lament", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"laud", STM_SPEECH_JUDGE, PHRASE},
    {"laugh", STM_SPEECH_ASSERT, DIRECT},
    {"lobby", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"maintain", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"mention", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"mock", STM_SPEECH_JUDGE, PHRASE},
    {"murmur", STM_SPEECH_ASSERT, DIRECT},
    {"muse", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"mutter", STM_SPEECH_ASSERT, DIRECT},
    {"note", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"notify", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"object", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"observe", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"offer", STM_SPEECH_PROMISE, TO | THINGS},
    {"opine", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"order", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"petition", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"plead", STM_SPEECH_DEMAND, FOR | TO | DIRECT},
    {"pledge", STM_SPEECH_PROMISE, THAT | BARE | TO | DIRECT},
    {"portray", STM_SPEECH_JUDGE, PHRASE},
    {"posit", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"post", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"praise", STM_SPEECH_JUDGE, PHRASE},
    {"pray", STM_SPEECH_WISH, THAT},
    {"predict", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"press", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"proclaim", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"profess", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"promise", STM_SPEECH_PROMISE, THAT | BARE | TO | DIRECT | THINGS},
    {"pronounce", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"propose", STM_SPEECH_DEMAND, THAT | BARE | ING | OBJECT | DIRECT},
    {"protest", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"put", STM_SPEECH_ASSERT, DIRECT},
    {"query", STM_SPEECH_ASK, THAT | DIRECT},
    {"question", STM_SPEECH_ASK, THAT | DIRECT | THINGS},
    {"quip", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"quote", STM_SPEECH_QUOTE, PHRASE},
    {"radio", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"read", STM_SPEECH_ASSERT, THAT | PAPER | DIRECT},
    {"reassure", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"rebuke", STM_SPEECH_JUDGE, PHRASE},
    {"rebut", STM_SPEECH_DENY, THAT | ING},
    {"recall", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"recap", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"reckon", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"recommend", STM_SPEECH_DEMAND, THAT | BARE | ING | OBJECT | DIRECT | THINGS},
    {"recount", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"refute", STM_SPEECH_DENY, THAT | ING},
    {"reiterate", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"reject", STM_SPEECH_DENY, PHRASE},
    {"relate", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"remark", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"remind", STM_SPEECH_ASSERT, THAT | BARE | TOLD | DIRECT},
    {"repeat", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"reply", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"report", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"request", STM_SPEECH_DEMAND, THAT | TOLD | TO | OBJECT | DIRECT},
    {"respond", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"retort", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"reveal", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"ridicule", STM_SPEECH_JUDGE, PHRASE},
    {"rule", STM_SPEECH_ASSERT, THAT | PAPER},
    {"savage", STM_SPEECH_JUDGE, PHRASE},
    {"say", STM_SPEECH_ASSERT, THAT | BARE | LOOSE | DIRECT},
    {"scoff", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"scold", STM_SPEECH_JUDGE, PHRASE},
    {"scream", STM_SPEECH_ASSERT, DIRECT},
    {"shout", STM_SPEECH_ASSERT, DIRECT},
    {"show", STM_SPEECH_ASSERT, THAT | PAPER | DIRECT},
    {"shrug", STM_SPEECH_ASSERT, DIRECT},
    {"sigh", STM_SPEECH_ASSERT, DIRECT},
    {"signal", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"sing", STM_SPEECH_ASSERT, DIRECT},
    {"slam", STM_SPEECH_JUDGE, PHRASE},
    {"smile", STM_SPEECH_ASSERT, DIRECT},
    {"snap", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"sneer", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"sob", STM_SPEECH_ASSERT, DIRECT},
    {"specify", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"speculate", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"stammer", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"state", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"stipulate", STM_SPEECH_ASSERT, THAT | PAPER},
    {"stress", STM_SPEECH_ASSERT, THAT | BARE | DIRECT},
    {"suggest", STM_SPEECH_ASSERT, THAT | BARE | DIRECT | THINGS},
    {"summarise", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"summarize", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"suspect", STM_SPEECH_THINK, THAT | BARE},
    {"swear", STM_SPEECH_PROMISE, THAT | BARE | TO | DIRECT},
    {"taunt", STM_SPEECH_JUDGE, PHRASE},
    {"tell", STM_SPEECH_ASSERT, THAT | BARE | LOOSE | TOLD | TO | DIRECT},
    {"term", STM_SPEECH_JUDGE, PHRASE},
    {"testify", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"text", STM_SPEECH_ASSERT, DIRECT},
    {"thank", STM_SPEECH_JUDGE, PHRASE},
    {"theorise", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"theorize", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"think", STM_SPEECH_THINK, THAT | BARE},
    {"threaten", STM_SPEECH_PROMISE, THAT | TO | DIRECT | THINGS},
    {"trash", STM_SPEECH_JUDGE, PHRASE},
    {"tweet", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"underline", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"underscore", STM_SPEECH_ASSERT, THAT | DIRECT | THINGS},
    {"urge", STM_SPEECH_DEMAND, THAT | TOLD | TO | DIRECT},
    {"venture", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"volunteer", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"vow", STM_SPEECH_PROMISE, THAT | BARE | TO | DIRECT},
    {"warn", STM_SPEECH_ASSERT, THAT | BARE | TOLD | TO | DIRECT},
    {"welcome", STM_SPEECH_JUDGE, PHRASE},
    {"whisper", STM_SPEECH_ASSERT, DIRECT},
    {"wonder", STM_SPEECH_ASK, THAT | DIRECT},
    {"worry", STM_SPEECH_WISH, THAT | BARE | TO},
    {"write", STM_SPEECH_ASSERT, THAT | DIRECT},
    {"yell", STM_SPEECH_ASSERT, DIRECT},
};

struct noun {
    const char *lemma;
    uint8_t kind;
};

/* Sorted by lemma. */
static const struct noun nouns[] = {
    {"accusation", STM_SPEECH_ASSERT},
    {"acknowledgement", STM_SPEECH_ASSERT},
    {"acknowledgment", STM_SPEECH_ASSERT},
    {"admission", STM_SPEECH_ASSERT},
    {"allegation", STM_SPEECH_ASSERT},
    {"announcement", STM_SPEECH_ASSERT},
    {"appeal", STM_SPEECH_DEMAND},
    {"argument", STM_SPEECH_ASSERT},
    {"assertion", STM_SPEECH_ASSERT},
    {"assurance", STM_SPEECH_ASSERT},
    {"belief", STM_SPEECH_THINK},
    {"boast", STM_SPEECH_ASSERT},
    {"call", STM_SPEECH_DEMAND},
    {"claim", STM_SPEECH_ASSERT},
    {"comment", STM_SPEECH_ASSERT},
    {"complaint", STM_SPEECH_ASSERT},
    {"concern", STM_SPEECH_WISH},
    {"conclusion", STM_SPEECH_ASSERT},
    {"confession", STM_SPEECH_ASSERT},
    {"declaration", STM_SPEECH_ASSERT},
    {"demand", STM_SPEECH_DEMAND},
    {"denial", STM_SPEECH_DENY},
    {"estimate", STM_SPEECH_ASSERT},
    {"expectation", STM_SPEECH_WISH},
    {"fear", STM_SPEECH_WISH},
    {"forecast", STM_SPEECH_ASSERT},
    {"hope", STM_SPEECH_WISH},
    {"insistence", STM_SPEECH_ASSERT},
    {"message", STM_SPEECH_ASSERT},
    {"offer", STM_SPEECH_PROMISE},
    {"opinion", STM_SPEECH_THINK},
    {"order", STM_SPEECH_DEMAND},
    {"plea", STM_SPEECH_DEMAND},
    {"pledge", STM_SPEECH_PROMISE},
    {"prediction", STM_SPEECH_ASSERT},
    {"promise", STM_SPEECH_PROMISE},
    {"proposal", STM_SPEECH_DEMAND},
    {"query", STM_SPEECH_ASK},
    {"question", STM_SPEECH_ASK},
    {"recommendation", STM_SPEECH_DEMAND},
    {"remark", STM_SPEECH_ASSERT},
    {"reminder", STM_SPEECH_ASSERT},
    {"report", STM_SPEECH_ASSERT},
    {"request", STM_SPEECH_DEMAND},
    {"revelation", STM_SPEECH_ASSERT},
    {"rumor", STM_SPEECH_ASSERT},
    {"rumour", STM_SPEECH_ASSERT},
    {"statement", STM_SPEECH_ASSERT},
    {"suggestion", STM_SPEECH_ASSERT},
    {"suspicion", STM_SPEECH_THINK},
    {"testimony", STM_SPEECH_ASSERT},
    {"threat", STM_SPEECH_PROMISE},
    {"view", STM_SPEECH_THINK},
    {"vow", STM_SPEECH_PROMISE},
    {"warning", STM_SPEECH_ASSERT},
};

/* Sorted. */
static const char *const papers[] = {
    "account",    "advisory",    "affidavit", "agreement",     "analysis",   "announcement",
    "article",    "assessment",  "audit",     "autopsy",       "bill",       "book",
    "briefing",   "brochure",    "bulletin",  "charter",       "circular",   "column",
    "communique", "communiqué",  "complaint", "constitution",  "contract",   "data",
    "decision",   "declaration", "decree",    "diary",         "dispatch",   "document",
    "dossier",    "draft",       "editorial", "email",         "essay",      "estimate",
    "evidence",   "file",        "filing",    "finding",       "forecast",   "graphic",
    "guideline",  "indictment",  "inquiry",   "investigation", "journal",    "judgement",
    "judgment",   "law",         "lawsuit",   "leaflet",       "letter",     "manifesto",
    "memo",       "memorandum",  "message",   "minutes",       "motion",     "note",
    "notice",     "obituary",    "opinion",   "order",         "page",       "paper",
    "petition",   "placard",     "poll",      "post",          "poster",     "probe",
    "proposal",   "record",      "report",    "research",      "resolution", "review",
    "rule",       "ruling",      "sign",      "statement",     "study",      "summary",
    "survey",     "testimony",   "text",      "transcript",    "treaty",     "tweet",
    "verdict",    "warrant",     "website",
};

/* Sorted. */
static const char *const utterances[] = {
    "announcement", "broadcast", "comment", "communique", "communiqué", "email",
    "interview",    "letter",    "message", "note",       "notice",     "post",
    "release",      "remark",    "speech",  "statement",  "tweet",      "video",
};

/** Orders a word of the text and a word of a table. */
static int compare(stemma_text text, const char *word)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char a = (unsigned char)text.data[i];
        unsigned char b = (unsigned char)word[i];
        if (a != b || b == 0) {
            return a < b ? -1 : 1;
        }
    }
    return word[text.size] == '\0' ? 0 : -1;
}

static int has_word(const char *const *words, size_t count, stemma_text word)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(word, words[middle]);
        if (order == 0) {
            return 1;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

static int is_verb(const struct stm_annotation *ann, uint32_t token)
{
    uint8_t pos = ann->tokens[token].pos;
    return pos == STM_POS_VB || pos == STM_POS_VBD || pos == STM_POS_VBG || pos == STM_POS_VBN ||
           pos == STM_POS_VBP || pos == STM_POS_VBZ;
}

/** "The bank forecast that", "the agency estimates that": taken for a noun, and yet it has a
   subject and a clause. */
static int is_verb_after_all(const struct stm_annotation *ann, uint32_t token)
{
    const struct stm_token *word = &ann->tokens[token];
    if (word->pos != STM_POS_NN && word->pos != STM_POS_NNS) {
        return 0;
    }
    for (uint32_t at = word->child; at != STEMMA_NONE && at < token; at = ann->tokens[at].sibling) {
        if (ann->tokens[at].relation == STM_RELATION_NSUBJ) {
            return stm_ann_is(ann, token + 1, "that");
        }
    }
    return 0;
}

static int is_noun(const struct stm_annotation *ann, uint32_t token)
{
    return ann->tokens[token].pos == STM_POS_NN || ann->tokens[token].pos == STM_POS_NNS;
}

const struct stm_speech_verb *stm_speech_verb_at(const struct stm_annotation *ann, uint32_t token)
{
    size_t low = 0;
    size_t high = sizeof verbs / sizeof verbs[0];
    if (token >= ann->token_count || !(is_verb(ann, token) || is_verb_after_all(ann, token))) {
        return NULL;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(ann->tokens[token].lemma, verbs[middle].lemma);
        if (order == 0) {
            return &verbs[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

int stm_speech_noun_at(const struct stm_annotation *ann, uint32_t token,
                       enum stm_speech_class *kind)
{
    size_t low = 0;
    size_t high = sizeof nouns / sizeof nouns[0];
    if (token >= ann->token_count || !is_noun(ann, token)) {
        return 0;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(ann->tokens[token].lemma, nouns[middle].lemma);
        if (order == 0) {
            *kind = (enum stm_speech_class)nouns[middle].kind;
            return 1;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

int stm_speech_is_paper(const struct stm_annotation *ann, uint32_t token)
{
    return token < ann->token_count &&
           has_word(papers, sizeof papers / sizeof papers[0], ann->tokens[token].lemma);
}

int stm_speech_is_utterance(const struct stm_annotation *ann, uint32_t token)
{
    return token < ann->token_count &&
           has_word(utterances, sizeof utterances / sizeof utterances[0], ann->tokens[token].lemma);
}
