// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/label_sprites.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <optional>

namespace weft::qml {
namespace {

/// Nodes from this side on are named.
constexpr qreal kNamedFrom = 7.5;
/// Free pixels between a node, with its badges and rings, and its name.
constexpr qreal kGap = 5;
/// So many of the most important ones are tried: past them there is no room anyway.
constexpr std::size_t kMostTried = 2 * kMostLabels;
/// In pixels. Nothing that keeps its place is larger than two cells.
constexpr qreal kCell = 80;

/// What is taken already, by cells of the picture, so that a question looks at a few only.
class Taken {
public:
    explicit Taken(const QRectF& area)
        : area_(area)
        , columns_(static_cast<std::size_t>(std::ceil(area.width() / kCell)) + 1)
        , cells_(columns_ * (static_cast<std::size_t>(std::ceil(area.height() / kCell)) + 1)) {}

    bool isFree(const QRectF& box) const {
        bool free = true;
        eachCell(box, [&](std::size_t cell) {
            const auto hits = [&box](const QRectF& other) { return other.intersects(box); };
            free = free && !std::ranges::any_of(cells_[cell], hits);
        });
        return free;
    }
    void take(const QRectF& box) {
        eachCell(box, [&](std::size_t cell) { cells_[cell].push_back(box); });
    }

private:
    template <typename Visit>
    void eachCell(const QRectF& box, const Visit& visit) const {
        const auto index = [](qreal length) {
            return static_cast<std::size_t>(std::max(0.0, std::floor(length / kCell)));
        };
        const std::size_t rows = cells_.size() / columns_;
        const std::size_t right = std::min(index(box.right() - area_.left()), columns_ - 1);
        const std::size_t low = std::min(index(box.bottom() - area_.top()), rows - 1);
        for (std::size_t y = index(box.top() - area_.top()); y <= low; ++y) {
            for (std::size_t x = index(box.left() - area_.left()); x <= right; ++x) {
                visit(y * columns_ + x);
            }
        }
    }

    QRectF area_;
    std::size_t columns_;
    std::vector<std::vector<QRectF>> cells_;
};

QColor inkOf(const GraphFrame& frame, std::size_t node) {
    const graph::SceneNode& look = frame.scene->nodes[node];
    return look.isGone || look.isDimmed ? frame.palette.secondaryText : frame.palette.text;
}

qreal reachOf(const GraphFrame& frame) {
    return nodeSide(frame.view.zoom()) / 2 + kGap;
}

/// In whole pixels of the screen.
QRectF boxAt(const GraphFrame& frame, QPointF centre, QSizeF size, bool above) {
    const qreal reach = reachOf(frame);
    const QPointF corner(
        centre.x() - size.width() / 2,
        above ? centre.y() - reach - size.height() : centre.y() + reach);
    const auto snapped = [&frame](qreal at) { return std::round(at * frame.ratio) / frame.ratio; };
    return {QPointF(snapped(corner.x()), snapped(corner.y())), size};
}

struct Name {
    std::size_t node = 0;
    QPointF at;
};

/// Keeps to one texture: when it is full, it is written anew with what is needed now.
SpriteSheet written(const GraphFrame& frame, const std::vector<Name>& names, LabelBook& book) {
    SpriteSheet sheet;
    for (int attempt = 0; attempt < 2; ++attempt) {
        sheet.sprites.clear();
        bool full = false;
        for (const Name& name : names) {
            const QString& label = frame.scene->nodes[name.node].label;
            const std::optional<QRect> cell = book.find(label, inkOf(frame, name.node));
            full = full || !cell;
            if (cell) {
                sheet.sprites.push_back({*cell, name.at});
            }
        }
        if (!full) {
            break;
        }
        if (attempt == 0) {
            book.startAnew();
        }
    }
    sheet.atlas = book.atlas();
    return sheet;
}

}  // namespace

std::vector<std::uint32_t> importances(const graph::Scene& scene) {
    constexpr std::uint32_t kOwn = 1U << 30U;
    constexpr std::uint32_t kLeads = 1U << 29U;
    constexpr std::uint32_t kOffers = 1U << 24U;
    constexpr std::uint32_t kMostCounted = kOffers - 1;
    std::vector<std::uint32_t> values(scene.nodes.size(), 0);
    for (const graph::SceneLink& link : scene.links) {
        for (const std::uint32_t end : {link.from, link.to}) {
            if (end < values.size() && values[end] < kMostCounted) {
                ++values[end];
            }
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const unsigned marks = scene.nodes[i].marks;
        values[i] += static_cast<std::uint32_t>(std::popcount(marks)) * kOffers;
        values[i] += (marks & graph::kSelf) != 0 ? kOwn : 0;
        values[i] += (marks & graph::kLeader) != 0 ? kLeads : 0;
    }
    return values;
}

Names namesOf(
    const GraphFrame& frame,
    const std::vector<std::uint32_t>& importance,
    const QRectF& clip,
    QPointF shift,
    LabelBook& book) {
    const bool large = nodeSide(frame.view.zoom()) >= kNamedFrom;
    if (!large && frame.nodes() > kAlwaysNamed) {
        return {};
    }
    std::vector<std::size_t> nodes;
    const qreal half = nodeSide(frame.view.zoom()) / 2;
    Taken taken(clip);
    for (std::size_t i = 0; i < frame.nodes(); ++i) {
        if (frame.isDrawn(i) && clip.contains(frame.place(i))) {
            const QPointF at = frame.place(i);
            taken.take(QRectF(at - QPointF(half, half), at + QPointF(half, half)));
            if (!frame.scene->nodes[i].isDimmed) {
                nodes.push_back(i);
            }
        }
    }
    const auto tried =
        nodes.begin() + static_cast<std::ptrdiff_t>(std::min(nodes.size(), kMostTried));
    std::ranges::partial_sort(nodes, tried, [&](std::size_t a, std::size_t b) {
        return importance[a] != importance[b] ? importance[a] > importance[b] : a < b;
    });
    // The most important one comes first, and is named even over other nodes.
    const auto isOwn = [&frame](std::size_t node) {
        return (frame.scene->nodes[node].marks & graph::kSelf) != 0;
    };
    std::vector<Name> names;
    for (auto node = nodes.begin(); node != tried && names.size() < kMostLabels; ++node) {
        const QString& label = frame.scene->nodes[*node].label;
        for (const bool above : {false, true}) {
            const QRectF box = boxAt(frame, frame.place(*node), book.sizeOf(label), above);
            if (isOwn(*node) || taken.isFree(box)) {
                taken.take(box);
                names.push_back({*node, box.topLeft() + shift});
                break;
            }
        }
    }
    Names result{written(frame, names, book), {}};
    std::ranges::transform(names, std::back_inserter(result.nodes), &Name::node);
    return result;
}

SpriteSheet namesOver(
    const GraphFrame& frame, const std::vector<std::size_t>& nodes, LabelBook& book) {
    std::vector<Name> names;
    for (const std::size_t node : nodes) {
        const QSizeF size = book.sizeOf(frame.scene->nodes[node].label);
        names.push_back({node, boxAt(frame, frame.place(node), size, false).topLeft()});
    }
    return written(frame, names, book);
}

}  // namespace weft::qml
