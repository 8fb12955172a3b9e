/* SPDX-License-Identifier: MIT */
#include "train/crf.h"

#include "train/file.h"

#include <stdlib.h>
#include <string.h>

#define LABELS STM_SEQUENCE_LABELS

/* Gradients below this change nothing that the 8-bit weights would show. */
#define QUIET 0.0005

#define MEAN_OF       3u   /* epochs whose weights are averaged */
#define MOST_FEATURES 256u /* of one token */

struct work {
    uint32_t *kept;       /* [length][MOST_FEATURES] features that this step sees */
    uint32_t *kept_count; /* [length] */
    uint64_t state;       /* of the dice */
    double *score; /* [length][LABELS] exponentials of the tokens' scores */
    double *alpha;
    double *beta;
    double *scale; /* [length] */
    uint32_t capacity;
};

/* exp() by 2^k and a polynomial: the library's differs from machine to machine. */
static double own_exp(double x)
{
    if (x < -700) {
        return 0;
    }
    x = x > 700 ? 700 : x;
    double k = x * 1.4426950408889634;
    int64_t whole = (int64_t)(k + (k < 0 ? -0.5 : 0.5));
    double r = x - (double)whole * 0.6931471805599453;
    double sum = 1;
    for (int n = 11; n >= 1; n--) {
        sum = 1 + sum * r / n;
    }
    uint64_t bits = (uint64_t)(whole + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

void crf_init(struct crf *crf, uint32_t features)
{
    memset(crf, 0, sizeof *crf);
    crf->features = features;
    crf->weights = stm_train_alloc((size_t)features * LABELS, sizeof *crf->weights);
    crf->squares = stm_train_alloc((size_t)features * LABELS, sizeof *crf->squares);
}

void crf_free(struct crf *crf)
{
    free(crf->weights);
    free(crf->squares);
    memset(crf, 0, sizeof *crf);
}

static void add_rows(const struct crf *crf, const uint32_t *features, uint32_t count, float *sum)
{
    for (uint32_t i = 0; i < count; i++) {
        const float *row = crf->weights + (size_t)features[i] * LABELS;
        for (size_t k = 0; k < LABELS; k++) {
            sum[k] += row[k];
        }
    }
}

static void score_token(const struct crf *crf, const struct crf_sentence *s, uint32_t i, float *sum)
{
    memset(sum, 0, LABELS * sizeof *sum);
    add_rows(crf, s->features[i], s->counts[i], sum);
    if (s->extra != NULL) {
        add_rows(crf, s->extra[i], s->extra_counts[i], sum);
    }
}

static uint64_t roll(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Leaves out some features, others each time, so that none is leant on alone. */
static void drop(struct work *work, const struct crf_sentence *s, uint32_t i, uint32_t share)
{
    uint32_t *kept = work->kept + (size_t)i * MOST_FEATURES;
    uint32_t count = 0;
    for (uint32_t k = 0; k < s->counts[i] && count < MOST_FEATURES; k++) {
        if ((roll(&work->state) & 1023u) >= share) {
            kept[count++] = s->features[i][k];
        }
    }
    for (uint32_t k = 0; s->extra != NULL && k < s->extra_counts[i] && count < MOST_FEATURES; k++) {
        if ((roll(&work->state) & 1023u) >= share) {
            kept[count++] = s->extra[i][k];
        }
    }
    work->kept_count[i] = count;
}

static void make_room(struct work *work, uint32_t length)
{
    if (length > work->capacity) {
        free(work->score);
        free(work->kept);
        free(work->kept_count);
        work->kept = stm_train_alloc((size_t)length * 2 * MOST_FEATURES, sizeof *work->kept);
        work->kept_count = stm_train_alloc((size_t)length * 2, sizeof *work->kept_count);
        work->capacity = length * 2;
        work->score = stm_train_alloc((size_t)work->capacity * (LABELS * 3 + 1), sizeof(double));
        work->alpha = work->score + (size_t)work->capacity * LABELS;
        work->beta = work->alpha + (size_t)work->capacity * LABELS;
        work->scale = work->beta + (size_t)work->capacity * LABELS;
    }
}

static void exp_transitions(const struct crf *crf, double out[LABELS + 1][LABELS])
{
    for (size_t from = 0; from <= LABELS; from++) {
        for (size_t to = 0; to < LABELS; to++) {
            int allowed = stm_label_follows(from == LABELS ? 0 : (uint8_t)from, (uint8_t)to);
            out[from][to] = allowed ? own_exp((double)crf->transitions[from][to]) : 0;
        }
    }
}

static void forward_backward(const struct crf *crf, const struct crf_sentence *s,
                             struct work *work, const struct crf_options *options,
                             double moves[LABELS + 1][LABELS])
{
    float blown = 1024.0f / (float)(1024u - options->drop);
    make_room(work, s->length);
    exp_transitions(crf, moves);
    for (uint32_t i = 0; i < s->length; i++) {
        float sum[LABELS];
        drop(work, s, i, options->drop);
        memset(sum, 0, sizeof sum);
        add_rows(crf, work->kept + (size_t)i * MOST_FEATURES, work->kept_count[i], sum);
        for (size_t k = 0; k < LABELS; k++) {
            sum[k] *= blown;
        }
        float top = sum[0];
        for (size_t k = 1; k < LABELS; k++) {
            top = sum[k] > top ? sum[k] : top;
        }
        double *score = work->score + (size_t)i * LABELS;
        double *alpha = work->alpha + (size_t)i * LABELS;
        const double *before = i != 0 ? alpha - LABELS : NULL;
        double total = 0;
        for (size_t k = 0; k < LABELS; k++) {
            score[k] = own_exp((double)(sum[k] - top));
            double in = moves[LABELS][k];
            if (i != 0) {
                in = 0;
                for (size_t from = 0; from < LABELS; from++) {
                    in += before[from] * moves[from][k];
                }
            }
            alpha[k] = in * score[k];
            total += alpha[k];
        }
        work->scale[i] = total;
        for (size_t k = 0; k < LABELS; k++) {
            alpha[k] /= total;
        }
    }
    for (uint32_t i = s->length; i-- > 0;) {
        double *beta = work->beta + (size_t)i * LABELS;
        for (size_t k = 0; k < LABELS; k++) {
            double out = i + 1 == s->length ? 1 : 0;
            for (size_t to = 0; i + 1 < s->length && to < LABELS; to++) {
                out += moves[k][to] * work->score[(size_t)(i + 1) * LABELS + to] *
                       beta[LABELS + to] / work->scale[i + 1];
            }
            beta[k] = out;
        }
    }
}

/* One AdaGrad step of a weight along a gradient of the likelihood. */
static void step(float *weight, float *square, float gradient, const struct crf_options *options)
{
    gradient -= options->decay * *weight;
    *square += gradient * gradient;
    *weight += options->rate * gradient / (1e-4f + __builtin_sqrtf(*square));
}

static void step_rows(struct crf *crf, const uint32_t *features, uint32_t count,
                      const float *gradient, const struct crf_options *options)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t row = (size_t)features[i] * LABELS;
        for (size_t k = 0; k < LABELS; k++) {
            step(&crf->weights[row + k], &crf->squares[row + k], gradient[k], options);
        }
    }
}

static void learn(struct crf *crf, const struct crf_sentence *s, struct work *work,
                  const struct crf_options *options)
{
    double moves[LABELS + 1][LABELS];
    double expected[LABELS + 1][LABELS];
    memset(expected, 0, sizeof expected);
    forward_backward(crf, s, work, options, moves);
    int changed = 0;
    for (uint32_t i = 0; i < s->length; i++) {
        const double *alpha = work->alpha + (size_t)i * LABELS;
        const double *beta = work->beta + (size_t)i * LABELS;
        float gradient[LABELS];
        double most = 0;
        for (size_t k = 0; k < LABELS; k++) {
            double g = (double)(s->labels[i] == k) - alpha[k] * beta[k];
            most = g > most ? g : -g > most ? -g : most;
            gradient[k] = (float)g * s->weight;
        }
        if (most < QUIET) {
            continue;
        }
        changed = 1;
        /* moves between this token and the one before */
        size_t before = i == 0 ? LABELS : s->labels[i - 1];
        expected[before][s->labels[i]] += 1;
        for (size_t to = 0; to < LABELS; to++) {
            if (i == 0) {
                expected[LABELS][to] -= alpha[to] * beta[to];
                continue;
            }
            const double *alpha_before = alpha - LABELS;
            double out = work->score[(size_t)i * LABELS + to] * beta[to] / work->scale[i];
            for (size_t from = 0; from < LABELS; from++) {
                expected[from][to] -= alpha_before[from] * moves[from][to] * out;
            }
        }
        step_rows(crf, work->kept + (size_t)i * MOST_FEATURES, work->kept_count[i], gradient,
                  options);
    }
    for (size_t from = 0; changed && from <= LABELS; from++) {
        for (size_t to = 0; to < LABELS; to++) {
            if (expected[from][to] != 0) {
                step(&crf->transitions[from][to], &crf->transition_squares[from][to],
                     (float)expected[from][to] * s->weight, options);
            }
        }
    }
}

/* One training; adds the weights of the last epochs to `sum`. */
static void train_once(struct crf *crf, const struct crf_sentence *sentences, size_t count,
                       const struct crf_options *options, uint32_t number, float *sum)
{
    struct work work;
    memset(&work, 0, sizeof work);
    work.state = 0x9e3779b97f4a7c15u + number;
    uint32_t *order = stm_train_alloc(count + 1, sizeof *order);
    uint64_t state = 0x2545f4914f6cdd1du + number * 0x51ed2701u;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
    }
    size_t weights = (size_t)crf->features * LABELS;
    for (uint32_t epoch = 0; epoch < options->epochs; epoch++) {
        for (size_t i = count; i > 1; i--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t k = (size_t)((state >> 33) % i);
            uint32_t kept = order[i - 1];
            order[i - 1] = order[k];
            order[k] = kept;
        }
        for (size_t i = 0; i < count; i++) {
            if (sentences[order[i]].length != 0) {
                learn(crf, &sentences[order[i]], &work, options);
            }
        }
        /* The mean of the last epochs is steadier than any of them. */
        if (epoch + MEAN_OF >= options->epochs) {
            for (size_t i = 0; i < weights; i++) {
                sum[i] += crf->weights[i];
            }
        }
    }
    free(order);
    free(work.score);
    free(work.kept);
    free(work.kept_count);
}

void crf_train(struct crf *crf, const struct crf_sentence *sentences, size_t count,
               const struct crf_options *options)
{
    size_t weights = (size_t)crf->features * LABELS;
    float *sum = stm_train_alloc(weights, sizeof *sum);
    float moves[LABELS + 1][LABELS] = {{0}};
    uint32_t orders = options->orders == 0 ? 1 : options->orders;
    uint32_t added = orders * (options->epochs < MEAN_OF ? options->epochs : MEAN_OF);
    for (uint32_t number = 0; number < orders; number++) {
        memset(crf->weights, 0, weights * sizeof *crf->weights);
        memset(crf->squares, 0, weights * sizeof *crf->squares);
        memset(crf->transitions, 0, sizeof crf->transitions);
        memset(crf->transition_squares, 0, sizeof crf->transition_squares);
        train_once(crf, sentences, count, options, number, sum);
        for (size_t from = 0; from <= LABELS; from++) {
            for (size_t to = 0; to < LABELS; to++) {
                moves[from][to] += crf->transitions[from][to] / (float)orders;
            }
        }
    }
    memcpy(crf->transitions, moves, sizeof moves);
    for (size_t i = 0; i < weights && added != 0; i++) {
        crf->weights[i] = sum[i] / (float)added;
    }
    free(sum);
}

void crf_label(const struct crf *crf, const struct crf_sentence *s, uint8_t *labels)
{
    float best[LABELS] = {0};
    uint8_t *back = stm_train_alloc((size_t)s->length + 1, LABELS);
    for (uint32_t i = 0; i < s->length; i++) {
        float sum[LABELS];
        float next[LABELS];
        score_token(crf, s, i, sum);
        for (size_t to = 0; to < LABELS; to++) {
            float most = -1e30f;
            for (size_t from = 0; from < LABELS; from++) {
                if (stm_label_follows(i == 0 ? 0 : (uint8_t)from, (uint8_t)to)) {
                    float value = i == 0 ? crf->transitions[LABELS][to]
                                         : best[from] + crf->transitions[from][to];
                    if (value > most) {
                        most = value;
                        back[(size_t)i * LABELS + to] = (uint8_t)from;
                    }
                }
            }
            next[to] = most + sum[to];
        }
        memcpy(best, next, sizeof best);
    }
    size_t last = 0;
    for (size_t k = 1; k < LABELS; k++) {
        last = best[k] > best[last] ? k : last;
    }
    for (uint32_t i = s->length; i-- > 0;) {
        labels[i] = (uint8_t)last;
        last = back[(size_t)i * LABELS + last];
    }
    free(back);
}
