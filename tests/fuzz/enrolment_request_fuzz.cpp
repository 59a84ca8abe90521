// SPDX-License-Identifier: Apache-2.0
// From the bytes of an enrolment request to the decision about it. The fuzzer cannot sign, so the
// signature "sign" stands for one by key 2 over whatever else the request says.
#include "core/crypto/certificate.h"
#include "core/mesh/detail/invitation_plan.h"
#include "core/services/convert.h"
#include "tests/fuzz/fuzz_mesh.h"

#include "weft/mesh/v1/mesh.pb.h"

#include <google/protobuf/stubs/logging.h>

namespace {

namespace detail = weft::mesh::detail;
using weft::StatusCode;
using weft::fuzz::FuzzMesh;

constexpr const char* kSecret = "sixteen byte key";

/// One open invitation for the name "bravo".
void invite(FuzzMesh& mesh) {
    weft::mesh::InvitationParams params;
    params.nodeId = weft::mesh::NodeId("bravo");
    params.lifetime = std::chrono::hours(1);
    weft::mesh::InvitationRecord record;
    const auto plan = detail::planInvitation(
        mesh.view(),
        params,
        {weft::mesh::Caller::Proof::Certificate, weft::mesh::NodeId("alpha"), "fuzz"},
        {"invitation-1", kSecret},
        &record);
    WEFT_FUZZ_CHECK(plan.ok());
    mesh.apply(*plan);
}

void checkRequestPem(const std::string& pem) {
    const auto request = weft::crypto::inspectCertificateRequest(pem);
    WEFT_FUZZ_CHECK(request.ok() || request.status().code() == StatusCode::kInvalidArgument);
}

bool isRefusal(StatusCode code) {
    return code == StatusCode::kPermissionDenied || code == StatusCode::kInvalidArgument
           || code == StatusCode::kFailedPrecondition || code == StatusCode::kAlreadyExists;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    weft::mesh::v1::EnrolRequest request;
    if (!request.ParseFromArray(data, static_cast<int>(size))) {
        return 0;
    }
    FuzzMesh::repairKey(request.mutable_public_key());
    auto params = weft::services::paramsOf(request);
    if (!params.ok()) {
        WEFT_FUZZ_CHECK(params.status().code() == StatusCode::kInvalidArgument);
        return 0;
    }
    checkRequestPem(params->certificateRequestPem);
    const bool isSigned = params->signature == "sign";
    if (isSigned) {
        params->signature = FuzzMesh::keyOf(2).sign(weft::mesh::enrolMessage(
            params->invitationId, params->nodeId, params->certificateRequestPem));
    }
    FuzzMesh mesh;
    invite(mesh);
    weft::mesh::NodeId granted;
    const auto plan = detail::planEnrolment(mesh.view(), *params, &granted);
    if (!plan.ok()) {
        WEFT_FUZZ_CHECK(isRefusal(plan.status().code()));
        return 0;
    }
    // Only who knows the secret and holds the key gets in, under the name that was invited, once.
    WEFT_FUZZ_CHECK(params->secret == kSecret && params->invitationId == "invitation-1");
    WEFT_FUZZ_CHECK(isSigned && params->publicKey == FuzzMesh::keyOf(2).publicKey());
    WEFT_FUZZ_CHECK(granted == weft::mesh::NodeId("bravo"));
    WEFT_FUZZ_CHECK(weft::storage::validate(*plan).ok());
    mesh.apply(*plan);
    weft::mesh::NodeId twice;
    WEFT_FUZZ_CHECK(
        detail::planEnrolment(mesh.view(), *params, &twice).status().code()
        == StatusCode::kFailedPrecondition);
    return 0;
}
