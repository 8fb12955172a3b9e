/* SPDX-License-Identifier: MIT */
/**
 * @file label.h
 * Names of what the trained models decide: parts of speech and relations of dependency.
 *
 * Parts of speech are the tags of the Penn Treebank, as the English Web Treebank and GUM use them;
 * relations are those of Universal Dependencies 2 with the subtypes of English. The numbers are
 * written into weights files: new ones go to the end.
 */
#ifndef STEMMA_MODEL_LABEL_H
#define STEMMA_MODEL_LABEL_H

#include "stemma/types.h"

#define STM_POS_LIST(X)                                                                            \
    X(NONE, "_")                                                                                   \
    X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(IN, "IN") X(JJ, "JJ")            \
    X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NN, "NN") X(NNP, "NNP")                  \
    X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$")        \
    X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH")      \
    X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ")              \
    X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(DOLLAR, "$") X(COMMA, ",")             \
    X(STOP, ".") X(COLON, ":") X(OPEN, "``") X(CLOSE, "''") X(LRB, "-LRB-") X(RRB, "-RRB-")        \
    X(HYPH, "HYPH") X(NFP, "NFP") X(ADD, "ADD") X(GW, "GW") X(AFX, "AFX") X(XX, "XX")

#define STM_RELATION_LIST(X)                                                                       \
    X(NONE, "_")                                                                                   \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl")        \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass")    \
    X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp")                      \
    X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop")          \
    X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep")      \
    X(DET, "det") X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse")                            \
    X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat")                  \
    X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod")        \
    X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked")          \
    X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass")                    \
    X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl") X(OBL_AGENT, "obl:agent")                      \
    X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis")                  \
    X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root") X(VOCATIVE, "vocative")          \
    X(XCOMP, "xcomp")

#define STM_LABEL_POS(name, text)      STM_POS_##name,
#define STM_LABEL_RELATION(name, text) STM_RELATION_##name,

enum stm_pos { STM_POS_LIST(STM_LABEL_POS) STM_POS_COUNT };
enum stm_relation { STM_RELATION_LIST(STM_LABEL_RELATION) STM_RELATION_COUNT };

/** "VBD"; "_" for NONE and for what is no part of speech. Static storage. */
const char *stm_pos_name(unsigned pos);

/** The part of speech so called; NONE when there is none. */
enum stm_pos stm_pos_of(stemma_text name);

/** "nsubj:pass"; "_" for NONE and for what is no relation. Static storage. */
const char *stm_relation_name(unsigned relation);

/** The relation so called; of an unknown subtype the relation before the colon; else NONE. */
enum stm_relation stm_relation_of(stemma_text name);

#endif
