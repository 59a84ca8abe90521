// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/secret_store.h"
#include "ui/bridge/bridge.h"

#include <QObject>

#include <functional>

namespace weft::viewmodels {

/// Connects and disconnects profiles, with the password from the keychain if one is kept there.
/// A keychain that is locked or absent does not stop a connection: most profiles need no password.
/// Thread: main.
class Connector final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const Status&)>;

    /// `secrets` may be null: there is no keychain. Both outlive this.
    Connector(bridge::Bridge& bridge, api::SecretStore* secrets, QObject* parent = nullptr);

    /// `done` runs on the main thread unless `context` is gone by then.
    void connectProfile(const api::ProfileId& id, QObject* context, Done done);
    void disconnectProfile(const api::ProfileId& id, QObject* context, Done done);

    bool canKeepPasswords() const { return secrets_ != nullptr; }
    /// Empty removes it. `done` as above.
    void keepPassword(
        const api::ProfileId& id, const std::string& password, QObject* context, Done done);

private:
    bridge::Bridge& bridge_;
    api::SecretStore* secrets_;
};

}  // namespace weft::viewmodels
