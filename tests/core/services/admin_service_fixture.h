// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/admin/write_metadata.h"
#include "tests/core/services/server_fixture.h"

#include "v1/admin.grpc.pb.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weft::tests {

/// One call with its headers, both ways.
struct Call {
    Call() { context.set_deadline(std::chrono::system_clock::now() + kPatience); }
    explicit Call(std::uint64_t base) : Call() {
        context.AddMetadata(std::string(services::kBaseRevisionHeader), std::to_string(base));
    }

    std::vector<std::string> trailing(std::string_view name) const {
        std::vector<std::string> values;
        for (const auto& [key, value] : context.GetServerTrailingMetadata()) {
            if (std::string_view(key.data(), key.size()) == name) {
                values.emplace_back(value.data(), value.size());
            }
        }
        return values;
    }
    std::uint64_t revision() const {
        const auto values = trailing(services::kRevisionHeader);
        return values.empty() ? 0 : std::stoull(values.front());
    }

    grpc::ClientContext context;
    google::protobuf::Empty empty;
};

inline ::v1::Role roleOf(
    const std::string& name, ::v1::RuleResource resource, ::v1::RuleVerb verb) {
    ::v1::Role role;
    role.set_name(name);
    auto* rule = role.add_rules();
    rule->add_resources(resource);
    rule->add_verbs(verb);
    return role;
}

inline ::v1::RoleBinding bindingOf(
    const std::string& name, const std::string& role, const std::string& node) {
    ::v1::RoleBinding binding;
    binding.set_name(name);
    binding.set_role(role);
    auto* subject = binding.add_subjects();
    subject->set_type(::v1::SUBJECT_NODE);
    subject->set_name(node);
    return binding;
}

/// A server with the administrator boss and the members bravo and carol.
class AdminService : public ::testing::Test {
protected:
    AdminService() {
        EXPECT_TRUE(fixture_.joinDirectly("bravo").ok());
        EXPECT_TRUE(fixture_.joinDirectly("carol").ok());
    }

    template <typename Service>
    std::unique_ptr<typename Service::Stub> as(const std::string& name) {
        return Service::NewStub(fixture_.channelAs(name));
    }
    std::unique_ptr<::v1::Admin::Stub> admin(const std::string& name = "boss") {
        return as<::v1::Admin>(name);
    }
    void grant(const std::string& node, const ::v1::Role& role) {
        Call first;
        ASSERT_TRUE(admin()->PutRole(&first.context, role, &first.empty).ok());
        Call second;
        const auto binding = bindingOf(role.name(), role.name(), node);
        ASSERT_TRUE(admin()->PutRoleBinding(&second.context, binding, &second.empty).ok());
    }

    ServerFixture fixture_;
};

}  // namespace weft::tests
