// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/effect_teller.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/effect_digest.h"

namespace weft::daemon::sandbox {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("sandbox");
    return logger;
}

}  // namespace

EffectTeller::EffectTeller(const Parts& parts)
    : parts_(parts), draw_(parts.world.plan().seed, "tells " + parts.node.id.value()) {}

void EffectTeller::look() {
    const bool isThere = parts_.world.isThere(parts_.node, parts_.loop.clock().now())
                         && parts_.host.registry().node(parts_.node.id) != nullptr;
    if (!isThere) {
        stream_.cancel();
        soon_.cancel();
        peers_.reset();
        sent_.reset();
        return;
    }
    if (!stream_.active()) {
        stream_ = parts_.host.subscribePeers(parts_.node.id, [this](const mesh::PeerSet& peers) {
            peers_ = mesh::effectDigest(peers);
            tellSoon();
        });
    }
}

void EffectTeller::tellSoon() {
    if (!peers_ || soon_.active()) {
        return;
    }
    const std::chrono::duration<double, std::milli> wait(
        draw_.between(kSoonest.count(), kLatest.count()));
    soon_ = parts_.loop.after(std::chrono::duration_cast<Duration>(wait), [this] { tell(); });
}

void EffectTeller::tell() {
    soon_ = {};
    const mesh::EffectReport now{
        parts_.node.id, mesh::effectDigest(parts_.host.registry()), *peers_};
    if (sent_ == now) {
        return;
    }
    const Status taken = parts_.host.propagation().report(
        now, {.proof = mesh::Caller::Proof::Certificate, .identity = parts_.node.id, .source = ""});
    if (taken.ok()) {
        sent_ = now;
    } else {
        // Such as somebody who was removed a moment ago.
        log().debug("effect refused reason={}", base::escapeForLine(messageOf(taken)));
    }
}

}  // namespace weft::daemon::sandbox
