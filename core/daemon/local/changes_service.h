// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include "weft/local/v1/changes.grpc.pb.h"

#include <cstddef>

namespace weft::daemon {

/// An answer with changes is not made larger than this; the oldest are left out.
inline constexpr std::size_t kMaxChangesAnswerBytes = std::size_t{8} << 20;

/// weft.local.v1.Changes. Callers are admitted by the call context.
class ChangesService final : public weft::local::v1::Changes::CallbackService {
public:
    ChangesService(CallContext& calls, ConnectionTable& table) : calls_(calls), table_(table) {}

    grpc::ServerUnaryReactor* ApplyChanges(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalApplyChangesRequest* request,
        weft::mesh::v1::AppliedChange* response) override;
    grpc::ServerUnaryReactor* ConfirmChange(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalConfirmChangeRequest* request,
        weft::mesh::v1::ConfirmChangeResponse* response) override;
    grpc::ServerUnaryReactor* RevertChange(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalRevertChangeRequest* request,
        weft::mesh::v1::AppliedChange* response) override;
    grpc::ServerUnaryReactor* ListChanges(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalListChangesRequest* request,
        weft::local::v1::LocalListChangesResponse* response) override;
    grpc::ServerUnaryReactor* GetPolicyTests(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalGetPolicyTestsRequest* request,
        weft::mesh::v1::KeptPolicyTests* response) override;
    grpc::ServerUnaryReactor* PutPolicyTests(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalPutPolicyTestsRequest* request,
        weft::mesh::v1::PutPolicyTestsResponse* response) override;
    grpc::ServerUnaryReactor* GetPropagation(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalGetPropagationRequest* request,
        weft::mesh::v1::ChangePropagation* response) override;

private:
    CallContext& calls_;
    ConnectionTable& table_;
};

}  // namespace weft::daemon
