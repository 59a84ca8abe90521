// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/palette/palette_match.h"

namespace weft::viewmodels {
namespace {

constexpr int kMostWords = 8;
constexpr int kLongestQuery = 200;

}  // namespace

QStringList searchWords(const QString& query) {
    return query.left(kLongestQuery)
        .toLower()
        .simplified()
        .split(QLatin1Char(' '), Qt::SkipEmptyParts)
        .mid(0, kMostWords);
}

int matchOf(const QString& word, const QString& text) {
    int best = 0;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at == 0) {
            return 3;
        }
        if (!text.at(at - 1).isLetterOrNumber()) {
            return 2;
        }
        best = 1;
    }
    return best;
}

}  // namespace weft::viewmodels
