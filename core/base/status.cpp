// SPDX-License-Identifier: Apache-2.0
#include "core/base/status.h"

namespace weft {

Status makeStatus(StatusCode code, std::string_view text) {
    return {code, absl::string_view(text.data(), text.size())};
}

std::string messageOf(const Status& status) {
    const auto text = status.message();
    return {text.data(), text.size()};
}

std::string toString(const Status& status) {
    if (status.ok()) {
        return "OK";
    }
    return fmt::format("{}: {}", absl::StatusCodeToString(status.code()), messageOf(status));
}

namespace detail {

Status annotated(const Status& status, std::string context) {
    context += ": ";
    context += messageOf(status);
    return makeStatus(status.code(), context);
}

}  // namespace detail
}  // namespace weft
