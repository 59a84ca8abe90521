// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"
#include "ui/graph/scene.h"
#include "ui/viewmodels/graph/mesh_graph.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <functional>
#include <memory>

namespace weft::viewmodels {

/// Writes what the graph shows into a file. Thread: main.
class GraphExporter final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by GraphViewModel")
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    /// Png is painted by the canvas that shows it; the others are written here.
    enum class Format { Svg, Png, Dot, Json };
    Q_ENUM(Format)

    struct Content {
        std::shared_ptr<const graph::Scene> scene;
        std::shared_ptr<const graph::Positions> positions;
        const MeshMap& map;
    };

    explicit GraphExporter(std::function<Content()> content, QObject* parent = nullptr);

    QString errorText() const { return error_; }
    void setMeshName(const QString& name) { mesh_ = name; }

    /// A file in the folder for downloads, or else at home.
    Q_INVOKABLE QString suggestedPath(weft::viewmodels::GraphExporter::Format format) const;
    /// The path without a `~` at its beginning.
    Q_INVOKABLE QString fileAt(const QString& path) const;
    /// What is to be known before the file is written; empty: nothing.
    Q_INVOKABLE QString noteFor(const QString& path) const;
    /// False, with an error text: nothing was written, an old file is as it was.
    Q_INVOKABLE bool write(weft::viewmodels::GraphExporter::Format format, const QString& path);
    /// Says how the canvas fared with a picture.
    Q_INVOKABLE void finish(bool written, const QString& path);
    Q_INVOKABLE void forget();

Q_SIGNALS:
    void changed();
    void done(const QString& text);

private:
    void setError(const QString& error);

    std::function<Content()> content_;
    QString mesh_;
    QString error_;
};

}  // namespace weft::viewmodels
