// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/command_line.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

bool isPlain(QChar letter) {
    return (letter >= QLatin1Char('a') && letter <= QLatin1Char('z'))
           || (letter >= QLatin1Char('A') && letter <= QLatin1Char('Z'))
           || (letter >= QLatin1Char('0') && letter <= QLatin1Char('9'))
           || QStringLiteral("-_./:=@%+,").contains(letter);
}

}  // namespace

QString shellWord(const QString& word) {
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain)) {
        return word;
    }
    QString inner = word;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString commandLine(const QStringList& words) {
    QStringList line{QStringLiteral("weftctl")};
    for (const QString& word : words) {
        line.append(shellWord(word));
    }
    return line.join(QLatin1Char(' '));
}

}  // namespace weft::viewmodels
