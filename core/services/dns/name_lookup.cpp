// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/name_lookup.h"

#include "core/services/dns/detail/upstream.h"

#include <chrono>
#include <utility>

namespace weft::services {
namespace {

/// As long as the C library waits for one server.
constexpr std::chrono::seconds kPatience{5};

}  // namespace

NameLookup::NameLookup(
    base::AsioLoop& loop,
    const net::Endpoint& server,
    mesh::dns::Question question,
    Callback<mesh::dns::Forwarded> done)
    : done_(std::move(done)) {
    const auto nobody = unavailable("{} does not answer", server.toString());
    upstream_ = std::make_shared<detail::Upstream>(
        loop.context(),
        server,
        std::move(question),
        true,
        [this, nobody](std::optional<mesh::dns::Forwarded> said) {
            finish(said ? StatusOr<mesh::dns::Forwarded>(*std::move(said)) : nobody);
        });
    limit_ = loop.after(kPatience, [this, nobody] { finish(nobody); });
    upstream_->start();
}

NameLookup::~NameLookup() {
    limit_.cancel();
    upstream_->close();
}

void NameLookup::finish(const StatusOr<mesh::dns::Forwarded>& with) {
    limit_.cancel();
    upstream_->close();
    if (const auto done = std::exchange(done_, nullptr)) {
        // It may destroy this.
        done(with);
    }
}

}  // namespace weft::services
