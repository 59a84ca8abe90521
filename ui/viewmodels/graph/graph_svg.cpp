// SPDX-License-Identifier: Apache-2.0
// The drawing of a graph as a file.
#include "ui/viewmodels/graph/export_text.h"
#include "ui/viewmodels/graph/graph_export.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

using graph::LinkStyle;
using graph::Permission;

/// Pixels that a link of the length 1 takes, and room around all for the names.
constexpr float kScale = 90;
constexpr float kMargin = 90;
constexpr float kHalfNode = 11;

// As in the light theme of the window.
constexpr const char* kInk = "#15191F";
constexpr const char* kLinkInk = "#4A5361";
constexpr const char* kIdleInk = "#7D8694";
constexpr const char* kWarnInk = "#8F5400";

struct Frame {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

Frame frameOf(const graph::Positions& positions) {
    Frame frame;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const auto& at = positions[i];
        frame.left = i == 0 ? at.x : std::min(frame.left, at.x);
        frame.right = i == 0 ? at.x : std::max(frame.right, at.x);
        frame.top = i == 0 ? at.y : std::min(frame.top, at.y);
        frame.bottom = i == 0 ? at.y : std::max(frame.bottom, at.y);
    }
    return frame;
}

QByteArray number(float value) {
    return QByteArray::number(static_cast<double>(value), 'f', 1);
}

const char* dashOf(LinkStyle style) {
    switch (style) {
    case LinkStyle::Ice:
        return " stroke-dasharray='10 5'";
    case LinkStyle::Libp2p:
        return " stroke-dasharray='2 4'";
    default:
        return "";
    }
}

bool isOneSided(const graph::SceneLink& link) {
    return link.permission == Permission::Forward || link.permission == Permission::Backward;
}

const char* inkOf(const graph::SceneLink& link) {
    if (isOneSided(link)) {
        return kWarnInk;
    }
    return link.style == LinkStyle::Idle ? kIdleInk : kLinkInk;
}

const char* arrowOf(Permission permission) {
    switch (permission) {
    case Permission::Both:
        return " marker-start='url(#arrow)' marker-end='url(#arrow)'";
    case Permission::Forward:
        return " marker-end='url(#arrow)'";
    case Permission::Backward:
        return " marker-start='url(#arrow)'";
    case Permission::None:
        break;
    }
    return "";
}

/// Maps positions to pixels of the picture.
class Canvas {
public:
    explicit Canvas(const graph::Positions& positions)
        : positions_(positions), frame_(frameOf(positions)) {}

    float width() const { return (frame_.right - frame_.left) * kScale + 2 * kMargin; }
    float height() const { return (frame_.bottom - frame_.top) * kScale + 2 * kMargin; }
    float x(std::size_t node) const {
        return node < positions_.size() ? (positions_[node].x - frame_.left) * kScale + kMargin : 0;
    }
    float y(std::size_t node) const {
        return node < positions_.size() ? (positions_[node].y - frame_.top) * kScale + kMargin : 0;
    }

private:
    const graph::Positions& positions_;
    Frame frame_;
};

void addLink(QByteArray& svg, const graph::SceneLink& link, const Canvas& canvas) {
    svg += "<line x1='" + number(canvas.x(link.from)) + "' y1='" + number(canvas.y(link.from))
           + "' x2='" + number(canvas.x(link.to)) + "' y2='" + number(canvas.y(link.to))
           + "' stroke='" + inkOf(link) + "' stroke-width='1.5'" + dashOf(link.style)
           + arrowOf(link.permission) + (link.isDimmed ? " opacity='0.3'" : "") + "/>\n";
}

void addNode(QByteArray& svg, std::size_t index, const graph::SceneNode& node, const Canvas& at) {
    const float x = at.x(index);
    const float y = at.y(index);
    svg += QByteArray("<g") + (node.isDimmed || node.isGone ? " opacity='0.45'" : "") + ">";
    svg += "<rect x='" + number(x - kHalfNode) + "' y='" + number(y - kHalfNode) + "' width='"
           + number(2 * kHalfNode) + "' height='" + number(2 * kHalfNode) + "' rx='6' fill='"
           + seriesColour(node.colour) + "'"
           + ((node.marks & graph::kSelf) != 0
                  ? QByteArray(" stroke='") + kInk + "' stroke-width='2.5'"
                  : QByteArray())
           + "/>";
    svg += "<text x='" + number(x) + "' y='" + number(y + 2 * kHalfNode + 4) + "'>"
           + xmlText(node.label) + "</text></g>\n";
}

}  // namespace

QByteArray toSvg(const graph::Scene& scene, const graph::Positions& positions) {
    const Canvas canvas(positions);
    const QByteArray width = number(canvas.width());
    const QByteArray height = number(canvas.height());
    QByteArray svg = "<?xml version='1.0' encoding='UTF-8'?>\n"
                     "<svg xmlns='http://www.w3.org/2000/svg' width='"
                     + width + "' height='" + height + "' viewBox='0 0 " + width + " " + height
                     + "'>\n";
    svg += QByteArray("<defs><marker id='arrow' viewBox='0 0 10 10' refX='24' refY='5' "
                      "markerWidth='7' markerHeight='7' orient='auto-start-reverse'>"
                      "<path d='M0 0 10 5 0 10z' fill='")
           + kLinkInk + "'/></marker></defs>\n";
    svg += "<rect width='100%' height='100%' fill='#FFFFFF'/>\n";
    for (const auto& link : scene.links) {
        addLink(svg, link, canvas);
    }
    svg += QByteArray("<g font-family='sans-serif' font-size='12' text-anchor='middle' fill='")
           + kInk + "'>\n";
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
        addNode(svg, i, scene.nodes[i], canvas);
    }
    return svg + "</g>\n</svg>\n";
}

}  // namespace weft::viewmodels
