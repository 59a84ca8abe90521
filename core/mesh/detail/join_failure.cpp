// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/join_failure.h"

#include "core/base/text.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string>

namespace weft::mesh::detail {
namespace {

constexpr std::size_t kMaxShownBytes = 400;

/// The one place that looks into a text: a transport reports every kind of broken handshake with
/// one code, and what people must do differs.
bool mentions(const std::string& lowerText, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&lowerText](std::string_view word) {
        return lowerText.find(word) != std::string::npos;
    });
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char symbol) {
        return static_cast<char>(std::tolower(symbol));
    });
    return text;
}

AttemptResult unprovenServer(std::string_view server, std::string_view shown) {
    return {
        false,
        unauthenticated(
            "{} does not prove that it belongs to this mesh: check the address, and whether both "
            "sides use TLS with the same authority ({})",
            server,
            shown)};
}

AttemptResult judgeUnreachable(
    const Status& status, std::string_view server, const std::string& text) {
    const auto shown = base::escapeForLine(messageOf(status), kMaxShownBytes);
    const auto lowerText = lower(text);
    if (mentions(lowerText, {"not yet valid", "has expired", "certificate expired"})) {
        return {
            false,
            unauthenticated(
                "a certificate is not valid at this time: check the clocks of this machine and of "
                "{}, then renew the certificate ({})",
                server,
                shown)};
    }
    if (mentions(
            lowerText,
            {"verify failed",
             "verify_failed",
             "unknown ca",
             "self signed",
             "self-signed",
             "hostname verification",
             "wrong version number"})) {
        return unprovenServer(server, shown);
    }
    if (mentions(lowerText, {"refused"})) {
        return {
            true,
            unavailable(
                "nothing answers at {} (connection refused): check address, port and whether the "
                "server runs",
                server)};
    }
    return {
        true, unavailable("{} cannot be reached: check address and network ({})", server, shown)};
}

AttemptResult judgeUnauthenticated(
    const Status& status, std::string_view server, const std::string& text, bool showsPassword) {
    if (showsPassword && !mentions(lower(text), {"certificate"})) {
        return {
            false,
            unauthenticated(
                "{} does not accept the user name or the password of this node: check both ({})",
                server,
                base::escapeForLine(text, kMaxShownBytes))};
    }
    if (mentions(lower(text), {"not yet valid", "expired", "clock"})) {
        return judgeUnreachable(status, server, "certificate expired");
    }
    // What this node's own look at the server says: nobody asked it for a proof.
    if (mentions(lower(text), {"the server's certificate"})) {
        return unprovenServer(server, base::escapeForLine(text, kMaxShownBytes));
    }
    return {
        false,
        unauthenticated(
            "{} wants a proof of who this node is: enrol with an invitation, or set certificate or "
            "password ({})",
            server,
            base::escapeForLine(text, kMaxShownBytes))};
}

}  // namespace

AttemptResult judgeFailure(const Status& status, std::string_view server, bool showsPassword) {
    const auto text = messageOf(status);
    if (status.ok()) {
        return {};
    }
    switch (status.code()) {
    case StatusCode::kUnavailable:
        return judgeUnreachable(status, server, text);
    case StatusCode::kUnauthenticated:
        return judgeUnauthenticated(status, server, text, showsPassword);
    case StatusCode::kUnimplemented:
        return {
            false,
            unimplemented(
                "{} does not speak this version of the mesh's protocol: update the older side, "
                "or choose a storage member's address ({})",
                server,
                base::escapeForLine(text, kMaxShownBytes))};
    case StatusCode::kAlreadyExists:
        return {
            false,
            alreadyExists(
                "the name is taken: choose another node name, or let an administrator release "
                "this one ({})",
                base::escapeForLine(text, kMaxShownBytes))};
    case StatusCode::kPermissionDenied:
    case StatusCode::kInvalidArgument:
    case StatusCode::kOutOfRange:
        return {false, annotate(status, "{} refuses", server)};
    case StatusCode::kFailedPrecondition:
        // A member that does not lead now may lead later, or another address does.
        return {mentions(text, {"leader"}), annotate(status, "{} refuses", server)};
    default:
        return {true, annotate(status, "{}", server)};
    }
}

}  // namespace weft::mesh::detail
