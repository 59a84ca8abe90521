// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"
#include "core/daemon/planning/draft_desk.h"
#include "core/daemon/planning/mesh_snapshot.h"
#include "core/daemon/planning/planner.h"

#include "weft/local/v1/drafts.grpc.pb.h"

#include <cstdint>
#include <functional>
#include <string>

namespace weft::daemon {

/// weft.local.v1.Drafts. Callers are admitted by the call context; each has drafts of their own.
class DraftsService final : public weft::local::v1::Drafts::CallbackService {
public:
    DraftsService(CallContext& calls, ConnectionTable& table, DraftDesk& drafts, Planner& planner)
        : calls_(calls), table_(table), drafts_(drafts), planner_(planner) {}

    grpc::ServerUnaryReactor* GetDraft(
        grpc::CallbackServerContext* context,
        const weft::local::v1::GetDraftRequest* request,
        weft::local::v1::Draft* response) override;
    grpc::ServerUnaryReactor* EditDraft(
        grpc::CallbackServerContext* context,
        const weft::local::v1::EditDraftRequest* request,
        weft::local::v1::Draft* response) override;
    grpc::ServerUnaryReactor* RebaseDraft(
        grpc::CallbackServerContext* context,
        const weft::local::v1::RebaseDraftRequest* request,
        weft::local::v1::Draft* response) override;
    grpc::ServerUnaryReactor* DiscardDraft(
        grpc::CallbackServerContext* context,
        const weft::local::v1::DiscardDraftRequest* request,
        weft::local::v1::Draft* response) override;
    grpc::ServerUnaryReactor* ApplyDraft(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ApplyDraftRequest* request,
        weft::mesh::v1::AppliedChange* response) override;

private:
    template <typename Response>
    using Work = std::function<void(const DraftKey&, Callback<Response>)>;
    /// Runs `work` on the daemon's loop with the caller's key of a profile.
    template <typename Response>
    grpc::ServerUnaryReactor* onDraft(
        std::string_view method,
        const std::string& profile,
        Response* response,
        Work<Response> work);
    /// What GetDraft answers, with conflicts when the profile is connected.
    Callback<StoredDraft> answerWith(const DraftKey& key, Callback<weft::local::v1::Draft> done);
    void answerOn(
        const StatusOr<MeshSnapshot>& mesh,
        const StoredDraft& draft,
        const Callback<weft::local::v1::Draft>& done);
    /// Hands the mesh as it is to `work`, which runs on any thread.
    void withMesh(
        const std::string& profile, std::function<void(const StatusOr<MeshSnapshot>&)> work);
    void rebase(
        const DraftKey& key,
        const weft::local::v1::RebaseDraftRequest& request,
        Callback<weft::local::v1::Draft> done);
    void apply(
        const DraftKey& key,
        const weft::local::v1::ApplyDraftRequest& request,
        Callback<weft::mesh::v1::AppliedChange> done);
    /// The edits of the draft `number` on top of the mesh as it is.
    void make(
        const DraftKey& key,
        std::uint64_t number,
        weft::mesh::v1::ApplyChangesRequest change,
        Callback<weft::mesh::v1::AppliedChange> done);

    /// Ends the draft of that number, and answers.
    void forget(
        const DraftKey& key,
        std::uint64_t number,
        const weft::mesh::v1::AppliedChange& applied,
        Callback<weft::mesh::v1::AppliedChange> done);

    CallContext& calls_;
    ConnectionTable& table_;
    DraftDesk& drafts_;
    Planner& planner_;
};

}  // namespace weft::daemon
