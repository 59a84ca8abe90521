// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_prefix.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace weft::net {

/// Longest-prefix match for both families: a binary trie with one bit a step.
/// Thread: confined, or const access from any.
template <typename Value>
class PrefixTable {
public:
    /// Adds or replaces. Host bits of `prefix` are ignored.
    void insert(const IpPrefix& prefix, Value value) {
        Node* node = rootFor(prefix.family());
        for (int depth = 0; depth < prefix.length(); ++depth) {
            auto& child = node->children[bitAt(prefix.address(), depth)];
            if (!child) {
                child = std::make_unique<Node>();
            }
            node = child.get();
        }
        if (!node->value) {
            ++size_;
        }
        node->value = std::move(value);
    }

    /// Whether the exact prefix was there.
    bool erase(const IpPrefix& prefix) {
        Node* node = rootFor(prefix.family());
        std::vector<std::pair<Node*, std::size_t>> path;
        for (int depth = 0; depth < prefix.length(); ++depth) {
            const auto bit = bitAt(prefix.address(), depth);
            path.emplace_back(node, bit);
            node = node->children[bit].get();
            if (node == nullptr) {
                return false;
            }
        }
        if (!node->value) {
            return false;
        }
        node->value.reset();
        --size_;
        for (auto step = path.rbegin(); step != path.rend(); ++step) {
            auto& child = step->first->children[step->second];
            if (child->value || child->children[0] || child->children[1]) {
                break;
            }
            child.reset();
        }
        return true;
    }

    /// The value of the longest prefix that holds `address`; nullptr when there is none.
    const Value* find(const IpAddress& address) const {
        const Node* node = address.isV4() ? &v4_ : &v6_;
        const Value* best = nullptr;
        for (int depth = 0; node != nullptr; ++depth) {
            if (node->value) {
                best = &*node->value;
            }
            if (depth == address.bits()) {
                break;
            }
            node = node->children[bitAt(address, depth)].get();
        }
        return best;
    }

    std::size_t size() const { return size_; }

private:
    struct Node {
        std::unique_ptr<Node> children[2];
        std::optional<Value> value;
    };

    static std::size_t bitAt(const IpAddress& address, int depth) {
        const auto byte = address.bytes()[static_cast<std::size_t>(depth / 8)];
        return (byte >> (7 - depth % 8)) & 1U;
    }
    Node* rootFor(Family family) { return family == Family::V4 ? &v4_ : &v6_; }

    Node v4_;
    Node v6_;
    std::size_t size_ = 0;
};

}  // namespace weft::net
