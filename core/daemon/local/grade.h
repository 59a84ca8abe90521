// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/status.h"

#include <span>
#include <string_view>

namespace weft::daemon {

/// One row of the local server's authorisation table.
struct GradeRow {
    /// As on the wire: "/v1.AppDaemon/Connect".
    std::string_view method;
    /// The lowest grade that may call it.
    api::Grade grade = api::Grade::Administer;
};

/// Every method of v1.AppDaemon and of weft.local.v1, sorted by name.
std::span<const GradeRow> gradeRows();

/// The services of the local server, as their descriptors name them.
std::span<const std::string_view> localServices();

/// Whether a caller of `grade` may call `method`.
/// Errors: kPermissionDenied, also for a method that has no row.
Status authorise(std::string_view method, api::Grade grade);

/// Whether a call of `method` is worth a line in the audit log: every one but those of observers.
bool changesSomething(std::string_view method);

/// Walks the descriptors of `services`.
/// Errors: kFailedPrecondition  a method has no row, or a service is unknown; the daemon does not
///                              start then
Status checkGradeRows(std::span<const GradeRow> rows, std::span<const std::string_view> services);

/// "observe", "operate", "administer", "none".
std::string_view nameOf(api::Grade grade);

}  // namespace weft::daemon
