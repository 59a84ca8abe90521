// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>

namespace weft::viewmodels {

/// On one line, without what no text has or what moves others about; however long.
QString plainText(const QString& text);

/// As the text of an XML element or the value of an attribute: no markup, nothing
/// that XML 1.0 does not allow.
QByteArray xmlText(const QString& text);

/// A quoted ID of the DOT language, with its quotes; UTF-8 on one line.
QByteArray dotText(const QString& text);

/// "#1F5FD6", as in the window's light theme: files are printed and put into pages.
QByteArray seriesColour(std::uint8_t colour);

}  // namespace weft::viewmodels
