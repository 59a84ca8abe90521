// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"

#include <utility>

namespace weft::control {
namespace {

Status cannot(const char* verb) {
    return unimplemented("this daemon cannot {}", verb);
}

}  // namespace

Subscription GrpcController::watchPolicy(
    const api::ProfileId& /*id*/, std::function<void(const api::PolicyState&)> /*changed*/) {
    return {};
}

void GrpcController::policy(const api::ProfileId& /*id*/, Callback<api::PolicyState> done) {
    onLoop([done] { done(cannot("read the rules of a mesh")); }, done);
}

void GrpcController::putPolicyObject(
    const api::ProfileId& /*id*/,
    const api::PolicyObject& /*object*/,
    std::optional<std::uint64_t> /*base*/,
    Callback<api::WriteReport> done) {
    onLoop([done] { done(cannot("change the rules of a mesh")); }, done);
}

void GrpcController::removePolicyObject(
    const api::ProfileId& /*id*/,
    const api::ObjectRef& /*ref*/,
    std::optional<std::uint64_t> /*base*/,
    Callback<api::WriteReport> done) {
    onLoop([done] { done(cannot("change the rules of a mesh")); }, done);
}

void GrpcController::checkAccess(
    const api::ProfileId& /*id*/,
    const api::AccessQuestion& /*question*/,
    Callback<api::AccessAnswer> done) {
    onLoop([done] { done(cannot("tell who may do what")); }, done);
}

void GrpcController::explainAccess(
    const api::ProfileId& /*id*/,
    const std::string& /*from*/,
    const std::string& /*to*/,
    Callback<api::AccessExplanation> done) {
    onLoop([done] { done(cannot("tell who may talk to whom")); }, done);
}

void GrpcController::removeNode(
    const api::ProfileId& /*id*/,
    const std::string& /*nodeId*/,
    const std::string& /*reason*/,
    Callback<api::WriteReport> done) {
    onLoop([done] { done(cannot("remove nodes")); }, done);
}

void GrpcController::readmitNode(
    const api::ProfileId& /*id*/, const std::string& /*nodeId*/, StatusCallback done) {
    onLoop([done] { done(cannot("readmit nodes")); }, done);
}

void GrpcController::removedNodes(
    const api::ProfileId& /*id*/, Callback<std::vector<api::RemovedNode>> done) {
    onLoop([done] { done(cannot("list removed nodes")); }, done);
}

void GrpcController::auditEvents(
    const api::ProfileId& /*id*/,
    const api::AuditFilter& /*filter*/,
    Callback<std::vector<api::AuditEvent>> done) {
    onLoop([done] { done(cannot("read the audit log")); }, done);
}

}  // namespace weft::control
