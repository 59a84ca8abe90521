// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/language.h"

#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>

namespace weft::viewmodels {
namespace {

const QString kFolder = QStringLiteral(":/i18n");
const QString kPrefix = QStringLiteral("weft_");
const QString kSuffix = QStringLiteral(".qm");

}  // namespace

void Language::use(const QLocale& locale) {
    for (QTranslator* old : {&texts_, &toolkit_, &plurals_}) {
        QCoreApplication::removeTranslator(old);
    }
    // The sources say "%n member(s)": English needs a catalogue too, for its plural forms. The one
    // that was installed last is asked first.
    if (plurals_.load(QStringLiteral("weft_en"), kFolder)) {
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
    translated_ = texts_.load(locale, QStringLiteral("weft"), separator, kFolder)
                  && QLocale(texts_.language()).language() != QLocale::English;
    if (translated_) {
        QCoreApplication::installTranslator(&texts_);
    }
    // Without the catalogue of the toolkit Qt would not know.
    QGuiApplication::setLayoutDirection(translated_ ? locale.textDirection() : Qt::LeftToRight);
}

QStringList Language::available() {
    QStringList codes;
    const QStringList files = QDir(kFolder).entryList({kPrefix + QLatin1Char('*') + kSuffix});
    for (const QString& file : files) {
        codes.append(file.mid(kPrefix.size()).chopped(kSuffix.size()));
    }
    return codes;
}

}  // namespace weft::viewmodels
