// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/graph_exporter.h"

#include "ui/viewmodels/graph/graph_export.h"
#include "ui/viewmodels/words.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace weft::viewmodels {
namespace {

using Format = GraphExporter::Format;

QString endingOf(Format format) {
    switch (format) {
    case Format::Svg:
        return QStringLiteral("svg");
    case Format::Png:
        return QStringLiteral("png");
    case Format::Dot:
        return QStringLiteral("dot");
    case Format::Json:
        break;
    }
    return QStringLiteral("json");
}

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

GraphExporter::GraphExporter(std::function<Content()> content, QObject* parent)
    : QObject(parent), content_(std::move(content)) {}

QString GraphExporter::suggestedPath(Format format) const {
    const QString downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString folder =
        !downloads.isEmpty() && QFileInfo(downloads).isDir() ? downloads : QDir::homePath();
    return QDir(folder).filePath(
        QStringLiteral("weft-%1.%2").arg(asFileName(mesh_), endingOf(format)));
}

QString GraphExporter::fileAt(const QString& path) const {
    const QString trimmed = path.trimmed();
    return trimmed.startsWith(QLatin1String("~/")) ? QDir::homePath() + trimmed.mid(1) : trimmed;
}

QString GraphExporter::noteFor(const QString& path) const {
    const QFileInfo file(fileAt(path));
    if (path.trimmed().isEmpty()) {
        return tr("Say where the file is to be written.");
    }
    if (file.isDir()) {
        return tr("That is a folder: add the name of a file.");
    }
    if (!file.dir().exists()) {
        return tr("There is no such folder.");
    }
    return file.exists() ? tr("There is such a file already. It will be replaced.") : QString();
}

bool GraphExporter::write(Format format, const QString& path) {
    const Content content = content_();
    QByteArray bytes;
    if (format == Format::Svg) {
        bytes = toSvg(*content.scene, *content.positions);
    } else if (format == Format::Dot) {
        bytes = toDot(*content.scene, content.map);
    } else if (format == Format::Json) {
        bytes = toJson(*content.scene, content.map, *content.positions);
    } else {
        return false;
    }
    const Status status = writeFile(fileAt(path), bytes);
    if (!status.ok()) {
        setError(errorSentence(tr("The file could not be written"), status));
        return false;
    }
    finish(true, path);
    return true;
}

void GraphExporter::finish(bool written, const QString& path) {
    if (written) {
        setError({});
        Q_EMIT done(tr("Written: %1").arg(QFileInfo(fileAt(path)).fileName()));
    } else {
        setError(tr("The picture could not be written. Choose a folder that you may write to."));
    }
}

void GraphExporter::forget() {
    setError({});
}

void GraphExporter::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT changed();
    }
}

}  // namespace weft::viewmodels
