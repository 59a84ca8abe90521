// SPDX-License-Identifier: Apache-2.0
#include "core/services/changes/changes_client.h"

#include "core/services/admin/listing.h"
#include "core/services/link/channel.h"

#include "weft/mesh/v1/changes.grpc.pb.h"
#include "weft/mesh/v1/propagation.grpc.pb.h"

#include <grpcpp/channel.h>

#include <utility>

namespace weft::services {

namespace pb = weft::mesh::v1;

struct ChangesClient::Impl {
    Impl(const net::HostPort& address, const LinkOptions& options, base::Loop& loop)
        : channel(makeChannel(address, options))
        , stub(pb::Changes::NewStub(channel))
        , propagationStub(pb::Propagation::NewStub(channel))
        , calls(loop, address, options.clone(), probes) {}

    std::shared_ptr<grpc::Channel> channel;
    std::unique_ptr<pb::Changes::Stub> stub;
    std::unique_ptr<pb::Propagation::Stub> propagationStub;
    ProbeWorker probes;
    // Last, so that it goes first.
    ClientCalls calls;
};

ChangesClient::ChangesClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChangesClient::~ChangesClient() = default;

StatusOr<std::unique_ptr<ChangesClient>> ChangesClient::create(
    const net::HostPort& address, const LinkOptions& options, base::Loop& loop) {
    WEFT_RETURN_IF_ERROR(options.validate());
    return std::unique_ptr<ChangesClient>(
        new ChangesClient(std::make_unique<Impl>(address, options, loop)));
}

void ChangesClient::apply(pb::ApplyChangesRequest request, Callback<pb::AppliedChange> done) {
    impl_->calls.unary<pb::ApplyChangesRequest, pb::AppliedChange>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->stub->async()->ApplyChanges(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::AppliedChange& applied) {
            if (status.ok()) {
                done(applied);
            } else {
                // Who asked may make the edits one by one then.
                const bool isUnknown = status.code() == StatusCode::kUnimplemented;
                done(isUnknown ? status : writeOutcome(status));
            }
        });
}

void ChangesClient::confirm(std::uint64_t id, StatusCallback done) {
    pb::ConfirmChangeRequest request;
    request.set_change_id(id);
    impl_->calls.unary<pb::ConfirmChangeRequest, pb::ConfirmChangeResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->stub->async()->ConfirmChange(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const auto& /*response*/) {
            done(writeOutcome(status));
        });
}

void ChangesClient::revert(pb::RevertChangeRequest request, Callback<pb::AppliedChange> done) {
    impl_->calls.unary<pb::RevertChangeRequest, pb::AppliedChange>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->stub->async()->RevertChange(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::AppliedChange& applied) {
            done(status.ok() ? StatusOr<pb::AppliedChange>(applied) : writeOutcome(status));
        });
}

void ChangesClient::list(
    const pb::ListChangesRequest& request, Callback<std::vector<pb::ChangeRecord>> done) {
    collect<pb::ChangeRecord>(
        impl_->calls,
        request,
        [this](auto* context, const auto* sent, auto* reactor) {
            impl_->stub->async()->ListChanges(context, sent, reactor);
        },
        std::move(done));
}

void ChangesClient::policyTests(std::uint64_t known, Callback<pb::KeptPolicyTests> done) {
    pb::GetPolicyTestsRequest request;
    request.set_known_revision(known);
    impl_->calls.unary<pb::GetPolicyTestsRequest, pb::KeptPolicyTests>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->stub->async()->GetPolicyTests(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::KeptPolicyTests& kept) {
            done(status.ok() ? StatusOr<pb::KeptPolicyTests>(kept) : explained(status));
        });
}

void ChangesClient::putPolicyTests(
    pb::PutPolicyTestsRequest request, Callback<pb::PutPolicyTestsResponse> done) {
    impl_->calls.unary<pb::PutPolicyTestsRequest, pb::PutPolicyTestsResponse>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->stub->async()->PutPolicyTests(context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::PutPolicyTestsResponse& answer) {
            done(status.ok() ? StatusOr<pb::PutPolicyTestsResponse>(answer) : explained(status));
        });
}

void ChangesClient::propagation(std::uint64_t change, Callback<pb::ChangePropagation> done) {
    pb::GetPropagationRequest request;
    request.set_change_id(change);
    impl_->calls.unary<pb::GetPropagationRequest, pb::ChangePropagation>(
        kCallDeadline,
        std::move(request),
        [this](auto* context, auto* sent, auto* response, auto finished) {
            impl_->propagationStub->async()->GetPropagation(
                context, sent, response, std::move(finished));
        },
        [done = std::move(done)](const Status& status, const pb::ChangePropagation& answer) {
            if (status.code() == StatusCode::kUnimplemented) {
                done(failedPrecondition(
                    "the nodes of this mesh do not say what they have in effect"));
            } else {
                done(status.ok() ? StatusOr<pb::ChangePropagation>(answer) : status);
            }
        });
}

}  // namespace weft::services
