// SPDX-License-Identifier: Apache-2.0
#include "core/api/propagation.h"

namespace weft::api {

std::string_view nameOf(PropagationState state) {
    switch (state) {
    case PropagationState::Done:
        return "done";
    case PropagationState::Pending:
        return "pending";
    case PropagationState::Unreachable:
        return "unreachable";
    case PropagationState::Told:
        return "told";
    case PropagationState::Unknown:
        break;
    }
    return "unknown";
}

std::string_view meaningOf(PropagationState state) {
    switch (state) {
    case PropagationState::Done:
        return "says that it has it in effect";
    case PropagationState::Pending:
        return "is there, and has not said that it has it";
    case PropagationState::Unreachable:
        return "is not there: what it has in effect may be old";
    case PropagationState::Told:
        return "was told, and does not say what it has in effect";
    case PropagationState::Unknown:
        break;
    }
    return "is in a state that this program does not know";
}

}  // namespace weft::api
