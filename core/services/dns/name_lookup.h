// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/callback.h"
#include "core/mesh/dns/forward.h"
#include "core/net/endpoint.h"

#include <memory>

namespace weft::services {

namespace detail {
class Upstream;
}  // namespace detail

/// One question to one name server, as a program of this host asks it. Thread: confined to its
/// loop.
class NameLookup {
public:
    /// `done` runs once, later, within five seconds; not after the destructor.
    /// Errors: kUnavailable (nobody answers)
    NameLookup(
        base::AsioLoop& loop,
        const net::Endpoint& server,
        mesh::dns::Question question,
        Callback<mesh::dns::Forwarded> done);
    ~NameLookup();
    NameLookup(const NameLookup&) = delete;
    NameLookup& operator=(const NameLookup&) = delete;

private:
    void finish(const StatusOr<mesh::dns::Forwarded>& with);

    Callback<mesh::dns::Forwarded> done_;
    std::shared_ptr<detail::Upstream> upstream_;
    Subscription limit_;
};

}  // namespace weft::services
