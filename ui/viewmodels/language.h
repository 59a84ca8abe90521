// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QStringList>
#include <QTranslator>

namespace weft::viewmodels {

/// The texts of the application in the language of a locale. Installed while it lives; a text that
/// was read before keeps its language. Sets the
/// layout direction of the application too. Catalogues: translations/ in the sources.
/// Thread: main, with an application object.
class Language {
public:
    explicit Language(const QLocale& locale) { use(locale); }

    /// Changes over. What shows texts has to read them anew.
    void use(const QLocale& locale);
    /// Whether there is a catalogue for the locale. Without one texts are English.
    bool isTranslated() const { return translated_; }

    /// The languages that can be chosen, as codes ("de"), in their order.
    static QStringList available();

private:
    QTranslator plurals_;
    QTranslator toolkit_;
    QTranslator texts_;
    bool translated_ = false;
};

}  // namespace weft::viewmodels
