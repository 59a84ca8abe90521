// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/member_texts.h"

namespace weft::mesh::detail {

std::string_view nameOf(MemberPhase phase) {
    switch (phase) {
    case MemberPhase::Off:
        return "off";
    case MemberPhase::ReachingMember:
        return "reaching a member";
    case MemberPhase::Joining:
        return "joining";
    case MemberPhase::ReadingState:
        return "reading the state";
    case MemberPhase::Connected:
        return "connected";
    case MemberPhase::Reconnecting:
        return "reconnecting";
    case MemberPhase::Failed:
        return "failed";
    case MemberPhase::Leaving:
        return "leaving";
    }
    return "";
}

Status anotherMesh(std::string_view server) {
    return failedPrecondition(
        "the server at {} belongs to another mesh now: it was not joined. Check the address, or "
        "make a new profile if that is the mesh you want",
        server);
}

}  // namespace weft::mesh::detail
