// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/passed_metadata.h"

#include <algorithm>
#include <array>

namespace weft::services {

namespace {

// The proofs of a join and the conditions of a write. Each is about the call and no credential: who
// reads one cannot use it for anything else.
constexpr std::string_view kOwnPrefix = "x-weft-";
constexpr std::array<std::string_view, 2> kTraceHeaders{"traceparent", "tracestate"};

bool isPrintable(char letter) {
    return letter >= ' ' && letter <= '~';
}

bool isNameLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-'
           || letter == '_' || letter == '.';
}

bool canBeWritten(std::string_view name, std::string_view value) {
    return !name.empty() && std::ranges::all_of(name, isNameLetter)
           && (name.ends_with("-bin") || std::ranges::all_of(value, isPrintable));
}

// Names that belong to the transport.
bool isReserved(std::string_view name) {
    constexpr std::array<std::string_view, 6> kReserved{
        "content-type", "te", "user-agent", "host", "content-length", "connection"};
    return name.starts_with("grpc-") || std::ranges::find(kReserved, name) != kReserved.end();
}

}  // namespace

bool goesToLeader(std::string_view name, std::string_view value) {
    const bool listed = name.starts_with(kOwnPrefix)
                        || std::ranges::find(kTraceHeaders, name) != kTraceHeaders.end();
    return listed && canBeWritten(name, value);
}

bool comesBack(std::string_view name, std::string_view value) {
    return !isReserved(name) && canBeWritten(name, value);
}

bool fitsHeader(std::string_view text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' '
           && std::ranges::all_of(text, isPrintable);
}

}  // namespace weft::services
