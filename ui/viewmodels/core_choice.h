// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// Which core the window works with: its own, one that runs as a service, or a sandbox. The program
/// implements it, because changing over means to build everything above the core anew.
/// Thread: main.
class CoreChoice {
public:
    CoreChoice() = default;
    CoreChoice(const CoreChoice&) = delete;
    CoreChoice& operator=(const CoreChoice&) = delete;
    virtual ~CoreChoice() = default;

    /// "Built in", or the socket that the window is attached to.
    virtual QString currentText() const = 0;
    virtual bool isEmbedded() const = 0;
    /// Sockets at the usual places that exist now.
    virtual QStringList foundSockets() const = 0;

    /// Changes over to the service at `path`. On success everything that was made over the old
    /// core is gone soon after `done` ran on the main thread.
    /// Errors: kNotFound no socket is there; kPermissionDenied it may not be opened; kUnavailable
    /// nothing listens. The window then keeps what it has.
    virtual void attach(const QString& path, StatusCallback done) = 0;
    virtual void embed(StatusCallback done) = 0;

    /// Whether nothing that the window shows is real.
    virtual bool isSandbox() const = 0;
    /// Changes over to a fresh simulated mesh. The core of now goes on beside it, unseen.
    virtual void openSandbox() = 0;
    /// Back to the core from before, and the sandbox is gone.
    virtual void leaveSandbox() = 0;
};

}  // namespace weft::viewmodels
