/* SPDX-License-Identifier: MIT */
/**
 * @file byline.h
 * What the lines around an article say about it: who wrote it, for which agency, and when it was
 * published. Each function looks at one line; views point into it.
 */
#ifndef STEMMA_PACK_BYLINE_H
#define STEMMA_PACK_BYLINE_H

#include "pack/read/date.h"
#include "pack/read/pattern.h"

/** "By Jane Doe", "By Jane Doe and Max Roe in Lund", "Written by Jane Doe | 3 May 2024": the whole
    line. `*names` is what follows "by", without place and date. Pure. */
bool stm_byline_read(const stm_line *line, stemma_text *names);

/** "Edited by Jane Doe", "(Reporting by Jane Doe in Lund; Editing by Max Roe)". Pure. */
bool stm_byline_is_staff(const stm_line *line);

/** "Jane Doe in Lund contributed to this report.", "Northwire writer Max Roe contributed." The
   agency that the line names goes into `*agency`; empty when it names none. Pure. */
bool stm_byline_is_contribution(const stm_line *line, stemma_text *agency);

/** "This story has not been edited by our staff and is generated from a syndicated feed." Pure. */
bool stm_byline_is_syndication(const stm_line *line);

/** "Published: 12 March 2024", "March 12, 2024 10:32 GMT", "Updated on 2024-03-12": the whole line
 *  is a date of at least a day, perhaps labelled. `*raw` is the date. `*is_published` is false when
 *  the label says that it is another date (an update). Pure. */
bool stm_byline_date(const stm_line *line, stemma_text *raw, char edtf[STM_DATE_SIZE],
                     bool *is_published);

/** The agency in the dateline that begins a paragraph: "LUND, May 3 (Reuters) - The council …".
    Pure. */
bool stm_dateline_agency(stemma_text paragraph, stemma_text *agency);

/** The day that the dateline of a paragraph tells with its year: "LUND, May 3, 2024 (Agency) - ".
    `*raw` is the date. Pure. */
bool stm_dateline_date(stemma_text paragraph, stemma_text *raw, char edtf[STM_DATE_SIZE]);

/** The agency that a line at the end names: "Source: AFP", "(AP)", "With inputs from AFP". Pure. */
bool stm_byline_agency(const stm_line *line, stemma_text *agency);

#endif
