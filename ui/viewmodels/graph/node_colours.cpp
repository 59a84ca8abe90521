// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/node_colours.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <map>
#include <tuple>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class ColourWords {
    Q_DECLARE_TR_FUNCTIONS(ColourWords)
};

QStringList namesOf(const MapNode& node, ColourBy by) {
    switch (by) {
    case ColourBy::Group:
        return node.groups;
    case ColourBy::Feature:
        return node.features;
    case ColourBy::Zone:
        break;
    }
    return node.zone.isEmpty() ? QStringList() : QStringList{node.zone};
}

QString noneText(ColourBy by) {
    switch (by) {
    case ColourBy::Group:
        return ColourWords::tr("No group");
    case ColourBy::Feature:
        return ColourWords::tr("No service");
    case ColourBy::Zone:
        break;
    }
    return ColourWords::tr("No zone");
}

/// For each node what its colour is about; empty for nothing.
std::vector<QString> chooseNames(const MeshMap& map, ColourBy by) {
    QHash<QString, int> counts;
    for (const MapNode& node : map.nodes) {
        for (const QString& name : namesOf(node, by)) {
            ++counts[name];
        }
    }
    std::vector<QString> chosen;
    chosen.reserve(map.nodes.size());
    for (const MapNode& node : map.nodes) {
        const QStringList names = namesOf(node, by);
        const auto rarest = std::ranges::min_element(names, {}, [&counts](const QString& name) {
            return std::tuple(counts.value(name), name);
        });
        chosen.push_back(rarest == names.end() ? QString() : *rarest);
    }
    return chosen;
}

}  // namespace

NodeColours colourNodes(const MeshMap& map, ColourBy by) {
    const auto chosen = chooseNames(map, by);
    std::map<QString, int> counts;
    for (const QString& name : chosen) {
        ++counts[name];
    }
    NodeColours result;
    for (const auto& [name, count] : counts) {
        result.legend.push_back({name, 0, count});
    }
    std::ranges::stable_sort(result.legend, [](const ColourKey& left, const ColourKey& right) {
        return std::tuple(left.name.isEmpty(), right.count, left.name)
               < std::tuple(right.name.isEmpty(), left.count, right.name);
    });
    QHash<QString, std::uint8_t> colours;
    for (std::size_t i = 0; i < result.legend.size(); ++i) {
        result.legend[i].colour = static_cast<std::uint8_t>(std::min(i, kColours - 1));
        colours.insert(result.legend[i].name, result.legend[i].colour);
    }
    result.colours.reserve(chosen.size());
    for (const QString& name : chosen) {
        result.colours.push_back(colours.value(name));
    }
    if (result.legend.size() > kColours) {
        ColourKey rest{ColourWords::tr("Others"), kColours - 1, 0};
        for (std::size_t i = kColours - 1; i < result.legend.size(); ++i) {
            rest.count += result.legend[i].count;
        }
        result.legend.resize(kColours - 1);
        result.legend.push_back(rest);
    } else if (!result.legend.empty() && result.legend.back().name.isEmpty()) {
        result.legend.back().name = noneText(by);
    }
    return result;
}

}  // namespace weft::viewmodels
