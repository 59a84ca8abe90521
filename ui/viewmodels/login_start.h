// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/login_item.h"
#include "ui/viewmodels/preferences.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>

namespace weft::viewmodels {

/// The switch "start at login", which shows what the system says and not what was once asked.
/// Thread: main.
class LoginStart final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(bool available READ available CONSTANT)
    Q_PROPERTY(bool on READ on NOTIFY changed)
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    /// Both outlive this; `item` may be null.
    LoginStart(LoginItem* item, Preferences& preferences, QObject* parent = nullptr);

    bool available() const { return item_ != nullptr; }
    bool on() const { return standing_.starts; }
    /// What others made of the entry; empty when it is as Weft left it.
    QString noteText() const;
    QString errorText() const { return error_; }

    /// Looks again. Others change it without a word.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void setOn(bool on);

Q_SIGNALS:
    void changed();

private:
    /// Keeps the entry as hidden as it is wanted.
    void follow();
    void write(bool on);
    void take(const LoginStanding& standing, const QString& error);

    LoginItem* item_;
    Preferences& preferences_;
    LoginStanding standing_;
    QString error_;
};

}  // namespace weft::viewmodels
