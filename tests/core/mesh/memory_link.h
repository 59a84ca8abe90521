// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/member_link.h"
#include "tests/core/mesh/mesh_fixture.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace weft::tests {

class MemoryLink;

/// Links straight into servers of the same process, with the certificate of one node. All servers
/// and the member share one loop.
class MemoryLinks final : public mesh::MemberLinkFactory {
public:
    MemoryLinks(ManualLoop& loop, std::string identity);
    ~MemoryLinks() override;

    StatusOr<std::unique_ptr<mesh::MemberLink>> dial(const net::HostPort& address) override;
    StatusOr<std::unique_ptr<mesh::MemberLink>> dialAs(
        const net::HostPort& address, const std::string& name) override;

    /// Lets the server answer at `host:8443`; nullptr: nobody answers there any more, and what is
    /// connected is cut.
    void serve(const std::string& host, MeshFixture* server);
    /// Every join at `host` is answered with `status`; ok: as usual.
    void refuseJoins(const std::string& host, Status status);
    /// At `host` joins are taken alone, and all else is refused, as reference nodes do with callers
    /// from outside of the mesh.
    void refuseStrangers(const std::string& host) { servers_[host].isOutside = true; }
    /// Streams of the state stay open and say nothing.
    void setMute(bool mute) { mute_ = mute; }
    /// Updates are answered with `status` from now on; ok: as usual.
    void refuseUpdates(Status status) { updateAnswer_ = std::move(status); }
    /// Ends all streams, as a server does that restarts.
    void cutStreams(const Status& status);
    /// Calls are taken and never answered.
    void setSilent(bool silent) { silent_ = silent; }

    std::vector<std::string> dialled;
    /// Names that certificates had to carry instead of an address.
    std::vector<std::string> names;
    int joins = 0;
    std::vector<mesh::UpdateParams> updates;
    /// Runs between a subscription to the state and its listing.
    std::function<void()> beforeListing;

private:
    friend class MemoryLink;
    struct Server {
        MeshFixture* fixture = nullptr;
        Status joinAnswer;
        bool isOutside = false;
    };
    MeshFixture* serverAt(const std::string& host);

    ManualLoop& loop_;
    const std::string identity_;
    bool silent_ = false;
    bool mute_ = false;
    Status updateAnswer_;
    std::map<std::string, Server> servers_;
    std::set<MemoryLink*> links_;
};

}  // namespace weft::tests
