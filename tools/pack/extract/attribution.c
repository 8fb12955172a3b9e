/* SPDX-License-Identifier: MIT */
/* Verbs of communication over the parse, and who speaks by them. */
#include "pack/extract/attribution_statement.h"

enum {
    LONGEST_DATELINE = 14,
    NEAR = 12,     /**< "said the former head of the union's northern branch, Bell" */
    INSERTION = 30 /**< Tokens between two commas before a verb. */
};

/** What stands around a verb of communication. */
struct cue_group {
    uint32_t first; /**< Its first auxiliary, or itself. */
    int negated;
    int unreal; /**< Modal, future, infinitive, conditional: nobody has said it. */
    int shared; /**< Behind "and", "who" and the like: its subject stands elsewhere. */
    int has_be;
    int has_have;
};

static struct cue_group group_of(const struct stm_speech_scan *scan, uint32_t cue)
{
    const struct stm_annotation *ann = scan->ann;
    struct cue_group group = {cue, 0, 0, 0, 0, 0};
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
        group.shared = before == STM_POS_CC || before == STM_POS_WP || before == STM_POS_WDT ||
                       before == STM_POS_TO || before == STM_POS_IN;
    }
    return group;
}

/** Where the words of a subject begin, direct speech that the parse hung on it left out. */
static uint32_t subject_edge(const struct stm_speech_scan *scan, uint32_t subject, uint32_t cue)
{
    uint32_t first = subject;
    uint32_t end = subject + 1;
    stm_syntax_range(scan->ann, subject, &first, &end);
    if (first < scan->first) {
        first = scan->first;
    }
    while (first < subject && (scan->ann->tokens[first].flags & STM_TOKEN_PUNCTUATION)) {
        first++; /* the comma before it */
    }
    for (uint32_t at = subject; at > first; at--) {
        if (stm_speech_has_flag(scan, at - 1, STM_TOKEN_QUOTE_CLOSE)) {
            return at;
        }
    }
    return first < cue ? first : cue;
}

/** Whether content may stand before token `edge`: a comma or the end of direct speech does. */
static int is_behind_content(const struct stm_speech_scan *scan, uint32_t edge)
{
    return edge > scan->opening && (stm_speech_is_at(scan, edge - 1, ",") ||
                                    stm_speech_is_at(scan, edge - 1, "-") ||
                                    stm_speech_has_flag(scan, edge - 1, STM_TOKEN_QUOTE_CLOSE));
}

/** The subject that the parse gives the cue itself, direct speech of others left out; the one behind
    the verb first when words stand before it: "“…”, said Bell". */
static uint32_t own_subject(const struct stm_speech_scan *scan, uint32_t cue)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t quoted = ann->tokens[cue].flags & STM_TOKEN_IN_QUOTE;
    uint32_t best = STEMMA_NONE;
    for (uint32_t at = ann->tokens[cue].child; at != STEMMA_NONE; at = ann->tokens[at].sibling) {
        if ((ann->tokens[at].relation == STM_RELATION_NSUBJ ||
             ann->tokens[at].relation == STM_RELATION_NSUBJ_PASS) &&
            (ann->tokens[at].flags & STM_TOKEN_IN_QUOTE) == quoted && at < scan->end) {
            best = at; /* of several, the last: the earlier ones are of what is said */
        }
    }
    return best;
}

/** "…", said Anna Bell: the head of the phrase behind the verb; or STEMMA_NONE. */
static uint32_t inverted_subject(const struct stm_speech_scan *scan, const struct stm_statement *it,
                                 uint32_t own, uint32_t first)
{
    const struct stm_annotation *ann = scan->ann;
    uint8_t pos = ann->tokens[it->cue].pos;
    uint32_t next = it->cue + 1;
    if (pos == STM_POS_VBG || pos == STM_POS_VB || (it->frames & STM_SPEECH_TOLD) ||
        !is_behind_content(scan, first) || next >= scan->end ||
        (own != STEMMA_NONE && own < it->cue)) {
        return STEMMA_NONE;
    }
    if (own != STEMMA_NONE) {
        return own;
    }
    if (ann->tokens[next].pos == STM_POS_IN || ann->tokens[next].pos == STM_POS_TO) {
        return STEMMA_NONE; /* "Bell, freed on Friday, said from Vienna" */
    }
    uint32_t behind = stm_speech_phrase_head(scan, next);
    uint32_t mention = stm_mention_headed(ann, behind);
    if (mention == STEMMA_NONE && ann->tokens[next].outer != STEMMA_NONE) {
        mention = ann->tokens[next].outer;
        behind = ann->mentions[mention].head;
    }
    return behind - it->cue < NEAR && stm_speech_can_speak(ann, mention) ? behind : STEMMA_NONE;
}

/** The mention that ends right before token `end`, out of "A of the B of C" A; or STEMMA_NONE. */
static uint32_t mention_ending(const struct stm_speech_scan *scan, uint32_t end)
{
    static const char *const links[] = {"of", "for", "from", "at", "in", "with"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t found = STEMMA_NONE;
    for (int hops = 0; hops < 4 && end > scan->first; hops++) {
        uint32_t mention = ann->tokens[end - 1].outer;
        if (mention == STEMMA_NONE || ann->mentions[mention].kind > STEMMA_MENTION_PRONOUN ||
            ann->mentions[mention].first + ann->mentions[mention].count != end) {
            break;
        }
        found = mention;
        uint32_t at = ann->mentions[mention].first;
        if (at > scan->first && ann->tokens[at - 1].pos == STM_POS_DT) {
            at--;
        }
        int linked = 0;
        for (size_t i = 0; at > scan->first && i < sizeof links / sizeof links[0]; i++) {
            linked |= stm_speech_is_at(scan, at - 1, links[i]);
        }
        if (!linked) {
            break;
        }
        end = at - 1;
    }
    return found;
}

/** Who stands right before the verb, whatever the parse says: "Bell said", "Bell, 24, said", "the
    group, which …, said", "officials in Minsk said". The head of the mention, or STEMMA_NONE.
    `*edge` gets where it begins. */
static uint32_t adjacent_subject(const struct stm_speech_scan *scan, uint32_t first, uint32_t *edge)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t end = first;
    if (end > scan->first && stm_speech_is_at(scan, end - 1, ",")) {
        /* Over what stands between two commas. */
        uint32_t limit = end > scan->first + INSERTION ? end - INSERTION : scan->first;
        uint32_t at = end - 1;
        while (at > limit && !stm_speech_is_at(scan, at - 1, ",")) {
            if (stm_speech_has_flag(scan, at - 1, STM_TOKEN_IN_QUOTE)) {
                return STEMMA_NONE;
            }
            at--;
        }
        if (at <= limit) {
            return STEMMA_NONE;
        }
        end = at - 1;
    }
    uint32_t mention = mention_ending(scan, end);
    if (mention == STEMMA_NONE || !stm_speech_can_speak(ann, mention)) {
        return STEMMA_NONE;
    }
    *edge = ann->mentions[mention].first;
    while (*edge > scan->first && (ann->tokens[*edge - 1].relation == STM_RELATION_DET ||
                                   ann->tokens[*edge - 1].relation == STM_RELATION_NMOD_DESC ||
                                   ann->tokens[*edge - 1].relation == STM_RELATION_COMPOUND)) {
        (*edge)--;
    }
    return ann->mentions[mention].head;
}

/** "Fatima of the Free Union said" when the parse takes the union for the subject: Fatima. */
static uint32_t climbed(const struct stm_speech_scan *scan, uint32_t subject)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t mention = ann->tokens[subject].outer;
    if (mention == STEMMA_NONE || ann->mentions[mention].first < scan->first) {
        return subject;
    }
    uint32_t top =
        mention_ending(scan, ann->mentions[mention].first + ann->mentions[mention].count);
    return top == STEMMA_NONE || top == mention || !stm_speech_can_speak(ann, top)
               ? subject
               : ann->mentions[top].head;
}

/** Back to the comma or mark before the words of a subject, when nothing but its words are there. */
static uint32_t widened(const struct stm_speech_scan *scan, uint32_t edge)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = edge;
    for (int steps = 0; steps < NEAR && at > scan->first; steps++) {
        const struct stm_token *before = &ann->tokens[at - 1];
        if (before->flags & STM_TOKEN_PUNCTUATION) {
            return at;
        }
        if (stm_speech_is_finite(ann, at - 1) || before->pos == STM_POS_VB ||
            before->pos == STM_POS_CC) {
            return edge;
        }
        at--;
    }
    return edge;
}

/** Finds who speaks by a verb in the active voice. `*edge` gets where the clause of the cue begins.
 */
static stemma_status find_speaker(struct stm_speech_scan *scan, struct stm_statement *it,
                                  const struct cue_group *group, uint32_t *edge, int *found)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t cue = it->cue;
    uint32_t quoted = ann->tokens[cue].flags & STM_TOKEN_IN_QUOTE;
    uint32_t own = own_subject(scan, cue);
    *found = 0;
    *edge = group->first;
    stemma_status status =
        stm_speech_speakers(scan, inverted_subject(scan, it, own, group->first), it, found);
    if (status != STEMMA_OK || *found) {
        return status;
    }
    uint32_t adjacent_edge = group->first;
    uint32_t adjacent = ann->tokens[cue].pos == STM_POS_VBG
                            ? STEMMA_NONE
                            : adjacent_subject(scan, group->first, &adjacent_edge);
    uint32_t subject = own != STEMMA_NONE ? own : stm_syntax_subject(ann, cue);
    if (subject != STEMMA_NONE &&
        ((ann->tokens[subject].flags & STM_TOKEN_IN_QUOTE) != quoted || subject >= scan->end)) {
        subject = STEMMA_NONE;
    }
    if (own == STEMMA_NONE && adjacent != STEMMA_NONE && !group->shared) {
        subject = adjacent; /* the parse hung the name right before the verb elsewhere */
        own = adjacent;
    }
    if (subject != STEMMA_NONE) {
        status = stm_speech_speakers(scan, climbed(scan, subject), it, found);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    if (*found) {
        if (own == adjacent && adjacent != STEMMA_NONE) {
            *edge = widened(scan, adjacent_edge);
        } else if (own != STEMMA_NONE && own < cue) {
            *edge = widened(scan, subject_edge(scan, own, group->first));
        }
        return STEMMA_OK;
    }
    if (adjacent != STEMMA_NONE && adjacent != subject) {
        status = stm_speech_speakers(scan, adjacent, it, found);
        *edge = widened(scan, adjacent_edge);
    }
    return status;
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
    it->unstated = !found;
    it->silent |= !found;
    uint32_t inner = stm_syntax_child(ann, it->cue, STM_RELATION_XCOMP);
    if (inner != STEMMA_NONE && inner > it->cue && !(it->frames & STM_SPEECH_TOLD) &&
        it->kind != STM_SPEECH_DEMAND && it->kind != STM_SPEECH_PROMISE) {
        uint32_t first = inner;
        uint32_t end = inner + 1;
        stm_syntax_range(ann, inner, &first, &end);
        uint32_t limit = stm_speech_clause_end(scan, it->cue, it->cue + 1);
        it->silent = 1;
        if (first > it->cue &&
            stm_speech_add_piece(scan, it, first, end < limit ? end : limit)) {
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
    struct cue_group group = group_of(scan, i);
    if (stm_ann_has_lemma(ann, i, "go")) {
        if (!stm_speech_is_at(scan, i + 1, "on")) {
            return STEMMA_OK;
        }
        it.cue_count = 2; /* "…," she went on */
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
    if (verb->kind == STM_SPEECH_QUOTE) {
        status = stm_speech_quoted(scan, &it, &found);
        return status == STEMMA_OK && found ? stm_speech_keep(scan, &it) : status;
    }
    if (pos == STM_POS_VBN && group.has_be) {
        return all_words_are_quoted(ann, i) ? STEMMA_OK : read_passive(scan, &it);
    }
    /* Without auxiliaries: "the embassy announced on Monday that" was taken for "the deal announced
       on Monday". Its clause must leave no doubt. */
    int doubtful = pos == STM_POS_VBN && !group.has_have;
    uint32_t edge = i;
    status = find_speaker(scan, &it, &group, &edge, &found);
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
        int marked = direct && edge > scan->first &&
                     (stm_speech_has_flag(scan, edge - 1, STM_TOKEN_QUOTE_CLOSE) ||
                      (edge > scan->first + 1 &&
                       stm_speech_has_flag(scan, edge - 2, STM_TOKEN_QUOTE_CLOSE)));
        found = marked && stm_content_left(scan, &it, edge);
        if (!found) {
            it.piece_count = 0;
            found = stm_content_right(scan, &it);
        }
        if (!found && direct && (it.frames & STM_SPEECH_THAT) && is_behind_content(scan, edge)) {
            it.piece_count = 0;
            found = stm_content_left(scan, &it, edge);
        }
        if (found && doubtful) {
            uint32_t first = it.pieces[0].first;
            found = it.pieces[0].quote != STEMMA_NONE || first < i ||
                    stm_speech_is_at(scan, first - 1, "that");
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
        } else if ((verb = stm_speech_verb_at(ann, i)) != NULL) {
            status = read_cue(scan, i, verb);
        } else if (!all_words_are_quoted(ann, i) && stm_speech_noun_at(ann, i, &kind)) {
            status = stm_speech_noun(scan, i, kind);
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
    for (uint32_t s = 0; s < ann->sentence_count; s++) {
        scan.first = ann->sentences[s].first;
        scan.end = stm_ann_sentence_end(ann, s);
        scan.opening = behind_dateline(&scan);
        scan.medium = STEMMA_NONE;
        stemma_status status = read_sentence(&scan);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    stemma_status status = stm_speech_free_quotes(&scan);
    return status == STEMMA_OK ? stm_speech_record(&scan) : status;
}
