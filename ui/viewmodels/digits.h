// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace weft::viewmodels {

/// With 0 to 9 and a point for the digits and the sign of the locale: a window with two kinds of
/// digits, those of addresses and those of counts, reads badly.
QString withPlainDigits(QString text);

}  // namespace weft::viewmodels
