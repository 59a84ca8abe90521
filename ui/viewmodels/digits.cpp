// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/digits.h"

namespace weft::viewmodels {

QString withPlainDigits(QString text) {
    constexpr char16_t kArabicPoint = u'\u066b';
    for (QChar& letter : text) {
        const int digit = letter.digitValue();
        if (digit >= 0 && letter.unicode() > u'9' && letter.isDigit()) {
            letter = QChar(u'0' + digit);
        } else if (letter == QChar(kArabicPoint)) {
            letter = QLatin1Char('.');
        }
    }
    return text;
}

}  // namespace weft::viewmodels
