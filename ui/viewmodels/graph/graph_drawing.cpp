// SPDX-License-Identifier: Apache-2.0
// How a GraphViewModel shows what it knows.
#include "ui/viewmodels/graph/graph_view_model.h"
#include "ui/viewmodels/words.h"

#include <QCollator>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

void GraphViewModel::setListing(bool listing) {
    if (listing != listing_) {
        listing_ = listing;
        fillList();
        Q_EMIT changed();
    }
}

void GraphViewModel::setColourBy(int by) {
    const int last = static_cast<int>(ColourBy::Feature);
    const auto wanted = static_cast<ColourBy>(std::clamp(by, 0, last));
    if (wanted != colourBy_) {
        colourBy_ = wanted;
        draw();
    }
}

void GraphViewModel::setPermissions(bool shown) {
    if (shown != showsPermissions_) {
        showsPermissions_ = shown;
        wantPermissions();
        draw();
    }
}

void GraphViewModel::draw() {
    graph::Scene scene;
    drawNodes(scene);
    drawLinks(scene);
    fillList();
    if (scene != *scene_) {
        scene_ = std::make_shared<const graph::Scene>(std::move(scene));
        Q_EMIT sceneChanged();
    }
    Q_EMIT changed();
}

void GraphViewModel::drawNodes(graph::Scene& scene) {
    NodeColours colours = colourNodes(map_, colourBy_);
    if (colours.legend != legend_) {
        legend_ = std::move(colours.legend);
        Q_EMIT legendChanged();
    }
    matches_ = 0;
    scene.nodes.reserve(map_.nodes.size());
    for (std::size_t i = 0; i < map_.nodes.size(); ++i) {
        const MapNode& node = map_.nodes[i];
        const bool matches = filter_.accepts(node);
        matches_ += matches ? 1 : 0;
        const bool isLost = loss_.isOpen() && node.id == loss_.node();
        scene.nodes.push_back(
            {node.name,
             colours.colours[i],
             node.marks,
             node.isGone || isLost,
             !matches || loss_.cutsOff(node.id)});
    }
}

void GraphViewModel::drawLinks(graph::Scene& scene) const {
    const auto lost = loss_.isOpen() ? map_.find(loss_.node()) : MeshMap::kNowhere;
    const auto isFaint = [&](std::uint32_t from, std::uint32_t to) {
        return scene.nodes[from].isDimmed || scene.nodes[to].isDimmed || from == lost || to == lost;
    };
    if (!showsPermissions_) {
        scene.links.reserve(map_.links.size());
        for (const MapLink& link : map_.links) {
            scene.links.push_back(
                {link.from,
                 link.to,
                 link.style,
                 graph::Permission::None,
                 link.rate,
                 isFaint(link.from, link.to)});
        }
        return;
    }
    const auto chosen = current_.empty() ? MeshMap::kNowhere : map_.find(current_);
    for (const PermissionMap::Pair& pair : permissions_.pairs()) {
        const auto from = map_.find(pair.left);
        const auto to = map_.find(pair.right);
        if (from == MeshMap::kNowhere || to == MeshMap::kNowhere) {
            continue;
        }
        const bool isOther = chosen != MeshMap::kNowhere && from != chosen && to != chosen;
        const auto permission = pair.forward && pair.backward ? graph::Permission::Both
                                : pair.forward                ? graph::Permission::Forward
                                                              : graph::Permission::Backward;
        scene.links.push_back(
            {from, to, graph::LinkStyle::Direct, permission, 0, isOther || isFaint(from, to)});
    }
}

void GraphViewModel::fillList() {
    if (!listing_) {
        return;
    }
    std::vector<NodeListModel::Row> rows;
    rows.reserve(map_.nodes.size());
    for (std::size_t i = 0; i < map_.nodes.size(); ++i) {
        const MapNode& node = map_.nodes[i];
        if (!filter_.accepts(node)) {
            continue;
        }
        const QString marks = marksText(node.marks);
        const QString note = loss_.cutsOff(node.id) ? tr("Cut off") : QString();
        QStringList parts{linkCountText(node.linkCount)};
        for (const QString& part : {node.wayText, marks, node.zone}) {
            if (!part.isEmpty()) {
                parts.append(part);
            }
        }
        rows.push_back(
            {node.id,
             static_cast<std::uint32_t>(i),
             node.name,
             note.isEmpty() ? nodeLine(node)
                            : tr("%1, %2", "a member and its links, and what becomes of it")
                                  .arg(nodeLine(node), note),
             parts.join(QStringLiteral(" · ")),
             note,
             node.stateText,
             node.stateIcon,
             node.tone,
             node.isSelf});
    }
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::ranges::stable_sort(
        rows, [&](const NodeListModel::Row& left, const NodeListModel::Row& right) {
            return left.isSelf != right.isSelf ? left.isSelf
                                               : collator.compare(left.name, right.name) < 0;
        });
    list_.show(std::move(rows));
}

QString GraphViewModel::countText() const {
    return tr("%1, %2", "how many members, how many links")
        .arg(memberCount(count()), linkCountText(map_.links.size()));
}

QString GraphViewModel::matchText() const {
    return filter_.active() ? tr("%1 of %2").arg(matches_).arg(memberCount(count())) : QString();
}

QVariantList GraphViewModel::legend() const {
    QVariantList lines;
    for (const ColourKey& key : legend_) {
        lines.append(QVariantMap{
            {QStringLiteral("name"), key.name},
            {QStringLiteral("colour"), static_cast<int>(key.colour)},
            {QStringLiteral("count"), key.count},
            {QStringLiteral("text"),
             tr("%1 (%2)", "a group and how many are in it")
                 .arg(key.name, QString::number(key.count))}});
    }
    return lines;
}

QString GraphViewModel::permissionsText() const {
    if (!showsPermissions_) {
        return {};
    }
    if (permissionsFailed()) {
        return errorSentence(tr("The rules could not be asked"), permissions_.error());
    }
    if (permissions_.busy() || !permissions_.ofOne()) {
        return {};
    }
    return current() < 0 ? tr("Choose a node to see whom it may reach, and who may reach it.")
                         : tr("Shown is who %1 may reach and be reached by.").arg(currentName());
}

QString GraphViewModel::currentMarks() const {
    const MapNode* node = nodeAt(current());
    return node == nullptr ? QString() : marksText(node->marks);
}

QString GraphViewModel::keyAt(int node) const {
    const MapNode* found = nodeAt(node);
    return found == nullptr ? QString() : toPeerKey(found->id);
}

QString GraphViewModel::idAt(int node) const {
    const MapNode* found = nodeAt(node);
    return found == nullptr ? QString() : QString::fromStdString(found->id);
}

QString GraphViewModel::nameAt(int node) const {
    const MapNode* found = nodeAt(node);
    return found == nullptr ? QString() : found->name;
}

QString GraphViewModel::addressAt(int node) const {
    const MapNode* found = nodeAt(node);
    return found == nullptr ? QString() : found->address;
}

QString GraphViewModel::lineAt(int node) const {
    const MapNode* found = nodeAt(node);
    return found == nullptr ? QString() : nodeLine(*found);
}

QVariantList GraphViewModel::neighboursOf(int node) const {
    QVariantList lines;
    if (nodeAt(node) == nullptr) {
        return lines;
    }
    auto neighbours = map_.neighboursOf(static_cast<std::uint32_t>(node));
    std::ranges::sort(
        neighbours, {}, [this](std::uint32_t other) { return map_.nodes[other].name; });
    for (const std::uint32_t other : neighbours) {
        lines.append(QVariantMap{
            {QStringLiteral("node"), static_cast<int>(other)},
            {QStringLiteral("text"), map_.nodes[other].name},
            {QStringLiteral("detail"), map_.nodes[other].stateText}});
    }
    return lines;
}

}  // namespace weft::viewmodels
