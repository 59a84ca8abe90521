// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"

#include "weft/local/v1/logs.pb.h"

namespace weft::control {

// Between the messages of weft.local.v1.Logs and the core's values.

weft::local::v1::LogLevel toProto(api::LogLevel level);
/// A level that a newer daemon may tell is the highest one of a line.
api::LogLevel fromProto(weft::local::v1::LogLevel level);
api::LogBatch fromProto(const weft::local::v1::LogBatch& message);

}  // namespace weft::control
