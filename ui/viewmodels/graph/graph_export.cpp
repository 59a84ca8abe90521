// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/graph_export.h"

#include "ui/viewmodels/graph/export_text.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace weft::viewmodels {
namespace {

using graph::LinkStyle;
using graph::Permission;

const char* styleWord(LinkStyle style) {
    switch (style) {
    case LinkStyle::Ice:
        return "ice";
    case LinkStyle::Libp2p:
        return "libp2p";
    case LinkStyle::Idle:
        return "idle";
    case LinkStyle::Direct:
        break;
    }
    return "direct";
}

const char* permissionWord(Permission permission) {
    switch (permission) {
    case Permission::Both:
        return "both";
    case Permission::Forward:
        return "forward";
    case Permission::Backward:
        return "backward";
    case Permission::None:
        break;
    }
    return "none";
}

bool showsPermissions(const graph::Scene& scene) {
    return std::ranges::any_of(scene.links, [](const graph::SceneLink& link) {
        return link.permission != Permission::None;
    });
}

}  // namespace

QByteArray toDot(const graph::Scene& scene, const MeshMap& map) {
    const bool directed = showsPermissions(scene);
    QByteArray dot = directed ? "digraph" : "graph";
    dot += " mesh {\n  node [shape=box, style=\"rounded\"];\n";
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        const auto& node = scene.nodes[i];
        // Numbers, so that two names that look alike stay two nodes.
        dot += "  n" + QByteArray::number(static_cast<qulonglong>(i))
               + " [label=" + dotText(node.label) + ", color=\"" + seriesColour(node.colour) + "\"";
        if (i < map.nodes.size() && !map.nodes[i].zone.isEmpty()) {
            dot += ", comment=" + dotText(map.nodes[i].zone);
        }
        dot += (node.marks & graph::kSelf) != 0 ? ", penwidth=3];\n" : "];\n";
    }
    for (const auto& link : scene.links) {
        dot += "  n" + QByteArray::number(link.from) + (directed ? " -> n" : " -- n")
               + QByteArray::number(link.to);
        if (directed) {
            dot += link.permission == Permission::Both       ? " [dir=both]"
                   : link.permission == Permission::Backward ? " [dir=back, style=dashed]"
                                                             : " [style=dashed]";
        } else if (link.style != LinkStyle::Direct) {
            dot += link.style == LinkStyle::Ice ? " [style=dashed]" : " [style=dotted]";
        }
        dot += ";\n";
    }
    return dot + "}\n";
}

QByteArray toJson(
    const graph::Scene& scene, const MeshMap& map, const graph::Positions& positions) {
    QJsonArray nodes;
    for (std::size_t i = 0; i < scene.nodes.size() && i < map.nodes.size(); ++i) {
        const MapNode& node = map.nodes[i];
        QJsonObject entry{
            {QStringLiteral("id"), plainText(QString::fromStdString(node.id))},
            {QStringLiteral("address"), node.address},
            {QStringLiteral("zone"), plainText(node.zone)},
            {QStringLiteral("state"), node.stateText},
            {QStringLiteral("self"), node.isSelf},
            {QStringLiteral("groups"), QJsonArray::fromStringList(node.groups)},
            {QStringLiteral("services"), QJsonArray::fromStringList(node.features)},
        };
        if (i < positions.size()) {
            entry.insert(QStringLiteral("x"), static_cast<double>(positions[i].x));
            entry.insert(QStringLiteral("y"), static_cast<double>(positions[i].y));
        }
        nodes.append(entry);
    }
    QJsonArray links;
    const bool permissions = showsPermissions(scene);
    for (const auto& link : scene.links) {
        QJsonObject entry{
            {QStringLiteral("from"), static_cast<qint64>(link.from)},
            {QStringLiteral("to"), static_cast<qint64>(link.to)}};
        if (permissions) {
            entry.insert(
                QStringLiteral("permission"), QLatin1String(permissionWord(link.permission)));
        } else {
            entry.insert(QStringLiteral("style"), QLatin1String(styleWord(link.style)));
            entry.insert(QStringLiteral("bytesPerSecond"), static_cast<double>(link.rate));
        }
        links.append(entry);
    }
    return QJsonDocument(
               QJsonObject{{QStringLiteral("nodes"), nodes}, {QStringLiteral("links"), links}})
        .toJson(QJsonDocument::Indented);
}

Status writeFile(const QString& path, const QByteArray& content) {
    if (path.isEmpty()) {
        return invalidArgument("say where the file is to be written");
    }
    if (QFileInfo(path).isDir()) {
        return invalidArgument("that is a folder: add the name of a file");
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return unavailable("{}", file.errorString().toStdString());
    }
    return okStatus();
}

}  // namespace weft::viewmodels
