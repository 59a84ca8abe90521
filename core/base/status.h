// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace weft {

/// The result of what can fail. Its codes are gRPC's, so that a failure deep in storage reaches a
/// remote client unchanged. Ignoring one is a compiler warning.
using Status = absl::Status;
using StatusCode = absl::StatusCode;
template <typename T>
using StatusOr = absl::StatusOr<T>;

inline Status okStatus() {
    return absl::OkStatus();
}

/// A status with `code` and the text as is.
Status makeStatus(StatusCode code, std::string_view text);

/// The text of a status, for people. Nobody parses it.
std::string messageOf(const Status& status);

/// "NOT_FOUND: peer alpha": code and text, for logs.
std::string toString(const Status& status);

namespace detail {
Status annotated(const Status& status, std::string context);
}  // namespace detail

/// Adds context in front of the text of a failure: "joining home: no address to dial". Leaves ok
/// alone. Once per layer.
template <typename... Args>
Status annotate(const Status& status, fmt::format_string<Args...> format, Args&&... args) {
    if (status.ok()) {
        return status;
    }
    return detail::annotated(status, fmt::format(format, std::forward<Args>(args)...));
}

template <typename... Args>
Status cancelled(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kCancelled, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status invalidArgument(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kInvalidArgument, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status deadlineExceeded(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kDeadlineExceeded, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status notFound(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kNotFound, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status alreadyExists(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kAlreadyExists, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status permissionDenied(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kPermissionDenied, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status unauthenticated(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kUnauthenticated, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status resourceExhausted(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kResourceExhausted, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status failedPrecondition(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(
        StatusCode::kFailedPrecondition, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status aborted(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kAborted, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status outOfRange(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kOutOfRange, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status unimplemented(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kUnimplemented, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status internalError(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kInternal, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status unavailable(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kUnavailable, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Status dataLoss(fmt::format_string<Args...> format, Args&&... args) {
    return makeStatus(StatusCode::kDataLoss, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace weft

#define WEFT_CONCAT_INNER(a, b) a##b
#define WEFT_CONCAT(a, b) WEFT_CONCAT_INNER(a, b)

/// Leaves the function with the status when it is a failure.
#define WEFT_RETURN_IF_ERROR(expression)          \
    do {                                          \
        ::weft::Status weftStatus = (expression); \
        if (!weftStatus.ok()) {                   \
            return weftStatus;                    \
        }                                         \
    } while (false)

/// WEFT_ASSIGN_OR_RETURN(auto file, open(path)): leaves the function with the failure, or assigns.
#define WEFT_ASSIGN_OR_RETURN(left, expression) \
    WEFT_ASSIGN_OR_RETURN_INNER(WEFT_CONCAT(weftResult, __LINE__), left, expression)
#define WEFT_ASSIGN_OR_RETURN_INNER(result, left, expression)                           \
    auto result = (expression); /* NOLINT(bugprone-macro-parentheses): a declaration */ \
    if (!(result).ok()) {                                                               \
        return std::move(result).status();                                              \
    }                                                                                   \
    left = *std::move(result) /* NOLINT(bugprone-macro-parentheses): a declaration */
