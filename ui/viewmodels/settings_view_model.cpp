// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/settings_view_model.h"

#include "ui/viewmodels/words.h"

#include <QPointer>

#include <array>

namespace weft::viewmodels {
namespace {

struct Library {
    const char* name;
    /// SPDX identifiers.
    const char* licence;
};

constexpr std::array kLibraries{
    Library{"Abseil", "Apache-2.0"},
    Library{"Asio", "BSL-1.0"},
    Library{"CLI11", "BSD-3-Clause"},
    Library{"fmt", "MIT"},
    Library{"gRPC", "Apache-2.0"},
    Library{"libsodium", "ISC"},
    Library{"OpenSSL", "Apache-2.0"},
    Library{"Protocol Buffers", "BSD-3-Clause"},
    Library{"QR Code generator", "MIT"},
    Library{"QtKeychain", "BSD-3-Clause"},
    Library{"spdlog", "MIT"},
    Library{"SQLite", "blessing"},
    Library{"toml++", "MIT"},
    Library{"yaml-cpp", "MIT"}};

}  // namespace

SettingsViewModel::SettingsViewModel(
    Appearance& appearance,
    Preferences& preferences,
    api::SecretStore* secrets,
    CoreChoice* core,
    QObject* parent)
    : QObject(parent)
    , appearance_(appearance)
    , preferences_(preferences)
    , secrets_(secrets)
    , core_(core) {
    connect(&appearance_, &Appearance::changed, this, &SettingsViewModel::changed);
    connect(&preferences_, &Preferences::changed, this, &SettingsViewModel::changed);
}

void SettingsViewModel::setDaemon(api::LinkState link, const api::Capabilities& capabilities) {
    link_ = link;
    capabilities_ = capabilities;
    Q_EMIT changed();
}

bool SettingsViewModel::isService() const {
    return core_ != nullptr && !core_->isEmbedded() && !core_->isSandbox();
}

QString SettingsViewModel::gradeText() const {
    if (link_ != api::LinkState::Ready) {
        return tr("Not known while the service does not answer");
    }
    switch (capabilities_.grade) {
    case api::Grade::Administer:
        return tr("Administer: look, connect, and change everything");
    case api::Grade::Operate:
        return tr("Operate: look, connect, and change meshes");
    case api::Grade::Observe:
        return tr("Observe: look, and change nothing");
    case api::Grade::None:
        break;
    }
    return tr("Nothing: the service lets this account do nothing");
}

QString SettingsViewModel::gradeReason() const {
    if (core_ != nullptr && core_->isSandbox()) {
        return tr("A sandbox belongs to who started it.");
    }
    if (!isService()) {
        return tr("The built-in core belongs to the account that runs this window.");
    }
    if (link_ == api::LinkState::Ready && capabilities_.grade >= api::Grade::Administer) {
        return tr("The service runs for this account, or grants it everything.");
    }
    return tr("The service decides by the groups of the account, at the time it connects.");
}

QString SettingsViewModel::groupText() const {
    return tr("Members of the group weft may use the service of this computer. After joining it, "
              "log out and in again.");
}

QString SettingsViewModel::joinCommand() const {
    const bool lacks = link_ == api::LinkState::Ready && capabilities_.grade < api::Grade::Operate;
    return isService() && lacks ? QStringLiteral("sudo usermod -aG weft $USER") : QString();
}

QString SettingsViewModel::secretsText() const {
    if (secrets_ == nullptr) {
        return tr("There is no keychain here: passwords are asked for each time.");
    }
    return secretsText_.isEmpty()
               ? tr("Passwords of meshes are kept in the keychain of the desktop (Secret Service "
                    "or KWallet) and nowhere else.")
               : secretsText_;
}

QString SettingsViewModel::socketPath() const {
    return isService() ? core_->currentText() : QString();
}

bool SettingsViewModel::hasChanges() const {
    return !appearance_.changedSettings().isEmpty() || !preferences_.changedSettings().isEmpty();
}

QStringList SettingsViewModel::libraries() const {
    QStringList all{QStringLiteral("Qt %1 (LGPL-3.0-only)").arg(QLatin1String(qVersion()))};
    for (const Library& library : kLibraries) {
        all.append(QStringLiteral("%1 (%2)").arg(
            QLatin1String(library.name), QLatin1String(library.licence)));
    }
    return all;
}

void SettingsViewModel::checkSecrets() {
    if (secrets_ == nullptr || checking_) {
        return;
    }
    checking_ = true;
    Q_EMIT changed();
    secrets_->check([guard = QPointer(this)](const Status& status) {
        if (guard) {
            guard->takeSecrets(status);
        }
    });
}

void SettingsViewModel::takeSecrets(const Status& status) {
    checking_ = false;
    secretsTone_ = status.ok() ? look::Tone::Ok : look::Tone::Warn;
    secretsText_ = status.ok() ? tr("The keychain answers and can keep passwords.")
                               : errorSentence(tr("No password can be kept now"), status);
    Q_EMIT changed();
}

void SettingsViewModel::resetAll() {
    preferences_.resetAll();
    appearance_.resetAll();
}

}  // namespace weft::viewmodels
