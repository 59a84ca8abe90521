// SPDX-License-Identifier: Apache-2.0
// Servers that take a join from anywhere, and everything else from within the mesh alone:
// reference nodes, and those of Weft that ask for no credentials. The link goes through the tunnel
// then, to their address in the mesh.
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/inner_servers.h"
#include "core/mesh/detail/member_impl.h"
#include "core/mesh/detail/member_texts.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

/// The tunnel to the server may have to come up first.
constexpr std::chrono::milliseconds kInsidePause{250};
/// How long a server that was lost is looked for within the mesh before its outer address is asked.
constexpr std::chrono::seconds kInsideLimit{5};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

/// What another way to the same server may mend.
bool isWay(const Status& status) {
    return status.code() == StatusCode::kUnavailable
           || status.code() == StatusCode::kDeadlineExceeded
           || status.code() == StatusCode::kUnauthenticated;
}

}  // namespace

/// Whether following goes on within the mesh, after it has failed with `status`.
bool MemberImpl::followInside(const Status& status) {
    if (machine_.phase() != MemberPhase::ReadingState) {
        return false;
    }
    // The first is a reference node's answer, the second that of a Weft server which wants no
    // credentials: there the address in the mesh is what shows who calls.
    const bool isRefused = !isInside_
                           && (status.code() == StatusCode::kPermissionDenied
                               || status.code() == StatusCode::kUnauthenticated);
    if ((!isRefused && !(isInside_ && isWay(status))) || innerServers(peers_).empty()) {
        return false;
    }
    if (isRefused) {
        log().info("following within the mesh server={}", dialled_);
        insideTries_ = 0;
    }
    dropLink();
    // Not at once: this may be a callback of a link, and the tunnel may be on its way.
    insideTimer_ = loop_.after(isRefused ? Duration::zero() : Duration(kInsidePause), [this] {
        dialInside();
        follow();
    });
    return true;
}

/// Tries the servers in turn, each under both names: most certificates carry the address that
/// people configure, and some the one in the mesh.
void MemberImpl::dialInside() {
    const auto servers = innerServers(peers_);
    const auto turn = insideTries_++;
    const auto& server = servers[turn / 2 % servers.size()];
    isInside_ = true;
    ++generation_;
    dialled_ = server.toString();
    const auto name = turn % 2 == 0 ? options_.joinAddresses[machine_.address()].host : server.host;
    take(links_.dialAs(server, name));
}

/// Joining again gives this node other addresses at a reference server: one that knows it still is
/// followed on.
// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::checkInside(Step otherwise) {
    if (!link_) {
        (this->*otherwise)();
        return;
    }
    checkTimer_ = loop_.after(kInsideLimit, [this, otherwise] { (this->*otherwise)(); });
    link_->get(
        storage::nodeKey(options_.join.id),
        forThisLink<StatusOr<std::string>>([this, otherwise](const StatusOr<std::string>& record) {
            checkTimer_.cancel();
            if (record.ok()) {
                act(machine_.onStillMember());
                return;
            }
            if (record.status().code() == StatusCode::kNotFound) {
                noteForgotten();
            }
            (this->*otherwise)();
        }));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::goOutside() {
    dropLink();
    dialOutside();
    checkIdentity();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::joinOutside() {
    dropLink();
    dialOutside();
    act(machine_.onIdentityChecked({}, moment()));
}

/// The name and the address that answered last, or were tried last.
void MemberImpl::redialInside() {
    insideTries_ -= std::min<std::size_t>(insideTries_, 1);
    dialInside();
}

/// Before a join: whether the server that tells its records to nobody outside has become another
/// mesh. It does tell its address. One that is back after a pause may know this node still.
// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::checkAddress() {
    link_->meshAddress(
        forThisLink<StatusOr<net::IpAddress>>([this](const StatusOr<net::IpAddress>& address) {
            const auto& known = status_.info.networkIpv6;
            const bool isKnown =
                address.ok() && known.length() > 0 && address->family() == known.family();
            const bool isOther = isKnown && !known.contains(*address);
            if (isKnown && !isOther && !innerServers(peers_).empty()) {
                dropLink();
                redialInside();
                checkInside(&MemberImpl::joinOutside);
                return;
            }
            act(machine_.onIdentityChecked(
                isOther ? AttemptResult{false, anotherMesh(dialled_)} : AttemptResult(), moment()));
        }));
}

}  // namespace weft::mesh::detail
