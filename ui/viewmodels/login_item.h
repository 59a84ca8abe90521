// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <QString>

namespace weft::viewmodels {

/// What the system does at login, as it stands there now.
struct LoginStanding {
    bool starts = false;
    /// Without showing the window.
    bool hidden = false;
    /// There is an entry, and the desktop was told to leave it alone.
    bool isTurnedOff = false;
    /// What it starts when that is not this program.
    QString otherProgram;

    friend bool operator==(const LoginStanding&, const LoginStanding&) = default;
};

/// Starting the program at login, in the way of one system. The program implements it.
/// Thread: main; blocks on the disk for a moment.
class LoginItem {
public:
    LoginItem() = default;
    LoginItem(const LoginItem&) = delete;
    LoginItem& operator=(const LoginItem&) = delete;
    virtual ~LoginItem() = default;

    /// Errors: kPermissionDenied, kInvalidArgument (what stands there cannot be understood),
    /// kUnavailable.
    virtual StatusOr<LoginStanding> read() const = 0;
    /// Wholly or not at all. Errors: kPermissionDenied, kResourceExhausted, kInvalidArgument (this
    /// program cannot be named there), kUnavailable.
    virtual Status write(bool starts, bool hidden) = 0;
};

}  // namespace weft::viewmodels
