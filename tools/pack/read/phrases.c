/* SPDX-License-Identifier: MIT */
#include "pack/read/phrases.h"

#include "pack/read/words.h"

/* When a pattern may be believed. A sentence of the article must never be lost, so whatever could
   begin one asks for more: no full stop, no quotation, few words. */
typedef enum phrase_trust {
    ALWAYS,  /* nobody writes this in an article */
    QUIET,   /* only when the line does not end as a sentence */
    ADDRESS, /* may be a sentence, but one that speaks to the reader: no quotation marks */
    TITLED   /* only with a quoted title in it */
} phrase_trust;

typedef struct phrase_row {
    const char *pattern;
    uint8_t most_words;
    uint8_t trust;
    uint8_t kind;
} phrase_row;

#define LINE STM_PHRASE_LINE
#define HEAD STM_PHRASE_LIST_HEAD
#define UNIT                                                                                       \
    "second|seconds|minute|minutes|min|mins|hour|hours|hr|hrs|day|days|week|weeks|"                \
    "month|months|year|years"

static const phrase_row phrases[] = {
    /* counters, ages, reading times */
    {"total|page|post? view|views|read|reads|hit|hits|visit|visits #", 8, QUIET, LINE},
    {"# total|page? views|reads|hits|shares|likes|comments|replies|followers|view|share|comment", 8,
     QUIET, LINE},
    {"views|reads|likes|comments #", 4, QUIET, LINE},
    {"last? updated|published|posted|modified # " UNIT " ago", 8, QUIET, LINE},
    {"# " UNIT " ago #?", 6, QUIET, LINE},
    {"a|an|one " UNIT " ago #?", 5, QUIET, LINE},
    {"updated? just now", 3, QUIET, LINE},
    {"# min|mins|minute|minutes read|listen|watch", 6, QUIET, LINE},
    {"estimated? reading|read time # min|mins|minutes|minute", 8, QUIET, LINE},
    {"last? updated|modified on|at? #", 8, QUIET, LINE},
    /* ways to the rest of it */
    {"read entire|full|whole|original|complete article|story|post|report", 6, ALWAYS, LINE},
    {"read the entire|full|whole|rest|original|complete of? the|this? article|story|post|report *",
     12, QUIET, LINE},
    {"read more here?", 3, ALWAYS, LINE},
    {"read more|on|about at|on|about|from? *", 6, QUIET, LINE},
    {"read|see|watch|listen also *", 24, QUIET, LINE},
    {"also read *", 24, QUIET, LINE},
    {"continue|keep reading *", 8, QUIET, LINE},
    {"click|tap|press here to|for|if *", 20, ADDRESS, LINE},
    {"click|tap here", 2, ALWAYS, LINE},
    {"load|show|see|view|browse more|all "
     "stories|articles|posts|comments|photos|news|results|videos?",
     4, QUIET, LINE},
    {"back to top|home|homepage|news|main", 4, QUIET, LINE},
    {"skip to the? main? content|navigation|menu|search|footer", 6, QUIET, LINE},
    {"go|return to homepage|top", 3, QUIET, LINE},
    {"previous|next article|story|post|page *", 16, QUIET, LINE},
    {"scroll down? to|for continue|more|read *", 8, QUIET, LINE},
    {"many|much? more to follow|come", 5, ALWAYS, LINE},
    {"this is a developing|breaking|live story|page|article *", 16, ADDRESS, LINE},
    {"developing|breaking story|news", 2, QUIET, LINE},
    {"more details|information|updates to follow|come *", 6, ALWAYS, LINE},
    /* comments */
    {"leave a|your|us? reply|comment|review|message *", 8, QUIET, HEAD},
    {"post|add|write|submit a|your comment|review|reply", 4, QUIET, HEAD},
    {"# comment|comments|reply|replies|response|responses", 4, QUIET, HEAD},
    {"# thought|thoughts|comment|comments|responses on|to *", 30, TITLED, LINE},
    {"comments", 1, QUIET, HEAD},
    {"join the conversation|discussion|debate", 4, QUIET, HEAD},
    {"cancel reply", 2, QUIET, LINE},
    {"comments are closed|disabled|off *", 8, ADDRESS, LINE},
    {"you must be|first? logged|log|registered in|user? to|on *", 12, ADDRESS, LINE},
    {"log|sign|logged in to|as *", 12, QUIET, LINE},
    {"your email|e mail? address will not be published *", 20, ADDRESS, LINE},
    {"* required fields are marked *", 20, ADDRESS, LINE},
    {"save my name *", 20, ADDRESS, LINE},
    {"notify me of|when|by *", 12, ADDRESS, LINE},
    {"your? full? name|email|e|website|comment|message|phone mail|address|number? "
     "optional|required?",
     4, QUIET, LINE},
    {"* this site uses akismet *", 24, ALWAYS, LINE},
    {"be the first to comment|reply|review|share|like *", 14, ADDRESS, LINE},
    /* sharing and following */
    {"share this|the? article|story|post|page|news|via|on|with|by|it? *", 8, QUIET, LINE},
    {"like|find|follow|join|visit|add us|me on|at *", 14, ADDRESS, LINE},
    {"join|follow|subscribe our|the|to our|the? telegram|whatsapp|youtube|facebook|viber "
     "channel|group|page *",
     16, ADDRESS, LINE},
    {"copy|copied link|url *", 4, QUIET, LINE},
    {"link copied *", 5, ALWAYS, LINE},
    {"listen to|play|pause|stop this|the? article|story|audio|video|report *", 8, QUIET, LINE},
    {"download|get|install our|the free? mobile? news? app|application *", 16, ADDRESS, LINE},
    /* letters by mail, money */
    {"subscribe|newsletter|newsletters", 1, QUIET, LINE},
    {"subscribe now|today|here|free|us", 2, ALWAYS, LINE},
    {"subscribe to our|the|this|my *", 20, ADDRESS, LINE},
    {"sign|signup up? for|to? our|the|my|this|free|a|daily|weekly * newsletter|newsletters|alerts|"
     "updates|briefing|inbox|email|emails *",
     30, ADDRESS, LINE},
    {"sign up now|today|here|free?", 3, ALWAYS, LINE},
    {"get|receive|want|have|start * in|to|into|straight your|the? inbox|email|mailbox *", 36,
     ADDRESS, LINE},
    {"* delivered|straight|direct|directly|right to|into your inbox *", 40, ADDRESS, LINE},
    {"enter|type your e|email|mail mail|address? *", 14, ADDRESS, LINE},
    {"unsubscribe *", 12, ADDRESS, LINE},
    {"you can|may unsubscribe *", 12, ADDRESS, LINE},
    {"by signing|subscribing|clicking|registering|continuing|submitting * you|your *", 45, ADDRESS,
     LINE},
    {"thank|thanks you? for|very? much? reading|subscribing|visiting *", 14, ADDRESS, LINE},
    {"support|fund our|us|independent|quality journalism|work|newsroom|reporting|today|now *", 24,
     ADDRESS, LINE},
    {"donate|contribute now|today|here|monthly?", 2, ALWAYS, LINE},
    {"already a? subscriber|member|registered|have an? account|subscription|log|sign *", 12,
     ADDRESS, LINE},
    /* cookies, rights, terms */
    {"* we|partners use|store and? similar|other|technologies? cookies *", 60, ADDRESS, LINE},
    {"this|our web? site|website|page uses|use cookies *", 60, ADDRESS, LINE},
    {"accept|reject|allow|manage|decline all? cookies|cookie|consent settings|preferences?", 6,
     QUIET, LINE},
    {"cookie|cookies|privacy|legal policy|settings|notice|preferences|statement|information and? "
     "cookie|cookies|terms? of? use|service|policy?",
     7, QUIET, LINE},
    {"terms of|and use|service|conditions|sale privacy|cookie? policy?", 6, QUIET, LINE},
    {"copyright * all rights reserved *", 40, ALWAYS, LINE},
    {"copyright by? #", 3, ALWAYS, LINE},
    {"copyright by? # *", 30, ADDRESS, LINE},
    {"* all rights reserved", 30, ADDRESS, LINE},
    {"all rights reserved *", 40, ADDRESS, LINE},
    {"this|the material|content|article|story may not be published|reproduced|republished *", 45,
     ADDRESS, LINE},
    {"the? views|opinions expressed in|by|here|are|on * "
     "author|author's|authors|own|writer|writer's "
     "*",
     50, ADDRESS, LINE},
    {"contact|about|advertise|work with? us", 3, QUIET, LINE},
    /* advertising */
    {"advertisement|advertisements|advert|sponsored|promoted|ad", 1, ALWAYS, LINE},
    {"advertisement scroll|story|article|continue *", 10, ALWAYS, LINE},
    {"sponsored|paid|promoted|partner content|post|stories|links|by *", 6, QUIET, LINE},
    {"story|article|report|content continues below|after *", 8, ALWAYS, LINE},
    {"remove|hide|report|skip ads|ad|advert", 3, ALWAYS, LINE},
    /* lists of other articles */
    {"related", 1, QUIET, HEAD},
    {"related articles|article|stories|story|news|posts|post|topics|topic|content|coverage|links|"
     "reading|video|videos|items|tags *",
     8, QUIET, HEAD},
    {"see|read|watch also", 2, QUIET, HEAD},
    {"you may|might also? like|enjoy|be|want *", 10, QUIET, HEAD},
    {"more on|about this|the story|topic|subject", 5, QUIET, HEAD},
    {"more stories|news|headlines|articles|posts|like|from|for from|this|you? *", 6, QUIET, HEAD},
    {"most read|popular|viewed|shared|commented|recent in? *", 6, QUIET, HEAD},
    {"trending now|today|stories|news|topics? *", 4, QUIET, HEAD},
    {"latest|recent|popular|top|other|similar news|stories|articles|posts|headlines|comments", 3,
     QUIET, HEAD},
    {"recommended|suggested for|stories|reading|articles|by|posts you?", 4, QUIET, HEAD},
    {"editor's|editors|our picks|pick|choice", 3, QUIET, HEAD},
    {"what to read|watch next", 4, QUIET, HEAD},
    {"up|read next", 2, QUIET, HEAD},
    {"don't|do not? miss", 3, QUIET, HEAD},
    {"further reading", 2, QUIET, HEAD},
    {"filed under|in *", 16, QUIET, LINE},
    {"tags|tagged|keywords|categories", 1, QUIET, LINE},
    /* players and scripts */
    {"your browser does not|doesn't support *", 16, ADDRESS, LINE},
    {"please? enable|turn javascript|on javascript? *", 16, ADDRESS, LINE},
    {"javascript is|must disabled|required|be *", 16, ADDRESS, LINE},
    {"this video|audio|content can not|cannot be played|not *", 12, ADDRESS, LINE},
    {"video|audio player is? loading *", 8, ALWAYS, LINE},
    {"image|picture|photo source|caption|credit|copyright *", 60, QUIET, LINE},
    {"getty images", 2, QUIET, LINE},
    {"with|additional inputs|input|files|reporting from|by agencies|agency? *", 10, QUIET, LINE},
};

stm_phrase_kind stm_furniture_phrase(const stm_line *line)
{
    if (line->word_count == 0 || line->long_line) {
        return STM_PHRASE_NONE;
    }
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        const phrase_row *phrase = &phrases[i];
        if (line->word_count > phrase->most_words || (phrase->trust == QUIET && line->terminal) ||
            (phrase->trust == ADDRESS && line->quoted) ||
            (phrase->trust == TITLED && !line->quoted)) {
            continue;
        }
        if (stm_pattern_matches(phrase->pattern, line)) {
            return (stm_phrase_kind)phrase->kind;
        }
    }
    return STM_PHRASE_NONE;
}

bool stm_phrase_is_toolbar(const stm_line *line)
{
    static const char *const buttons[] = {
        "share",     "tweet",    "print",    "email",  "save",      "copy",      "facebook",
        "twitter",   "whatsapp", "telegram", "viber",  "linkedin",  "reddit",    "pinterest",
        "instagram", "youtube",  "tiktok",   "tumblr", "messenger", "flipboard", "bluesky",
        "mastodon",  "threads",  "rss",      "zoom",   "font",      "bookmark",  "subscribe",
        "login",     "logout",   "register", "menu",   "search",    "close",     "embed",
        "listen",    "fb",       "vk",       "skype",  "comment",   "comments",  "weibo",
        "wechat",    "xing",     "pocket",   "print",  "home",      "follow",    "pdf"};
    static const char *const small[] = {
        "in",   "out",   "read",  "later", "a",       "more",  "this",     "on",       "via",
        "by",   "us",    "to",    "up",    "down",    "text",  "increase", "decrease", "size",
        "link", "x",     "e",     "mail",  "article", "story", "page",     "sign",     "log",
        "plus", "minus", "reset", "like",  "and",     "with",  "next",     "previous", "news",
        "your", "for",   "the",   "open",  "icon",    "send"};
    bool any = false;
    if (line->terminal || line->long_line || line->word_count == 0 || line->word_count > 24) {
        return false;
    }
    for (uint32_t i = 0; i < line->word_count; i++) {
        stemma_text word = line->words[i];
        if (stm_is_one_of(word, buttons, sizeof buttons / sizeof *buttons)) {
            any = true;
        } else if (!stm_is_digit(word.data[0]) &&
                   !stm_is_one_of(word, small, sizeof small / sizeof *small)) {
            return false;
        }
    }
    return any;
}
