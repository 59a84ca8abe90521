// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include <string>

namespace weft::api {

/// Where a front end keeps credentials: the keychain of the desktop. No plain-text fallback.
///
/// Errors: kNotFound          nothing is stored under the name
///         kUnavailable       there is no keychain, or it is locked; asking again may help
///         kPermissionDenied  the user or the keychain refused
/// Thread: main; `done` runs on the main thread.
class SecretStore {
public:
    SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;
    virtual ~SecretStore() = default;

    /// Whether something could be kept now; the keychain may ask the user for its password.
    virtual void check(StatusCallback done) = 0;
    virtual void read(const std::string& name, Callback<std::string> done) = 0;
    virtual void write(const std::string& name, const std::string& secret, StatusCallback done) = 0;
    virtual void remove(const std::string& name, StatusCallback done) = 0;
};

}  // namespace weft::api
