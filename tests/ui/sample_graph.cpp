// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/sample_graph.h"

#include <QVariantList>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace weft::tests {
namespace {

using graph::LinkStyle;
using graph::Permission;
using graph::Point;

constexpr std::size_t kGroup = 24;

/// The n-th seed of a sunflower: as even as can be, without rows.
Point seed(std::size_t n, double apart) {
    const double radius = apart * std::sqrt(static_cast<double>(n) + 0.5);
    const double angle = static_cast<double>(n) * std::numbers::pi * (3 - std::sqrt(5.0));
    return {
        static_cast<float>(radius * std::cos(angle)), static_cast<float>(radius * std::sin(angle))};
}

std::uint8_t marksOf(std::size_t node) {
    if (node == 0) {
        return graph::kSelf | graph::kVoter;
    }
    if (node == 1) {
        return graph::kLeader | graph::kVoter | graph::kDns;
    }
    unsigned marks = graph::kNoMark;
    marks |= node % 11 == 3 ? static_cast<unsigned>(graph::kRouter) : 0U;
    marks |= node % 13 == 5 ? static_cast<unsigned>(graph::kExit) : 0U;
    marks |= node % 17 == 7 ? static_cast<unsigned>(graph::kDns) : 0U;
    marks |= node % 19 == 9 ? static_cast<unsigned>(graph::kVoter) : 0U;
    return static_cast<std::uint8_t>(marks);
}

graph::SceneNode sampleNode(std::size_t node) {
    constexpr std::array<const char*, 8> kPlaces{
        "berlin", "lisbon", "osaka", "quito", "accra", "malmo", "perth", "salta"};
    graph::SceneNode made;
    made.label = QStringLiteral("%1-%2")
                     .arg(QLatin1String(kPlaces.at(node / kGroup % kPlaces.size())))
                     .arg(node);
    made.colour = static_cast<std::uint8_t>(node / kGroup % 6);
    made.marks = marksOf(node);
    made.isGone = node % 23 == 12;
    return made;
}

graph::SceneLink sampleLink(std::size_t from, std::size_t to, std::size_t number) {
    constexpr std::array<LinkStyle, 8> kStyles{
        LinkStyle::Direct,
        LinkStyle::Direct,
        LinkStyle::Ice,
        LinkStyle::Direct,
        LinkStyle::Idle,
        LinkStyle::Direct,
        LinkStyle::Libp2p,
        LinkStyle::Idle};
    constexpr std::array<Permission, 4> kPermissions{
        Permission::Both, Permission::Forward, Permission::Both, Permission::Backward};
    graph::SceneLink link;
    link.from = static_cast<std::uint32_t>(from);
    link.to = static_cast<std::uint32_t>(to);
    link.style = kStyles.at(number % kStyles.size());
    link.permission = kPermissions.at(number % kPermissions.size());
    link.rate = std::pow(10.0F, static_cast<float>(number % 7));
    return link;
}

}  // namespace

std::unique_ptr<HeldGraph> sampleGraph(std::size_t nodes) {
    // NOLINTNEXTLINE(cert-msc51-cpp): the same graph in each run
    std::mt19937 random(7);
    graph::Scene scene;
    graph::Positions positions;
    for (std::size_t i = 0; i < nodes; ++i) {
        const Point group = seed(i / kGroup, 3.4);
        const Point inside = seed(i % kGroup, 0.52);
        scene.nodes.push_back(sampleNode(i));
        positions.push_back({group.x + inside.x, group.y + inside.y});
    }
    for (std::size_t i = 1; i < nodes; ++i) {
        const std::size_t first = i / kGroup * kGroup;
        // To one of the same group, and the first of each group to one before.
        const std::size_t near = i == first ? random() % first : first + random() % (i - first);
        scene.links.push_back(sampleLink(i, near, scene.links.size()));
        const std::size_t size = std::min(kGroup, nodes - first);
        const std::size_t other = i % 40 == 0 ? random() % nodes : first + random() % size;
        if (other != i) {
            scene.links.push_back(sampleLink(i, other, scene.links.size()));
        }
    }
    return std::make_unique<HeldGraph>(std::move(scene), std::move(positions));
}

void setThemeColours(QQuickItem& canvas, bool dark) {
    using Pair = std::pair<const char*, std::array<const char*, 2>>;
    constexpr std::array<Pair, 9> kColours{
        {{"surfaceColor", {"#FFFFFF", "#1C2027"}},
         {"textColor", {"#15191F", "#EDF0F4"}},
         {"secondaryTextColor", {"#4A5361", "#B6BECA"}},
         {"linkColor", {"#7D8694", "#78828F"}},
         {"idleLinkColor", {"#D5D9E0", "#343B46"}},
         {"accentColor", {"#1F5FD6", "#7FB0FF"}},
         {"warnColor", {"#8F5400", "#F2B24C"}},
         {"relayColor", {"#7A3FC0", "#C79BFF"}},
         {"focusColor", {"#1F5FD6", "#A9C9FF"}}}};
    constexpr std::array<std::array<const char*, 2>, 6> kSeries{
        {{"#1F5FD6", "#7FB0FF"},
         {"#B4580A", "#FFA85C"},
         {"#16753C", "#57D08B"},
         {"#7A3FC0", "#C79BFF"},
         {"#B32468", "#FF8FBF"},
         {"#0B7285", "#5CCFE0"}}};
    const std::size_t column = dark ? 1 : 0;
    for (const auto& [name, values] : kColours) {
        canvas.setProperty(name, QColor(QLatin1String(values.at(column))));
    }
    QVariantList series;
    for (const auto& values : kSeries) {
        series.push_back(QColor(QLatin1String(values.at(column))));
    }
    canvas.setProperty("series", series);
}

}  // namespace weft::tests
