// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"

#include <QString>
#include <QVariantList>

namespace weft::viewmodels {

/// The words for one change of the history.

/// "Applied", "Taken back by itself".
QString verbText(const api::Change& change);
/// "laptop, by certificate, from 192.0.2.1": who made it, and how that is known.
QString authorText(const api::Change& change);
/// "Rule office", or "3 objects".
QString objectsText(const api::Change& change);
/// "Applied by laptop: Rule office".
QString changeSummary(const api::Change& change);
/// What it did to each object: maps of key, title, word, tone and fields.
QVariantList objectChanges(const api::Change& change);

}  // namespace weft::viewmodels
