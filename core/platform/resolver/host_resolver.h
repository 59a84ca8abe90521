// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/link_resolver.h"
#include "core/platform/resolver/resolver_file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft::platform {

/// How the host is made to ask somebody.
enum class ResolverWay {
    None,
    Link,  ///< a resolver with servers for each interface: only names in the domains are asked
    File,  ///< resolv.conf(5): every name is asked there first
};

/// How the host's resolver was set for one tunnel.
struct ResolverState {
    ResolverWay way = ResolverWay::None;
    /// Why it could not be.
    Status status;

    friend bool operator==(const ResolverState&, const ResolverState&) = default;
};

/// Where systemd-resolved answers; in place of name servers it stands in resolv.conf.
inline const net::IpAddress kLinkResolverAddress = net::IpAddress::v4(0x7F000035);

/// Domains that one tunnel may bring.
inline constexpr std::size_t kMostLinkDomains = 64;

/// Has the programs of this host find the names of meshes. By the system's resolver when there is
/// one that knows interfaces and resolv.conf leads to it, else by a line in resolv.conf, which one
/// mesh at a time can have; the rest of that file stays, and is asked when nobody answers.
///
/// Thread: one at a time; calls wait for the disk and for other programs.
class HostResolver {
public:
    /// `links` outlives this.
    HostResolver(LinkResolver& links, ResolverFile file) : links_(links), file_(std::move(file)) {}

    /// Undoes what an earlier program left. Before anything else.
    Status recover();
    /// From now on the tunnel of this name wants this. A state that is not ok has changed nothing.
    ResolverState want(const LinkNames& names);
    /// It wants nothing any more. Before its interface goes. What could not be undone is tried
    /// again by the next `look`, and by the next start.
    void forget(const std::string& interface);
    /// Puts back what others have taken away. Returns the states that are others now.
    std::map<std::string, ResolverState> look();
    /// Whether `look` has anything to do.
    bool isIdle() const { return wanted_.empty() && !mustUndo_; }

private:
    struct Wanted {
        LinkNames names;
        ResolverState state;
        /// Of the other program, when it was told.
        std::string instance;
    };

    ResolverState apply(Wanted& wanted);
    ResolverState applyToFile(const LinkNames& names);
    Status undoFile();

    LinkResolver& links_;
    ResolverFile file_;
    std::map<std::string, Wanted> wanted_;
    /// Whose line is in the file.
    std::optional<std::string> holder_;
    bool mustUndo_ = false;
};

}  // namespace weft::platform
