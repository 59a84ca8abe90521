// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/pseudo_language.h"

#include <QRegularExpression>

#include <cmath>
#include <cstring>

namespace weft::tests {
namespace {

constexpr QStringView kPlain(u"ABCDEFGHIJKLMNOPRSTUWYZabcdefghijklmnoprstuwyz");
constexpr QStringView kAccented(u"ÅƁÇĐÉƑĜĤÎĴĶĹṀÑÖÞŔŠŢÛŴÝŽåƀçđéƒĝĥîĵķĺɱñöþŕšţûŵýž");
static_assert(kPlain.size() == kAccented.size());
/// Has spaces, so that what may wrap can.
constexpr QStringView kFilling(u"ĺöŕ éɱ îþšûɱ đö ");
constexpr double kLonger = 0.4;

QString accented(const QStringView text) {
    QString result;
    for (const QChar letter : text) {
        const qsizetype at = kPlain.indexOf(letter);
        result += at < 0 ? letter : kAccented.at(at);
    }
    return result;
}

}  // namespace

QString pseudoText(const QString& text) {
    static const QRegularExpression kPlaceholder(QStringLiteral("%L?\\d+|%n"));
    const QString words = text.trimmed();
    QString result;
    qsizetype letters = 0;
    qsizetype from = 0;
    const auto take = [&](qsizetype to) {
        result += accented(QStringView(words).mid(from, to - from));
        letters += to - from;
    };
    for (auto found = kPlaceholder.globalMatch(words); found.hasNext();) {
        const QRegularExpressionMatch placeholder = found.next();
        take(placeholder.capturedStart());
        result += placeholder.captured();
        from = placeholder.capturedEnd();
    }
    take(words.size());
    const auto room = static_cast<qsizetype>(std::ceil(static_cast<double>(letters) * kLonger));
    for (qsizetype i = 0; i < room; ++i) {
        result += kFilling.at(i % kFilling.size());
    }
    const qsizetype start = text.indexOf(words);
    return text.left(start) + QStringLiteral("⟦") + result.trimmed() + QStringLiteral("⟧")
           + text.mid(start + words.size());
}

PseudoLanguage::PseudoLanguage() {
    if (!plurals_.load(QStringLiteral("weft_en"), QStringLiteral(":/i18n"))) {
        qFatal("no plural forms of English");
    }
}

QString PseudoLanguage::translate(
    const char* context, const char* source, const char* disambiguation, int count) const {
    // A word of the toolkit for itself, by which it knows right from left.
    if (std::strcmp(source, "QT_LAYOUT_DIRECTION") == 0) {
        return {};
    }
    const QString plural = plurals_.translate(context, source, disambiguation, count);
    return pseudoText(plural.isEmpty() ? QString::fromUtf8(source) : plural);
}

}  // namespace weft::tests
