// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/api/secret_store.h"
#include "ui/viewmodels/appearance.h"
#include "ui/viewmodels/core_choice.h"
#include "ui/viewmodels/look.h"
#include "ui/viewmodels/preferences.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// What the page of settings says beside the settings themselves: what this account may do, where
/// secrets are kept, what the program is made of.
/// Thread: main.
class SettingsViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString gradeText READ gradeText NOTIFY changed)
    Q_PROPERTY(QString gradeReason READ gradeReason NOTIFY changed)
    Q_PROPERTY(QString groupText READ groupText CONSTANT)
    Q_PROPERTY(QString joinCommand READ joinCommand NOTIFY changed)
    Q_PROPERTY(QString secretsText READ secretsText NOTIFY changed)
    Q_PROPERTY(weft::viewmodels::look::Tone secretsTone READ secretsTone NOTIFY changed)
    Q_PROPERTY(bool checkingSecrets READ checkingSecrets NOTIFY changed)
    Q_PROPERTY(QString socketPath READ socketPath CONSTANT)
    Q_PROPERTY(bool hasChanges READ hasChanges NOTIFY changed)
    Q_PROPERTY(QStringList libraries READ libraries CONSTANT)

public:
    /// All outlive this; `secrets` and `core` may be null.
    SettingsViewModel(
        Appearance& appearance,
        Preferences& preferences,
        api::SecretStore* secrets,
        CoreChoice* core,
        QObject* parent = nullptr);

    void setDaemon(api::LinkState link, const api::Capabilities& capabilities);

    /// What may be done here, in a sentence.
    QString gradeText() const;
    QString gradeReason() const;
    QString groupText() const;
    /// How to be let do more; empty where nothing is missing.
    QString joinCommand() const;
    QString secretsText() const;
    look::Tone secretsTone() const { return secretsTone_; }
    bool checkingSecrets() const { return checking_; }
    /// Empty for a core without one.
    QString socketPath() const;
    /// Whether some setting differs from its default.
    bool hasChanges() const;
    /// What the program is made of: "Qt 6.4.2 (LGPL-3.0)".
    QStringList libraries() const;

    /// Asks the keychain whether it could keep something. It may ask for its password.
    Q_INVOKABLE void checkSecrets();
    /// Everything but the meshes and what the system starts at login.
    Q_INVOKABLE void resetAll();

Q_SIGNALS:
    void changed();

private:
    bool isService() const;
    void takeSecrets(const Status& status);

    Appearance& appearance_;
    Preferences& preferences_;
    api::SecretStore* secrets_;
    CoreChoice* core_;
    api::LinkState link_ = api::LinkState::Connecting;
    api::Capabilities capabilities_;
    QString secretsText_;
    look::Tone secretsTone_ = look::Tone::Neutral;
    bool checking_ = false;
};

}  // namespace weft::viewmodels
