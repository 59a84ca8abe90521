// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/member.h"
#include "tests/core/mesh/memory_link.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {

/// "beta", which is to join the mesh of "alpha" at the address "one".
class MemberTest : public ::testing::Test {
protected:
    MemberTest() : links_(loop_, "beta"), server_(loop_, mesh::Authentication::Required) {
        links_.serve("one", &server_);
    }

    void makeMember(std::vector<std::string> hosts = {"one"}) {
        options_.join = joinOf("beta", 1);
        options_.joinAddresses.clear();
        for (auto& host : hosts) {
            options_.joinAddresses.push_back({std::move(host), 8443});
        }
        member_ = mesh::Member::create(options_, loop_, links_);
    }
    void startAndSettle() {
        member_->start();
        server_.settle();
    }
    mesh::MemberPhase phase() const { return member_->status().phase; }
    std::string failure() const { return weft::messageOf(member_->status().failure); }
    /// Lets `by` pass in small steps, with the store's thread in between.
    void pass(Duration by) {
        constexpr std::chrono::milliseconds kStep{100};
        for (Duration done{0}; done < by; done += kStep) {
            loop_.advance(kStep);
            server_.settle();
        }
    }

    ManualLoop loop_;
    MemoryLinks links_;
    MeshFixture server_;
    mesh::MemberOptions options_;
    std::unique_ptr<mesh::Member> member_;
};

}  // namespace weft::tests
