// SPDX-License-Identifier: Apache-2.0
// The matrix: for each class of nodes one bit for each rule that takes it as source, and one for
// each that takes it as destination. What two nodes have in common is an AND of a few words.
#include "core/mesh/policy/acl.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kWordBits = 64;
constexpr std::array kMemberKinds{SubjectKind::Node, SubjectKind::User};

using Mask = std::vector<std::uint64_t>;

}  // namespace

/// Makes the matrix, and gives up when it takes too much.
struct NetworkRules::Compiler {
    using Number = detail::GroupIndex::Number;
    /// A rule, and on which of its sides.
    struct Mention {
        std::uint32_t rule = 0;
        bool asDestination = false;
    };

    Compiler(NetworkRules& owner, std::size_t maxBytes)
        : rules(owner)
        , words((owner.conditions_.size() + kWordBits - 1) / kWordBits)
        , base(2 * words)
        , byGroup(owner.groups_->groups().size())
        , bytesLeft(maxBytes) {}

    void set(Mask& mask, const Mention& mention) const {
        const auto side = mention.asDestination ? words : 0;
        mask[side + mention.rule / kWordBits] |= std::uint64_t{1} << (mention.rule % kWordBits);
    }

    void addList(const NodeList& list, const Mention& mention) {
        if (rules.matchesAny(list, rules.dialect_)) {
            set(base, mention);
            return;
        }
        for (const auto& id : list.ids) {
            byId[id].push_back(mention);
        }
        for (const auto group : list.groups) {
            byGroup[group].push_back(mention);
        }
    }

    std::vector<Number> groupsOf(std::string_view name) const {
        return rules.dialect_ == Dialect::Seed ? rules.groups_->groupsOf(name, kMemberKinds)
                                               : rules.groups_->groupsListing(name);
    }

    /// Whether it could be done in the steps that are left.
    bool addGroups(std::string_view name, Mask& mask) {
        for (const auto group : groupsOf(name)) {
            const auto& mentions = byGroup[group];
            steps += 1 + mentions.size();
            if (steps > kMaxCompileSteps) {
                return false;
            }
            for (const auto& mention : mentions) {
                set(mask, mention);
            }
        }
        return true;
    }

    bool addClass(const std::string& name, Mask mask) {
        const auto [entry, isNew] =
            numbers.emplace(std::move(mask), static_cast<NodeClass>(numbers.size()));
        if (isNew) {
            const auto bytes = 2 * words * sizeof(std::uint64_t);
            // Once in the matrix, once as a key here.
            if (bytes * 2 > bytesLeft) {
                return false;
            }
            bytesLeft -= bytes * 2;
            rules.bits_.insert(rules.bits_.end(), entry->first.begin(), entry->first.end());
        }
        // What looks like everybody else needs no entry.
        if (entry->second != 0) {
            rules.classes_.emplace(name, entry->second);
        }
        return true;
    }

    bool addName(const std::string& name) {
        auto mask = base;
        if (const auto found = byId.find(name); found != byId.end()) {
            for (const auto& mention : found->second) {
                set(mask, mention);
            }
        }
        return addGroups(name, mask) && addClass(name, std::move(mask));
    }

    bool run() {
        for (std::uint32_t at = 0; at < rules.conditions_.size(); ++at) {
            addList(rules.conditions_[at].sourceNodes, {at, false});
            addList(rules.conditions_[at].destinationNodes, {at, true});
        }
        // Class 0: everybody, and those groups that everybody is in.
        if (!addGroups(kWildcard, base) || !addClass({}, base)) {
            return false;
        }
        for (const auto name : rules.groups_->subjectNames()) {
            byId.try_emplace(std::string(name));
        }
        return std::ranges::all_of(
            byId, [this](const auto& mentioned) { return addName(mentioned.first); });
    }

    NetworkRules& rules;
    std::size_t words;
    /// What holds for every node.
    Mask base;
    detail::TextMap<std::vector<Mention>> byId;
    std::vector<std::vector<Mention>> byGroup;
    std::map<Mask, NodeClass> numbers;
    std::size_t bytesLeft;
    std::size_t steps = 0;
};

void NetworkRules::compile(std::size_t maxMatrixBytes) {
    Compiler compiler(*this, maxMatrixBytes);
    words_ = compiler.words;
    compiled_ = compiler.run();
    if (!compiled_) {
        // An empty list would keep the memory.
        bits_ = std::vector<std::uint64_t>();
        classes_ = detail::TextMap<NodeClass>();
    }
}

}  // namespace weft::mesh::policy
