// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/export_text.h"

#include "core/base/text.h"

#include <QList>

#include <algorithm>
#include <array>

namespace weft::viewmodels {
namespace {

/// XML 1.0 section 2.2, without what moves text about or hides it.
bool isFit(char32_t code) {
    constexpr char32_t kFirstPrintable = 0x20;
    constexpr char32_t kDelete = 0x7F;
    constexpr char32_t kLastControl = 0x9F;
    constexpr char32_t kLastCharacter = 0x10FFFF;
    const bool isControl = code < kFirstPrintable || (code >= kDelete && code <= kLastControl);
    const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool isNoCharacter = (code & 0xFFFEU) == 0xFFFEU;
    return !isControl && !isSurrogate && !isNoCharacter && code <= kLastCharacter;
}

}  // namespace

QString plainText(const QString& text) {
    const std::string utf8 = text.toStdString();
    const QString shown = QString::fromStdString(base::displayText(utf8, utf8.size() + 1));
    QString kept;
    kept.reserve(shown.size());
    for (const uint code : shown.toUcs4()) {
        if (isFit(code)) {
            kept += QString::fromUcs4(reinterpret_cast<const char32_t*>(&code), 1);
        }
    }
    return kept;
}

QByteArray xmlText(const QString& text) {
    QByteArray result;
    for (const char byte : plainText(text).toUtf8()) {
        switch (byte) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += byte;
        }
    }
    return result;
}

QByteArray dotText(const QString& text) {
    // Only \" is an escape in an ID, but labels read \n, \N and more, and `&` as in HTML.
    QByteArray result("\"");
    for (const char byte : plainText(text).toUtf8()) {
        if (byte == '"' || byte == '\\') {
            result += '\\';
        }
        if (byte == '&') {
            result += "&amp;";
        } else {
            result += byte;
        }
    }
    return result + '"';
}

QByteArray seriesColour(std::uint8_t colour) {
    constexpr std::array kSeries{"#1F5FD6", "#B4580A", "#16753C", "#7A3FC0", "#B32468", "#0B7285"};
    return kSeries.at(std::min<std::size_t>(colour, kSeries.size() - 1));
}

}  // namespace weft::viewmodels
