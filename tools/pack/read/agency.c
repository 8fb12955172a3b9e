/* SPDX-License-Identifier: MIT */
#include "pack/read/agency.h"

#include "pack/read/words.h"

bool stm_agency_is_known(stemma_text name)
{
    /* As they sign. A general list of the world's agencies; a name that is missing is still found
       where a dateline puts it in brackets after a place in capitals. */
    static const char *const exact[] = {
        "AP",   "AFP",  "EPA", "EFE",  "UPI",  "dpa",      "DPA",     "ANSA", "AGI",
        "APA",  "ATS",  "SDA", "PA",   "PAP",  "MTI",      "CTK",     "STA",  "HINA",
        "BTA",  "ELTA", "BNS", "LETA", "TASS", "RIA",      "PTI",     "ANI",  "IANS",
        "KUNA", "WAM",  "SPA", "IRNA", "MENA", "QNA",      "KCNA",    "NHK",  "CNA",
        "AAP",  "NAN",  "APS", "TAP",  "MAP",  "AGERPRES", "EPA-EFE", "IPS",  "RFE/RL"};
    static const char *const names[] = {"reuters",
                                        "associated press",
                                        "the associated press",
                                        "agence france-presse",
                                        "bloomberg",
                                        "xinhua",
                                        "interfax",
                                        "kyodo",
                                        "kyodo news",
                                        "yonhap",
                                        "anadolu",
                                        "anadolu agency",
                                        "ria novosti",
                                        "ukrinform",
                                        "jiji press",
                                        "press association",
                                        "pa media",
                                        "getty images",
                                        "getty",
                                        "shutterstock",
                                        "zuma press",
                                        "alamy",
                                        "european pressphoto agency"};
    name = stm_trim(name);
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        if (stemma_text_equal(name, stemma_text_of(exact[i]))) {
            return true;
        }
    }
    return stm_is_one_of(name, names, sizeof names / sizeof *names) && name.size != 0 &&
           stm_is_upper(name.data[0]);
}
