// SPDX-License-Identifier: Apache-2.0
#include "core/services/storage/storage_query_service.h"

#include "core/mesh/host.h"
#include "core/services/server/dispatcher.h"
#include "core/services/storage/change_hub.h"

#include "v1/storage.grpc.pb.h"

namespace weft::services {

namespace {

using QueryWriter = std::shared_ptr<StreamWriter<::v1::QueryResponse>>;
using EventWriter = std::shared_ptr<StreamWriter<::v1::SubscriptionEvent>>;
using storage::KeyValueStore;

bool hiddenFrom(bool admin, std::string_view key) {
    return !admin && key.starts_with(storage::kWeftPrefix);
}

void sendOne(const QueryWriter& writer, ::v1::QueryResponse message) {
    writer->feed([message = std::move(message), sent = false](::v1::QueryResponse* next) mutable {
        if (sent) {
            return false;
        }
        sent = true;
        next->Swap(&message);
        return true;
    });
}

// A missing key is an answer, not an error of the call. Clients search its text for "key not
// found", and index the first value of any other answer, so there is always exactly one.
void answerGet(
    const KeyValueStore& store, const std::string& key, bool admin, const QueryWriter& writer) {
    ::v1::QueryResponse message;
    message.set_key(key);
    const auto entry = hiddenFrom(admin, key)
                           ? StatusOr<storage::Entry>(notFound("key not found: {}", key))
                           : store.get(key);
    if (entry.ok()) {
        message.add_value(entry->value);
    } else if (entry.status().code() == StatusCode::kNotFound) {
        message.set_error(fmt::format("key not found: {}", key));
    } else {
        message.set_error(messageOf(entry.status()));
    }
    sendOne(writer, std::move(message));
}

void answerList(
    const KeyValueStore& store, const std::string& prefix, bool admin, const QueryWriter& writer) {
    const auto keys = store.listKeys(prefix);
    if (!keys.ok()) {
        writer->end(keys.status());
        return;
    }
    ::v1::QueryResponse message;
    message.set_key(prefix);
    for (const auto& key : *keys) {
        if (!hiddenFrom(admin, key)) {
            message.add_value(key);
        }
    }
    sendOne(writer, std::move(message));
}

void answerIterate(
    const KeyValueStore& store, const std::string& prefix, bool admin, const QueryWriter& writer) {
    auto listing = store.list(prefix);
    if (!listing.ok()) {
        writer->end(listing.status());
        return;
    }
    // One message at a time as the reader takes them: what waits is the listing, not a queue.
    writer->feed([entries = std::move(listing->entries), at = std::size_t{0}, admin, ended = false](
                     ::v1::QueryResponse* next) mutable {
        while (at < entries.size() && hiddenFrom(admin, entries[at].key)) {
            ++at;
        }
        if (at < entries.size()) {
            next->set_key(std::move(entries[at].key));
            next->add_value(std::move(entries[at].value));
            ++at;
            return true;
        }
        next->set_error("EOF");
        return !std::exchange(ended, true);
    });
}

Status checkCommand(const ::v1::QueryRequest& request) {
    switch (request.command()) {
    case ::v1::QueryRequest::GET:
        return request.query().empty() ? invalidArgument("a key is needed") : okStatus();
    case ::v1::QueryRequest::LIST:
    case ::v1::QueryRequest::ITER:
        return okStatus();
    default:
        return invalidArgument("unknown query command {}", static_cast<int>(request.command()));
    }
}

// Errors: kInvalidArgument.
StatusOr<std::optional<Duration>> ttlOf(const ::v1::PublishRequest& request) {
    const auto& ttl = request.ttl();
    if (!request.has_ttl() || (ttl.seconds() == 0 && ttl.nanos() == 0)) {
        return std::nullopt;
    }
    constexpr std::int64_t kMostSeconds = std::int64_t{100} * 366 * 24 * 3600;
    if (ttl.seconds() < 0 || ttl.nanos() < 0 || ttl.nanos() > 999'999'999
        || ttl.seconds() > kMostSeconds) {
        return invalidArgument("the time to live must lie between zero and a hundred years");
    }
    return std::chrono::seconds(ttl.seconds()) + std::chrono::nanoseconds(ttl.nanos());
}

class StorageQueryService final : public ::v1::StorageQueryService::CallbackService {
public:
    explicit StorageQueryService(const ServiceContext& context)
        : context_(context)
        , hub_(std::make_shared<ChangeHub>(context.host.store(), context.reader)) {}

    ~StorageQueryService() override { hub_->stop(); }
    StorageQueryService(const StorageQueryService&) = delete;
    StorageQueryService& operator=(const StorageQueryService&) = delete;

    grpc::ServerWriteReactor<::v1::QueryResponse>* Query(
        grpc::CallbackServerContext* context, const ::v1::QueryRequest* request) override {
        return context_.dispatcher.stream<::v1::QueryResponse>(
            context,
            "/v1.StorageQueryService/Query",
            [this, request = *request](const mesh::Caller& caller, const QueryWriter& writer) {
                if (const Status status = checkCommand(request); !status.ok()) {
                    writer->end(status);
                    return;
                }
                const bool admin = context_.host.isAdmin(caller);
                const KeyValueStore& store = context_.host.store();
                context_.reader.post(
                    [&store, request, admin, writer] { answer(store, request, admin, writer); });
            });
    }

    grpc::ServerUnaryReactor* Publish(
        grpc::CallbackServerContext* context,
        const ::v1::PublishRequest* request,
        ::v1::PublishResponse* /*response*/) override {
        return context_.dispatcher.unary(
            context,
            "/v1.StorageQueryService/Publish",
            [this, key = request->key(), value = request->value(), ttl = ttlOf(*request)](
                const mesh::Caller& caller, const CallEndPtr& end) {
                if (!ttl.ok()) {
                    end->finish(ttl.status());
                    return;
                }
                context_.host.publish(
                    key, value, *ttl, caller, [end](const Status& status) { end->finish(status); });
            });
    }

    grpc::ServerWriteReactor<::v1::SubscriptionEvent>* Subscribe(
        grpc::CallbackServerContext* context, const ::v1::SubscribeRequest* request) override {
        // Made and dropped on the reader loop.
        auto held = std::make_shared<Subscription>();
        return context_.dispatcher.stream<::v1::SubscriptionEvent>(
            context,
            "/v1.StorageQueryService/Subscribe",
            [this, held, prefix = request->prefix()](
                const mesh::Caller& caller, const EventWriter& writer) {
                if (const Status may = context_.host.maySubscribe(prefix, caller); !may.ok()) {
                    writer->end(may);
                    return;
                }
                const bool admin = context_.host.isAdmin(caller);
                context_.reader.post([hub = hub_, held, prefix, admin, writer] {
                    follow(*hub, prefix, admin, writer, held.get());
                });
            },
            [this, held] { context_.reader.post([held] { held->cancel(); }); });
    }

private:
    static void answer(
        const KeyValueStore& store,
        const ::v1::QueryRequest& request,
        bool admin,
        const QueryWriter& writer) {
        if (writer->ended()) {
            return;
        }
        switch (request.command()) {
        case ::v1::QueryRequest::GET:
            return answerGet(store, request.query(), admin, writer);
        case ::v1::QueryRequest::LIST:
            return answerList(store, request.query(), admin, writer);
        default:
            return answerIterate(store, request.query(), admin, writer);
        }
    }

    static void follow(
        ChangeHub& hub,
        const std::string& prefix,
        bool admin,
        const EventWriter& writer,
        Subscription* held) {
        if (writer->ended()) {
            return;
        }
        auto subscription = hub.follow(prefix, [admin, writer](const storage::Event& event) {
            if (hiddenFrom(admin, event.key)) {
                return;
            }
            ::v1::SubscriptionEvent message;
            message.set_key(event.key);
            message.set_value(event.value);
            writer->offer(std::move(message));
        });
        if (!subscription.ok()) {
            writer->end(subscription.status());
            return;
        }
        *held = *std::move(subscription);
        // From here on nothing is missed: the caller may read the present state now.
        writer->open();
    }

    const ServiceContext context_;
    std::shared_ptr<ChangeHub> hub_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeStorageQueryService(const ServiceContext& context) {
    return std::make_unique<StorageQueryService>(context);
}

}  // namespace weft::services
