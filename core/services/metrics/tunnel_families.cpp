// SPDX-License-Identifier: Apache-2.0
#include "core/services/metrics/tunnel_families.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace weft::services {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

void add(MetricFamily& family, Labels labels, double value) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = value;
    metric.gauge.value = value;
    family.metric.push_back(std::move(metric));
}

/// Families whose only label is the interface.
class Series {
public:
    explicit Series(const TunnelFigures& tunnel) : label_{"interface", tunnel.interfaceName} {}

    MetricFamily& family(std::string name, std::string help, MetricType type) {
        families_.push_back({std::move(name), std::move(help), type, {}});
        return families_.back();
    }
    void count(std::string name, std::string help, std::uint64_t value) {
        add(family(std::move(name), std::move(help), MetricType::Counter),
            {label_},
            static_cast<double>(value));
    }
    void gauge(std::string name, std::string help, std::size_t value) {
        add(family(std::move(name), std::move(help), MetricType::Gauge),
            {label_},
            static_cast<double>(value));
    }
    const ClientMetric::Label& label() const { return label_; }
    std::vector<MetricFamily> take() { return std::move(families_); }

private:
    const ClientMetric::Label label_;
    std::vector<MetricFamily> families_;
};

void addPeers(std::span<const PeerFigures> peers, Series& series) {
    const auto each = [&](const char* name, const char* help, MetricType type, auto value) {
        auto& family = series.family(name, help, type);
        for (const auto& peer : peers) {
            add(family, {series.label(), {"peer", peer.key}}, value(peer));
        }
    };
    each(
        "weft_wireguard_peer_receive_bytes_total",
        "Bytes of WireGuard messages from a peer.",
        MetricType::Counter,
        [](const PeerFigures& peer) { return static_cast<double>(peer.receivedBytes); });
    each(
        "weft_wireguard_peer_transmit_bytes_total",
        "Bytes of WireGuard messages to a peer.",
        MetricType::Counter,
        [](const PeerFigures& peer) { return static_cast<double>(peer.sentBytes); });
    each(
        "weft_wireguard_peer_last_handshake_seconds",
        "When the last handshake with a peer was, in unix seconds; 0 for never.",
        MetricType::Gauge,
        [](const PeerFigures& peer) {
            return peer.lastHandshake
                       ? std::chrono::duration<double>(peer.lastHandshake->time_since_epoch())
                             .count()
                       : 0;
        });
}

void addNames(const NameFigures& names, Series& series) {
    series.count("weft_dns_queries_total", "Queries for names.", names.queries);
    series.count(
        "weft_dns_dropped_total",
        "Queries of strangers, and beyond what a source may have.",
        names.dropped);
    series.count(
        "weft_dns_forwarded_total", "Queries that others were asked about.", names.forwarded);
    series.count(
        "weft_dns_cache_hits_total",
        "Queries answered with what others had said before.",
        names.fromCache);
    series.count("weft_dns_failed_total", "Queries for which nobody had an answer.", names.failed);
    series.gauge("weft_dns_connections_open", "Connections by TCP.", names.connections);
}

}  // namespace

std::vector<MetricFamily> tunnelFamilies(const TunnelFigures& tunnel) {
    Series series(tunnel);
    series.count(
        "weft_wireguard_receive_bytes_total",
        "Bytes of WireGuard messages received.",
        tunnel.receivedBytes);
    series.count(
        "weft_wireguard_transmit_bytes_total",
        "Bytes of WireGuard messages sent.",
        tunnel.sentBytes);
    series.count("weft_wireguard_handshakes_total", "Sessions made.", tunnel.handshakes);
    series.count(
        "weft_wireguard_handshakes_started_total",
        "Handshakes that this node began.",
        tunnel.handshakesStarted);
    series.count(
        "weft_wireguard_cookies_sent_total",
        "Callers asked to prove their address, under load.",
        tunnel.cookiesSent);
    series.gauge("weft_wireguard_peers", "Peers of the interface.", tunnel.peers);
    series.gauge(
        "weft_wireguard_peers_fresh",
        "Peers with a handshake in the last three minutes that were heard lately.",
        tunnel.freshPeers);
    auto& liveness = series.family(
        "weft_wireguard_peers_by_liveness",
        "Peers by whether they were there lately: fresh, stale (three minutes), gone (ten), never.",
        MetricType::Gauge);
    for (const auto& [word, peers] : tunnel.liveness) {
        add(liveness, {series.label(), {"liveness", word}}, static_cast<double>(peers));
    }
    auto& drops = series.family(
        "weft_wireguard_dropped_packets_total",
        "Packets that went no further, by reason.",
        MetricType::Counter);
    for (const auto& [reason, packets] : tunnel.drops) {
        add(drops, {series.label(), {"reason", reason}}, static_cast<double>(packets));
    }
    if (tunnel.names) {
        addNames(*tunnel.names, series);
    }
    if (!tunnel.perPeer.empty()) {
        const auto shown = std::min(tunnel.perPeer.size(), kMaxPeerSeries);
        addPeers(std::span(tunnel.perPeer).first(shown), series);
        series.gauge(
            "weft_wireguard_peers_without_series",
            "Peers beyond those that have series of their own.",
            tunnel.perPeer.size() - shown);
    }
    return series.take();
}

}  // namespace weft::services
