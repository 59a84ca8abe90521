// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// What somebody types, in the words that are looked for.
QStringList searchWords(const QString& query);

/// How well a word is in `text`, both in lower case: 3 at its beginning, 2 at that of a word in it,
/// 1 anywhere, 0 not at all.
int matchOf(const QString& word, const QString& text);

}  // namespace weft::viewmodels
