// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/direct_ways.h"

namespace weft::mesh::v1 {
class DirectOffers;
class DirectReport;
}  // namespace weft::mesh::v1

namespace weft::services {

/// Errors: kInvalidArgument: more than a report may hold, or an endpoint that does not parse.
StatusOr<mesh::DirectReport> reportOf(const mesh::v1::DirectReport& message);
void toProto(const mesh::DirectReport& report, mesh::v1::DirectReport* message);

/// Lenient: kinds and reasons that are not known are the ones that ask for nothing. Offers past the
/// most that a node can have are left out.
mesh::DirectOffers offersOf(const mesh::v1::DirectOffers& message);
void toProto(const mesh::DirectOffers& offers, mesh::v1::DirectOffers* message);

}  // namespace weft::services
