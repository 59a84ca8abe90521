// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/config/options.h"
#include "core/mesh/dns/zone.h"
#include "core/net/endpoint.h"
#include "core/platform/resolver/host_resolver.h"
#include "core/services/dns/dns_server.h"
#include "core/storage/registry/registry.h"

#include "weft/local/v1/local.pb.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::local::v1 {
class NameService;
}  // namespace weft::local::v1

namespace weft::daemon {

/// The names of one mesh as this node serves them, to the mesh or to its own host alone, while its
/// tunnel is up: opened once its domain and its addresses are known, fed with each change of the
/// records, asked for itself now and then. When a port is taken the mesh does without, and says so.
/// Thread: confined to the connection's loop.
class MeshNames {
public:
    struct Parts {
        base::Loop& loop;
        std::string profileId;
        const config::MeshDnsOptions& options;
        /// Whether the programs of this host are to find the names.
        bool isForHost = false;
        storage::NodeId self;
        /// nullptr while there are no records.
        std::function<const storage::Registry*()> registry;
        std::function<mesh::dns::ZoneServers()> servers;
        /// What describe() says, or port(), may have changed.
        std::function<void()> changed;
        /// Has the host ask for these names over the tunnel's interface; nullopt: no more.
        std::function<void(std::optional<platform::LinkNames>)> setResolver;
    };

    explicit MeshNames(Parts parts) : parts_(std::move(parts)) {}
    MeshNames(const MeshNames&) = delete;
    MeshNames& operator=(const MeshNames&) = delete;
    /// Serves nobody any more.
    ~MeshNames();

    /// The tunnel has come up as the interface `device`.
    void open(const std::string& device);
    void close();
    /// The records have changed.
    void note(const storage::Registry::Change& change);
    /// The rest may have.
    void follow();

    /// How the host's resolver was set.
    void noteResolver(const platform::ResolverState& state);

    /// Where others find the names by UDP; nullopt while they are not served.
    std::optional<std::uint16_t> port() const;
    /// Whether it was told who knows names of other meshes, and asks them for members.
    bool isForwarder() const {
        return !parts_.options.disableForwarding && !parts_.options.forwarders.empty();
    }
    /// Since the server was started; nullopt while there is none.
    std::optional<services::DnsFigures> figures() const;
    /// Where a program of this host asks; nullopt while nobody answers there.
    std::optional<net::Endpoint> server() const {
        return server_ ? std::optional(whereAsked()) : std::nullopt;
    }
    void describe(weft::local::v1::NameService& service) const;
    /// The line "dns" of the checklist, and what is wrong.
    void describe(weft::local::v1::Connection& state) const;

private:
    /// What a server is started for; with another it is started anew.
    struct Place {
        std::string domain;
        std::vector<net::IpAddress> addresses;
        std::vector<net::IpPrefix> networks;

        friend bool operator==(const Place&, const Place&) = default;
    };

    std::optional<Place> placeNow() const;
    StatusOr<services::DnsServerOptions> serverOptions(const Place& place) const;
    bool isWanted() const { return parts_.options.enabled || parts_.isForHost; }
    void start(const Place& place);
    void stop();
    void setResolver();
    /// Where a program of this host asks.
    net::Endpoint whereAsked() const;
    void describeFailure(weft::local::v1::Connection& state) const;
    void describeAnswers(weft::local::v1::Connection& state) const;
    /// Whether the host asks; it says so in `text`.
    bool describeResolver(weft::local::v1::Connection& state, std::string& text) const;
    void fill();
    void setForwarders();
    void probe();
    void onProbed(const Status& status);
    void retryLater();

    const Parts parts_;
    /// Not there while there is no tunnel.
    std::optional<std::string> device_;
    std::optional<Place> place_;
    std::unique_ptr<services::DnsServer> server_;
    /// Why there is none.
    Status failure_;
    /// nullopt: it was not asked for, or is on its way.
    std::optional<platform::ResolverState> resolver_;
    /// Of this node's own query to itself; nullopt before the first.
    std::optional<Status> answers_;
    WallTime answeredAt_;
    /// Queries in vain since the last that was answered.
    unsigned vain_ = 0;
    std::size_t leftOut_ = 0;
    /// For what comes from the server's thread.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    Subscription timer_;
};

/// Where a node with this feature answers for names; nullopt while it has no address.
std::optional<net::Endpoint> nameServerOf(const storage::NodeRecord& node, std::int32_t feature);

}  // namespace weft::daemon
