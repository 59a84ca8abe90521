// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/daemon/detail/mesh_names.h"
#include "core/services/dns/name_lookup.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/network.pb.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace weft::daemon {

/// Questions for names of one connection at once.
inline constexpr std::size_t kMostLookups = 16;

/// What people ask of the names of a mesh: this node's server, or where it has none that of another
/// member. Thread: confined to the connection's loop.
class NameQuestions {
public:
    struct Parts {
        base::AsioLoop& loop;
        storage::NodeId self;
        /// nullptr while there are none.
        std::function<const storage::Registry*()> registry;
        /// nullptr where there is to be no tunnel.
        std::function<const MeshNames*()> names;
    };

    explicit NameQuestions(Parts parts) : parts_(std::move(parts)) {}

    /// Errors: kUnavailable        there are no records yet; nobody answers
    ///         kFailedPrecondition there is no tunnel; no node answers for names
    StatusOr<weft::local::v1::NameService> service() const;
    /// Errors: the same, kInvalidArgument the question, kResourceExhausted too many at once
    void lookUp(
        const weft::local::v1::LookUpNameRequest& request,
        const Callback<weft::local::v1::NameAnswer>& done);
    /// What is under way is not answered by servers any more.
    void close();

private:
    struct Asked {
        std::unique_ptr<services::NameLookup> lookup;
        Callback<weft::local::v1::NameAnswer> done;
    };

    StatusOr<const storage::Registry*> records() const;
    StatusOr<net::Endpoint> serverToAsk() const;
    Status begin(
        const weft::local::v1::LookUpNameRequest& request,
        const Callback<weft::local::v1::NameAnswer>& done);

    const Parts parts_;
    std::uint64_t nextNumber_ = 0;
    std::map<std::uint64_t, Asked> asked_;
};

}  // namespace weft::daemon
