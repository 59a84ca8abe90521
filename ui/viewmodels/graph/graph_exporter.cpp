// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/graph_exporter.h"

#include "ui/viewmodels/export_file.h"
#include "ui/viewmodels/graph/graph_export.h"
#include "ui/viewmodels/words.h"

#include <QFileInfo>

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

}  // namespace

GraphExporter::GraphExporter(std::function<Content()> content, QObject* parent)
    : QObject(parent), content_(std::move(content)) {}

QString GraphExporter::suggestedPath(Format format) const {
    return suggestedFile(mesh_, {}, endingOf(format));
}

QString GraphExporter::fileAt(const QString& path) const {
    return typedFile(path);
}

QString GraphExporter::noteFor(const QString& path) const {
    return fileNote(path);
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
