// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/round_trip.h"

#include "ui/viewmodels/digits.h"

#include <QCoreApplication>
#include <QLocale>

namespace weft::viewmodels {

QString roundTripText(std::chrono::nanoseconds time) {
    const double value = std::chrono::duration<double, std::milli>(time).count();
    return QCoreApplication::translate("PathWords", "%1 ms")
        .arg(withPlainDigits(QLocale().toString(value, 'f', value < 100 ? 1 : 0)));
}

}  // namespace weft::viewmodels
