// SPDX-License-Identifier: Apache-2.0
// From the bytes of a join request to what it would do to the database of a mesh.
#include "core/mesh/detail/membership_plan.h"
#include "core/services/convert.h"
#include "tests/fuzz/fuzz_mesh.h"

#include "v1/members.pb.h"

#include <google/protobuf/stubs/logging.h>

namespace {

using weft::StatusCode;
using weft::fuzz::FuzzMesh;

bool isRefusal(StatusCode code) {
    switch (code) {
    case StatusCode::kInvalidArgument:
    case StatusCode::kUnauthenticated:
    case StatusCode::kPermissionDenied:
    case StatusCode::kAlreadyExists:
    case StatusCode::kFailedPrecondition:
    case StatusCode::kResourceExhausted:
        return true;
    default:
        return false;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    namespace detail = weft::mesh::detail;
    v1::JoinRequest request;
    if (!request.ParseFromArray(data, static_cast<int>(size))) {
        return 0;
    }
    FuzzMesh::repairKey(request.mutable_public_key());
    const auto params = weft::services::paramsOf(request);
    if (!params.ok()) {
        return 0;
    }
    FuzzMesh mesh;
    const weft::mesh::Caller caller{weft::mesh::Caller::Proof::Certificate, params->id, "fuzz"};
    const auto plan = detail::planJoin(mesh.view(), *params, caller);
    if (!plan.ok()) {
        WEFT_FUZZ_CHECK(isRefusal(plan.status().code()));
        return 0;
    }
    // What is accepted can be stored, reads back as what was planned, and does not hurt the mesh.
    WEFT_FUZZ_CHECK(weft::storage::validate(plan->transaction).ok());
    mesh.apply(plan->transaction);
    const auto view = mesh.view();
    WEFT_FUZZ_CHECK(view.registry.unreadableRecords() == 0);
    const auto* stored = view.registry.node(params->id);
    WEFT_FUZZ_CHECK(stored != nullptr && *stored == plan->node);
    WEFT_FUZZ_CHECK(view.registry.node(weft::mesh::NodeId("alpha")) != nullptr);
    for (const auto* edge : view.registry.edges()) {
        WEFT_FUZZ_CHECK(view.registry.node(edge->source) != nullptr);
        WEFT_FUZZ_CHECK(view.registry.node(edge->target) != nullptr);
    }
    // The same node asks again and keeps its addresses.
    const auto again = detail::planJoin(view, *params, caller);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(again->node == plan->node);
    return 0;
}
