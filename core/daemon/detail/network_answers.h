// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/daemon/detail/direct_probes.h"
#include "core/daemon/detail/mesh_tunnel.h"
#include "core/daemon/detail/name_questions.h"
#include "core/daemon/detail/ping_run.h"
#include "core/daemon/mesh_diagnosis.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/storage/registry/registry.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {

/// Pings of one connection at once.
inline constexpr std::size_t kMostPings = 16;

/// What a connection answers about its network, from its records and its tunnel.
class NetworkAnswers final : public MeshDiagnosis {
public:
    /// What is asked of the connection, on its loop.
    struct Parts {
        std::shared_ptr<base::AsioLoop> loop;
        storage::NodeId self;
        /// nullptr while there are none, as the next two.
        std::function<const storage::Registry*()> registry;
        std::function<std::shared_ptr<const mesh::policy::Policy>()> rules;
        std::function<const mesh::policy::PolicyMirror*()> mirror;
        /// nullptr where there is to be none.
        std::function<MeshTunnel*()> tunnel;
        /// This host's addresses outside the mesh.
        std::function<std::vector<platform::HostAddress>()> outward;
        std::function<const MeshNames*()> names;
        /// The state as it is told.
        std::function<weft::local::v1::Connection()> state;
        /// nullptr where there is no tunnel.
        std::function<const DirectProbes*()> direct = [] { return nullptr; };
    };

    explicit NetworkAnswers(Parts parts) : parts_(std::move(parts)) {}

    Subscription ping(
        const weft::local::v1::PingRequest& request,
        std::function<void(const weft::local::v1::PingUpdate&)> told,
        StatusCallback ended) override;

    void explainPath(std::string node, Callback<weft::local::v1::PathExplanation> done) override;
    void checkNetwork(Callback<weft::local::v1::NetworkReport> done) override;

    void nameService(Callback<weft::local::v1::NameService> done) override;
    void lookUpName(
        const weft::local::v1::LookUpNameRequest& request,
        Callback<weft::local::v1::NameAnswer> done) override;

    /// On the loop: ends what runs; nothing begins any more.
    void close();

private:
    struct Begun {
        std::uint64_t number = 0;
        weft::local::v1::PingRequest request;
        PingRun::Told told;
        StatusCallback ended;
    };

    using Figures = std::optional<TunnelStatistics>;

    Status begin(const Begun& begun);
    /// Hands over the tunnel's figures of now, if there are any.
    void withFigures(std::function<void(const Figures&)> work);
    StatusOr<weft::local::v1::PathExplanation> explained(
        const std::string& node, const Figures& figures) const;
    weft::local::v1::NetworkReport report(const Figures& figures) const;
    std::vector<net::IpAddress> addressesOutside() const;
    std::string doubtOf(const storage::NodeId& node) const;

    const Parts parts_;
    NameQuestions names_{{*parts_.loop, parts_.self, parts_.registry, parts_.names}};
    std::atomic<std::uint64_t> nextNumber_{1};
    bool closed_ = false;
    std::map<std::uint64_t, std::unique_ptr<PingRun>> pings_;
};

}  // namespace weft::daemon
