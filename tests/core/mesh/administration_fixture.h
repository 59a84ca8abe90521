// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/administration.h"
#include "tests/core/mesh/mesh_fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {

/// The result of a rule without names: all of its kind.
inline mesh::policy::Role roleOf(
    const std::string& name,
    std::vector<mesh::policy::Resource> resources,
    std::vector<mesh::policy::Verb> verbs,
    std::vector<std::string> names = {}) {
    return {name, {{std::move(resources), std::move(names), std::move(verbs)}}};
}

inline mesh::policy::RoleBinding bindingOf(
    const std::string& name, const std::string& role, const std::string& subject) {
    return {name, role, {{subject, mesh::policy::SubjectKind::Node}}};
}

inline mesh::policy::NetworkAcl aclOf(const std::string& name, mesh::policy::AclAction action) {
    mesh::policy::NetworkAcl acl;
    acl.name = name;
    acl.action = action;
    return acl;
}

class AdministrationTest : public ::testing::Test {
protected:
    AdministrationTest()
        : audit_(mesh::AuditLog::create({}, mesh_.loop))
        , administration_(mesh::Administration::create(*mesh_.host, mesh_.loop, audit_.get())) {}

    template <typename Result, typename Start>
    StatusOr<Result> wait(Start start) {
        std::optional<StatusOr<Result>> answer;
        start([&answer](StatusOr<Result> result) { answer = std::move(result); });
        mesh_.settle();
        return answer ? *std::move(answer) : internalError("no answer came");
    }
    StatusOr<mesh::WriteReport> put(
        mesh::PolicyObject object,
        std::optional<storage::Revision> base = std::nullopt,
        const std::string& by = "alpha") {
        return wait<mesh::WriteReport>([&](auto done) {
            administration_->put(std::move(object), base, certificateOf(by), std::move(done));
        });
    }
    StatusOr<mesh::WriteReport> remove(
        mesh::ObjectRef ref,
        std::optional<storage::Revision> base = std::nullopt,
        const std::string& by = "alpha") {
        return wait<mesh::WriteReport>([&](auto done) {
            administration_->remove(std::move(ref), base, certificateOf(by), std::move(done));
        });
    }
    StatusOr<mesh::WriteReport> expel(const std::string& id, const std::string& by = "alpha") {
        return wait<mesh::WriteReport>([&](auto done) {
            administration_->removeNode(
                mesh::NodeId(id), "lost", certificateOf(by), std::move(done));
        });
    }
    StatusOr<mesh::StoredObject> get(const mesh::ObjectRef& ref, const std::string& by = "alpha") {
        return administration_->get(ref, certificateOf(by));
    }
    /// Lets `subject` do what the rule says.
    void grant(const std::string& subject, mesh::policy::Role role) {
        const auto name = role.name;
        ASSERT_TRUE(put(std::move(role)).ok());
        ASSERT_TRUE(put(bindingOf(name, name, subject)).ok());
    }
    std::vector<mesh::AuditEvent> events(mesh::AuditFilter filter = {}) {
        auto read = wait<std::vector<mesh::AuditEvent>>([&](auto done) {
            administration_->auditEvents(filter, certificateOf("alpha"), std::move(done));
        });
        return read.value_or(std::vector<mesh::AuditEvent>());
    }
    void join(const std::string& id, std::uint32_t number) {
        ASSERT_TRUE(mesh_.join(joinOf(id, number)).ok());
    }

    MeshFixture mesh_;
    std::unique_ptr<mesh::AuditLog> audit_;
    std::unique_ptr<mesh::Administration> administration_;
};

}  // namespace weft::tests
