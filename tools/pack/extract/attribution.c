/* SPDX-License-Identifier: MIT */
/* Verbs of communication over the parse, and who speaks by them. */
#include "pack/extract/attribution_statement.h"

enum { LONGEST_DATELINE = 14, NEAR = 12, LEAST_SPEECH = 6 };

static struct stm_cue_group group_of(const struct stm_speech_scan *scan, uint32_t cue)
{
    const struct stm_annotation *ann = scan->ann;
    struct stm_cue_group group = {cue, 0, 0, 0, 0, 0, 0};
    uint32_t near = cue; /* auxiliaries stand on this side of any mark */
    while (near > scan->first && cue - near < NEAR &&
           !(ann->tokens[near - 1].flags & STM_TOKEN_PUNCTUATION)) {
        near--;
    }
    for (uint32_t at = ann->tokens[cue].child; at != STEMMA_NONE && at < cue;
         at = ann->tokens[at].sibling) {
        const struct stm_token *word = &ann->tokens[at];
        if (at < near) {
            continue;
        }
        if (word->relation == STM_RELATION_AUX || word->relation == STM_RELATION_AUX_PASS) {
            group.first = at < group.first ? at : group.first;
            group.unreal |= word->pos == STM_POS_MD;
            group.has_be |= stm_ann_has_lemma(ann, at, "be") || stm_ann_has_lemma(ann, at, "get");
            group.has_have |= stm_ann_has_lemma(ann, at, "have");
        } else if (word->relation == STM_RELATION_ADVMOD) {
            group.negated |= stm_ann_is(ann, at, "not") || stm_ann_is(ann, at, "n't") ||
                             stm_ann_is(ann, at, "never");
        } else if (word->relation == STM_RELATION_MARK) {
            uint32_t above = ann->tokens[cue].head;
            int goes_on = above != STEMMA_NONE && stm_ann_has_lemma(ann, above, "go");
            group.unreal |= (stm_ann_is(ann, at, "to") && !goes_on) || stm_ann_is(ann, at, "if") ||
                            stm_ann_is(ann, at, "unless");
        }
    }
    /* The same from the words, for trees that are wrong: "did not say", "to say". */
    uint32_t i = cue;
    for (int steps = 0; steps < 3 && i > scan->first; steps++) {
        const struct stm_token *word = &ann->tokens[i - 1];
        group.has_be |= stm_ann_has_lemma(ann, i - 1, "be");
        group.has_have |= stm_ann_has_lemma(ann, i - 1, "have");
        if (word->pos == STM_POS_MD) {
            group.unreal = 1;
        } else if (stm_ann_is(ann, i - 1, "not") || stm_ann_is(ann, i - 1, "n't") ||
                   stm_ann_is(ann, i - 1, "never")) {
            group.negated = 1;
        } else if (word->pos == STM_POS_TO) {
            uint32_t above = ann->tokens[cue].head;
            group.unreal |= above == STEMMA_NONE || !stm_ann_has_lemma(ann, above, "go");
            break;
        } else if (word->pos != STM_POS_RB && !stm_ann_has_lemma(ann, i - 1, "have") &&
                   !stm_ann_has_lemma(ann, i - 1, "be") && !stm_ann_has_lemma(ann, i - 1, "do")) {
            break;
        }
        i--;
    }
    if (group.first > scan->first) {
        uint8_t before = ann->tokens[group.first - 1].pos;
        group.joined = before == STM_POS_CC;
        group.shared = before == STM_POS_CC || before == STM_POS_WP || before == STM_POS_WDT ||
                       before == STM_POS_TO || before == STM_POS_IN;
    }
    return group;
}

/** "It was reported that", "is said to have", "was told that". */
static stemma_status read_passive(struct stm_speech_scan *scan, struct stm_statement *it)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t agent = stm_syntax_child(ann, it->cue, STM_RELATION_OBL_AGENT);
    int found = 0;
    if (it->kind >= STM_SPEECH_JUDGE && it->kind != STM_SPEECH_THINK) {
        return STEMMA_OK;
    }
    stemma_status status = stm_speech_speakers(scan, agent, it, &found);
    if (status != STEMMA_OK) {
        return status;
    }
    it->silent |= !found;
    uint32_t inner = stm_syntax_child(ann, it->cue, STM_RELATION_XCOMP);
    if (inner != STEMMA_NONE && inner > it->cue && !(it->frames & STM_SPEECH_TOLD) &&
        it->kind != STM_SPEECH_DEMAND && it->kind != STM_SPEECH_PROMISE) {
        uint32_t first = inner;
        uint32_t end = inner + 1;
        stm_syntax_range(ann, inner, &first, &end);
        uint32_t limit = stm_speech_clause_end(scan, it->cue, it->cue + 1);
        it->silent = 1;
        if (first > it->cue && stm_speech_add_piece(scan, it, first, end < limit ? end : limit)) {
            return stm_speech_keep(scan, it);
        }
        return STEMMA_OK;
    }
    if (it->frames & STM_SPEECH_TOLD) {
        uint32_t told = stm_syntax_child(ann, it->cue, STM_RELATION_NSUBJ_PASS);
        if (told != STEMMA_NONE) {
            status = stm_speech_mention_made(scan, told, &it->addressee);
        }
        it->frames &= ~(uint32_t)STM_SPEECH_TOLD;
    }
    if (status == STEMMA_OK && stm_content_right(scan, it)) {
        return stm_speech_keep(scan, it);
    }
    return status;
}

static int all_words_are_quoted(const struct stm_annotation *ann, uint32_t token)
{
    return (ann->tokens[token].flags & STM_TOKEN_IN_QUOTE) != 0;
}

/** Whether a verb may be a cue where it stands: those inside direct speech only when they report
    others, with "that". */
static int is_heard(const struct stm_speech_scan *scan, const struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    if (!all_words_are_quoted(ann, it->cue)) {
        return 1;
    }
    for (uint32_t i = 0; i < it->speaker_count; i++) {
        const struct stm_mention *who = &ann->mentions[it->speakers[i]];
        if (who->referent == STEMMA_NONE && who->kind != STEMMA_MENTION_NAME) {
            return 0;
        }
    }
    return (it->frames & STM_SPEECH_THAT) != 0;
}

/** Whether the verb asks for a document or body that no speaker here is. */
static int is_no_paper(const struct stm_annotation *ann, const struct stm_statement *it)
{
    if (!(it->frames & STM_SPEECH_PAPER)) {
        return 0;
    }
    const struct stm_mention *who = &ann->mentions[it->speakers[0]];
    return who->type != STM_ENTITY_ORGANIZATION && !stm_speech_is_paper(ann, who->head) &&
           !stm_ann_has_lemma(ann, who->head, "judge") &&
           !stm_ann_has_lemma(ann, it->cue, "rule") && !stm_ann_has_lemma(ann, it->cue, "decide");
}

/** "The union puts the toll at 300": the number is said. */
static stemma_status read_figure(struct stm_speech_scan *scan, struct stm_statement *it)
{
    static const char *const figures[] = {"figure", "number", "toll", "count", "total",
                                          "cost",   "damage", "loss", "share", "turnout"};
    struct stm_annotation *ann = scan->ann;
    uint32_t object = stm_syntax_child(ann, it->cue, STM_RELATION_OBJ);
    uint32_t limit = it->cue + NEAR < scan->end ? it->cue + NEAR : scan->end;
    int is_figure = 0;
    int found = 0;
    for (size_t i = 0; object != STEMMA_NONE && i < sizeof figures / sizeof figures[0]; i++) {
        is_figure |= stm_ann_has_lemma(ann, object, figures[i]);
    }
    if (!is_figure || object < it->cue) {
        return STEMMA_OK;
    }
    for (uint32_t i = object + 1; i + 1 < limit; i++) {
        if (stm_speech_is_at(scan, i, "at")) {
            stemma_status status =
                stm_speech_speakers(scan, stm_syntax_subject(ann, it->cue), it, &found);
            return status == STEMMA_OK && found &&
                           stm_speech_add_piece(scan, it, i + 1,
                                                stm_speech_clause_end(scan, it->cue, i + 1))
                       ? stm_speech_keep(scan, it)
                       : status;
        }
    }
    return STEMMA_OK;
}

/** Whether a participle without auxiliaries can only have been the verb of the sentence: its clause
    leaves no doubt. */
static int is_plain(const struct stm_speech_scan *scan, const struct stm_statement *it)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t cue = it->cue;
    uint32_t first = it->pieces[0].first;
    if (cue > scan->first &&
        (stm_speech_is_paper(ann, cue - 1) || stm_speech_is_utterance(ann, cue - 1))) {
        return 0; /* "said in a statement posted on Monday that" */
    }
    if (it->pieces[0].quote != STEMMA_NONE || first < cue ||
        stm_speech_is_at(scan, first - 1, "that") ||
        stm_syntax_child(ann, cue, STM_RELATION_NSUBJ) < cue ||
        (ann->tokens[cue].relation == STM_RELATION_ROOT &&
         stm_syntax_child(ann, cue, STM_RELATION_NSUBJ_PASS) < cue)) {
        return 1;
    }
    return it->demand && stm_speech_is_at(scan, first - 1, "to") && first > cue + 2 &&
           !stm_speech_has_finite(scan, scan->first, first);
}

/** "warned that ... and urged residents to leave": a verb of speech in the past right behind "and", taken
    for a participle, with a statement before it and somebody or a clause behind it. */
static int goes_on_beside(const struct stm_speech_scan *scan, uint32_t cue,
                          const struct stm_cue_group *group)
{
    const struct stm_annotation *ann = scan->ann;
    if (!group->joined || group->has_be || group->first != cue || scan->count == 0 ||
        cue + 1 >= scan->end) {
        return 0;
    }
    const struct stm_statement *last = &scan->statements[scan->count - 1];
    uint8_t next = ann->tokens[cue + 1].pos;
    return last->cue >= scan->first && last->cue < cue &&
           ann->tokens[last->cue].pos == STM_POS_VBD &&
           (stm_ann_is(ann, cue + 1, "that") || next == STM_POS_DT || next == STM_POS_PRP ||
            next == STM_POS_PRPS || next == STM_POS_NN || next == STM_POS_NNS ||
            next == STM_POS_NNP || next == STM_POS_WRB);
}

static stemma_status read_cue(struct stm_speech_scan *scan, uint32_t i,
                              const struct stm_speech_verb *verb)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = {.cue = i,
                               .cue_count = 1,
                               .kind = verb->kind,
                               .frames = verb->frames,
                               .stance = STEMMA_STANCE_ASSERTS,
                               .tense = STEMMA_TENSE_PAST,
                               .confidence = 850,
                               .addressee = STEMMA_NONE,
                               .via = STEMMA_NONE,
                               .time = STEMMA_NONE,
                               .event = STEMMA_NONE};
    uint8_t pos = ann->tokens[i].pos;
    struct stm_cue_group group = group_of(scan, i);
    if (stm_ann_has_lemma(ann, i, "go")) {
        if (!stm_speech_is_at(scan, i + 1, "on")) {
            return STEMMA_OK;
        }
        it.cue_count = 2; /* "…," she went on */
    } else if (stm_ann_has_lemma(ann, i, "put")) {
        if (stm_speech_is_at(scan, i + 1, "it")) {
            it.cue_count = 2; /* as she put it */
            it.frames |= STM_SPEECH_THAT;
        } else {
            return group.negated || group.unreal ? STEMMA_OK : read_figure(scan, &it);
        }
    }
    if (group.negated || group.unreal ||
        (pos == STM_POS_VBG && i > scan->first && stm_speech_is_at(scan, i - 1, "as"))) {
        return STEMMA_OK; /* "quoted as saying" is read with its verb */
    }
    if (pos == STM_POS_VBZ || pos == STM_POS_VBP || pos == STM_POS_VBG) {
        it.tense = STEMMA_TENSE_PRESENT;
    }
    if (verb->kind == STM_SPEECH_DENY) {
        it.stance = STEMMA_STANCE_DENIES;
    } else if (verb->kind == STM_SPEECH_ASK) {
        it.stance = STEMMA_STANCE_QUESTIONS;
    }
    it.silent = verb->kind == STM_SPEECH_THINK || verb->kind == STM_SPEECH_WISH;
    it.demand = verb->kind == STM_SPEECH_WISH;
    int found = 0;
    stemma_status status = STEMMA_OK;
    if (verb->kind == STM_SPEECH_QUOTE ||
        (group.has_be && stm_speech_is_at(scan, i + 1, "as"))) { /* "was reported as saying" */
        status = stm_speech_quoted(scan, &it, &group, &found);
        if (status != STEMMA_OK || found || verb->kind == STM_SPEECH_QUOTE) {
            return status == STEMMA_OK && found ? stm_speech_keep(scan, &it) : status;
        }
    }
    if (pos == STM_POS_VBN && group.has_be) {
        return all_words_are_quoted(ann, i) ? STEMMA_OK : read_passive(scan, &it);
    }
    /* Without auxiliaries: "the embassy announced on Monday that" was taken for "the deal announced
       on Monday". Its clause must leave no doubt. */
    int doubtful = pos == STM_POS_VBN && !group.has_have && !goes_on_beside(scan, i, &group);
    uint32_t edge = i;
    status = stm_speech_find_speaker(scan, &it, &group, &edge, &found);
    if (status != STEMMA_OK || !found || !is_heard(scan, &it) || is_no_paper(ann, &it)) {
        return status;
    }
    found = 0;
    if (verb->kind == STM_SPEECH_ACCUSE) {
        if (doubtful) {
            return STEMMA_OK; /* "the men accused of theft" */
        }
        status = stm_speech_accused(scan, &it, &found);
    } else {
        int quoted = all_words_are_quoted(ann, i);
        int direct = (it.frames & STM_SPEECH_DIRECT) && !quoted;
        /* words may stand before it; of "…, a study found" only at the end */
        int closes = (it.frames & STM_SPEECH_PAPER) != 0 && i + 2 >= scan->end && !quoted;
        int behind = (direct || closes) && pos != STM_POS_VBG;
        int marked = behind && edge > scan->first &&
                     (stm_speech_has_flag(scan, edge - 1, STM_TOKEN_QUOTE_CLOSE) ||
                      (edge > scan->first + 2 && stm_speech_is_at(scan, edge - 1, "as") &&
                       (stm_speech_has_flag(scan, edge - 2, STM_TOKEN_QUOTE_CLOSE) ||
                        stm_speech_has_flag(scan, edge - 3, STM_TOKEN_QUOTE_CLOSE))) ||
                      (edge > scan->first + 1 &&
                       stm_speech_has_flag(scan, edge - 2, STM_TOKEN_QUOTE_CLOSE)));
        found = marked ? stm_content_left(scan, &it, edge) : stm_content_as(scan, &it, edge);
        if (!found) {
            it.piece_count = 0;
            found = stm_content_right(scan, &it) || (direct && stm_content_below(scan, &it));
        }
        if (!found && behind && (it.frames & STM_SPEECH_THAT) &&
            (stm_speech_is_behind_content(scan, edge) ||
             (stm_speech_is_at(scan, edge - 1, "as") &&
              stm_speech_is_behind_content(scan, edge - 1)))) {
            it.piece_count = 0;
            found = stm_content_left(scan, &it, edge);
        }
        if (found && stm_content_has_gap(scan, &it)) {
            found = stm_content_fill_gap(scan, &it);
        }
        if (found && doubtful) {
            found = is_plain(scan, &it);
        }
        if (found) {
            status = stm_speech_circumstances(scan, &it);
        }
    }
    if (found && it.via == STEMMA_NONE) {
        it.via = scan->medium;
        scan->medium = STEMMA_NONE;
    }
    return status == STEMMA_OK && found ? stm_speech_keep(scan, &it) : status;
}

/** Behind the dateline: where the paper stands is not what anybody said. */
static uint32_t behind_dateline(const struct stm_speech_scan *scan)
{
    const struct stm_token *tokens = scan->ann->tokens;
    if (!(tokens[scan->first].flags & STM_TOKEN_ALL_CAPS) || tokens[scan->first].lower.size < 3) {
        return scan->first;
    }
    for (uint32_t i = scan->first + 1; i + 1 < scan->end && i < scan->first + LONGEST_DATELINE;
         i++) {
        if (stm_speech_is_finite(scan->ann, i)) {
            break;
        }
        if (stm_speech_is_at(scan, i, "-") || stm_speech_is_at(scan, i, "--") ||
            stm_speech_is_at(scan, i, "\xE2\x80\x93") ||
            stm_speech_is_at(scan, i, "\xE2\x80\x94")) {
            return i + 1;
        }
    }
    return scan->first;
}

struct stm_statement stm_speech_asserted(uint32_t cue)
{
    struct stm_statement it = {.cue = cue,
                               .cue_count = 1,
                               .kind = STM_SPEECH_ASSERT,
                               .stance = STEMMA_STANCE_ASSERTS,
                               .tense = STEMMA_TENSE_PAST,
                               .confidence = 650,
                               .addressee = STEMMA_NONE,
                               .via = STEMMA_NONE,
                               .time = STEMMA_NONE,
                               .event = STEMMA_NONE};
    return it;
}

/** "Bell was blunt: “…”": direct speech behind a colon is of the sentence's subject. */
static stemma_status read_colon(struct stm_speech_scan *scan, uint32_t colon)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t quote = stm_speech_free_quote(scan, colon + 1);
    uint32_t root = scan->first;
    while (root < colon && ann->tokens[root].head != STEMMA_NONE) {
        root++;
    }
    if (quote == STEMMA_NONE || root == colon ||
        !(ann->tokens[colon + 1].flags & STM_TOKEN_QUOTE_OPEN) ||
        ann->quotes[quote].count < LEAST_SPEECH) {
        return STEMMA_OK;
    }
    struct stm_statement it = stm_speech_asserted(root);
    uint32_t subject = stm_syntax_subject(ann, root);
    int found = 0;
    if (subject == STEMMA_NONE || subject >= colon) {
        return STEMMA_OK;
    }
    stemma_status status = stm_speech_speakers(scan, subject, &it, &found);
    if (status != STEMMA_OK || !found || ann->mentions[it.speakers[0]].type != STM_ENTITY_PERSON ||
        !stm_speech_add_quote(scan, &it, quote)) {
        return status;
    }
    return stm_speech_keep(scan, &it);
}

static stemma_status read_sentence(struct stm_speech_scan *scan)
{
    struct stm_annotation *ann = scan->ann;
    stemma_status status = STEMMA_OK;
    for (uint32_t i = scan->first; i < scan->end && status == STEMMA_OK; i++) {
        enum stm_speech_class kind = STM_SPEECH_NONE;
        const struct stm_speech_verb *verb;
        if (ann->tokens[i].flags & STM_TOKEN_PUNCTUATION) {
            continue;
        }
        if (stm_speech_is_at(scan, i, "according") && stm_speech_is_at(scan, i + 1, "to")) {
            status = all_words_are_quoted(ann, i) ? STEMMA_OK : stm_speech_according(scan, i);
        } else if (stm_speech_is_at(scan, i, "in") && stm_speech_is_at(scan, i + 1, "the") &&
                   stm_speech_is_at(scan, i + 2, "words") && stm_speech_is_at(scan, i + 3, "of")) {
            status = stm_speech_words_of(scan, i);
        } else if ((verb = stm_speech_verb_at(ann, i)) != NULL) {
            status = read_cue(scan, i, verb);
        } else if (!all_words_are_quoted(ann, i) && stm_speech_noun_at(ann, i, &kind)) {
            status = stm_speech_noun(scan, i, kind);
        }
    }
    for (uint32_t i = scan->first; i + 1 < scan->end && status == STEMMA_OK; i++) {
        if (stm_speech_is_at(scan, i, ":")) {
            status = read_colon(scan, i);
            break;
        }
    }
    return status;
}

stemma_status stm_extract_attribution(struct stm_annotation *ann)
{
    struct stm_speech_scan scan = {.ann = ann};
    scan.state = stm_arena_alloc(ann->arena, 1, sizeof *scan.state);
    scan.quote_by = stm_arena_alloc(ann->arena, ann->quote_count, sizeof *scan.quote_by);
    if (scan.state == NULL || scan.quote_by == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    scan.state->by_token =
        stm_arena_alloc(ann->arena, ann->token_count, sizeof *scan.state->by_token);
    if (scan.state->by_token == NULL) {
        return STEMMA_E_NO_MEMORY;
    }
    for (uint32_t i = 0; i < ann->token_count; i++) {
        scan.state->by_token[i] = STEMMA_NONE;
    }
    for (uint32_t q = 0; q < ann->quote_count; q++) {
        scan.quote_by[q] = STEMMA_NONE;
    }
    ann->part2 = scan.state;
    uint32_t labels = stm_speech_labels(ann);
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        scan.first = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        scan.opening = behind_dateline(&scan);
        scan.medium = STEMMA_NONE;
        stemma_status status = read_sentence(&scan);
        if (status == STEMMA_OK && labels != 0) {
            status = stm_speech_labelled(&scan, s, labels);
        }
        if (status != STEMMA_OK) {
            return status;
        }
    }
    stemma_status status = stm_speech_free_quotes(&scan);
    return status == STEMMA_OK ? stm_speech_record(&scan) : status;
}
