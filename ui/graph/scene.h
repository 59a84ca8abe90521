// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace weft::graph {

/// What a badge at a node says. Flags.
using Mark = std::uint8_t;
inline constexpr Mark kNoMark = 0;
inline constexpr Mark kSelf = 1;
inline constexpr Mark kLeader = 2;
inline constexpr Mark kVoter = 4;
inline constexpr Mark kExit = 8;
inline constexpr Mark kRouter = 16;
inline constexpr Mark kDns = 32;

/// How packets pass along a link.
enum class LinkStyle : std::uint8_t { Direct, Ice, Libp2p, Idle };

/// What the rules say of a pair, when permissions are shown in place of tunnels.
enum class Permission : std::uint8_t { None, Both, Forward, Backward };

struct SceneNode {
    QString label;
    /// Which colour of the chart series, by its group; 0 to 5.
    std::uint8_t colour = 0;
    Mark marks = kNoMark;
    bool isGone = false;
    /// Not what was looked for.
    bool isDimmed = false;

    friend bool operator==(const SceneNode&, const SceneNode&) = default;
};

struct SceneLink {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    LinkStyle style = LinkStyle::Direct;
    Permission permission = Permission::None;
    /// Bytes per second, both ways.
    float rate = 0;
    bool isDimmed = false;

    friend bool operator==(const SceneLink&, const SceneLink&) = default;
};

/// What a graph shows: everything but where. Foreign names are plain text.
struct Scene {
    std::vector<SceneNode> nodes;
    std::vector<SceneLink> links;

    friend bool operator==(const Scene&, const Scene&) = default;
};

}  // namespace weft::graph
