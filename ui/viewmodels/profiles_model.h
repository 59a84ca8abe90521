// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/viewmodels/connector.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// The meshes that this machine knows, with what can be done to each.
/// Thread: main.
class ProfilesModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(bool canKeepPasswords READ canKeepPasswords CONSTANT)

public:
    enum Role {
        ProfileIdRole = Qt::UserRole + 1,
        NameRole,
        StateRole,
        ToneRole,
        CurrentRole,
        ConnectedRole,
        AutoConnectRole,
        AcceptDnsRole,
        LockdownRole,
        KindRole,
        NodeIdRole,
        DomainRole,
    };

    ProfilesModel(
        bridge::Bridge& bridge,
        Connector& connector,
        const base::Clock& clock,
        QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(rows_.size()); }
    QString errorText() const { return error_; }
    bool busy() const { return open_ > 0; }
    bool canKeepPasswords() const { return connector_.canKeepPasswords(); }

    /// `isSilent`: the daemon is lost because it does not answer.
    void setState(
        const api::DaemonState& state, api::LinkState link, api::Grade grade, bool isSilent);
    void setCurrent(const api::ProfileId& id);
    /// The profile at `row`, or none.
    const api::Profile* profileAt(int row) const;

    Q_INVOKABLE void connectTo(const QString& profileId);
    Q_INVOKABLE void disconnectFrom(const QString& profileId);
    Q_INVOKABLE void setAutoConnect(const QString& profileId, bool on);
    /// Whether programs here find the names of the mesh, from the next connect on.
    Q_INVOKABLE void setAcceptDns(const QString& profileId, bool on);
    /// Whether nothing leaves this computer outside the tunnels while the mesh is to be connected.
    Q_INVOKABLE void setLockdown(const QString& profileId, bool on);
    Q_INVOKABLE void rename(const QString& profileId, const QString& name);
    /// Disconnects first; with `forget` the keys and the database go too and cannot come back.
    Q_INVOKABLE void removeProfile(const QString& profileId, bool forget);
    /// Kept in the keychain of the desktop. Empty removes it.
    Q_INVOKABLE void keepPassword(const QString& profileId, const QString& password);
    Q_INVOKABLE void dismissError();

Q_SIGNALS:
    void countChanged();
    void errorTextChanged();
    void busyChanged();
    /// Something that the user asked for was done; finished text.
    void done(const QString& text);

private:
    struct Row {
        api::Profile profile;
        QString name;
        QString state;
        look::Tone tone = look::Tone::Neutral;
        bool connected = false;

        friend bool operator==(const Row&, const Row&) = default;
    };

    void putProfile(const QString& profileId, const std::function<void(api::Profile&)>& change);
    void begin();
    void finish(const QString& what, const Status& status, const QString& doneText = {});

    bridge::Bridge& bridge_;
    Connector& connector_;
    const base::Clock& clock_;
    std::vector<Row> rows_;
    api::ProfileId current_;
    QString error_;
    int open_ = 0;
};

}  // namespace weft::viewmodels
