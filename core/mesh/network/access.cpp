// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/access.h"

#include <utility>

namespace weft::mesh::network {

Access::Access(std::shared_ptr<const policy::Policy> policy)
    : policy_(std::move(policy)), reachability_(policy_->network(), {}) {}

const Access::Row& Access::row(Class number) {
    const auto all = classes();
    if (rows_.size() < all) {
        rows_.resize(all);
    }
    auto& row = rows_[number];
    for (; row.known < all; ++row.known) {
        const auto other = static_cast<Class>(row.known);
        if (!reachability_.classesMayReach(number, other)) {
            continue;
        }
        row.reached.add(other);
        if (reachability_.classesMayReach(other, number)) {
            row.mutual.add(other);
        }
    }
    return row;
}

std::vector<Access::Class> Access::closedAmong(const ClassSet& some) {
    std::vector<Class> closed;
    for (Class number = 0; number < classes(); ++number) {
        if (some.has(number) && !mutualWith(number).contains(some)) {
            closed.push_back(number);
        }
    }
    return closed;
}

}  // namespace weft::mesh::network
