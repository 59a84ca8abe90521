// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/link/link_options.h"

#include <memory>

namespace grpc {
class CallCredentials;
}  // namespace grpc

namespace weft::services {

/// Sends the user name and the password with every call of an encrypted channel.
std::shared_ptr<grpc::CallCredentials> passwordCredentials(const PasswordCredential& credential);

}  // namespace weft::services
