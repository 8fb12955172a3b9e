/* SPDX-License-Identifier: MIT */
/**
 * @file metrics.h
 * How well mentions are put together: MUC, B-cubed, CEAF-phi4, their mean (CoNLL), LEA, and pairs.
 *
 * A clustering is an array with the number of the cluster of each mention; numbers are arbitrary.
 * STEMMA_NONE: this side does not have the mention. Key and response are parallel arrays.
 *
 * MUC: Vilain et al. 1995. B-cubed: Bagga and Baldwin 1998, mentions of one side only counted as by
 * the CoNLL scorer (Pradhan et al. 2014). CEAF: Luo 2005, phi4. LEA: Moosavi and Strube 2016, where
 * a cluster of one has a link to itself. Pure functions but for malloc(); out of memory ends the
 * program, which is fit for scorers only.
 */
#ifndef STEMMA_TESTS_QUALITY_METRICS_H
#define STEMMA_TESTS_QUALITY_METRICS_H

#include <stddef.h>
#include <stdint.h>

/** Parts of 1. F1 is 0 when both others are. */
struct metric {
    double recall;
    double precision;
    double f1;
};

struct metric metric_of(double hits, double truth, double said);
struct metric metric_muc(const uint32_t *key, const uint32_t *response, size_t count);
struct metric metric_b3(const uint32_t *key, const uint32_t *response, size_t count);
struct metric metric_ceaf(const uint32_t *key, const uint32_t *response, size_t count);
struct metric metric_lea(const uint32_t *key, const uint32_t *response, size_t count);

/** Pairs of mentions in one cluster. */
struct metric metric_pairs(const uint32_t *key, const uint32_t *response, size_t count);

/** The mean of the F1 of MUC, B-cubed and CEAF-phi4. */
double metric_conll(const uint32_t *key, const uint32_t *response, size_t count);

/** One line for people: all of the above, in percent. */
void metric_print(const char *label, const uint32_t *key, const uint32_t *response, size_t count);

#endif
