// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/peer_credentials.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>

namespace weft::daemon {
namespace {

/// The most groups that are read; Linux has at most 65,536 (NGROUPS_MAX).
constexpr std::size_t kMaxGroups = 65536;
/// What one entry of the user database may take.
constexpr std::size_t kMaxEntryBytes = std::size_t{1} << 16;

std::vector<gid_t> peerGroups(int socket) {
    std::vector<gid_t> groups(64);
    auto length = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    int result = getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &length);
    if (result != 0 && errno == ERANGE && length <= kMaxGroups * sizeof(gid_t)) {
        groups.resize(length / sizeof(gid_t));
        result = getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &length);
    }
    groups.resize(result == 0 ? length / sizeof(gid_t) : 0);
    return groups;
}

}  // namespace

bool PeerCredentials::inGroup(gid_t group) const {
    return gid == group || std::ranges::find(groups, group) != groups.end();
}

StatusOr<PeerCredentials> peerCredentials(int socket) {
    ucred credentials{};
    socklen_t length = sizeof(credentials);
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0
        || length != sizeof(credentials)) {
        return unauthenticated(
            "the kernel does not tell who calls: {}", std::generic_category().message(errno));
    }
    return PeerCredentials{credentials.pid, credentials.uid, credentials.gid, peerGroups(socket)};
}

bool isListedInGroup(uid_t uid, gid_t group) {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(kMaxEntryBytes);
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
        return false;
    }
    std::vector<gid_t> groups(64);
    int count = static_cast<int>(groups.size());
    if (getgrouplist(entry.pw_name, entry.pw_gid, groups.data(), &count) < 0) {
        if (count < 0 || static_cast<std::size_t>(count) > kMaxGroups) {
            return false;
        }
        groups.resize(static_cast<std::size_t>(count));
        if (getgrouplist(entry.pw_name, entry.pw_gid, groups.data(), &count) < 0) {
            return false;
        }
    }
    groups.resize(static_cast<std::size_t>(count));
    return std::ranges::find(groups, group) != groups.end();
}

std::optional<gid_t> findGroup(const std::string& name) {
    if (name.empty()) {
        return std::nullopt;
    }
    group entry{};
    group* found = nullptr;
    std::vector<char> buffer(kMaxEntryBytes);
    if (getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0
        || found == nullptr) {
        return std::nullopt;
    }
    return entry.gr_gid;
}

api::Grade gradeOf(const PeerCredentials& peer, const GradePolicy& policy) {
    if (peer.uid == 0 || peer.uid == policy.ownUid) {
        return api::Grade::Administer;
    }
    if (policy.group && (peer.inGroup(*policy.group) || isListedInGroup(peer.uid, *policy.group))) {
        return policy.groupGrade;
    }
    return api::Grade::None;
}

}  // namespace weft::daemon
