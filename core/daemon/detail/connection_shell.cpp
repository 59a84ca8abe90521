// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/connection_shell.h"

#include "core/base/log.h"
#include "core/daemon/detail/certificate_check.h"
#include "core/daemon/detail/network_answers.h"
#include "core/daemon/detail/state_lines.h"
#include "core/mesh/network/exits.h"
#include "core/mesh/network/transit.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// A mesh that changes a lot is told of this often.
constexpr std::chrono::milliseconds kTellInterval{50};
/// From a change of the host's network to word of it: addresses come and go for a moment.
constexpr std::chrono::seconds kAdvertiseAfter{1};
constexpr std::chrono::seconds kAdvertiseAgain{30};
/// The state is told anew by itself, since some of it ages.
constexpr std::chrono::minutes kRefreshInterval{1};

}  // namespace

ConnectionShell::ConnectionShell(
    ConnectionSpec spec, ConnectionEvents events, TunnelFactory* tunnels, MetricsBoard* board)
    : spec_(std::move(spec))
    , events_(std::move(events))
    , tunnels_(spec_.options.weft.tunnel ? tunnels : nullptr)
    , hostOf_(tunnels)
    , board_(board)
    , loop_(std::make_shared<base::AsioLoop>("node"))
    , diagnosis_(std::make_unique<NetworkAnswers>(NetworkAnswers::Parts{
          .loop = loop_,
          .self = storage::NodeId(spec_.options.mesh.nodeId),
          .registry = [this] { return registry(); },
          .rules = [this] { return rules(); },
          .mirror = [this] { return mirror(); },
          .tunnel = [this] { return tunnel_.get(); },
          .outward = [this] { return outward_; },
          .names = [this] { return names_.get(); },
          .state = [this] { return stateNow(); },
          .direct = [this] { return direct_.get(); }}))
    , tests_(makeTests())
    , effects_(makeEffects())
    , lockdown_(
          {.host = tunnels_,
           .owner = spec_.profileId,
           .loop = *loop_,
           .changed = [this] { noteChange(); }})
    , wireguardPort_(spec_.options.wireguard.listenPort)
    , wasAdvertised_(spec_.kind == local::Profile::KIND_FOUNDER) {}

ConnectionShell::~ConnectionShell() = default;

MeshDiagnosis& ConnectionShell::diagnosis() {
    return *diagnosis_;
}

void ConnectionShell::start() {
    onLoop([this] {
        takeConsents({spec_.consents.begin(), spec_.consents.end()});
        watchJoinNames();
        // Before anything else, and until the connection is ended.
        lockdown_.want(spec_.lockdown);
        keepLocked();
        watchNetwork();
        begin();
    });
}

void ConnectionShell::watchNetwork() {
    if (hostOf_ == nullptr) {
        return;
    }
    network_ =
        hostOf_->watchNetwork(*loop_, [this](const NetworkChange& change) { onNetwork(change); });
    outward_ = hostOf_->addresses();
}

void ConnectionShell::onNetwork(const NetworkChange& change) {
    outward_ = change.addresses;
    if (silent_) {
        return;
    }
    log().info(
        "network changed profile={} slept={} addresses={}",
        spec_.profileId,
        change.hasSlept,
        outward_.size());
    if (tunnel_) {
        tunnel_->seekPeers();
    }
    noteNetwork();
    if (!std::exchange(willAdvertise_, true)) {
        advertiseAfter(kAdvertiseAfter);
    }
}

OwnEndpoints ConnectionShell::endpoints() const {
    return ownEndpoints(spec_, outward_, wireguardPort_);
}

void ConnectionShell::advertiseEndpointsLater() {
    advertiseAfter(kAdvertiseAgain);
}

void ConnectionShell::advertiseAfter(Duration pause) {
    advertising_ = loop_->after(pause, [this] {
        willAdvertise_ = false;
        advertiseEndpoints(endpoints());
    });
}

void ConnectionShell::stop(Duration limit, StatusCallback done) {
    onLoop([this, limit, done = std::move(done)] { end(limit, done); });
}

void ConnectionShell::wantPeers(bool wanted) {
    onLoop([this, wanted] {
        const bool begins = std::exchange(peersWanted_, wanted) != wanted && wanted;
        // Somebody who takes one list and goes is not to get one without figures.
        const bool follows = tunnel_ && tunnel_->watch(wanted);
        if (begins && !follows && registry() != nullptr) {
            events_.peers(peerList());
        }
    });
}

void ConnectionShell::tunnelStatistics(Callback<TunnelStatistics> done) {
    onLoop([this, done = std::move(done)] {
        if (tunnel_) {
            tunnel_->statistics(done);
        } else {
            done(failedPrecondition("there is no tunnel interface"));
        }
    });
}

TrafficSample ConnectionShell::trafficSample(const TunnelStatistics& now) const {
    TrafficSample sample;
    sample.total = {now.receivedBytes, now.sentBytes};
    if (!tunnel_) {
        return sample;
    }
    for (const auto& peer : now.peers) {
        if (const auto* node = tunnel_->nodeOf(peer.key)) {
            sample.peers.push_back({node->value(), {peer.receivedBytes, peer.sentBytes}});
        }
    }
    return sample;
}

void ConnectionShell::trafficCounters(Callback<TrafficSample> done) {
    onLoop([this, done = std::move(done)] {
        if (!tunnel_) {
            done(failedPrecondition("there is no tunnel interface"));
            return;
        }
        tunnel_->statistics([this, done](const StatusOr<TunnelStatistics>& now) {
            if (!now.ok()) {
                done(now.status());
                return;
            }
            done(trafficSample(*now));
        });
    });
}

void ConnectionShell::startTunnel(const crypto::NodeKey& key) {
    if (tunnels_ == nullptr) {
        return;
    }
    const auto& options = spec_.options;
    MeshTunnel::Parts parts{
        .factory = *tunnels_,
        .loop = *loop_,
        .profileId = spec_.profileId,
        .options = options.wireguard,
        .portIsExplicit = spec_.wireguardPortIsExplicit,
        .ipv4 = !options.mesh.disableIpv4,
        .ipv6 = !options.mesh.disableIpv6,
        .privateKey = key.wireGuardPrivateKey(),
        .folder = spec_.folder,
        .changed = [this] { noteChange(); },
        .opened =
            [this](const TunnelFacts& facts) {
                if (silent_) {
                    // It came up while the connection ends: nobody is served any more.
                    return;
                }
                noteTunnel(facts);
                names_->open(facts.interfaceName);
                wireguardPort_ = facts.listenPort;
                advertiseEndpoints(endpoints());
            },
        .gone =
            [this] {
                if (names_) {
                    names_->close();
                }
                noteTunnelGone();
            },
        .pathsExpected =
            [this](std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
                notePaths(number, std::move(paths));
            },
        .pathsSettled = [this](std::uint64_t number) { notePathsSettled(number); },
        .figures =
            [this] {
                if (peersWanted_ && !silent_ && registry() != nullptr) {
                    events_.peers(peerList());
                }
            },
        .settled = [this] { effects_->note(); }};
    names_ = std::make_unique<MeshNames>(MeshNames::Parts{
        .loop = *loop_,
        .profileId = spec_.profileId,
        .options = options.services.meshdns,
        .isForHost = options.mesh.useMeshDns,
        .self = selfId(),
        .registry = [this] { return registry(); },
        .servers = [this] { return servers(); },
        .changed =
            [this] {
                advertiseFeatures();
                noteChange();
            },
        .setResolver =
            [this](std::optional<platform::LinkNames> names) {
                tunnel_->setResolver(
                    std::move(names), [this](const platform::ResolverState& state) {
                        if (names_) {
                            names_->noteResolver(state);
                        }
                    });
            }});
    tunnel_ = std::make_unique<MeshTunnel>(std::move(parts));
    tunnel_->watch(peersWanted_);
    direct_ = std::make_unique<DirectProbes>(DirectProbes::Parts{
        .loop = *loop_,
        .tunnel = *tunnel_,
        .self = selfId(),
        .mostSightings = mostSightings(),
        .registry = [this] { return registry(); },
        .report = std::bind_front(&ConnectionShell::reportDirect, this),
        .watch = std::bind_front(&ConnectionShell::watchDirect, this),
        .changed = [this] { noteChange(); }});
}

void ConnectionShell::startMetrics(const services::MeshServer* server) {
    const auto& metrics = spec_.options.services.metrics;
    if (!metrics.enabled || board_ == nullptr) {
        return;
    }
    if (tunnel_) {
        scrape_ = std::make_unique<TunnelScrape>(
            *loop_, *tunnel_, spec_.options.wireguard.recordMetrics, names_.get());
    }
    auto told = board_->add(metrics.listenAddress, {spec_.profileId, server, scrape_.get()});
    metricsStatus_ = told.status();
    if (!told.ok()) {
        log().error("no metrics profile={} reason={}", spec_.profileId, messageOf(metricsStatus_));
        return;
    }
    metrics_ = *std::move(told);
    log().info(
        "metrics served profile={} port={}", spec_.profileId, board_->port(metrics.listenAddress));
}

void ConnectionShell::stopMetrics() {
    // A scrape that waits for this loop would otherwise be waited for by it.
    if (scrape_) {
        scrape_->close();
    }
    metrics_.cancel();
    scrape_.reset();
}

void ConnectionShell::closeTunnel() {
    diagnosis_->close();
    stopMetrics();
    names_.reset();
    direct_.reset();
    lockdown_.want(false);
    joinNames_.reset();
    tunnel_.reset();
}

void ConnectionShell::noteChange() {
    if (pending_ || silent_) {
        return;
    }
    pending_ = true;
    timer_ = loop_->after(kTellInterval, [this] { tell(); });
}

void ConnectionShell::fail(const Status& status) {
    failure_ = status;
    noteChange();
}

void ConnectionShell::close(std::function<void()> teardown) {
    std::promise<void> done;
    loop_->post([this, &done, &teardown] {
        silent_ = true;
        tests_->close();
        effects_->end();
        network_.cancel();
        advertising_.cancel();
        timer_.cancel();
        teardown();
        closeTunnel();
        done.set_value();
    });
    done.get_future().wait();
    loop_->stop();
}

void ConnectionShell::tell() {
    pending_ = false;
    if (silent_) {
        return;
    }
    if (names_) {
        names_->follow();
    }
    local::Connection state = stateNow();
    stampChecks(state);
    if (!since_ || lastState_ != state.state()) {
        since_ = clock().wallNow();
        lastState_ = state.state();
    }
    setTime(state.mutable_since(), *since_);
    events_.changed(std::move(state));
    if (tunnel_) {
        followRules();
        followOffered();
        followConsents();
        tunnel_->refresh();
    }
    noteRulesInEffect();
    if (peersWanted_ && registry() != nullptr) {
        events_.peers(peerList());
    }
    // What was done here may have changed something: that is told soon, by the timer it has set.
    if (!pending_) {
        timer_ = loop_->after(kRefreshInterval, [this] { tell(); });
    }
}

local::Connection ConnectionShell::stateNow() {
    local::Connection state;
    state.set_state(local::Connection::STATE_CONNECTING);
    state.set_node_id(spec_.options.mesh.nodeId);
    state.set_policy_changes(policyChanges_);
    describe(state);
    if (failure_) {
        state.set_state(local::Connection::STATE_FAILED);
        *state.mutable_failure() = problemOf(*failure_);
    }
    return state;
}

void ConnectionShell::stampChecks(local::Connection& state) {
    std::map<std::string, CheckSince> now;
    for (auto& item : *state.mutable_checklist()) {
        const auto before = checks_.find(item.id());
        const bool isAsBefore = before != checks_.end() && before->second.state == item.state();
        const CheckSince since{
            .state = item.state(), .at = isAsBefore ? before->second.at : clock().wallNow()};
        if (!item.has_since()) {
            setTime(item.mutable_since(), since.at);
        }
        now.emplace(item.id(), since);
    }
    checks_ = std::move(now);
}

void ConnectionShell::followOffered() {
    if (registry() == nullptr) {
        return;
    }
    // What others write of this node is not enough: its own user has to have said it too.
    const auto& own = spec_.options.mesh.routes;
    const auto isMeant = [&own](const net::IpPrefix& network) {
        return std::ranges::any_of(own, [&network](const net::IpPrefix& each) {
            // Who offers the Internet does not offer the networks beside this host.
            return each.isDefaultRoute() ? each == network : each.contains(network);
        });
    };
    const auto known = rules();
    if (!known) {
        return;
    }
    auto offered = mesh::network::networksBehind(selfId(), *registry(), known->groups());
    std::erase_if(offered, [&isMeant](const auto& network) { return !isMeant(network); });
    tunnel_->setOffered(std::move(offered));
    if (std::exchange(transitIsOld_, false)) {
        tunnel_->setTransit(mesh::network::mayBeTransit(*registry(), &known->network(), selfId()));
    }
}

void ConnectionShell::addCommonChecks(
    local::Connection& state, const std::optional<WallTime>& certificateEnd) const {
    const auto source = spec_.ownAuthority ? CertificateSource::Itself
                        : spec_.enrolled   ? CertificateSource::Mesh
                                           : CertificateSource::Files;
    addCertificateCheck(state, certificateEnd, source, clock().wallNow());
    lockdown_.describe(state);
    tests_->describe(state);
    if (!metricsStatus_.ok()) {
        addProblem(
            state,
            local::Problem::SEVERITY_WARN,
            fmt::format("Prometheus is told nothing of this mesh: {}.", messageOf(metricsStatus_)),
            "Free the address or choose another services.metrics.listen-address, then connect "
            "again.");
    }
    if (tunnel_) {
        tunnel_->describe(state);
    } else {
        addCheck(
            state,
            "tunnel",
            local::CheckItem::STATE_OFF,
            spec_.options.weft.tunnel ? "Not part of this program" : "Switched off (weft.tunnel)");
    }
    if (names_) {
        names_->describe(state);
    } else {
        addCheck(state, "dns", local::CheckItem::STATE_OFF, "Names need a tunnel");
    }
}

std::vector<storage::FeaturePort> ConnectionShell::advertised(
    std::vector<storage::FeaturePort> features) {
    if (const auto port = names_ ? names_->port() : std::nullopt) {
        features.push_back({::v1::MESH_DNS, *port});
        if (names_->isForwarder()) {
            features.push_back({::v1::FORWARD_MESH_DNS, *port});
        }
    }
    if (spec_.options.mesh.disableFeatureAdvertisement) {
        features.clear();
    }
    // An empty list changes nothing at who takes it, so what was said before needs a word for it.
    if (features.empty() && wasAdvertised_) {
        features.push_back({::v1::FEATURE_NONE, 0});
    }
    wasAdvertised_ = wasAdvertised_ || !features.empty();
    return features;
}

}  // namespace weft::daemon
