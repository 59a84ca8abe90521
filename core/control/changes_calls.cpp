// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_changes.h"
#include "core/control/translate_changes.h"
#include "core/control/translate_policy_tests.h"
#include "core/control/translate_propagation.h"

#include <utility>

namespace weft::control {

using detail::converted;
using detail::statusOnly;
using detail::written;

namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

constexpr const char* kVerb = "change several objects of a mesh at once";
constexpr const char* kTestsVerb = "keep tests with a mesh";

Callback<meshv1::AppliedChange> appliedTo(Callback<api::AppliedChange> done) {
    return written<meshv1::AppliedChange>(converted<meshv1::AppliedChange>(
        std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

}  // namespace

void GrpcChanges::apply(
    const api::ProfileId& id, const api::ChangeWish& wish, Callback<api::AppliedChange> done) {
    local::LocalApplyChangesRequest request;
    request.set_profile_id(id.value());
    *request.mutable_change() = toProto(wish);
    controller_.localCall(
        kVerb,
        &GrpcController::ChangesStub::ApplyChanges,
        std::move(request),
        appliedTo(std::move(done)));
}

void GrpcChanges::confirm(const api::ProfileId& id, std::uint64_t change, StatusCallback done) {
    local::LocalConfirmChangeRequest request;
    request.set_profile_id(id.value());
    request.set_change_id(change);
    controller_.localCall(
        kVerb,
        &GrpcController::ChangesStub::ConfirmChange,
        std::move(request),
        written<meshv1::ConfirmChangeResponse>(
            statusOnly<meshv1::ConfirmChangeResponse>(std::move(done))));
}

void GrpcChanges::revert(
    const api::ProfileId& id, const api::RevertWish& wish, Callback<api::AppliedChange> done) {
    local::LocalRevertChangeRequest request;
    request.set_profile_id(id.value());
    *request.mutable_change() = toProto(wish);
    controller_.localCall(
        kVerb,
        &GrpcController::ChangesStub::RevertChange,
        std::move(request),
        appliedTo(std::move(done)));
}

void GrpcChanges::list(
    const api::ProfileId& id, std::uint32_t limit, Callback<std::vector<api::Change>> done) {
    local::LocalListChangesRequest request;
    request.set_profile_id(id.value());
    request.mutable_filter()->set_limit(limit);
    controller_.localCall(
        "show the history of a mesh",
        &GrpcController::ChangesStub::ListChanges,
        std::move(request),
        converted<local::LocalListChangesResponse>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcChanges::policyTests(const api::ProfileId& id, Callback<api::KeptPolicyTests> done) {
    local::LocalGetPolicyTestsRequest request;
    request.set_profile_id(id.value());
    controller_.localCall(
        kTestsVerb,
        &GrpcController::ChangesStub::GetPolicyTests,
        std::move(request),
        converted<meshv1::KeptPolicyTests>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcChanges::putPolicyTests(
    const api::ProfileId& id,
    const std::vector<api::PolicyTest>& tests,
    std::uint64_t base,
    Callback<std::uint64_t> done) {
    local::LocalPutPolicyTestsRequest request;
    request.set_profile_id(id.value());
    *request.mutable_put() = toProto(tests, base);
    controller_.localCall(
        kTestsVerb,
        &GrpcController::ChangesStub::PutPolicyTests,
        std::move(request),
        converted<meshv1::PutPolicyTestsResponse>(
            std::move(done), [](const auto& answer) { return std::uint64_t{answer.revision()}; }));
}

void GrpcChanges::propagation(
    const api::ProfileId& id, std::uint64_t change, Callback<api::Propagation> done) {
    local::LocalGetPropagationRequest request;
    request.set_profile_id(id.value());
    request.set_change_id(change);
    controller_.localCall(
        "show where a change is in effect",
        &GrpcController::ChangesStub::GetPropagation,
        std::move(request),
        converted<meshv1::ChangePropagation>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

}  // namespace weft::control
