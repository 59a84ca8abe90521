// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/subscription.h"
#include "core/mesh/direct_ways.h"
#include "core/mesh/propagation.h"
#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/storage/key_value_store.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace weft::mesh {

/// One storage member as a client reaches it. What mesh asks of a transport; services implements it
/// over gRPC, tests in memory. Callbacks run on the loop that the factory was made with. Dropping
/// the link cancels what is under way (kCancelled).
class MemberLink {
public:
    MemberLink() = default;
    MemberLink(const MemberLink&) = delete;
    MemberLink& operator=(const MemberLink&) = delete;
    virtual ~MemberLink() = default;

    virtual void join(const JoinParams& params, Callback<JoinGrant> done) = 0;
    virtual void update(const UpdateParams& params, StatusCallback done) = 0;
    virtual void leave(const NodeId& id, StatusCallback done) = 0;
    /// `ended` runs once when the stream is over for any reason but a dropped handle.
    virtual Subscription subscribePeers(
        const NodeId& id, std::function<void(PeerSet)> changed, StatusCallback ended) = 0;
    /// Direct ways (DirectWays). Servers that are not Weft's answer kUnimplemented.
    virtual void reportDirect(const DirectReport& report, StatusCallback done) = 0;
    virtual Subscription watchDirect(
        const NodeId& id, std::function<void(DirectOffers)> changed, StatusCallback ended) = 0;
    /// What this node has in effect (Propagation). Servers that do not take it answer
    /// kUnimplemented.
    virtual void reportEffect(const EffectReport& report, StatusCallback done) = 0;
    virtual void storageServers(Callback<std::vector<StorageServer>> done) = 0;
    /// The server's own IPv6 address in its mesh, which it tells everybody (Node.GetStatus).
    virtual void meshAddress(Callback<net::IpAddress> done) = 0;

    virtual void get(const std::string& key, Callback<std::string> done) = 0;
    virtual void iterate(const std::string& prefix, Callback<std::vector<storage::Entry>> done) = 0;
    virtual void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) = 0;
    virtual void publish(const storage::Put& put, StatusCallback done) = 0;
    /// Changes below `prefix`; events carry no revision (0).
    virtual Subscription subscribe(
        const std::string& prefix,
        std::function<void(std::vector<storage::Event>)> changed,
        StatusCallback ended) = 0;
};

/// Makes links; holds credentials and the loop for callbacks.
class MemberLinkFactory {
public:
    MemberLinkFactory() = default;
    MemberLinkFactory(const MemberLinkFactory&) = delete;
    MemberLinkFactory& operator=(const MemberLinkFactory&) = delete;
    virtual ~MemberLinkFactory() = default;

    /// Connects lazily: a server that cannot be reached fails the first call.
    virtual StatusOr<std::unique_ptr<MemberLink>> dial(const net::HostPort& address) = 0;
    /// The same; the server's certificate has to carry `name` instead of the address.
    virtual StatusOr<std::unique_ptr<MemberLink>> dialAs(
        const net::HostPort& address, const std::string& name) = 0;
};

}  // namespace weft::mesh
