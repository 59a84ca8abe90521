// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/admin/admin_client.h"
#include "core/services/link/client_calls.h"
#include "core/services/link/stream_reader.h"

#include <chrono>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::services {

/// What a server says that does not know a method of Weft's.
inline Status explained(const Status& status) {
    if (status.code() == StatusCode::kUnimplemented) {
        return failedPrecondition(
            "the server of the mesh that this node uses cannot do this: only servers that run Weft "
            "can");
    }
    return status;
}

/// The same for a write, of which nobody may know what became of it.
inline Status writeOutcome(const Status& status) {
    constexpr std::string_view kUnknown =
        "whether the change was made is unknown, so look before you make it again";
    if (neverSent(status)) {
        return status;
    }
    if (status.code() == StatusCode::kDeadlineExceeded) {
        return deadlineExceeded("the server of the mesh did not answer in time: {}", kUnknown);
    }
    if (status.code() == StatusCode::kCancelled) {
        return cancelled("{}: {}", messageOf(status), kUnknown);
    }
    // Also what a server says that could not see the end of it.
    if (status.code() == StatusCode::kUnavailable) {
        return unavailable("{}: {}", messageOf(status), kUnknown);
    }
    return explained(status);
}

/// Collects a stream up to its end or the cap.
template <typename Message>
struct Listing {
    std::vector<Message> messages;
    std::size_t bytes = 0;

    bool isTooLarge() const { return bytes > kMaxListedBytes; }
    void add(const Message& message) {
        bytes += message.ByteSizeLong();
        if (isTooLarge()) {
            messages.clear();
        } else {
            messages.push_back(message);
        }
    }
};

/// Begins a stream whose messages are collected. Errors: kResourceExhausted past kMaxListedBytes.
template <typename Message, typename Request>
void collect(
    ClientCalls& calls,
    Request request,
    typename StreamReader<Request, Message>::Begin begin,
    Callback<std::vector<Message>> done) {
    auto listing = std::make_shared<Listing<Message>>();
    StreamReader<Request, Message>::start(
        calls.state(),
        std::move(request),
        [begin = std::move(begin)](auto* context, const auto* sent, auto* reactor) {
            context->set_deadline(std::chrono::system_clock::now() + kListingDeadline);
            begin(context, sent, reactor);
        },
        {.opened = nullptr,
         .received = [listing](const Message& message) { listing->add(message); },
         .ended =
             [listing, done = std::move(done)](const Status& status) {
                 if (!status.ok()) {
                     done(explained(status));
                 } else if (listing->isTooLarge()) {
                     done(resourceExhausted(
                         "the server's list is larger than {} bytes", kMaxListedBytes));
                 } else {
                     done(std::move(listing->messages));
                 }
             }});
}

}  // namespace weft::services
