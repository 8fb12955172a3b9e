/* SPDX-License-Identifier: MIT */
/* Attribution by other means than a verb with its clause. */
#include "pack/extract/attribution_statement.h"

enum { QUOTED_REACH = 20, ACCUSED_REACH = 16 };

static struct stm_statement begin_statement(uint32_t cue, uint32_t count,
                                            enum stm_speech_class kind)
{
    struct stm_statement it = {.cue = cue,
                               .cue_count = count,
                               .kind = (uint8_t)kind,
                               .stance = STEMMA_STANCE_ASSERTS,
                               .tense = STEMMA_TENSE_PAST,
                               .confidence = 850,
                               .addressee = STEMMA_NONE,
                               .via = STEMMA_NONE,
                               .time = STEMMA_NONE,
                               .event = STEMMA_NONE};
    return it;
}

/** The last token of the phrase that stands behind "according to". */
static uint32_t phrase_end(const struct stm_speech_scan *scan, uint32_t start, uint32_t head)
{
    uint32_t first = head;
    uint32_t end = head + 1;
    stm_syntax_range(scan->ann, head, &first, &end);
    end = end < scan->end ? end : scan->end;
    uint32_t mention = scan->ann->tokens[head].outer;
    uint32_t least = mention != STEMMA_NONE
                         ? scan->ann->mentions[mention].first + scan->ann->mentions[mention].count
                         : head + 1;
    uint32_t named = stm_mention_headed(scan->ann, head);
    if (named != STEMMA_NONE && scan->ann->mentions[named].first > head &&
        scan->ann->mentions[named].first < head + 12) {
        /* "the mayor, Ivo Tamm": his name belongs to it */
        uint32_t last = scan->ann->mentions[named].first + scan->ann->mentions[named].count;
        least = last > least ? last : least;
    }
    for (uint32_t i = least > start ? least : start; i < end; i++) {
        if (stm_speech_is_at(scan, i, ",")) {
            return i;
        }
    }
    return end > least ? end : least;
}

/** The statement of this sentence that "according to" passes on: "Bell said, according to X". */
static struct stm_statement *passed_on(struct stm_speech_scan *scan, uint32_t i)
{
    if (scan->count == 0) {
        return NULL;
    }
    struct stm_statement *last = &scan->statements[scan->count - 1];
    if (last->cue < scan->first || last->cue >= i || last->piece_count == 0 ||
        last->speaker_count == 0 || last->silent) {
        return NULL;
    }
    const struct stm_speech_piece *piece = &last->pieces[last->piece_count - 1];
    uint32_t end =
        piece->end > last->cue + last->cue_count ? piece->end : last->cue + last->cue_count;
    return end <= i && i - end <= 8 ? last : NULL;
}

/** "state news agency Belta": the name of a person or body that the phrase at `i` ends in. */
static uint32_t name_in_phrase(const struct stm_speech_scan *scan, uint32_t i)
{
    const struct stm_annotation *ann = scan->ann;
    for (uint32_t at = i; at < scan->end && at < i + 8; at++) {
        uint32_t mention = ann->tokens[at].mention;
        uint8_t pos = ann->tokens[at].pos;
        if (mention != STEMMA_NONE && ann->mentions[mention].kind == STEMMA_MENTION_NAME) {
            uint32_t end = ann->mentions[mention].first + ann->mentions[mention].count;
            int ends = end >= scan->end || (ann->tokens[end].flags & STM_TOKEN_PUNCTUATION) ||
                       ann->tokens[end].pos == STM_POS_IN || ann->tokens[end].pos == STM_POS_CC;
            uint8_t type = ann->mentions[mention].type;
            if (ends && at != i && (type == STM_ENTITY_PERSON || type == STM_ENTITY_ORGANIZATION) &&
                ann->tokens[at].pos != STM_POS_POS) {
                return mention;
            }
            at = end - 1;
            continue;
        }
        if (pos != STM_POS_NN && pos != STM_POS_JJ && pos != STM_POS_DT && pos != STM_POS_PRPS &&
            pos != STM_POS_NNP && pos != STM_POS_VBN) {
            break;
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_speech_according(struct stm_speech_scan *scan, uint32_t i)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = begin_statement(i, 2, STM_SPEECH_ASSERT);
    int found = 0;
    if (i + 2 >= scan->end) {
        return STEMMA_OK;
    }
    uint32_t head = stm_speech_phrase_head(scan, i + 2);
    stemma_status status = stm_speech_speakers(scan, head, &it, &found);
    if (status != STEMMA_OK) {
        return status;
    }
    if (!found) {
        uint32_t mention = ann->tokens[i + 2].outer;
        if (mention == STEMMA_NONE || ann->mentions[mention].type == STM_ENTITY_NONE) {
            return STEMMA_OK;
        }
        it.speakers[0] = mention;
        it.speaker_count = 1;
        head = ann->mentions[mention].head;
    }
    uint32_t named = name_in_phrase(scan, i + 2);
    if (named != STEMMA_NONE) {
        it.speakers[0] = named;
        it.speaker_count = 1;
    }
    struct stm_statement *last = passed_on(scan, i);
    if (last != NULL) {
        if (last->via == STEMMA_NONE) {
            last->via = it.speakers[0];
        }
        return STEMMA_OK;
    }
    uint32_t end = phrase_end(scan, i + 2, head);
    uint32_t before = i;
    while (before > scan->opening && (ann->tokens[before - 1].flags & STM_TOKEN_PUNCTUATION) &&
           !(ann->tokens[before - 1].flags & STM_TOKEN_QUOTE_CLOSE)) {
        before--;
    }
    if (before <= scan->opening) {
        if (stm_speech_is_at(scan, end, ",") && end + 1 < scan->end) {
            (void)stm_speech_add_piece(scan, &it, end + 1, stm_speech_clause_end(scan, i, end + 1));
        }
    } else if (before - scan->opening < STM_SPEECH_REACH) {
        uint32_t first = scan->opening;
        for (uint32_t at = before; at > first; at--) {
            if (stm_speech_is_at(scan, at, ";")) {
                first = at + 1;
            }
        }
        if (stm_speech_has_flag(scan, before - 1, STM_TOKEN_QUOTE_CLOSE) &&
            stm_speech_free_quote(scan, before - 1) != STEMMA_NONE &&
            ann->quotes[ann->tokens[before - 1].quote].first <= first + 1) {
            (void)stm_speech_add_quote(scan, &it, ann->tokens[before - 1].quote);
        } else if (stm_speech_has_finite(scan, first, before)) {
            (void)stm_speech_add_piece(scan, &it, first, before);
        } else if (stm_speech_is_at(scan, end, ",") && end + 1 < scan->end &&
                   stm_speech_verb_at(ann, end + 1) != NULL) {
            scan->medium = it.speakers[0]; /* "Bell, according to the agency, said that" */
            return STEMMA_OK;
        } else if (stm_speech_is_at(scan, end, ",") && end + 1 < scan->end) {
            it.joined = 1;
            (void)stm_speech_add_piece(scan, &it, first, before);
            (void)stm_speech_add_piece(scan, &it, end + 1, stm_speech_clause_end(scan, i, end + 1));
        }
    }
    if (it.piece_count == 0 ||
        !stm_speech_has_finite(scan,
                               it.pieces[0].first < scan->first ? scan->first : it.pieces[0].first,
                               it.pieces[it.piece_count - 1].end)) {
        return STEMMA_OK;
    }
    return stm_speech_keep(scan, &it);
}

stemma_status stm_speech_words_of(struct stm_speech_scan *scan, uint32_t i)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = begin_statement(i, 4, STM_SPEECH_ASSERT);
    int found = 0;
    if (i + 4 >= scan->end) {
        return STEMMA_OK;
    }
    uint32_t head = stm_speech_phrase_head(scan, i + 4);
    stemma_status status = stm_speech_speakers(scan, head, &it, &found);
    if (status != STEMMA_OK || !found) {
        return status;
    }
    uint32_t end = phrase_end(scan, i + 4, head);
    uint32_t quote = STEMMA_NONE;
    for (uint32_t at = end; at < scan->end && at < end + 3; at++) {
        if (ann->tokens[at].flags & STM_TOKEN_QUOTE_OPEN) {
            quote = stm_speech_free_quote(scan, at);
            break;
        }
    }
    for (uint32_t at = i; quote == STEMMA_NONE && at > scan->first && i - at < 3; at--) {
        if (ann->tokens[at - 1].flags & STM_TOKEN_QUOTE_CLOSE) {
            quote = stm_speech_free_quote(scan, at - 1);
            break;
        }
    }
    return quote != STEMMA_NONE && stm_speech_add_quote(scan, &it, quote)
               ? stm_speech_keep(scan, &it)
               : STEMMA_OK;
}

/** Whether the subject of a verb gives voice to its object: "made the claim", "voiced the fear". */
static int is_voicing(const struct stm_annotation *ann, uint32_t verb)
{
    static const char *const lemmas[] = {"make",    "issue", "repeat",  "release",
                                         "publish", "voice", "give",    "express",
                                         "deliver", "renew", "withdraw"};
    for (size_t i = 0; i < sizeof lemmas / sizeof lemmas[0]; i++) {
        if (stm_ann_has_lemma(ann, verb, lemmas[i])) {
            return 1;
        }
    }
    return 0;
}

stemma_status stm_speech_noun(struct stm_speech_scan *scan, uint32_t i, enum stm_speech_class kind)
{
    struct stm_annotation *ann = scan->ann;
    struct stm_statement it = begin_statement(i, 1, kind);
    uint32_t start = i + 1;
    /* "the claim by X that": what stands between belongs to the noun. */
    uint32_t by = stm_syntax_oblique(ann, i, "by");
    if (by == STEMMA_NONE) {
        by = stm_syntax_oblique(ann, i, "from");
    }
    if (by != STEMMA_NONE && by > i) {
        uint32_t first = by;
        uint32_t end = by + 1;
        uint32_t mention = ann->tokens[by].mention;
        stm_syntax_range(ann, by, &first, &end);
        start = mention != STEMMA_NONE ? ann->mentions[mention].first + ann->mentions[mention].count
                                       : by + 1;
        (void)first;
    }
    int that =
        stm_speech_is_at(scan, start, "that") && start + 2 < scan->end &&
        (ann->tokens[start].pos == STM_POS_IN || ann->tokens[start].relation == STM_RELATION_MARK);
    int to = stm_speech_is_at(scan, start, "to") && start + 1 < scan->end &&
             ann->tokens[start + 1].pos == STM_POS_VB &&
             (kind == STM_SPEECH_DEMAND || kind == STM_SPEECH_PROMISE);
    int wanted =
        stm_speech_is_at(scan, start, "for") && start + 1 < scan->end && kind == STM_SPEECH_DEMAND;
    if (!that && !to && !wanted) {
        return STEMMA_OK;
    }
    /* The words belong to the noun: of a verb behind it they would be "to" of purpose. */
    uint32_t first = start + 1;
    uint32_t clause = STEMMA_NONE;
    for (uint32_t at = ann->tokens[i].child; at != STEMMA_NONE; at = ann->tokens[at].sibling) {
        uint8_t relation = ann->tokens[at].relation;
        if (at > start && (relation == STM_RELATION_ACL || relation == STM_RELATION_CCOMP ||
                           (that && relation == STM_RELATION_ACL_RELCL) ||
                           (wanted && relation == STM_RELATION_NMOD))) {
            clause = at;
            break;
        }
    }
    if (clause == STEMMA_NONE && !(that && ann->tokens[i].relation != STM_RELATION_ROOT)) {
        return STEMMA_OK;
    }
    uint32_t end = stm_speech_clause_end(scan, i, start + 1);
    if (clause != STEMMA_NONE) {
        uint32_t last = end;
        stm_syntax_range(ann, clause, &first, &last);
        end = last > start + 1 && last < end ? last : end;
    }
    end = stm_speech_noun_clause_end(scan, start + 1, end, that);
    if (!stm_speech_add_piece(scan, &it, start + 1, end)) {
        return STEMMA_OK;
    }
    it.demand = to || wanted || kind == STM_SPEECH_WISH || kind == STM_SPEECH_DEMAND;
    it.stance = kind == STM_SPEECH_DENY  ? STEMMA_STANCE_DENIES
                : kind == STM_SPEECH_ASK ? STEMMA_STANCE_QUESTIONS
                                         : STEMMA_STANCE_ASSERTS;
    it.silent = kind >= STM_SPEECH_THINK;
    uint32_t owner = stm_syntax_child(ann, i, STM_RELATION_NMOD_POSS);
    uint32_t verb = ann->tokens[i].head;
    if (owner == STEMMA_NONE) {
        owner = by;
    }
    if (owner == STEMMA_NONE && verb != STEMMA_NONE &&
        ann->tokens[i].relation == STM_RELATION_OBJ && is_voicing(ann, verb)) {
        owner = stm_syntax_subject(ann, verb);
    }
    int found = 0;
    stemma_status status = stm_speech_speakers(scan, owner, &it, &found);
    if (!found) {
        it.silent = 1;
    }
    return status == STEMMA_OK ? stm_speech_keep(scan, &it) : status;
}

/** The participle of speech behind "as", from `i` on: "quoted Bell as saying". */
static uint32_t as_saying(const struct stm_speech_scan *scan, uint32_t i)
{
    uint32_t limit = scan->end - i > QUOTED_REACH ? i + QUOTED_REACH : scan->end;
    for (; i + 1 < limit; i++) {
        if (stm_speech_is_at(scan, i, "as")) {
            const struct stm_speech_verb *verb = stm_speech_verb_at(scan->ann, i + 1);
            if (verb != NULL && scan->ann->tokens[i + 1].pos == STM_POS_VBG) {
                return i + 1;
            }
        }
    }
    return STEMMA_NONE;
}

stemma_status stm_speech_quoted(struct stm_speech_scan *scan, struct stm_statement *it,
                                const struct stm_cue_group *group, int *found)
{
    struct stm_annotation *ann = scan->ann;
    uint32_t cue = it->cue;
    uint32_t saying = as_saying(scan, cue + 1);
    *found = 0;
    if (saying == STEMMA_NONE) {
        return STEMMA_OK;
    }
    uint32_t medium = STEMMA_NONE;
    uint32_t edge = cue;
    int speaks = 0;
    /* The subject of the verb: who is quoted, or the medium that quotes. */
    stemma_status status = stm_speech_find_speaker(scan, it, group, &edge, &speaks);
    if (status != STEMMA_OK) {
        return status;
    }
    if (group->has_be) {
        medium = stm_syntax_child(ann, cue, STM_RELATION_OBL_AGENT);
        if (stm_speech_is_at(scan, saying + 1, "by") && saying + 2 < scan->end) {
            medium = stm_speech_phrase_head(scan, saying + 2);
        } else if (medium == STEMMA_NONE && stm_speech_is_at(scan, cue + 1, "by")) {
            medium = stm_speech_phrase_head(scan, cue + 2);
        }
    } else {
        it->via = speaks ? it->speakers[0] : STEMMA_NONE;
        uint32_t who = stm_syntax_child(ann, cue, STM_RELATION_OBJ);
        if (who == STEMMA_NONE && cue + 1 < saying - 1) {
            who = stm_speech_phrase_head(scan, cue + 1);
        }
        status = stm_speech_speakers(scan, who, it, &speaks);
    }
    if (status != STEMMA_OK || !speaks) {
        return status;
    }
    if (medium != STEMMA_NONE) {
        status = stm_speech_mention_made(scan, medium, &it->via);
        if (status != STEMMA_OK) {
            return status;
        }
    }
    const struct stm_speech_verb *verb = stm_speech_verb_at(ann, saying);
    uint32_t behind = saying + 1;
    if (stm_speech_is_at(scan, behind, "by") && medium != STEMMA_NONE && medium > behind) {
        uint32_t mention = it->via;
        behind = mention != STEMMA_NONE
                     ? ann->mentions[mention].first + ann->mentions[mention].count
                     : medium + 1;
    }
    /* The content hangs on "saying". */
    it->cue = saying;
    it->cue_count = behind - saying;
    it->frames = verb->frames;
    *found = stm_content_right(scan, it);
    if (!*found) {
        *found = stm_content_left(scan, it, edge);
    }
    it->cue = cue;
    it->cue_count = saying + 1 - cue;
    return STEMMA_OK;
}

stemma_status stm_speech_accused(struct stm_speech_scan *scan, struct stm_statement *it, int *found)
{
    const struct stm_annotation *ann = scan->ann;
    const char *word = stm_ann_has_lemma(ann, it->cue, "blame") ? "for" : "of";
    uint32_t limit = scan->end - it->cue > ACCUSED_REACH ? it->cue + ACCUSED_REACH : scan->end;
    uint32_t whom = stm_syntax_child(ann, it->cue, STM_RELATION_OBJ);
    uint32_t from = it->cue + 1;
    *found = 0;
    if (whom != STEMMA_NONE && whom > it->cue) {
        uint32_t mention = stm_mention_headed(ann, whom);
        from = mention != STEMMA_NONE ? ann->mentions[mention].first + ann->mentions[mention].count
                                      : whom + 1;
    }
    for (uint32_t i = from; i + 1 < limit; i++) {
        /* The "of" of the cue, not of "the head of the bank". */
        uint32_t head = ann->tokens[i].head;
        if (stm_speech_is_at(scan, i, word) && head != STEMMA_NONE &&
            (ann->tokens[head].head == it->cue || ann->tokens[head].pos == STM_POS_VBG)) {
            *found =
                stm_speech_add_piece(scan, it, i + 1, stm_speech_clause_end(scan, it->cue, i + 1));
            return STEMMA_OK;
        }
        if (stm_speech_is_at(scan, i, ";")) {
            break;
        }
    }
    return STEMMA_OK;
}
