// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "ui/graph/geometry.h"
#include "ui/graph/scene.h"
#include "ui/viewmodels/graph/mesh_graph.h"

#include <QByteArray>
#include <QString>

namespace weft::viewmodels {

/// A picture or a description of a graph, for a file. `scene` has the nodes of `map`; both sizes
/// and orders agree. Names of strangers are escaped for the format and cannot leave it.
QByteArray toSvg(const graph::Scene& scene, const graph::Positions& positions);
/// For graphviz: a graph without directions, or with them for permissions.
QByteArray toDot(const graph::Scene& scene, const MeshMap& map);
QByteArray toJson(const graph::Scene& scene, const MeshMap& map, const graph::Positions& positions);

/// Writes the file whole or not at all.
/// Errors: kInvalidArgument  no path, or a folder; the text says so
///         kUnavailable      it cannot be written; the text says why
Status writeFile(const QString& path, const QByteArray& content);

}  // namespace weft::viewmodels
