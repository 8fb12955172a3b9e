/* SPDX-License-Identifier: MIT */
#include "pack/extract/name_ending.h"

#include "pack/extract/lexicon.h"

/* An ending with its length at hand. */
struct ending {
    const char *text;
    uint8_t size;
};

#define END(text) {text, sizeof(text) - 1}

static int ends_in_any(stemma_text lower, const struct ending *endings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct ending *ending = &endings[i];
        /* Most words fail on the last letter already. */
        if (lower.size > ending->size + 2u &&
            lower.data[lower.size - 1] == ending->text[ending->size - 1] &&
            memcmp(lower.data + lower.size - ending->size, ending->text, ending->size) == 0) {
            return 1;
        }
    }
    return 0;
}

int stm_name_has_surname_ending(stemma_text lower)
{
    static const struct ending endings[] = {
        END("ov"), END("ev"), END("ova"), END("eva"), END("enko"), END("chuk"), END("ski"),
        END("sky"), END("skaya"), END("ska"), END("skyi"), END("skiy"), END("vich"), END("vych"),
        END("yan"), END("ian"), END("shvili"), END("dze"), END("oglu"), END("opoulos"),
        END("akis"), END("idis"), END("sson"), END("escu"), END("ovic"), END("evic"), END("ović"),
        END("ević"), END("czyk"), END("wicz"), END("stein"), END("berg"), END("mann"),
        END("zadeh"), END("nejad"), END("ullah"), END("uddin"), END("iyev"), END("ayev"),
        END("nko"), END("uk"), END("iuk"), END("yuk"), END("kin"), END("kina"), END("skas"),
        END("aitis"), END("auskas"),
    };
    return ends_in_any(lower, endings, sizeof endings / sizeof *endings);
}

int stm_name_has_place_ending(stemma_text lower)
{
    static const struct ending endings[] = {
        END("stan"), END("ville"), END("burg"), END("grad"), END("gorod"), END("polis"),
        END("shire"), END("pur"), END("abad"), END("istan"), END("land"), END("ia"),
        END("borough"), END("bury"), END("ton"), END("ford"), END("sk"), END("holm"), END("heim"),
        END("stadt"),
    };
    return ends_in_any(lower, endings, sizeof endings / sizeof *endings);
}

int stm_name_is_plain_word(const struct stm_annotation *ann, uint32_t i)
{
    stemma_text lower = ann->tokens[i].lower;
    static const struct ending endings[] = {
        END("tion"), END("sion"), END("ment"), END("ness"), END("ical"), END("onal"), END("rial"),
        END("tive"), END("ous"), END("able"), END("ible"), END("ism"), END("ings"), END("ers"),
        END("tics"), END("ology"), END("ography"),
    };
    if (ends_in_any(lower, endings, sizeof endings / sizeof *endings)) {
        return 1;
    }
    return stm_lexicon_has(STM_LEXICON_NOUN, lower) || stm_lexicon_has(STM_LEXICON_VERB, lower) ||
           stm_lexicon_closed_tag(lower) != STM_TAG_OTHER || stm_lexicon_form(lower) != NULL;
}
