// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"
#include "ui/qml/items/graph/graph_frame.h"

#include <QRectF>

#include <cstddef>
#include <vector>

namespace weft::qml {

/// So many links are drawn at once; of more, a part that stays the same while the view moves.
inline constexpr std::size_t kMostLinks = 20'000;
/// Of more links than that none has dashes: nobody could tell them apart.
inline constexpr std::size_t kMostDashedLinks = 2500;
/// Past so many pieces the links that are left have none either.
inline constexpr std::size_t kMostStrokes = 30'000;

/// The links of `frame` that cross `clip`, both in pixels of the item; what is added lies `shift`
/// farther.
void addLinks(
    const GraphFrame& frame, const QRectF& clip, QPointF shift, std::vector<Stroke>& strokes);

/// The links of `node`, each as wide as it is, in one ink.
void addLinksOf(
    const GraphFrame& frame,
    std::size_t node,
    const QRectF& clip,
    const QColor& ink,
    std::vector<Stroke>& strokes);

/// A dashed line, for a link that somebody is drawing.
void addDashes(
    QPointF from, QPointF to, const QRectF& clip, Stroke look, std::vector<Stroke>& strokes);

}  // namespace weft::qml
