// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/grpc_member_link.h"

#include "core/services/convert.h"
#include "core/services/direct/convert.h"
#include "core/services/link/channel.h"
#include "core/services/link/client_calls.h"
#include "core/services/link/stream_reader.h"
#include "core/services/propagation/convert.h"
#include "core/services/server/admission.h"

#include "v1/members.grpc.pb.h"
#include "v1/node.grpc.pb.h"
#include "v1/storage.grpc.pb.h"
#include "weft/mesh/v1/direct.grpc.pb.h"
#include "weft/mesh/v1/propagation.grpc.pb.h"

#include <google/protobuf/util/time_util.h>
#include <grpcpp/channel.h>

namespace weft::services {

namespace {

/// What a listing from a server may take here.
constexpr std::size_t kMaxListedEntries = 1'000'000;
constexpr std::size_t kMaxListedBytes = std::size_t{256} << 20;

using QueryReader = StreamReader<::v1::QueryRequest, ::v1::QueryResponse>;
using EventReader = StreamReader<::v1::SubscribeRequest, ::v1::SubscriptionEvent>;
using OffersReader = StreamReader<mesh::v1::WatchDirectRequest, mesh::v1::DirectOffers>;
using PeersReader = StreamReader<::v1::SubscribePeersRequest, ::v1::PeerConfigurations>;

// A server tells what is wrong with a query in a text beside the values.
Status answerError(const std::string& error) {
    if (error.find("key not found") != std::string::npos) {
        return makeStatus(StatusCode::kNotFound, error);
    }
    return internalError("the server could not answer the query: {}", error);
}

void addKeyChange(const mesh::JoinParams& params, grpc::ClientContext* context) {
    if (params.keyChangeSignature.empty() || !params.keyChangeTime) {
        return;
    }
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(params.keyChangeTime->time_since_epoch());
    context->AddMetadata(std::string(kKeyChangeSignatureHeader), params.keyChangeSignature);
    context->AddMetadata(std::string(kKeyChangeTimeHeader), std::to_string(seconds.count()));
}

class GrpcMemberLink final : public mesh::MemberLink {
public:
    GrpcMemberLink(
        base::Loop& loop,
        const net::HostPort& address,
        const LinkOptions& options,
        ProbeWorker& probes)
        : channel_(makeChannel(address, options))
        , membership_(::v1::Membership::NewStub(channel_))
        , storage_(::v1::StorageQueryService::NewStub(channel_))
        , direct_(mesh::v1::DirectWays::NewStub(channel_))
        , propagation_(mesh::v1::Propagation::NewStub(channel_))
        , node_(::v1::Node::NewStub(channel_))
        , calls_(loop, address, options.clone(), probes) {}

    void join(const mesh::JoinParams& params, Callback<mesh::JoinGrant> done) override {
        ::v1::JoinRequest request;
        toProto(params, &request);
        calls_.unary<::v1::JoinRequest, ::v1::JoinResponse>(
            kJoinDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                membership_->async()->Join(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const ::v1::JoinResponse& response) {
                done(status.ok() ? grantOf(response) : status);
            },
            [&params](grpc::ClientContext* context) { addKeyChange(params, context); });
    }

    void update(const mesh::UpdateParams& params, StatusCallback done) override {
        ::v1::UpdateRequest request;
        toProto(params, &request);
        calls_.unary<::v1::UpdateRequest, ::v1::UpdateResponse>(
            kCallDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                membership_->async()->Update(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto&) { done(status); });
    }

    void leave(const mesh::NodeId& id, StatusCallback done) override {
        ::v1::LeaveRequest request;
        request.set_id(id.value());
        calls_.unary<::v1::LeaveRequest, ::v1::LeaveResponse>(
            kCallDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                membership_->async()->Leave(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto&) { done(status); });
    }

    Subscription subscribePeers(
        const mesh::NodeId& id,
        std::function<void(mesh::PeerSet)> changed,
        StatusCallback ended) override {
        ::v1::SubscribePeersRequest request;
        request.set_id(id.value());
        auto reader = PeersReader::start(
            calls_.state(),
            std::move(request),
            [this](auto* context, auto* sent, auto* reactor) {
                membership_->async()->SubscribePeers(context, sent, reactor);
            },
            {nullptr,
             [changed = std::move(changed)](const ::v1::PeerConfigurations& message) {
                 changed(peersOf(message));
             },
             std::move(ended)});
        return Subscription([reader] { reader->drop(); });
    }

    void reportDirect(const mesh::DirectReport& report, StatusCallback done) override {
        mesh::v1::DirectReport request;
        toProto(report, &request);
        calls_.unary<mesh::v1::DirectReport, mesh::v1::DirectReportResponse>(
            kCallDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                direct_->async()->Report(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto&) { done(status); });
    }

    Subscription watchDirect(
        const mesh::NodeId& id,
        std::function<void(mesh::DirectOffers)> changed,
        StatusCallback ended) override {
        mesh::v1::WatchDirectRequest request;
        request.set_node_id(id.value());
        auto reader = OffersReader::start(
            calls_.state(),
            std::move(request),
            [this](auto* context, auto* sent, auto* reactor) {
                direct_->async()->Watch(context, sent, reactor);
            },
            {nullptr,
             [changed = std::move(changed)](const mesh::v1::DirectOffers& message) {
                 changed(offersOf(message));
             },
             std::move(ended)});
        return Subscription([reader] { reader->drop(); });
    }

    void reportEffect(const mesh::EffectReport& report, StatusCallback done) override {
        mesh::v1::EffectReport request;
        toProto(report, &request);
        calls_.unary<mesh::v1::EffectReport, mesh::v1::EffectReportResponse>(
            kCallDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                propagation_->async()->ReportEffect(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto&) { done(status); });
    }

    void storageServers(Callback<std::vector<mesh::StorageServer>> done) override {
        calls_.unary<::v1::StorageConfigurationRequest, ::v1::StorageConfigurationResponse>(
            kCallDeadline,
            {},
            [this](auto* context, auto* sent, auto* response, auto finished) {
                membership_->async()->GetStorageConfiguration(
                    context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto& response) {
                if (status.ok()) {
                    done(serversOf(response));
                } else {
                    done(status);
                }
            });
    }

    void meshAddress(Callback<net::IpAddress> done) override {
        calls_.unary<::v1::GetStatusRequest, ::v1::Status>(
            kCallDeadline,
            {},
            [this](auto* context, auto* sent, auto* response, auto finished) {
                node_->async()->GetStatus(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const ::v1::Status& answer) {
                if (!status.ok()) {
                    done(status);
                    return;
                }
                const auto prefix = net::IpPrefix::parse(answer.interface_metrics().address_v6());
                if (prefix.ok()) {
                    done(prefix->address());
                } else {
                    done(prefix.status());
                }
            });
    }

    void get(const std::string& key, Callback<std::string> done) override {
        query(
            ::v1::QueryRequest::GET,
            key,
            kCallDeadline,
            [done = std::move(done)](StatusOr<std::vector<::v1::QueryResponse>> answer) {
                if (!answer.ok()) {
                    done(answer.status());
                } else if (answer->empty() || answer->front().value().empty()) {
                    done(internalError("the server answered a query with nothing"));
                } else {
                    done(std::move(*answer->front().mutable_value(0)));
                }
            });
    }

    void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) override {
        query(
            ::v1::QueryRequest::LIST,
            prefix,
            kListingDeadline,
            [done = std::move(done)](StatusOr<std::vector<::v1::QueryResponse>> answer) {
                if (!answer.ok()) {
                    done(answer.status());
                    return;
                }
                std::vector<std::string> keys;
                for (const auto& message : *answer) {
                    keys.insert(keys.end(), message.value().begin(), message.value().end());
                }
                done(std::move(keys));
            });
    }

    void iterate(const std::string& prefix, Callback<std::vector<storage::Entry>> done) override {
        query(
            ::v1::QueryRequest::ITER,
            prefix,
            kListingDeadline,
            [done = std::move(done)](StatusOr<std::vector<::v1::QueryResponse>> answer) {
                if (!answer.ok()) {
                    done(answer.status());
                    return;
                }
                std::vector<storage::Entry> entries;
                entries.reserve(answer->size());
                for (auto& message : *answer) {
                    storage::Entry& entry = entries.emplace_back();
                    entry.key = std::move(*message.mutable_key());
                    if (message.value_size() > 0) {
                        entry.value = std::move(*message.mutable_value(0));
                    }
                }
                done(std::move(entries));
            });
    }

    void publish(const storage::Put& put, StatusCallback done) override {
        ::v1::PublishRequest request;
        request.set_key(put.key);
        request.set_value(put.value);
        if (put.ttl && *put.ttl > Duration::zero()) {
            *request.mutable_ttl() =
                google::protobuf::util::TimeUtil::NanosecondsToDuration(put.ttl->count());
        }
        calls_.unary<::v1::PublishRequest, ::v1::PublishResponse>(
            kCallDeadline,
            std::move(request),
            [this](auto* context, auto* sent, auto* response, auto finished) {
                storage_->async()->Publish(context, sent, response, std::move(finished));
            },
            [done = std::move(done)](const Status& status, const auto&) { done(status); });
    }

    Subscription subscribe(
        const std::string& prefix,
        std::function<void(std::vector<storage::Event>)> changed,
        StatusCallback ended) override {
        ::v1::SubscribeRequest request;
        request.set_prefix(prefix);
        auto reader = EventReader::start(
            calls_.state(),
            std::move(request),
            [this](auto* context, auto* sent, auto* reactor) {
                storage_->async()->Subscribe(context, sent, reactor);
            },
            {nullptr,
             [changed = std::move(changed)](const ::v1::SubscriptionEvent& message) {
                 // A deletion is an empty value on the wire.
                 changed({storage::Event{
                     message.value().empty() ? storage::Event::Kind::Delete
                                             : storage::Event::Kind::Put,
                     message.key(),
                     message.value(),
                     0}});
             },
             std::move(ended)});
        return Subscription([reader] { reader->drop(); });
    }

private:
    using Answer = std::vector<::v1::QueryResponse>;

    /// Collects the messages of one query up to its end.
    struct Collected {
        Answer messages;
        std::size_t bytes = 0;
        Status failure;
        std::shared_ptr<QueryReader> reader;

        void add(const ::v1::QueryResponse& message) {
            if (message.error() == "EOF" || !failure.ok()) {
                return;
            }
            if (!message.error().empty()) {
                failure = answerError(message.error());
                return;
            }
            bytes += message.ByteSizeLong();
            if (messages.size() >= kMaxListedEntries || bytes > kMaxListedBytes) {
                failure = resourceExhausted("the server's answer is larger than can be taken");
                messages.clear();
                reader->context().TryCancel();
                return;
            }
            messages.push_back(message);
        }
    };

    void query(
        ::v1::QueryRequest::QueryCommand command,
        const std::string& text,
        Duration deadline,
        Callback<Answer> done) {
        ::v1::QueryRequest request;
        request.set_command(command);
        request.set_query(text);
        auto collected = std::make_shared<Collected>();
        const std::weak_ptr<Collected> weak = collected;
        collected->reader = QueryReader::start(
            calls_.state(),
            std::move(request),
            [this, deadline](auto* context, auto* sent, auto* reactor) {
                context->set_deadline(
                    std::chrono::system_clock::now()
                    + std::chrono::duration_cast<std::chrono::system_clock::duration>(deadline));
                storage_->async()->Query(context, sent, reactor);
            },
            {nullptr,
             [weak](const ::v1::QueryResponse& message) {
                 if (const auto alive = weak.lock()) {
                     alive->add(message);
                 }
             },
             [collected, done = std::move(done)](const Status& status) {
                 collected->reader.reset();
                 if (!collected->failure.ok()) {
                     done(collected->failure);
                 } else if (!status.ok()) {
                     done(status);
                 } else {
                     done(std::move(collected->messages));
                 }
             }});
    }

    std::shared_ptr<grpc::Channel> channel_;
    std::unique_ptr<::v1::Membership::Stub> membership_;
    std::unique_ptr<::v1::StorageQueryService::Stub> storage_;
    std::unique_ptr<mesh::v1::DirectWays::Stub> direct_;
    std::unique_ptr<mesh::v1::Propagation::Stub> propagation_;
    std::unique_ptr<::v1::Node::Stub> node_;
    // Last, so that it goes first: it waits for the calls that use the stubs.
    ClientCalls calls_;
};

}  // namespace

GrpcMemberLinkFactory::GrpcMemberLinkFactory(LinkOptions options, base::Loop& loop)
    : options_(std::move(options)), loop_(loop), probes_(std::make_unique<ProbeWorker>()) {}

GrpcMemberLinkFactory::~GrpcMemberLinkFactory() = default;

StatusOr<std::unique_ptr<mesh::MemberLink>> GrpcMemberLinkFactory::dial(
    const net::HostPort& address) {
    return dialAs(address, {});
}

StatusOr<std::unique_ptr<mesh::MemberLink>> GrpcMemberLinkFactory::dialAs(
    const net::HostPort& address, const std::string& name) {
    WEFT_RETURN_IF_ERROR(options_.validate());
    auto options = options_.clone();
    if (options.serverName.empty()) {
        options.serverName = name;
    }
    auto place = address;
    dialWhereKnown(places_, place, options);
    return std::make_unique<GrpcMemberLink>(loop_, place, options, *probes_);
}

}  // namespace weft::services
