// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/secret_store.h"

#include <QObject>
#include <QSettings>

namespace weft::app {

/// Secrets in the keychain of the desktop. There is no other place: without a keychain nothing is
/// kept. The names of what is kept stand in the settings, so that a start does not ask for the
/// keychain's password when there is nothing in it.
/// Thread: main.
class KeychainStore final : public QObject, public api::SecretStore {
    Q_OBJECT

public:
    /// `settings` outlives this.
    explicit KeychainStore(QSettings& settings, QObject* parent = nullptr);

    void check(StatusCallback done) override;
    void read(const std::string& name, Callback<std::string> done) override;
    void write(const std::string& name, const std::string& secret, StatusCallback done) override;
    void remove(const std::string& name, StatusCallback done) override;

private:
    QSettings& settings_;
};

}  // namespace weft::app
