// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QTranslator>

namespace weft::viewmodels {

/// The texts of the application in the language of a locale. Installed while it lives; a text that
/// was read before keeps its language. Catalogues: translations/ in the sources.
/// Thread: main, with an application object.
class Language {
public:
    explicit Language(const QLocale& locale);

    /// Whether there is a catalogue for the locale. Without one texts are English.
    bool isTranslated() const { return translated_; }

private:
    QTranslator plurals_;
    QTranslator toolkit_;
    QTranslator texts_;
    bool translated_ = false;
};

}  // namespace weft::viewmodels
