/* SPDX-License-Identifier: MIT */
/* What the parser looks at: words and tags around the top of the stack and the front of the buffer, and
   the dependents that they have got. The templates follow Zhang and Nivre (2011). */
#include "pack/model/parser.h"

#define NO_WORD 0xFFFFFFFEu
#define NO_TAG  (STM_POS_COUNT + 0u)
#define ROOT_TAG (STM_POS_COUNT + 1u)

struct node {
    uint32_t word; /* number in the vocabulary */
    uint32_t tag;
};

static struct node node_at(const struct stm_parse *parse, uint32_t i)
{
    if (i < parse->count) {
        return (struct node){parse->words[i].id, parse->tags[i]};
    }
    return (struct node){NO_WORD, i == parse->count ? ROOT_TAG : NO_TAG};
}

static uint32_t distance_class(uint32_t distance)
{
    return distance < 5 ? distance : distance < 8 ? 5 : distance < 12 ? 6 : distance < 20 ? 7 : 8;
}

/* Commas, conjunctions and verbs that stand between two words: two bits each. */
static uint32_t between(const struct stm_parse *parse, uint32_t from, uint32_t to)
{
    uint32_t commas = 0;
    uint32_t verbs = 0;
    uint32_t others = 0;
    uint32_t limit = from + 16 < to ? from + 16 : to;
    for (uint32_t i = from + 1; i < limit; i++) {
        uint32_t tag = parse->tags[i];
        commas += tag == STM_POS_COMMA || tag == STM_POS_COLON;
        others += tag == STM_POS_CC;
        verbs += tag >= STM_POS_VB && tag <= STM_POS_VBZ;
    }
    return (commas < 3 ? commas : 3) | (verbs < 3 ? verbs : 3) << 2 | (others < 2 ? others : 2) << 4;
}

uint32_t stm_parse_features(const struct stm_parse *parse, uint32_t features[STM_PARSER_FEATURES])
{
    uint32_t none = STM_PARSE_NONE;
    uint32_t depth = parse->depth;
    uint32_t s0 = depth > 0 ? parse->stack[depth - 1] : none;
    uint32_t s1 = depth > 1 ? parse->stack[depth - 2] : none;
    uint32_t s2 = depth > 2 ? parse->stack[depth - 3] : none;
    uint32_t n0 = parse->next;
    struct node S0 = node_at(parse, s0);
    struct node S1 = node_at(parse, s1);
    struct node S2 = node_at(parse, s2);
    struct node N0 = node_at(parse, n0);
    struct node N1 = node_at(parse, n0 + 1);
    struct node N2 = node_at(parse, n0 + 2);
    struct node N3 = node_at(parse, n0 + 3);
    uint32_t s0l = s0 != none ? parse->left[s0][0] : none;
    uint32_t s0l2 = s0 != none ? parse->left[s0][1] : none;
    uint32_t s0r = s0 != none ? parse->right[s0][0] : none;
    uint32_t s0r2 = s0 != none ? parse->right[s0][1] : none;
    uint32_t s1l = s1 != none ? parse->left[s1][0] : none;
    uint32_t s1r = s1 != none ? parse->right[s1][0] : none;
    uint32_t n0l = parse->left[n0][0];
    uint32_t n0l2 = parse->left[n0][1];
    struct node S0L = node_at(parse, s0l);
    struct node S0L2 = node_at(parse, s0l2);
    struct node S0R = node_at(parse, s0r);
    struct node S0R2 = node_at(parse, s0r2);
    struct node S1L = node_at(parse, s1l);
    struct node S1R = node_at(parse, s1r);
    struct node N0L = node_at(parse, n0l);
    struct node N0L2 = node_at(parse, n0l2);
    struct node before = node_at(parse, n0 > 0 ? n0 - 1 : none); /* the word before the buffer */
    struct node after = node_at(parse, s0 != none ? s0 + 1 : none);
    uint32_t vl = s0 != none ? parse->left_count[s0] : 9;
    uint32_t vr = s0 != none ? parse->right_count[s0] : 9;
    uint32_t v1 = s1 != none ? parse->left_count[s1] * 8u + parse->right_count[s1] : 99;
    uint32_t vn = parse->left_count[n0];
    uint32_t d = s0 != none ? distance_class(n0 - s0) : 9;
    uint32_t e = s1 != none ? distance_class(s0 - s1) : 9;
    uint32_t gap = s0 != none ? between(parse, s0, n0) : 99;
    uint32_t gap1 = s1 != none ? between(parse, s1, s0) : 99;
    uint32_t p00 = S0.tag | N0.tag << 8;
    uint32_t p10 = S1.tag | S0.tag << 8;
    uint32_t n = 0;
#define F(number, a, b, c) features[n++] = stm_mix(number, a, b, c)
    F(1, S0.word, 0, 0);
    F(2, S0.tag, 0, 0);
    F(3, S0.word, S0.tag, 0);
    F(4, N0.word, 0, 0);
    F(5, N0.tag, 0, 0);
    F(6, N0.word, N0.tag, 0);
    F(7, N1.word, N1.tag, 0);
    F(8, N1.tag, 0, 0);
    F(9, N2.word, N2.tag, 0);
    F(10, S1.word, S1.tag, 0);
    F(11, S1.tag, 0, 0);
    F(12, S0.word, N0.word, 0);
    F(13, S0.word, S0.tag, N0.tag);
    F(14, S0.tag, N0.word, N0.tag);
    F(15, S0.word, N0.tag, N1.tag);
    F(16, p00, 0, 0);
    F(17, N0.tag, N1.tag, 0);
    F(18, p00, N1.tag, N2.tag);
    F(19, p00, N1.tag, 0);
    F(20, N0.tag, N1.tag, N2.tag | N3.tag << 8);
    F(21, p10, 0, 0);
    F(22, p10, N0.tag, 0);
    F(23, p10, S2.tag, 0);
    F(24, p10, N0.tag, N1.tag);
    F(25, S1.word, S0.word, 0);
    F(26, S1.word, S0.tag, 0);
    F(27, S1.tag, S0.word, 0);
    F(28, S1.word, S0.word, N0.tag);
    F(29, p10, S2.tag, N0.tag);
    F(30, S1.word, S0.tag, N0.tag);
    F(31, S1.tag, S0.word, N0.tag);
    F(32, p10, N0.word, 0);
    F(33, S1.word, S0.tag, N0.word);
    F(34, S0.word, N0.word, N1.tag);
    F(35, p10, N0.word, N1.tag);
    /* dependents */
    F(36, p00, S0L.tag, 0);
    F(37, p00, S0R.tag, 0);
    F(38, p00, N0L.tag, 0);
    F(39, p00, S0L.word, 0);
    F(40, p00, S0R.word, 0);
    F(41, p00, N0L.word, 0);
    F(42, p10, S1L.tag, 0);
    F(43, p10, S1R.tag, 0);
    F(44, p10, S0L.tag, 0);
    F(45, p10, S0R.tag, 0);
    F(46, p10, S1R.tag | S0L.tag << 8, N0.tag);
    F(47, p10, S0L.word, 0);
    F(48, S1.word, S0L.word, S0.tag);
    F(49, S2.word, S0L.word, S0.tag);
    F(50, S2.tag | p10 << 8, S0L.word, 0);
    F(51, p10, S1R.word, 0);
    F(52, p10, S1L.word, 0);
    F(53, S0.tag, S0L.tag, S0L2.tag);
    F(54, S0.tag, S0R.tag, S0R2.tag);
    F(55, N0.tag, N0L.tag, N0L2.tag);
    F(56, S0.word, S0L.word, N0.tag);
    F(57, S0.word, S0R.word, N0.tag);
    F(58, S0.word, S0R.tag, N0.word);
    /* how many dependents, how far apart, what between */
    F(59, S0.word, vl, N0.tag);
    F(60, S0.word, vr, N0.tag);
    F(61, S0.tag, vl, vr);
    F(62, p00, vr, vl);
    F(63, N0.word, vn, S0.tag);
    F(64, N0.tag, vn, S0.tag);
    F(65, S1.tag, v1, S0.tag);
    F(66, S1.word, v1, S0.tag);
    F(67, p00, d, 0);
    F(68, S0.word, d, 0);
    F(69, N0.word, d, 0);
    F(70, p10, e, 0);
    F(71, S1.word, e, S0.tag);
    F(72, p00, gap, 0);
    F(73, p10, gap1, 0);
    F(74, p10, gap1, N0.tag);
    F(75, p00, before.tag, 0);
    F(76, p00, after.tag, before.tag);
    F(77, p10, before.tag, N0.tag);
    F(78, S0.word, N0.tag, before.tag);
    F(79, depth < 4 ? depth : 4, N0.tag, S0.tag);
    F(80, S2.tag, S1.tag, N0.word);
    F(81, S1.word, N0.word, 0);
    F(82, S1.word, N0.word, N1.word);
    F(83, S2.word, N0.word, p10);
    F(84, S0.word, N1.word, N0.word);
    F(85, S1.tag | p00 << 8, N1.tag, S0L.tag);
    F(86, p00, N1.word, 0);
#undef F
    return n;
}

/* The preposition, conjunction or infinitive mark that a word begins with: its first dependent of such
   a kind. */
static uint32_t introducer(const struct stm_parse *parse, uint32_t word)
{
    for (uint32_t i = parse->child[word]; i < word; i = parse->sibling[i]) {
        uint32_t tag = parse->tags[i];
        if (tag == STM_POS_IN || tag == STM_POS_TO || tag == STM_POS_WDT || tag == STM_POS_WP ||
            tag == STM_POS_WRB || tag == STM_POS_POS) {
            return i;
        }
    }
    for (uint32_t i = parse->child[word]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
        if (parse->tags[i] == STM_POS_POS) {
            return i;
        }
    }
    return STM_PARSE_NONE;
}

/* What a head has: auxiliaries, articles, marks ... as far as tags tell. */
static uint32_t equipment(const struct stm_parse *parse, uint32_t head)
{
    uint32_t has = 0;
    for (uint32_t i = parse->child[head]; i < head; i = parse->sibling[i]) {
        uint32_t tag = parse->tags[i];
        has |= tag >= STM_POS_VB && tag <= STM_POS_VBZ ? 1u : 0;
        has |= tag == STM_POS_MD ? 2u : 0;
        has |= tag == STM_POS_TO ? 4u : 0;
        has |= tag == STM_POS_WDT || tag == STM_POS_WP || tag == STM_POS_WRB ? 8u : 0;
        has |= tag == STM_POS_IN ? 16u : 0;
        has |= tag == STM_POS_DT ? 32u : 0;
    }
    return has;
}

/* Subjects, objects, copulas ... of a head, as far as labels so far tell. */
static uint32_t complements(const struct stm_parse *parse, uint32_t head)
{
    uint32_t labels = 0;
    for (uint32_t i = parse->child[head]; i != STM_PARSE_NONE; i = parse->sibling[i]) {
        switch (parse->label[i]) {
        case STM_RELATION_NSUBJ:
        case STM_RELATION_NSUBJ_PASS:
        case STM_RELATION_CSUBJ:
        case STM_RELATION_EXPL:
            labels |= 1u;
            break;
        case STM_RELATION_OBJ:
            labels |= 2u;
            break;
        case STM_RELATION_COP:
            labels |= 4u;
            break;
        case STM_RELATION_AUX_PASS:
            labels |= 8u;
            break;
        case STM_RELATION_IOBJ:
            labels |= 16u;
            break;
        case STM_RELATION_CC:
            labels |= 32u;
            break;
        default:
            break;
        }
    }
    return labels;
}

#define F(number, a, b, c) features[n++] = stm_mix(number, a, b, c)

uint32_t stm_parse_arc_features(const struct stm_parse *parse, uint32_t word, struct stm_arc *arc,
                            uint32_t features[STM_LABELLER_FEATURES])
{
    uint32_t none = STM_PARSE_NONE;
    uint32_t head = parse->head[word];
    uint32_t above = head < parse->count ? parse->head[head] : none;
    struct node D = node_at(parse, word);
    struct node H = node_at(parse, head);
    struct node G = node_at(parse, above);
    uint32_t mark = introducer(parse, word);
    uint32_t head_mark = head < parse->count ? introducer(parse, head) : none;
    struct node M = node_at(parse, mark);
    struct node HM = node_at(parse, head_mark != word ? head_mark : none);
    uint32_t last = none; /* the dependent of the head before this one */
    for (uint32_t i = parse->child[head]; i != word && i != none; i = parse->sibling[i]) {
        last = i;
    }
    struct node B = node_at(parse, last);
    struct node A = node_at(parse, parse->sibling[word]);
    uint32_t first = parse->child[word];
    struct node C = node_at(parse, first);
    struct node W0 = node_at(parse, word > 0 ? word - 1 : none);
    struct node W1 = node_at(parse, word + 1);
    uint32_t has = equipment(parse, head);
    uint32_t own = equipment(parse, word);
    uint32_t right = word > head;
    uint32_t distance = right ? distance_class(word - head) : 16 + distance_class(head - word);
    uint32_t beside = right && last != none && last > head; /* not the first one after its head */
    uint32_t pair = D.tag | H.tag << 8 | right << 16;
    uint32_t cue = parse->words[word].flags;
    uint32_t n = 0;
    *arc = (struct stm_arc){head, last, pair, right, beside, has, D.tag, H.word, M.word, M.tag, A.tag};
    F(1, pair, 0, 0);
    F(2, pair, D.word, 0);
    F(3, pair, H.word, 0);
    F(4, D.word, H.word, right);
    F(5, D.word, right, 0);
    F(6, H.word, right, D.tag);
    F(7, pair, M.word, 0);
    F(8, pair, M.tag, 0);
    F(9, H.word, M.word, right);
    F(10, D.word, M.word, right);
    F(11, pair, distance, 0);
    F(12, pair, B.tag, A.tag);
    F(17, pair, has, M.word);
    F(18, pair, own, 0);
    F(19, pair, own, has);
    F(20, pair, G.tag, 0);
    F(21, pair, C.tag, 0);
    F(22, pair, C.word, 0);
    F(23, D.tag, W0.tag, W1.tag);
    F(24, pair, W0.word, 0);
    F(25, pair, W1.word, 0);
    F(26, pair, HM.word, 0);
    F(29, pair, cue, parse->words[head].flags);
    F(30, D.word, A.tag, pair);
    F(31, pair, parse->words[word].suffix[2], 0);
    F(32, pair, M.tag, B.word);
    F(34, pair, W0.tag, distance);
    F(35, pair, G.word, 0);
    F(36, M.tag, own, pair);
    F(37, pair, parse->child[word] == none, beside);
    return n;
}

uint32_t stm_parse_arc_label_features(const struct stm_parse *parse, const struct stm_arc *arc,
                                  uint32_t features[STM_LABELLER_FEATURES])
{
    uint32_t pair = arc->pair;
    uint32_t right = arc->right;
    uint32_t labels = complements(parse, arc->head);
    uint32_t last_label =
        arc->last != STM_PARSE_NONE ? parse->label[arc->last] : STM_RELATION_COUNT;
    uint32_t n = 0;
    F(13, pair, last_label, 0);
    F(14, arc->head_word, last_label, arc->tag);
    F(15, pair, labels, arc->has);
    F(16, pair, labels, arc->beside);
    F(27, pair, labels | arc->beside << 8, arc->mark_tag);
    F(28, arc->head_word, labels, right | arc->tag << 8);
    F(33, arc->head_word, arc->mark_word, labels);
    F(38, pair, arc->after_tag, last_label);
    return n;
}

#undef F

uint32_t stm_parse_label_features(const struct stm_parse *parse, uint32_t word,
                                  uint32_t features[STM_LABELLER_FEATURES])
{
    static const uint8_t of_labels[] = {13, 14, 15, 16, 27, 28, 33, 38};
    uint32_t by_arc[STM_LABELLER_FEATURES];
    uint32_t by_labels[STM_LABELLER_FEATURES];
    struct stm_arc arc;
    uint32_t all = stm_parse_arc_features(parse, word, &arc, by_arc);
    uint32_t at = 0;
    all += stm_parse_arc_label_features(parse, &arc, by_labels);
    for (uint32_t n = 0; n < all; n++) { /* in the order of their templates */
        int next = at < sizeof of_labels && of_labels[at] == n + 1;
        features[n] = next ? by_labels[at] : by_arc[n - at];
        at += (uint32_t)next;
    }
    return all;
}
