// SPDX-License-Identifier: Apache-2.0
#include "core/services/membership/membership_service.h"

#include "core/mesh/host.h"
#include "core/services/convert.h"
#include "core/services/server/dispatcher.h"

#include "v1/members.grpc.pb.h"

#include <charconv>

namespace weft::services {

namespace {

// The proof of a key change travels in headers, because v1 records get no fields of ours.
Status readKeyChange(const grpc::CallbackServerContext& context, mesh::JoinParams* params) {
    const auto& headers = context.client_metadata();
    const auto signature = headers.find(
        grpc::string_ref(kKeyChangeSignatureHeader.data(), kKeyChangeSignatureHeader.size()));
    const auto time =
        headers.find(grpc::string_ref(kKeyChangeTimeHeader.data(), kKeyChangeTimeHeader.size()));
    if (signature == headers.end() && time == headers.end()) {
        return okStatus();
    }
    if (signature == headers.end() || time == headers.end()) {
        return invalidArgument("a key change needs a signature and its time");
    }
    std::int64_t seconds = 0;
    const char* const last = time->second.data() + time->second.size();
    const auto [end, error] = std::from_chars(time->second.data(), last, seconds);
    constexpr std::int64_t kMostSeconds = 4'102'444'800;  // 2100-01-01
    if (error != std::errc{} || end != last || seconds < 0 || seconds > kMostSeconds) {
        return invalidArgument("the time of the key change does not read");
    }
    params->keyChangeSignature.assign(signature->second.data(), signature->second.size());
    params->keyChangeTime = WallTime(std::chrono::seconds(seconds));
    return okStatus();
}

class MembershipService final : public ::v1::Membership::CallbackService {
public:
    explicit MembershipService(const ServiceContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* Join(
        grpc::CallbackServerContext* context,
        const ::v1::JoinRequest* request,
        ::v1::JoinResponse* response) override {
        auto params = paramsOf(*request);
        if (params.ok()) {
            if (const Status status = readKeyChange(*context, &*params); !status.ok()) {
                params = status;
            }
        }
        return context_.dispatcher.unary(
            context,
            "/v1.Membership/Join",
            [this, params = std::move(params), response](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (!params.ok()) {
                    end->finish(params.status());
                    return;
                }
                context_.host.join(
                    *params, caller, [end, response](const StatusOr<mesh::JoinGrant>& grant) {
                        end->finishWith(grant.status(), [&] { toProto(*grant, response); });
                    });
            });
    }

    grpc::ServerUnaryReactor* Update(
        grpc::CallbackServerContext* context,
        const ::v1::UpdateRequest* request,
        ::v1::UpdateResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Membership/Update",
            [this, params = paramsOf(*request)](const mesh::Caller& caller, const CallEndPtr& end) {
                if (!params.ok()) {
                    end->finish(params.status());
                    return;
                }
                context_.host.update(
                    *params, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    grpc::ServerUnaryReactor* Leave(
        grpc::CallbackServerContext* context,
        const ::v1::LeaveRequest* request,
        ::v1::LeaveResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Membership/Leave",
            [this,
             id = mesh::NodeId(request->id())](const mesh::Caller& caller, const CallEndPtr& end) {
                context_.host.leave(
                    id, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    grpc::ServerWriteReactor<::v1::PeerConfigurations>* SubscribePeers(
        grpc::CallbackServerContext* context, const ::v1::SubscribePeersRequest* request) override {
        // Made and dropped on the loop; shared by the work below and by the stream's end.
        auto held = std::make_shared<Subscription>();
        return context_.dispatcher.stream<::v1::PeerConfigurations>(
            context,
            "/v1.Membership/SubscribePeers",
            [this, held, id = mesh::NodeId(request->id())](
                const mesh::Caller& caller, const auto& writer) {
                follow(id, caller, writer, held.get());
            },
            [this, held] { context_.loop.post([held] { held->cancel(); }); });
    }

    grpc::ServerUnaryReactor* Apply(
        grpc::CallbackServerContext* context,
        const ::v1::RaftLogEntry* /*request*/,
        ::v1::RaftApplyResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context, "/v1.Membership/Apply", [this](const mesh::Caller&, const CallEndPtr& end) {
                const auto& store = context_.host.store();
                end->finish(
                    store.supportsVoters() ? unimplemented(
                        "the voters of this engine write through their own protocol")
                                           : failedPrecondition(
                                               "the storage engine {} of this mesh has no voters",
                                               store.engineName()));
            });
    }

    grpc::ServerUnaryReactor* GetStorageConfiguration(
        grpc::CallbackServerContext* context,
        const ::v1::StorageConfigurationRequest* /*request*/,
        ::v1::StorageConfigurationResponse* response) override {
        return context_.dispatcher.unary(
            context,
            "/v1.Membership/GetStorageConfiguration",
            [this, response](const mesh::Caller&, const CallEndPtr& end) {
                end->finishWith(
                    okStatus(), [&] { toProto(context_.host.storageServers(), response); });
            });
    }

private:
    void follow(
        const mesh::NodeId& id,
        const mesh::Caller& caller,
        const std::shared_ptr<StreamWriter<::v1::PeerConfigurations>>& writer,
        Subscription* held) {
        if (id.empty()) {
            writer->end(invalidArgument("a node id is needed"));
            return;
        }
        const bool own = caller.identity == id || context_.host.isAdmin(caller);
        if (!context_.dispatcher.isOpen() && !own) {
            const bool isCarried = caller.proof == mesh::Caller::Proof::CarriedAddress;
            writer->end(
                isCarried ? mesh::wantsCredential(caller) : permissionDenied("permission denied"));
            return;
        }
        writer->open();
        // Only the newest set counts, so a slow reader gets fewer messages, not later ones.
        *held = context_.host.subscribePeers(id, [writer](const mesh::PeerSet& peers) {
            ::v1::PeerConfigurations message;
            toProto(peers, &message);
            writer->replace(std::move(message));
        });
    }

    const ServiceContext context_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeMembershipService(const ServiceContext& context) {
    return std::make_unique<MembershipService>(context);
}

}  // namespace weft::services
