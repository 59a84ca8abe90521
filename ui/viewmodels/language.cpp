// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace weft::viewmodels {

Language::Language(const QLocale& locale) {
    const QString folder = QStringLiteral(":/i18n");
    // The sources say "%n member(s)": English needs a catalogue too, for its plural forms. The one
    // that was installed last is asked first.
    if (plurals_.load(QStringLiteral("weft_en"), folder)) {
        QCoreApplication::installTranslator(&plurals_);
    }
    const QString separator = QStringLiteral("_");
    if (toolkit_.load(
            locale,
            QStringLiteral("qtbase"),
            separator,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&toolkit_);
    }
    translated_ = texts_.load(locale, QStringLiteral("weft"), separator, folder)
                  && QLocale(texts_.language()).language() != QLocale::English;
    if (translated_) {
        QCoreApplication::installTranslator(&texts_);
    }
}

}  // namespace weft::viewmodels
