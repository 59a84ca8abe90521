// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/status.h"

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace weft::daemon {

/// Who is at the other end of a local socket, as the kernel says.
struct PeerCredentials {
    pid_t pid = 0;
    uid_t uid = 0;
    gid_t gid = 0;
    /// Supplementary groups of the process when it connected.
    std::vector<gid_t> groups{};

    bool inGroup(gid_t group) const;
};

/// The credentials of the peer of a connected unix socket.
/// Errors: kUnauthenticated when the kernel does not tell.
StatusOr<PeerCredentials> peerCredentials(int socket);

/// Whether the user database lists `uid` as a member of `group`: a login may be older than the
/// membership. May block on the name service. False for users that are not known.
bool isListedInGroup(uid_t uid, gid_t group);

/// The number of a group by its name; nullopt when there is none.
std::optional<gid_t> findGroup(const std::string& name);

/// Which grade each caller gets.
struct GradePolicy {
    uid_t ownUid = 0;
    std::optional<gid_t> group{};
    /// What members of the group may do.
    api::Grade groupGrade = api::Grade::Operate;
};

/// Root and the daemon's own user administer, members of the group have its grade, others none.
/// Asks the user database when the process itself does not have the group.
api::Grade gradeOf(const PeerCredentials& peer, const GradePolicy& policy);

}  // namespace weft::daemon
