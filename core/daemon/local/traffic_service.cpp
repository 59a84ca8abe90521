// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/traffic_service.h"

#include <utility>

namespace weft::daemon {

namespace local = weft::local::v1;

grpc::ServerWriteReactor<local::TrafficUpdate>* TrafficService::WatchTraffic(
    grpc::CallbackServerContext* context, const local::TrafficRequest* request) {
    using Writer = CallContext::Writer<local::TrafficUpdate>;
    return calls_.stream<local::TrafficUpdate>(
        "/weft.local.v1.Traffic/WatchTraffic",
        context,
        [this, wanted = *request](const Writer& writer) -> Subscription {
            auto feed = desk_.watch(
                wanted,
                [writer](const local::TrafficUpdate& update) { writer->offer(update); },
                [writer](const Status& status) { writer->end(status); });
            if (!feed.ok()) {
                writer->end(feed.status());
                return {};
            }
            return *std::move(feed);
        });
}

grpc::ServerUnaryReactor* TrafficService::GetTraffic(
    grpc::CallbackServerContext* /*context*/,
    const local::TrafficRequest* request,
    local::TrafficUpdate* response) {
    return calls_.unary<local::TrafficUpdate>(
        "/weft.local.v1.Traffic/GetTraffic",
        response,
        [this, wanted = *request](const Callback<local::TrafficUpdate>& done) {
            done(desk_.history(wanted));
        });
}

}  // namespace weft::daemon
