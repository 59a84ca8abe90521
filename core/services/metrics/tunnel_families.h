// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/metrics/tunnel_figures.h"

#include <vector>

#include <prometheus/metric_family.h>

namespace weft::services {

/// The series of a tunnel interface.
std::vector<prometheus::MetricFamily> tunnelFamilies(const TunnelFigures& tunnel);

}  // namespace weft::services
