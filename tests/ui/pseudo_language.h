// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTranslator>

namespace weft::tests {

/// A language that nobody speaks, made of the sources: "Back" is "⟦Ɓåçķĺö⟧". Letters have accents,
/// a text is 40 % longer and stands in brackets. So a text without brackets was never handed to a
/// translation, one that is cut off has no room for languages longer than English, and it can still
/// be read.
class PseudoLanguage : public QTranslator {
public:
    PseudoLanguage();

    QString translate(
        const char* context,
        const char* source,
        const char* disambiguation,
        int count) const override;
    bool isEmpty() const override { return false; }

private:
    /// "%n member(s)" is written out first.
    QTranslator plurals_;
};

/// The text in the language above. Placeholders stay as they are.
QString pseudoText(const QString& text);

}  // namespace weft::tests
