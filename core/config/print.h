// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/options.h"

#include <string>

namespace weft::config {

/// All supported keys as a YAML file that can be read back; each value that is no default has its
/// origin as a comment. Secrets are comments too: "# password: redacted".
std::string printConfig(const NodeOptions& options);

/// The flags of weftd with types, defaults and a sentence for each; `program` stands in the usage.
std::string helpText(const std::string& program);

}  // namespace weft::config
