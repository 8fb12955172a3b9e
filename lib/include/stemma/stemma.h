/* SPDX-License-Identifier: MIT */
/**
 * @file stemma.h
 * libstemma: who did what, when and where, and which documents say so. All headers, in the order in
 * which one reads them.
 */
#ifndef STEMMA_H
#define STEMMA_H

#include "stemma/version.h"
#include "stemma/status.h"
#include "stemma/types.h"
#include "stemma/edtf.h"
#include "stemma/vocabulary.h"
#include "stemma/testimony.h"
#include "stemma/judgement.h"
#include "stemma/read.h"
#include "stemma/find.h"
#include "stemma/events.h"
#include "stemma/place.h"
#include "stemma/paths.h"
#include "stemma/timeline.h"
#include "stemma/label.h"
#include "stemma/difference.h"
#include "stemma/search.h"
#include "stemma/trace.h"
#include "stemma/sources.h"
#include "stemma/doubt.h"
#include "stemma/write.h"
#include "stemma/check.h"
#include "stemma/salvage.h"
#include "stemma/claims.h"
#include "stemma/name.h"

#endif
