// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/host_resolver.h"

#include "core/base/log.h"
#include "core/platform/resolver/resolver_text.h"

#include <algorithm>
#include <string_view>

namespace weft::platform {
namespace {

constexpr std::uint16_t kDnsPort = 53;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("platform");
    return logger;
}

bool isWithin(std::string_view name, std::string_view domain) {
    return name == domain
           || (name.size() > domain.size() && name.ends_with(domain)
               && name[name.size() - domain.size() - 1] == '.');
}

bool isLocalResolver(const net::Endpoint& server) {
    // Of systemd-resolved as well, for who wants no more than what name servers say.
    constexpr std::uint32_t kPlainStub = 0x7F000036;
    return server.address == kLinkResolverAddress
           || server.address == net::IpAddress::v4(kPlainStub);
}

/// Nothing that would take the names of others from this host.
Status checkDomains(const LinkNames& names, std::string_view text) {
    if (names.domains.empty() || names.domains.size() > kMostLinkDomains) {
        return invalidArgument("1 to {} domains can be asked for", kMostLinkDomains);
    }
    const auto search = searchDomainsOf(text);
    for (const auto& domain : names.domains) {
        if (domain.find('.') == std::string::npos) {
            return failedPrecondition(
                "the domain {} is a whole top-level domain, which is not taken from others",
                base::quoted(domain));
        }
        const auto taken = std::ranges::find_if(
            search, [&domain](const std::string& each) { return isWithin(each, domain); });
        if (taken != search.end()) {
            return failedPrecondition(
                "the domain {} is the one this host searches ({}), which is not taken from others",
                base::quoted(domain),
                base::quoted(*taken));
        }
    }
    return okStatus();
}

}  // namespace

Status HostResolver::recover() {
    const auto undone = file_.undo();
    mustUndo_ = !undone.ok();
    if (!undone.ok()) {
        log().error("resolver not undone reason={}", messageOf(undone.status()));
        return undone.status();
    }
    if (*undone != ResolverFile::Undone::Nothing) {
        log().info(
            "undone what an earlier run left in resolv.conf changed_by_others={}",
            *undone == ResolverFile::Undone::Changed);
    }
    return okStatus();
}

ResolverState HostResolver::want(const LinkNames& names) {
    auto& wanted = wanted_[names.interface];
    wanted.names = names;
    wanted.state = apply(wanted);
    if (!wanted.state.status.ok()) {
        log().warn(
            "resolver not set interface={} reason={}",
            names.interface,
            messageOf(wanted.state.status));
    }
    return wanted.state;
}

ResolverState HostResolver::apply(Wanted& wanted) {
    ResolverState state;
    const auto text = file_.text();
    state.status = text.ok() ? checkDomains(wanted.names, *text) : text.status();
    if (!state.status.ok()) {
        return state;
    }
    const auto servers = nameserversOf(*text);
    const auto instance = std::ranges::any_of(servers, isLocalResolver)
                              ? links_.instance()
                              : StatusOr<std::string>(notFound("resolv.conf does not lead to it"));
    if (!instance.ok()) {
        return applyToFile(wanted.names);
    }
    if (holder_ == wanted.names.interface) {
        holder_.reset();
        mustUndo_ = !undoFile().ok();
    }
    state.way = ResolverWay::Link;
    state.status = links_.set(wanted.names);
    wanted.instance = *instance;
    if (state.status.ok()) {
        log().info("resolver set interface={} way=link", wanted.names.interface);
    }
    return state;
}

ResolverState HostResolver::applyToFile(const LinkNames& names) {
    ResolverState state;
    state.way = ResolverWay::File;
    if (holder_ && *holder_ != names.interface) {
        state.status = failedPrecondition(
            "{} has this host's resolver: without systemd-resolved one mesh at a time can",
            *holder_);
        return state;
    }
    if (names.server.port != kDnsPort) {
        state.status = failedPrecondition(
            "names are answered for at {}, and resolv.conf cannot name another port than 53",
            names.server.toString());
        return state;
    }
    const auto before = file_.text();
    const bool isThere = before.ok() && isFirst(*before, names.server.address);
    state.status = file_.ask(names.server.address);
    if (state.status.ok()) {
        mustUndo_ = false;
        if (!isThere) {
            log().info(
                "resolver set interface={} way=file changed_by_others={}",
                names.interface,
                holder_.has_value());
        }
        holder_ = names.interface;
    }
    return state;
}

void HostResolver::forget(const std::string& interface) {
    const auto found = wanted_.extract(interface);
    if (!found) {
        return;
    }
    const auto& state = found.mapped().state;
    if (state.way == ResolverWay::Link) {
        if (const Status reverted = links_.revert(interface); !reverted.ok()) {
            // It goes with the interface, which goes next.
            log().warn("resolver not undone reason={}", messageOf(reverted));
        }
    }
    if (holder_ == interface) {
        holder_.reset();
        mustUndo_ = !undoFile().ok();
    }
}

Status HostResolver::undoFile() {
    const auto undone = file_.undo();
    if (!undone.ok()) {
        log().error("resolver not undone reason={}", messageOf(undone.status()));
        return undone.status();
    }
    log().info("resolver undone changed_by_others={}", *undone == ResolverFile::Undone::Changed);
    return okStatus();
}

std::map<std::string, ResolverState> HostResolver::look() {
    std::map<std::string, ResolverState> changed;
    if (mustUndo_ && !holder_) {
        mustUndo_ = !undoFile().ok();
    }
    for (auto& [interface, wanted] : wanted_) {
        const auto instance = wanted.state.way == ResolverWay::Link && wanted.state.status.ok()
                                  ? links_.instance()
                                  : StatusOr<std::string>(std::string());
        if (instance.ok() && *instance == wanted.instance && !wanted.instance.empty()) {
            continue;
        }
        const auto before = wanted.state;
        wanted.state = apply(wanted);
        if (wanted.state != before) {
            changed.emplace(interface, wanted.state);
        }
    }
    return changed;
}

}  // namespace weft::platform
