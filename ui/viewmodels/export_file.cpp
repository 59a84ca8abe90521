// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/export_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class ExportFile {
    Q_DECLARE_TR_FUNCTIONS(ExportFile)
};

/// A name of a mesh as part of a file name: what all file systems take.
QString asFileName(const QString& mesh) {
    constexpr qsizetype kMost = 40;
    QString name;
    for (const QChar character : mesh.toLower()) {
        const bool plain = (character >= QLatin1Char('a') && character <= QLatin1Char('z'))
                           || (character >= QLatin1Char('0') && character <= QLatin1Char('9'));
        if (plain) {
            name += character;
        } else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-'))) {
            name += QLatin1Char('-');
        }
    }
    name.truncate(kMost);
    while (name.endsWith(QLatin1Char('-'))) {
        name.chop(1);
    }
    return name.isEmpty() ? QStringLiteral("mesh") : name;
}

}  // namespace

QString suggestedFile(const QString& mesh, const QString& what, const QString& ending) {
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString folder =
        !downloads.isEmpty() && QFileInfo(downloads).isDir() ? downloads : QDir::homePath();
    const QString name =
        what.isEmpty() ? asFileName(mesh) : asFileName(mesh) + QLatin1Char('-') + what;
    return QDir(folder).filePath(QStringLiteral("weft-%1.%2").arg(name, ending));
}

QString typedFile(const QString& path) {
    const QString trimmed = path.trimmed();
    return trimmed.startsWith(QLatin1String("~/")) ? QDir::homePath() + trimmed.mid(1) : trimmed;
}

QString fileNote(const QString& path) {
    const QFileInfo file(typedFile(path));
    if (path.trimmed().isEmpty()) {
        return ExportFile::tr("Say where the file is to be written.");
    }
    if (file.isDir()) {
        return ExportFile::tr("That is a folder: add the name of a file.");
    }
    if (!file.dir().exists()) {
        return ExportFile::tr("There is no such folder.");
    }
    return file.exists() ? ExportFile::tr("There is such a file already. It will be replaced.")
                         : QString();
}

}  // namespace weft::viewmodels
