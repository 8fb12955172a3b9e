/* SPDX-License-Identifier: MIT */
/* The subject of a cue: what the parse says, and what the words say where it is wrong. */
#include "pack/extract/attribution_statement.h"
#include "pack/extract/referent_syntax.h"

enum {
    NEAR = 12,     /**< "said the former head of the union's northern branch, Bell" */
    INSERTION = 30 /**< Tokens between two commas before a verb. */
};

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

int stm_speech_is_behind_content(const struct stm_speech_scan *scan, uint32_t edge)
{
    return edge > scan->opening &&
           (stm_speech_is_at(scan, edge - 1, ",") || stm_speech_is_at(scan, edge - 1, "-") ||
            stm_speech_has_flag(scan, edge - 1, STM_TOKEN_QUOTE_CLOSE));
}

/** Whether a finite verb follows the words of a subject: then it is that one's. */
static int has_verb_behind(const struct stm_speech_scan *scan, uint32_t subject)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t first = subject;
    uint32_t end = subject + 1;
    stm_syntax_range(ann, subject, &first, &end);
    end += end < scan->end && ann->tokens[end].pos == STM_POS_RB;
    return end < scan->end && stm_speech_is_finite(ann, end);
}

/** The subject that the parse gives the cue itself, direct speech of others left out; the one
   behind the verb first when words stand before it: "“…”, said Bell". */
static uint32_t own_subject(const struct stm_speech_scan *scan, uint32_t cue)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t quoted = ann->tokens[cue].flags & STM_TOKEN_IN_QUOTE;
    uint32_t best = STEMMA_NONE;
    for (uint32_t at = ann->tokens[cue].child; at != STEMMA_NONE; at = ann->tokens[at].sibling) {
        if (at > cue && has_verb_behind(scan, at)) {
            continue;
        }
        if ((ann->tokens[at].relation == STM_RELATION_NSUBJ ||
             ann->tokens[at].relation == STM_RELATION_NSUBJ_PASS) &&
            (ann->tokens[at].flags & STM_TOKEN_IN_QUOTE) == quoted && at < scan->end) {
            best = at; /* of several, the last: the earlier ones are of what is said */
        }
    }
    return best;
}

/** "“Where is it?” asked a woman": direct speech before a verb that may have somebody asked. */
static int asks_behind(const struct stm_speech_scan *scan, uint32_t cue, uint32_t first)
{
    return stm_ann_has_lemma(scan->ann, cue, "ask") && first == cue && first > scan->first &&
           stm_speech_has_flag(scan, first - 1, STM_TOKEN_QUOTE_CLOSE);
}

/** "…", said Anna Bell: the head of the phrase behind the verb; or STEMMA_NONE. */
static uint32_t inverted_subject(const struct stm_speech_scan *scan, const struct stm_statement *it,
                                 uint32_t own, uint32_t first)
{
    const struct stm_annotation *ann = scan->ann;
    uint8_t pos = ann->tokens[it->cue].pos;
    uint32_t next = it->cue + 1;
    if (pos == STM_POS_VBG || pos == STM_POS_VB ||
        (it->frames & STM_SPEECH_TOLD && !asks_behind(scan, it->cue, first)) ||
        !stm_speech_is_behind_content(scan, first) || next >= scan->end ||
        (own != STEMMA_NONE && own < it->cue)) {
        return STEMMA_NONE;
    }
    if (own != STEMMA_NONE) {
        return has_verb_behind(scan, own) ? STEMMA_NONE : own;
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
    return behind - it->cue < NEAR && stm_speech_can_speak(ann, mention) &&
                   !has_verb_behind(scan, behind)
               ? behind
               : STEMMA_NONE;
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

/** "officials familiar with the talks said", "a source close to the ministry said": the noun before the
    adjective of a phrase that ends at `end`; or STEMMA_NONE. */
static uint32_t before_adjective(const struct stm_speech_scan *scan, uint32_t end)
{
    static const char *const links[] = {"to", "with", "on", "about", "in"};
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = end;
    while (at > scan->first + 3 && end - at < NEAR) {
        uint8_t pos = ann->tokens[at - 1].pos;
        if (pos != STM_POS_NN && pos != STM_POS_NNS && pos != STM_POS_NNP && pos != STM_POS_DT &&
            pos != STM_POS_PRPS && (pos != STM_POS_JJ || at == end)) {
            break;
        }
        at--;
    }
    int linked = 0;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        linked |= stm_speech_is_at(scan, at - 1, links[i]);
    }
    if (!linked || at == end || at < scan->first + 3 ||
        (ann->tokens[at - 2].pos != STM_POS_JJ && ann->tokens[at - 2].pos != STM_POS_VBN)) {
        return STEMMA_NONE;
    }
    uint8_t noun = ann->tokens[at - 3].pos;
    return noun == STM_POS_NN || noun == STM_POS_NNS ? at - 3 : STEMMA_NONE;
}

/** Who stands right before the verb, whatever the parse says: "Bell said", "Bell, 24, said", "the
    group, which …, said", "officials in Minsk said". The head of the mention, or STEMMA_NONE.
    `*edge` gets where it begins. */
static uint32_t adjacent_subject(const struct stm_speech_scan *scan, uint32_t first, int nouns,
                                 uint32_t *edge)
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
    uint32_t described = end == first ? before_adjective(scan, end) : STEMMA_NONE;
    if (described != STEMMA_NONE) {
        *edge = described;
        return described;
    }
    uint32_t mention = mention_ending(scan, end);
    if (mention == STEMMA_NONE && end >= scan->first + 2 && end == first &&
        ann->tokens[end - 2].pos == STM_POS_DT &&
        (ann->tokens[end - 1].pos == STM_POS_JJ || ann->tokens[end - 1].pos == STM_POS_VBN)) {
        *edge = end - 2; /* "the accused said" */
        return end - 1;
    }
    if (mention == STEMMA_NONE && nouns && end == first && end > scan->first &&
        (ann->tokens[end - 1].pos == STM_POS_NN || ann->tokens[end - 1].pos == STM_POS_NNS)) {
        *edge = end - 1; /* "catering staff say": a noun that nothing mentions */
        return end - 1;
    }
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
    uint32_t end = mention == STEMMA_NONE
                       ? subject + 1
                       : ann->mentions[mention].first + ann->mentions[mention].count;
    uint32_t described = before_adjective(scan, end);
    if (described != STEMMA_NONE) {
        return described;
    }
    if (mention == STEMMA_NONE || ann->mentions[mention].first < scan->first) {
        return subject;
    }
    uint32_t top =
        mention_ending(scan, ann->mentions[mention].first + ann->mentions[mention].count);
    return top == STEMMA_NONE || top == mention || !stm_speech_can_speak(ann, top)
               ? subject
               : ann->mentions[top].head;
}

/** Back to the comma or mark before the words of a subject, when nothing but its words are there.
 */
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
            before->pos == STM_POS_CC || before->relation == STM_RELATION_MARK ||
            before->pos == STM_POS_WRB || stm_ann_is(ann, at - 1, "after") ||
            stm_ann_is(ann, at - 1, "before") || stm_ann_is(ann, at - 1, "since") ||
            stm_ann_is(ann, at - 1, "as") || stm_ann_is(ann, at - 1, "because")) {
            return edge; /* another clause: "…, after he claimed" */
        }
        at--;
    }
    return edge;
}

/** Whether a relative word opens what stands behind the comma after a name, before `token`. */
static int is_relative_between(const struct stm_annotation *ann, uint32_t name, uint32_t token)
{
    uint32_t comma = name + 1;
    uint32_t mention = ann->tokens[name].outer;
    if (mention != STEMMA_NONE) {
        comma = ann->mentions[mention].first + ann->mentions[mention].count;
    }
    if (comma + 1 >= token || !stm_ann_is(ann, comma, ",")) {
        return 0;
    }
    uint8_t pos = ann->tokens[comma + 1].pos;
    return pos == STM_POS_WPS || pos == STM_POS_WP || pos == STM_POS_WDT;
}

/** Before "his former assistant," of "“…,” his former assistant, Bell, told", where direct speech ends right
    before that; or `edge`. */
static uint32_t over_description(const struct stm_speech_scan *scan, uint32_t edge)
{
    const struct stm_annotation *ann = scan->ann;
    if (edge < scan->first + 2 || !stm_speech_is_at(scan, edge - 1, ",")) {
        return edge;
    }
    for (uint32_t at = edge - 1; at > scan->first && edge - at < NEAR; at--) {
        uint8_t pos = ann->tokens[at - 1].pos;
        if (stm_speech_has_flag(scan, at - 1, STM_TOKEN_QUOTE_CLOSE)) {
            return at;
        }
        if (pos != STM_POS_DT && pos != STM_POS_PRPS && pos != STM_POS_JJ && pos != STM_POS_NN &&
            pos != STM_POS_NNP && pos != STM_POS_IN && pos != STM_POS_POS && pos != STM_POS_NNS) {
            break;
        }
    }
    return edge;
}

stemma_status stm_speech_find_speaker(struct stm_speech_scan *scan, struct stm_statement *it,
                                      const struct stm_cue_group *group, uint32_t *edge, int *found)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t cue = it->cue;
    uint32_t quoted = ann->tokens[cue].flags & STM_TOKEN_IN_QUOTE;
    uint32_t own = own_subject(scan, cue);
    if (own != STEMMA_NONE && own < group->first) {
        /* Another verb between them: it is the subject of that one. */
        uint32_t first = own;
        uint32_t end = own + 1;
        stm_syntax_range(ann, own, &first, &end);
        for (uint32_t i = end; i < group->first; i++) {
            if (stm_speech_is_finite(ann, i)) {
                own = STEMMA_NONE;
                break;
            }
        }
    }
    *found = 0;
    *edge = group->first;
    uint32_t at = group->first;
    at -= at > scan->first && ann->tokens[at - 1].pos == STM_POS_RB;
    int goes_on = ann->tokens[cue].pos == STM_POS_VBG && stm_speech_is_at(scan, at - 1, ",");
    if ((group->joined || goes_on) && own == STEMMA_NONE && scan->count != 0) {
        /* "wrote that … but noted that", "…, adding that": who spoke before */
        const struct stm_statement *last = &scan->statements[scan->count - 1];
        if (last->cue >= scan->first && last->cue < cue && last->speaker_count != 0 &&
            (ann->tokens[last->cue].flags & STM_TOKEN_IN_QUOTE) == quoted &&
            (goes_on || ann->tokens[last->cue].pos == ann->tokens[cue].pos ||
             (ann->tokens[last->cue].pos == STM_POS_VBD &&
              ann->tokens[cue].pos == STM_POS_VBN && !group->has_be))) {
            memcpy(it->speakers, last->speakers, sizeof it->speakers);
            it->speaker_count = last->speaker_count;
            *found = 1;
            return STEMMA_OK;
        }
    }
    stemma_status status =
        stm_speech_speakers(scan, inverted_subject(scan, it, own, group->first), it, found);
    if (status != STEMMA_OK || *found) {
        return status;
    }
    uint32_t adjacent_edge = group->first;
    uint32_t adjacent =
        ann->tokens[cue].pos == STM_POS_VBG
            ? STEMMA_NONE
            : adjacent_subject(scan, group->first,
                               !(it->frames & (STM_SPEECH_THINGS | STM_SPEECH_PAPER)) &&
                                   (it->frames & STM_SPEECH_BARE),
                               &adjacent_edge);
    uint32_t subject = own != STEMMA_NONE ? own : stm_syntax_subject(ann, cue);
    if (subject != STEMMA_NONE && subject + 1 == group->first &&
        (stm_ann_is(ann, subject, "who") || stm_ann_is(ann, subject, "which"))) {
        /* "Bell, who claimed that": it stands behind whom it means, and no words before it are theirs */
        subject = stm_relative_antecedent(ann, subject);
        own = STEMMA_NONE;
    }
    if (subject != STEMMA_NONE &&
        ((ann->tokens[subject].flags & STM_TOKEN_IN_QUOTE) != quoted || subject >= scan->end)) {
        subject = STEMMA_NONE;
    }
    if (own != STEMMA_NONE && adjacent != STEMMA_NONE && own > adjacent &&
        is_relative_between(ann, adjacent, own)) {
        own = STEMMA_NONE; /* "Bell, whose mother was the singer Kane, insists" */
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
        *edge = over_description(scan, *edge);
        return STEMMA_OK;
    }
    if (adjacent != STEMMA_NONE && adjacent != subject) {
        status = stm_speech_speakers(scan, adjacent, it, found);
        *edge = widened(scan, adjacent_edge);
    }
    return status;
}
