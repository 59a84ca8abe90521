// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/get_format.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace weft::wireguard {
namespace {

template <typename... Args>
void appendLine(WipedText& out, fmt::format_string<Args...> format, Args&&... args) {
    std::array<char, 256> line{};
    const auto written =
        fmt::format_to_n(line.data(), line.size() - 1, format, std::forward<Args>(args)...);
    const auto size = std::min(written.size, line.size() - 1);
    line.at(size) = '\n';
    out.append({line.data(), size + 1});
}

void appendKey(WipedText& out, std::string_view name, std::span<const std::uint8_t> key) {
    out.append(name);
    out.appendHex(key);
    out.append("\n");
}

bool isZero(std::span<const std::uint8_t> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](auto each) { return each == 0; });
}

void appendEndpoint(WipedText& out, const ControlEndpoint& where) {
    if (where.zone.empty()) {
        appendLine(out, "endpoint={}", where.endpoint.toString());
    } else {
        appendLine(
            out,
            "endpoint=[{}%{}]:{}",
            where.endpoint.address.toString(),
            where.zone,
            where.endpoint.port);
    }
}

}  // namespace

void formatInterface(const InterfaceState& state, WipedText& out) {
    if (!isZero(state.privateKey.reveal())) {
        appendKey(out, "private_key=", state.privateKey.reveal());
    }
    if (state.listenPort != 0) {
        appendLine(out, "listen_port={}", state.listenPort);
    }
    if (state.firewallMark != 0) {
        appendLine(out, "fwmark={}", state.firewallMark);
    }
}

void formatPeer(const PeerState& state, WipedText& out) {
    static constexpr std::array<std::uint8_t, 32> kNoKey{};
    appendKey(out, "public_key=", state.key.bytes);
    const auto preshared = state.presharedKey.reveal();
    appendKey(out, "preshared_key=", preshared.empty() ? std::span(kNoKey) : preshared);
    out.append("protocol_version=1\n");
    if (state.endpoint) {
        appendEndpoint(out, *state.endpoint);
    }
    using std::chrono::nanoseconds;
    using std::chrono::seconds;
    const auto since =
        state.lastHandshake ? state.lastHandshake->time_since_epoch() : WallTime::duration::zero();
    const auto whole = std::chrono::floor<seconds>(since);
    appendLine(out, "last_handshake_time_sec={}", whole.count());
    appendLine(
        out,
        "last_handshake_time_nsec={}",
        std::chrono::duration_cast<nanoseconds>(since - whole).count());
    appendLine(out, "tx_bytes={}", state.sentBytes);
    appendLine(out, "rx_bytes={}", state.receivedBytes);
    appendLine(out, "persistent_keepalive_interval={}", state.persistentKeepalive);
    for (const auto& prefix : state.allowedIps) {
        appendLine(out, "allowed_ip={}", prefix.toString());
    }
}

void formatEnd(int errorNumber, WipedText& out) {
    appendLine(out, "errno={}", errorNumber);
    out.append("\n");
}

}  // namespace weft::wireguard
