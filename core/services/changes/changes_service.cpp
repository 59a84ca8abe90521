// SPDX-License-Identifier: Apache-2.0
#include "core/services/changes/changes_service.h"

#include "core/mesh/change_control.h"
#include "core/services/changes/convert.h"
#include "core/services/server/dispatcher.h"

#include "weft/mesh/v1/changes.grpc.pb.h"

#include <utility>
#include <vector>

namespace weft::services {
namespace {

namespace pb = mesh::v1;
using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

StatusOr<std::vector<mesh::changes::Edit>> editsOf(const pb::ApplyChangesRequest& request) {
    // One past the cap is enough for the refusal.
    if (static_cast<std::size_t>(request.edits_size()) > mesh::kMaxChangeEdits) {
        return resourceExhausted(
            "a change has at most {} edits: make it in several", mesh::kMaxChangeEdits);
    }
    std::vector<mesh::changes::Edit> edits;
    for (const auto& each : request.edits()) {
        WEFT_ASSIGN_OR_RETURN(auto edit, editOf(each));
        edits.push_back(std::move(edit));
    }
    return edits;
}

StatusOr<std::vector<mesh::ObjectRef>> refsOf(const pb::RevertChangeRequest& request) {
    if (static_cast<std::size_t>(request.objects_size()) > mesh::kMaxChangeEdits) {
        return resourceExhausted("a change has at most {} objects", mesh::kMaxChangeEdits);
    }
    std::vector<mesh::ObjectRef> refs;
    for (const auto& each : request.objects()) {
        WEFT_ASSIGN_OR_RETURN(auto ref, refOf(each));
        refs.push_back(std::move(ref));
    }
    return refs;
}

StatusOr<std::vector<mesh::changes::PolicyTest>> testsOf(const pb::PutPolicyTestsRequest& request) {
    if (static_cast<std::size_t>(request.tests().tests_size()) > mesh::changes::kMaxPolicyTests) {
        return resourceExhausted(
            "{} tests are too many: a mesh keeps at most {}",
            request.tests().tests_size(),
            mesh::changes::kMaxPolicyTests);
    }
    return mesh::changes::fromProto(request.tests());
}

Callback<mesh::AppliedChange> answerTo(const CallEndPtr& end, pb::AppliedChange* response) {
    return [end, response](const StatusOr<mesh::AppliedChange>& applied) {
        end->finishWith(applied.status(), [&] { toProto(*applied, response); });
    };
}

class ChangesService final : public pb::Changes::CallbackService {
public:
    explicit ChangesService(const ServiceContext& context) : context_(context) {}

    Reactor* ApplyChanges(
        Context* context,
        const pb::ApplyChangesRequest* request,
        pb::AppliedChange* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Changes/ApplyChanges",
            [this,
             edits = editsOf(*request),
             note = request->note(),
             after = std::chrono::seconds(request->revert_after_seconds()),
             response](const mesh::Caller& caller, const CallEndPtr& end) {
                if (!edits.ok()) {
                    end->finish(edits.status());
                    return;
                }
                context_.changes->apply(*edits, note, after, caller, answerTo(end, response));
            });
    }

    Reactor* ConfirmChange(
        Context* context,
        const pb::ConfirmChangeRequest* request,
        pb::ConfirmChangeResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Changes/ConfirmChange",
            [this, id = request->change_id()](const mesh::Caller& caller, const CallEndPtr& end) {
                context_.changes->confirm(
                    id, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    Reactor* RevertChange(
        Context* context,
        const pb::RevertChangeRequest* request,
        pb::AppliedChange* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Changes/RevertChange",
            [this,
             id = request->change_id(),
             refs = refsOf(*request),
             skip = request->skip_changed(),
             response](const mesh::Caller& caller, const CallEndPtr& end) {
                if (!refs.ok()) {
                    end->finish(refs.status());
                    return;
                }
                context_.changes->revert(id, *refs, skip, caller, answerTo(end, response));
            });
    }

    grpc::ServerWriteReactor<pb::ChangeRecord>* ListChanges(
        Context* context, const pb::ListChangesRequest* request) override {
        return context_.dispatcher.stream<pb::ChangeRecord>(
            context,
            "/weft.mesh.v1.Changes/ListChanges",
            [this, before = request->before_id(), limit = request->limit()](
                const mesh::Caller& caller, const auto& writer) {
                auto changes = context_.changes->list(before, limit, caller);
                if (!changes.ok()) {
                    writer->end(changes.status());
                    return;
                }
                writer->feed([all = *std::move(changes),
                              at = std::size_t{0}](pb::ChangeRecord* next) mutable {
                    if (at == all.size()) {
                        return false;
                    }
                    toProto(all[at], next);
                    ++at;
                    return true;
                });
            });
    }

    Reactor* GetPolicyTests(
        Context* context,
        const pb::GetPolicyTestsRequest* request,
        pb::KeptPolicyTests* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Changes/GetPolicyTests",
            [this, known = request->known_revision(), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                const auto kept = context_.changes->policyTests().get(caller);
                end->finishWith(kept.status(), [&] { toProto(*kept, known, response); });
            });
    }

    Reactor* PutPolicyTests(
        Context* context,
        const pb::PutPolicyTestsRequest* request,
        pb::PutPolicyTestsResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/weft.mesh.v1.Changes/PutPolicyTests",
            [this, tests = testsOf(*request), base = request->base_revision(), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (!tests.ok()) {
                    end->finish(tests.status());
                    return;
                }
                context_.changes->policyTests().put(
                    *tests,
                    base,
                    caller,
                    [end, response](const StatusOr<storage::Revision>& revision) {
                        end->finishWith(
                            revision.status(), [&] { response->set_revision(*revision); });
                    });
            });
    }

private:
    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeChangesService(const ServiceContext& context) {
    return std::make_unique<ChangesService>(context);
}

}  // namespace weft::services
