// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"
#include "core/api/types.h"
#include "ui/graph/scene.h"
#include "ui/viewmodels/peers_model.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::viewmodels {

/// A member as the page of the graph knows it. Texts are fit to be shown.
struct MapNode {
    std::string id;
    QString name;
    QString stateText;
    QString stateIcon;
    look::Tone tone = look::Tone::Neutral;
    /// "Direct"; empty while nobody knows.
    QString wayText;
    QString address;
    QString zone;
    QStringList groups;
    QStringList features;
    /// Lower case, for the search.
    QString haystack;
    std::uint8_t marks = graph::kNoMark;
    bool isSelf = false;
    /// It answers, as far as this node can tell: it sees members that it has no tunnel to by
    /// others' word alone.
    bool isOnline = false;
    bool isGone = false;
    std::uint32_t linkCount = 0;

    friend bool operator==(const MapNode&, const MapNode&) = default;
};

struct MapLink {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    graph::LinkStyle style = graph::LinkStyle::Direct;
    float rate = 0;

    friend bool operator==(const MapLink&, const MapLink&) = default;
};

/// The members of a mesh and what connects them.
struct MeshMap {
    static constexpr std::uint32_t kNowhere = static_cast<std::uint32_t>(-1);

    std::vector<MapNode> nodes;
    std::vector<MapLink> links;
    std::unordered_map<std::string, std::uint32_t> places;

    /// kNowhere when there is none of that id.
    std::uint32_t find(const std::string& id) const;
    std::vector<std::uint32_t> neighboursOf(std::uint32_t node) const;
};

/// What a map is made of. `edges` and `policy` may be null: not known.
struct MapSources {
    const PeersModel& peers;
    const api::Graph* edges = nullptr;
    const api::PolicyState* policy = nullptr;
    std::string_view leader;
    WallTime now;
};

/// Takes time that grows with members, edges and objects of the policy, and with nothing else.
MeshMap makeMap(const MapSources& sources);

/// "nas, reachable, direct, 3 links": one line for somebody who does not see the picture.
QString nodeLine(const MapNode& node);

/// "1 link", "4 links".
QString linkCountText(std::size_t count);

/// "Leader · Exit · DNS"; empty for none.
QString marksText(std::uint8_t marks);

}  // namespace weft::viewmodels
