/* SPDX-License-Identifier: MIT */
#include "pack/extract/quantity_unit.h"

#include "pack/extract/lexicon.h"
#include "pack/extract/time_date.h"

struct word_unit {
    const char *word;
    const char *unit;
};

/* Signs stand before the number. "$" is that of the United States unless letters say otherwise. */
static const struct word_unit signs[] = {
    {"$", "USD"},
    {"\xE2\x82\xAC", "EUR"},
    {"\xC2\xA3", "GBP"},
    {"\xC2\xA5", "JPY"},
    {"\xE2\x82\xB9", "INR"},
    {"\xE2\x82\xBD", "RUB"},
    {"\xE2\x82\xB4", "UAH"},
    {"\xE2\x82\xBA", "TRY"},
    {"\xE2\x82\xA6", "NGN"},
    {"\xE2\x82\xA9", "KRW"},
    {"\xE2\x82\xAA", "ILS"},
    {"\xE2\x82\xB1", "PHP"},
    {"\xE0\xB8\xBF", "THB"},
    {"\xE2\x82\xAB", "VND"},
    {"\xE2\x82\xB8", "KZT"},
    {"us$", "USD"},
};

static const struct word_unit dollar_letters[] = {
    {"us", "USD"}, {"u.s.", "USD"}, {"c", "CAD"},  {"ca", "CAD"}, {"a", "AUD"},
    {"au", "AUD"}, {"hk", "HKD"},   {"nz", "NZD"}, {"s", "SGD"},  {"nt", "TWD"},
    {"tt", "TTD"}, {"j", "JMD"},    {"r", "BRL"},  {"mx", "MXN"}, {"z", "ZWL"},
};

/* Codes and abbreviations before the number, in capitals or with a dot. */
static const struct word_unit prefixes[] = {
    {"rs", "INR"},  {"rs.", "INR"}, {"usd", "USD"}, {"eur", "EUR"}, {"gbp", "GBP"}, {"chf", "CHF"},
    {"ksh", "KES"}, {"sh", "KES"},  {"aed", "AED"}, {"sar", "SAR"}, {"rm", "MYR"},  {"rmb", "CNY"},
    {"cny", "CNY"}, {"jpy", "JPY"}, {"inr", "INR"}, {"rub", "RUB"}, {"uah", "UAH"}, {"pln", "PLN"},
    {"czk", "CZK"}, {"sek", "SEK"}, {"nok", "NOK"}, {"dkk", "DKK"}, {"try", "TRY"}, {"zar", "ZAR"},
    {"kes", "KES"}, {"ngn", "NGN"}, {"pkr", "PKR"}, {"lkr", "LKR"}, {"bdt", "BDT"}, {"cad", "CAD"},
    {"aud", "AUD"}, {"tk", "BDT"},  {"p", "PHP"},   {"byn", "BYN"}, {"kzt", "KZT"},
};

/* Names of money; those that several countries share are below, by country. */
static const struct word_unit monies[] = {
    {"dollar", "USD"}, {"euro", "EUR"},    {"pound", "GBP"},    {"rouble", "RUB"},
    {"ruble", "RUB"},  {"yuan", "CNY"},    {"renminbi", "CNY"}, {"yen", "JPY"},
    {"rupee", "INR"},  {"hryvnia", "UAH"}, {"hryvnya", "UAH"},  {"lira", "TRY"},
    {"shekel", "ILS"}, {"franc", "CHF"},   {"zloty", "PLN"},    {"forint", "HUF"},
    {"naira", "NGN"},  {"cedi", "GHS"},    {"rand", "ZAR"},     {"birr", "ETB"},
    {"taka", "BDT"},   {"baht", "THB"},    {"ringgit", "MYR"},  {"rupiah", "IDR"},
    {"dong", "VND"},   {"kronor", "SEK"},  {"kroner", "NOK"},   {"koruna", "CZK"},
    {"crown", "CZK"},  {"lari", "GEL"},    {"tenge", "KZT"},    {"manat", "AZN"},
    {"dram", "AMD"},   {"real", "BRL"},    {"reais", "BRL"},    {"kyat", "MMK"},
    {"riel", "KHR"},   {"rial", "IRR"},    {"riyal", "SAR"},    {"dirham", "AED"},
    {"kwacha", "ZMW"}, {"kwanza", "AOA"},  {"metical", "MZN"},  {"shilling", "KES"},
    {"peso", "MXN"},   {"dinar", "IQD"},   {"afghani", "AFN"},  {"usd", "USD"},
    {"eur", "EUR"},    {"gbp", "GBP"},     {"chf", "CHF"},      {"won", "KRW"},
};

static const struct {
    const char *money;
    const char *country;
    const char *unit;
} national[] = {
    {"dollar", "Canada", "CAD"},      {"dollar", "Australia", "AUD"},
    {"dollar", "New Zealand", "NZD"}, {"dollar", "Singapore", "SGD"},
    {"dollar", "Hong Kong", "HKD"},   {"dollar", "Taiwan", "TWD"},
    {"dollar", "Jamaica", "JMD"},     {"dollar", "Zimbabwe", "ZWL"},
    {"dollar", "Liberia", "LRD"},     {"dollar", "Fiji", "FJD"},
    {"pound", "Egypt", "EGP"},        {"pound", "Lebanon", "LBP"},
    {"pound", "Syria", "SYP"},        {"pound", "Sudan", "SDG"},
    {"pound", "South Sudan", "SSP"},  {"rupee", "Pakistan", "PKR"},
    {"rupee", "Sri Lanka", "LKR"},    {"rupee", "Nepal", "NPR"},
    {"rupee", "Mauritius", "MUR"},    {"peso", "Argentina", "ARS"},
    {"peso", "Philippines", "PHP"},   {"peso", "Colombia", "COP"},
    {"peso", "Chile", "CLP"},         {"peso", "Cuba", "CUP"},
    {"peso", "Uruguay", "UYU"},       {"peso", "Dominican Republic", "DOP"},
    {"dinar", "Kuwait", "KWD"},       {"dinar", "Jordan", "JOD"},
    {"dinar", "Serbia", "RSD"},       {"dinar", "Algeria", "DZD"},
    {"dinar", "Tunisia", "TND"},      {"dinar", "Libya", "LYD"},
    {"dinar", "Bahrain", "BHD"},      {"dirham", "Morocco", "MAD"},
    {"riyal", "Qatar", "QAR"},        {"rial", "Yemen", "YER"},
    {"rial", "Oman", "OMR"},          {"shilling", "Uganda", "UGX"},
    {"shilling", "Tanzania", "TZS"},  {"shilling", "Somalia", "SOS"},
    {"ruble", "Belarus", "BYN"},      {"rouble", "Belarus", "BYN"},
    {"franc", "Rwanda", "RWF"},       {"franc", "Burundi", "BIF"},
    {"franc", "Guinea", "GNF"},       {"won", "North Korea", "KPW"},
    {"crown", "Sweden", "SEK"},       {"crown", "Norway", "NOK"},
    {"crown", "Denmark", "DKK"},      {"kroner", "Denmark", "DKK"},
};

static const struct word_unit units[] = {
    {"%", "percent"},
    {"percent", "percent"},
    {"pc", "percent"},
    {"pct", "percent"},
    {"km", "km"},
    {"kilometre", "km"},
    {"kilometer", "km"},
    {"mile", "mile"},
    {"metre", "m"},
    {"meter", "m"},
    {"centimetre", "cm"},
    {"centimeter", "cm"},
    {"cm", "cm"},
    {"millimetre", "mm"},
    {"millimeter", "mm"},
    {"mm", "mm"},
    {"kg", "kg"},
    {"kilogram", "kg"},
    {"kilogramme", "kg"},
    {"kilo", "kg"},
    {"gram", "g"},
    {"tonne", "t"},
    {"ton", "ton"},
    {"ounce", "ounce"},
    {"foot", "foot"},
    {"feet", "foot"},
    {"inch", "inch"},
    {"inches", "inch"},
    {"yard", "yard"},
    {"hectare", "ha"},
    {"acre", "acre"},
    {"litre", "l"},
    {"liter", "l"},
    {"gallon", "gallon"},
    {"barrel", "barrel"},
    {"megawatt", "MW"},
    {"mw", "MW"},
    {"gigawatt", "GW"},
    {"gw", "GW"},
    {"kilowatt", "kW"},
    {"degree", "degree"},
    {"\xC2\xB0", "degree"},
    {"\xC2\xB0"
     "c",
     "degree"},
    {"\xC2\xB0"
     "f",
     "degree"},
    {"celsius", "degree"},
    {"kph", "km/h"},
    {"km/h", "km/h"},
    {"mph", "mile/h"},
    {"knot", "knot"},
    {"gigabyte", "GB"},
    {"megabyte", "MB"},
    {"terabyte", "TB"},
    {"hr", "hour"},
    {"hrs", "hour"},
    {"min", "minute"},
    {"mins", "minute"},
    {"yr", "year"},
    {"yrs", "year"},
    {"kmh", "km/h"},
};

static const struct word_unit area_units[] = {
    {"km", "km2"},   {"kilometre", "km2"}, {"kilometer", "km2"}, {"mile", "mile2"},
    {"metre", "m2"}, {"meter", "m2"},      {"foot", "foot2"},    {"feet", "foot2"},
};

#define LOOK_UP(table, word) look_up((table), sizeof(table) / sizeof((table)[0]), (word))

static const char *look_up(const struct word_unit *table, size_t count, stemma_text word)
{
    for (size_t i = 0; i < count; i++) {
        if (stemma_text_equal(word, stemma_text_of(table[i].word))) {
            return table[i].unit;
        }
    }
    return NULL;
}

/** Looks for the word, then for the word without its plural "s". */
static const char *look_up_plural(const struct word_unit *table, size_t count, stemma_text word)
{
    const char *unit = look_up(table, count, word);
    if (unit == NULL && word.size > 3 && word.data[word.size - 1] == 's') {
        word.size--;
        unit = look_up(table, count, word);
    }
    return unit;
}

#define LOOK_UP_PLURAL(table, word)                                                                \
    look_up_plural((table), sizeof(table) / sizeof((table)[0]), (word))

const char *stm_unit_of(stemma_text word)
{
    const char *unit = LOOK_UP_PLURAL(units, word);
    if (unit != NULL) {
        return unit;
    }
    switch (stm_unit_of_word(word)) {
    case STM_UNIT_DAY:
        return "day";
    case STM_UNIT_WEEK:
        return "week";
    case STM_UNIT_MONTH:
        return "month";
    case STM_UNIT_YEAR:
        return "year";
    case STM_UNIT_DECADE:
        return "decade";
    case STM_UNIT_CENTURY:
        return "century";
    case STM_UNIT_HOUR:
        return word.data[0] == 'h' ? "hour" : word.data[0] == 'm' ? "minute" : "second";
    case STM_UNIT_NONE:
    case STM_UNIT_WEEKEND:
        break;
    }
    return NULL;
}

int stm_unit_is_measure(const char *unit)
{
    static const char *const measures[] = {"kg",     "g",      "t",  "ton",  "ounce", "l",
                                           "gallon", "barrel", "ha", "acre", "km2",   "m2",
                                           "m3",     "MW",     "GW", "kW"};
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        if (strcmp(unit, measures[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

const char *stm_currency_before(const struct stm_quantity_scan *scan, uint32_t i, uint32_t *taken)
{
    *taken = 0;
    if (i <= scan->first) {
        return NULL;
    }
    const struct stm_token *before = &scan->ann->tokens[i - 1];
    const char *unit = LOOK_UP(signs, before->lower);
    if (unit != NULL) {
        *taken = 1;
        if (i >= scan->first + 2 && stm_ann_is(scan->ann, i - 1, "$") &&
            !(before->flags & STM_TOKEN_SPACE_BEFORE)) {
            const char *whose = LOOK_UP(dollar_letters, scan->ann->tokens[i - 2].lower);
            *taken = whose != NULL ? 2 : 1;
            unit = whose != NULL ? whose : unit;
        }
        return unit;
    }
    if ((before->flags & (STM_TOKEN_CAPITALISED | STM_TOKEN_ALL_CAPS)) != 0 &&
        (scan->ann->tokens[i].flags & STM_TOKEN_DIGIT) != 0) {
        unit = LOOK_UP(prefixes, before->lower);
        *taken = unit != NULL;
    }
    return unit;
}

/** "dollars", "Canadian dollars", "US dollars", "pounds sterling". */
static const char *money_after(const struct stm_quantity_scan *scan, uint32_t i, uint32_t *taken)
{
    const struct stm_annotation *ann = scan->ann;
    uint32_t at = i;
    const struct stm_demonym_entry *people = NULL;
    const struct stm_place_entry *place = NULL;
    if (ann->tokens[i].flags & STM_TOKEN_CAPITALISED) {
        people = stm_lexicon_demonym(ann->tokens[i].lower);
        place = people == NULL ? stm_lexicon_place(ann->tokens[i].lower) : NULL;
        at += people != NULL || place != NULL;
        char two[64]; /* "South Korean won" */
        if (people == NULL && place == NULL && i + 1 < scan->end &&
            ann->tokens[i].lower.size + ann->tokens[i + 1].lower.size + 1 < sizeof two) {
            size_t size = ann->tokens[i].lower.size;
            memcpy(two, ann->tokens[i].lower.data, size);
            two[size] = ' ';
            memcpy(two + size + 1, ann->tokens[i + 1].lower.data, ann->tokens[i + 1].lower.size);
            stemma_text key = {two, size + 1 + ann->tokens[i + 1].lower.size};
            people = stm_lexicon_demonym(key);
            at += people != NULL ? 2 : 0;
        }
    }
    static const char *const large[] = {"million", "billion", "trillion"};
    if (at >= scan->end ||
        (at == i && stm_ann_is(ann, at, "won") && !STM_QUANTITY_IS_ANY(scan, i - 1, large))) {
        return NULL; /* "12 won" is a verb */
    }
    const char *unit = LOOK_UP_PLURAL(monies, ann->tokens[at].lower);
    if (unit == NULL) {
        return NULL;
    }
    stemma_text money = ann->tokens[at].lower;
    const char *country = people != NULL ? people->country : place != NULL ? place->canonical : "";
    for (size_t n = 0; n < sizeof national / sizeof national[0]; n++) {
        size_t size = strlen(national[n].money);
        if (money.size >= size && memcmp(money.data, national[n].money, size) == 0 &&
            strcmp(country, national[n].country) == 0) {
            unit = national[n].unit;
        }
    }
    at++;
    if (stm_quantity_is(scan, at, "sterling")) {
        at++;
    }
    *taken = at - i;
    return unit;
}

const char *stm_unit_after(const struct stm_quantity_scan *scan, uint32_t i, uint32_t *taken)
{
    const struct stm_annotation *ann = scan->ann;
    *taken = 0;
    if (i >= scan->end) {
        return NULL;
    }
    const char *unit = money_after(scan, i, taken);
    if (unit != NULL) {
        return unit;
    }
    if (stm_quantity_is(scan, i, "per")) {
        *taken = 2;
        return stm_quantity_is(scan, i + 1, "cent") ? "percent" : NULL;
    }
    if (stm_quantity_is(scan, i, "percentage") &&
        (stm_quantity_is(scan, i + 1, "points") || stm_quantity_is(scan, i + 1, "point"))) {
        *taken = 2;
        return "percentage point";
    }
    if (stm_quantity_is(scan, i, "square") && i + 1 < scan->end) {
        *taken = 2;
        return LOOK_UP_PLURAL(area_units, ann->tokens[i + 1].lower);
    }
    if (stm_quantity_is(scan, i, "nautical") && i + 1 < scan->end &&
        stm_ann_has_lemma(ann, i + 1, "mile")) {
        *taken = 2;
        return "nautical mile";
    }
    if (stm_quantity_is(scan, i, "cubic") || stm_quantity_is(scan, i, "metric")) {
        int cubic = stm_quantity_is(scan, i, "cubic");
        const char *base = i + 1 < scan->end ? stm_unit_of(ann->tokens[i + 1].lower) : NULL;
        *taken = 2;
        return base == NULL ? NULL : cubic ? (strcmp(base, "m") == 0 ? "m3" : NULL) : "t";
    }
    *taken = 1;
    unit = stm_unit_of(ann->tokens[i].lower);
    static const char *const fluids[] = {"oil", "crude", "petrol", "gasoline", "fuel", "petroleum"};
    if (unit != NULL && strcmp(unit, "barrel") == 0 &&
        !(stm_quantity_is(scan, i + 1, "of") && STM_QUANTITY_IS_ANY(scan, i + 2, fluids)) &&
        !stm_quantity_is(scan, i + 1, "per") && !stm_quantity_is(scan, i + 1, "a")) {
        return NULL; /* things, not a measure of oil */
    }
    if (unit == NULL || (strcmp(unit, "second") == 0 && stm_quantity_is(scan, i, "second"))) {
        return NULL; /* "two second homes" */
    }
    if (stm_quantity_is(scan, i, "degrees") || stm_quantity_is(scan, i, "\xC2\xB0")) {
        static const char *const scales[] = {"celsius", "fahrenheit", "c", "f", "centigrade"};
        *taken += STM_QUANTITY_IS_ANY(scan, i + 1, scales);
    }
    if (stm_quantity_is(scan, i + 1, "per") && stm_quantity_is(scan, i + 2, "hour")) {
        *taken = 3;
        return strcmp(unit, "km") == 0 ? "km/h" : strcmp(unit, "mile") == 0 ? "mile/h" : NULL;
    }
    return unit;
}
