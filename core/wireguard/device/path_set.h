// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_path.h"
#include "core/wireguard/session/engine.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::wireguard {

/// The ways that datagrams leave and arrive by, under the numbers that PathAddress has. They
/// outlive the set. Thread: confined to the packet loop.
class PathSet {
public:
    static constexpr std::size_t kMost = 8;

    /// Number 0 is the first. nullptr past the last.
    void add(transport::DatagramPath& path) { paths_.push_back(&path); }
    transport::DatagramPath* find(std::uint8_t number) const {
        return number < paths_.size() ? paths_[number] : nullptr;
    }
    std::span<transport::DatagramPath* const> all() const { return paths_; }

private:
    std::vector<transport::DatagramPath*> paths_;
};

}  // namespace weft::wireguard
