// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/reachability.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kWordBits = 64;
/// Source and destination, by two families.
constexpr std::size_t kMasksPerClass = 4;

void clear(std::uint64_t* mask, std::size_t bit) {
    mask[bit / kWordBits] &= ~(std::uint64_t{1} << (bit % kWordBits));
}

}  // namespace

std::size_t ReachMatrix::count() const {
    std::size_t pairs = 0;
    for (const auto word : bits_) {
        pairs += static_cast<std::size_t>(std::popcount(word));
    }
    return pairs;
}

Reachability::Reachability(const NetworkRules& rules, std::vector<NodeAddresses> nodes)
    : rules_(rules), nodes_(std::move(nodes)), words_(rules.words_) {
    if (!rules_.isCompiled()) {
        return;
    }
    prepare();
    classOf_.reserve(nodes_.size());
    for (const auto& node : nodes_) {
        classOf_.push_back(classify(node));
    }
}

void Reachability::prepare() {
    accepting_.resize(words_);
    for (std::size_t at = 0; at < rules_.conditions_.size(); ++at) {
        if (rules_.conditions_[at].accepts) {
            accepting_[at / kWordBits] |= std::uint64_t{1} << (at % kWordBits);
        }
        if (rules_.conditions_[at].conditional) {
            conditional_.push_back(at);
        }
    }
}

/// The masks of one node, with the conditions on prefixes already looked at.
void Reachability::fillMasks(const NodeAddresses& node, std::vector<std::uint64_t>& masks) const {
    const auto nodeClass = rules_.classOf(node.id);
    std::size_t at = 0;
    for (const auto& address : {node.ipv4, node.ipv6}) {
        auto* source = &masks[at];
        auto* destination = &masks[at + words_];
        std::copy_n(rules_.sourceBits(nodeClass), words_, source);
        std::copy_n(rules_.destinationBits(nodeClass), words_, destination);
        for (const auto number : conditional_) {
            const auto& rule = rules_.conditions_[number];
            if (!rule.sources.matches(address, rules_.dialect(), !rule.accepts)) {
                clear(source, number);
            }
            if (!rule.destinations.matches(address, rules_.dialect(), !rule.accepts)) {
                clear(destination, number);
            }
        }
        at += 2 * words_;
    }
}

Reachability::Number Reachability::classify(const NodeAddresses& node) {
    if (!rules_.isCompiled()) {
        classified_.push_back(node);
        return static_cast<Number>(classes_++);
    }
    std::vector<std::uint64_t> masks(kMasksPerClass * words_);
    fillMasks(node, masks);
    const auto [entry, isNew] = numbers_.emplace(std::move(masks), static_cast<Number>(classes_));
    if (isNew) {
        masks_.insert(masks_.end(), entry->first.begin(), entry->first.end());
        ++classes_;
    }
    return entry->second;
}

bool Reachability::classesMayReach(Number source, Number destination) const {
    if (!rules_.isCompiled()) {
        return nodesMayReach(classified_[source], classified_[destination]);
    }
    if (words_ == 0) {
        return false;
    }
    const auto* from = &masks_[source * kMasksPerClass * words_];
    const auto* to = &masks_[destination * kMasksPerClass * words_ + words_];
    for (std::size_t family = 0; family < 2; ++family) {
        for (std::size_t word = 0; word < words_; ++word) {
            const auto common = from[word] & to[word];
            if (common == 0) {
                continue;
            }
            // The lowest bit is the rule that decides.
            if ((common & (~common + 1) & accepting_[word]) != 0) {
                return true;
            }
            break;
        }
        from += 2 * words_;
        to += 2 * words_;
    }
    return false;
}

bool Reachability::mayReach(std::size_t source, std::size_t destination) const {
    if (rules_.isCompiled()) {
        return classesMayReach(classOf_[source], classOf_[destination]);
    }
    return nodesMayReach(nodes_[source], nodes_[destination]);
}

bool Reachability::nodesMayReach(const NodeAddresses& from, const NodeAddresses& to) const {
    return rules_.accepts(Flow{from.id, from.ipv4, to.id, to.ipv4})
           || rules_.accepts(Flow{from.id, from.ipv6, to.id, to.ipv6});
}

void Reachability::fillRow(
    const std::vector<std::uint8_t>& reachable, std::span<std::uint64_t> row) const {
    for (std::size_t at = 0; at < classOf_.size(); at += kWordBits) {
        std::uint64_t bits = 0;
        const auto end = std::min(classOf_.size(), at + kWordBits);
        for (auto other = at; other < end; ++other) {
            bits |= static_cast<std::uint64_t>(reachable[classOf_[other]]) << (other - at);
        }
        row[at / kWordBits] = bits;
    }
}

ReachMatrix Reachability::matrix() const {
    ReachMatrix matrix(nodes_.size());
    if (!rules_.isCompiled()) {
        for (std::size_t source = 0; source < nodes_.size(); ++source) {
            auto row = matrix.row(source);
            for (std::size_t other = 0; other < nodes_.size(); ++other) {
                row[other / kWordBits] |= std::uint64_t{mayReach(source, other) ? 1U : 0U}
                                          << (other % kWordBits);
            }
        }
        return matrix;
    }
    // One row for each class; its nodes share it.
    std::vector<std::size_t> first(classes_, nodes_.size());
    std::vector<std::uint8_t> reachable(classes_);
    for (std::size_t source = 0; source < nodes_.size(); ++source) {
        const auto own = classOf_[source];
        auto row = matrix.row(source);
        if (first[own] != nodes_.size()) {
            std::ranges::copy(matrix.row(first[own]), row.begin());
            continue;
        }
        first[own] = source;
        for (Number other = 0; other < classes_; ++other) {
            reachable[other] = classesMayReach(own, other) ? 1 : 0;
        }
        fillRow(reachable, row);
    }
    return matrix;
}

}  // namespace weft::mesh::policy
