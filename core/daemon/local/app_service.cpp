// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/app_service.h"

#include "core/daemon/detail/tunnel_messages.h"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using QueryWriter = CallContext::Writer<::v1::QueryResponse>;

/// A hundred years: more than anybody means, and far from the end of the clock.
constexpr std::int64_t kMaxTtlSeconds = std::int64_t{100} * 365 * 24 * 3600;
constexpr std::int32_t kMostNanos = 999'999'999;

/// What a failed read becomes: the missing key is part of the answer, other failures end the call.
void answerGet(
    const QueryWriter& writer, const std::string& key, const StatusOr<std::string>& value) {
    ::v1::QueryResponse answer;
    answer.set_key(key);
    if (value.ok()) {
        answer.add_value(*value);
    } else if (value.status().code() == StatusCode::kNotFound) {
        // Clients look for these words.
        answer.set_error("key not found: " + key);
    } else {
        writer->end(value.status());
        return;
    }
    writer->feed([answer = std::move(answer), given = false](auto* next) mutable {
        *next = answer;
        return !std::exchange(given, true);
    });
}

void answerList(
    const QueryWriter& writer,
    const std::string& prefix,
    const StatusOr<std::vector<std::string>>& keys) {
    if (!keys.ok()) {
        writer->end(keys.status());
        return;
    }
    ::v1::QueryResponse answer;
    answer.set_key(prefix);
    answer.mutable_value()->Assign(keys->begin(), keys->end());
    writer->feed([answer = std::move(answer), given = false](auto* next) mutable {
        *next = answer;
        return !std::exchange(given, true);
    });
}

void answerIterate(
    const QueryWriter& writer, const StatusOr<std::vector<storage::Entry>>& entries) {
    if (!entries.ok()) {
        writer->end(entries.status());
        return;
    }
    auto list = std::make_shared<const std::vector<storage::Entry>>(*entries);
    writer->feed([list, index = std::size_t{0}](::v1::QueryResponse* next) mutable {
        if (index > list->size()) {
            return false;
        }
        if (index == list->size()) {
            next->set_error("EOF");
        } else {
            next->set_key((*list)[index].key);
            next->add_value((*list)[index].value);
        }
        ++index;
        return true;
    });
}

void query(MeshConnection& connection, const ::v1::QueryRequest& request, const QueryWriter& to) {
    const auto& text = request.query();
    switch (request.command()) {
    case ::v1::QueryRequest::GET:
        connection.get(text, [to, text](const auto& value) { answerGet(to, text, value); });
        break;
    case ::v1::QueryRequest::LIST:
        connection.listKeys(text, [to, text](const auto& keys) { answerList(to, text, keys); });
        break;
    case ::v1::QueryRequest::ITER:
        connection.iterate(text, [to](const auto& entries) { answerIterate(to, entries); });
        break;
    default:
        to->end(invalidArgument("unknown query command"));
    }
}

}  // namespace

grpc::ServerUnaryReactor* AppService::Connect(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::ConnectRequest* request,
    ::v1::ConnectResponse* response) {
    return calls_.unary<::v1::ConnectResponse>(
        "/v1.AppDaemon/Connect",
        response,
        [this, request = *request](Callback<::v1::ConnectResponse> done) {
            table_.appConnect(request, calls_.gate().grade(), std::move(done));
        });
}

grpc::ServerUnaryReactor* AppService::Disconnect(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::DisconnectRequest* /*request*/,
    ::v1::DisconnectResponse* response) {
    return calls_.unary<::v1::DisconnectResponse>(
        "/v1.AppDaemon/Disconnect", response, [this](Callback<::v1::DisconnectResponse> done) {
            table_.appDisconnect(emptyAnswer(std::move(done)));
        });
}

grpc::ServerWriteReactor<::v1::QueryResponse>* AppService::Query(
    grpc::CallbackServerContext* context, const ::v1::QueryRequest* request) {
    return calls_.stream<::v1::QueryResponse>(
        "/v1.AppDaemon/Query", context, [this, request = *request](const QueryWriter& writer) {
            const auto connection = table_.connected("");
            if (connection.ok()) {
                query(**connection, request, writer);
            } else {
                writer->end(connection.status());
            }
            return Subscription();
        });
}

grpc::ServerUnaryReactor* AppService::Metrics(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::MetricsRequest* /*request*/,
    ::v1::MetricsResponse* response) {
    return calls_.unary<::v1::MetricsResponse>(
        "/v1.AppDaemon/Metrics", response, [this](const Callback<::v1::MetricsResponse>& done) {
            const auto connection = table_.connected("");
            if (!connection.ok()) {
                done(connection.status());
                return;
            }
            (*connection)->tunnelStatistics([done](const StatusOr<TunnelStatistics>& tunnel) {
                ::v1::MetricsResponse metrics;
                // A member without a tunnel has no interface to tell of.
                if (tunnel.ok()) {
                    toProto(*tunnel, &(*metrics.mutable_interfaces())[tunnel->facts.interfaceName]);
                }
                done(std::move(metrics));
            });
        });
}

grpc::ServerUnaryReactor* AppService::Status(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::StatusRequest* /*request*/,
    ::v1::StatusResponse* response) {
    return calls_.unary<::v1::StatusResponse>(
        "/v1.AppDaemon/Status", response, [this](const Callback<::v1::StatusResponse>& done) {
            ::v1::StatusResponse status;
            status.set_connection_status(table_.appStatus());
            const auto connection = table_.connected("");
            if (!connection.ok()) {
                done(std::move(status));
                return;
            }
            (*connection)->ownNode([status, done](const StatusOr<::v1::MeshNode>& node) mutable {
                if (node.ok()) {
                    *status.mutable_node() = *node;
                }
                done(std::move(status));
            });
        });
}

grpc::ServerWriteReactor<::v1::SubscriptionEvent>* AppService::Subscribe(
    grpc::CallbackServerContext* context, const ::v1::SubscribeRequest* request) {
    using Writer = CallContext::Writer<::v1::SubscriptionEvent>;
    return calls_.stream<::v1::SubscriptionEvent>(
        "/v1.AppDaemon/Subscribe",
        context,
        [this, prefix = request->prefix()](const Writer& writer) {
            const auto connection = table_.connected("");
            if (!connection.ok()) {
                writer->end(connection.status());
                return Subscription();
            }
            return (*connection)
                ->subscribe(
                    prefix,
                    [writer](const std::vector<storage::Event>& events) {
                        for (const auto& event : events) {
                            ::v1::SubscriptionEvent message;
                            message.set_key(event.key);
                            message.set_value(event.value);
                            writer->offer(std::move(message));
                        }
                    },
                    [writer](const weft::Status& ended) {
                        writer->end(ended.ok() ? unavailable("the subscription has ended") : ended);
                    });
        });
}

grpc::ServerUnaryReactor* AppService::Publish(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::PublishRequest* request,
    ::v1::PublishResponse* response) {
    storage::Put put;
    put.key = request->key();
    put.value = request->value();
    // Looked at before they are added: the sum of what does not fit has no meaning.
    const auto seconds = request->ttl().seconds();
    const auto nanos = request->ttl().nanos();
    const bool wrong = seconds < 0 || nanos < 0 || seconds > kMaxTtlSeconds || nanos > kMostNanos;
    if (!wrong && (seconds > 0 || nanos > 0)) {
        put.ttl = std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanos);
    }
    return calls_.unary<::v1::PublishResponse>(
        "/v1.AppDaemon/Publish",
        response,
        [this, put = std::move(put), wrong](const Callback<::v1::PublishResponse>& done) {
            const auto connection = table_.connected("");
            if (!connection.ok()) {
                done(connection.status());
            } else if (wrong) {
                done(invalidArgument("the time to live is out of range"));
            } else {
                (*connection)->publish(put, emptyAnswer(done));
            }
        });
}

grpc::ServerUnaryReactor* AppService::AnnounceDHT(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::AnnounceDHTRequest* /*request*/,
    ::v1::AnnounceDHTResponse* response) {
    return calls_.unary<::v1::AnnounceDHTResponse>(
        "/v1.AppDaemon/AnnounceDHT", response, [](const Callback<::v1::AnnounceDHTResponse>& done) {
            done(unimplemented("announcing a mesh is not built yet"));
        });
}

grpc::ServerUnaryReactor* AppService::LeaveDHT(
    grpc::CallbackServerContext* /*context*/,
    const ::v1::LeaveDHTRequest* /*request*/,
    ::v1::LeaveDHTResponse* response) {
    return calls_.unary<::v1::LeaveDHTResponse>(
        "/v1.AppDaemon/LeaveDHT", response, [](const Callback<::v1::LeaveDHTResponse>& done) {
            done(unimplemented("announcing a mesh is not built yet"));
        });
}

}  // namespace weft::daemon
