// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QObject>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// The invitations of a mesh, newest first. Codes are not among them: they are shown once.
class InvitationsModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by InviteViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        InvitationIdRole = Qt::UserRole + 1,
        TitleRole,
        DetailRole,
        StateRole,
        ToneRole,
        OpenRole,
    };

    explicit InvitationsModel(const base::Clock& clock, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(invitations_.size()); }

    void setInvitations(std::vector<api::Invitation> invitations);

Q_SIGNALS:
    void countChanged();

private:
    QString title(const api::Invitation& invitation) const;
    QString detail(const api::Invitation& invitation) const;

    const base::Clock& clock_;
    std::vector<api::Invitation> invitations_;
};

/// Inviting a device: makes a code, shows it once, lists and revokes.
/// Thread: main.
class InviteViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(bool listBusy READ listBusy NOTIFY busyChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(QString code READ code NOTIFY codeChanged)
    Q_PROPERTY(bool hasCode READ hasCode NOTIFY codeChanged)
    Q_PROPERTY(QString expiryText READ expiryText NOTIFY codeChanged)
    Q_PROPERTY(QString forText READ forText NOTIFY codeChanged)
    /// What the other side sees of the mesh's authority; empty until it is known.
    Q_PROPERTY(QString authority READ authority NOTIFY authorityChanged)
    Q_PROPERTY(weft::viewmodels::InvitationsModel* invitations READ invitations CONSTANT)

public:
    InviteViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent = nullptr);

    bool busy() const { return busy_; }
    bool listBusy() const { return listBusy_; }
    QString errorText() const { return error_; }
    QString code() const { return code_; }
    bool hasCode() const { return !code_.isEmpty(); }
    QString expiryText() const { return expiry_; }
    QString forText() const { return for_; }
    QString authority() const { return authority_; }
    InvitationsModel* invitations() { return &invitations_; }

    void setMesh(const api::ProfileId& profile);

    /// `nodeId` empty: any name. `hours` is how long the code can be used.
    Q_INVOKABLE void create(const QString& nodeId, const QString& note, int hours);
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void revoke(const QString& invitationId);
    /// Forgets the code; at closing, because it is a secret.
    Q_INVOKABLE void forgetCode();

Q_SIGNALS:
    void busyChanged();
    void errorTextChanged();
    void codeChanged();
    void authorityChanged();

private:
    void setBusy(bool busy);
    void setError(const QString& error);
    void takeCode(const api::NewInvitation& made);
    void askAuthority(const std::string& code);
    void setAuthority(const QString& authority);

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    api::ProfileId profile_;
    InvitationsModel invitations_;
    bool busy_ = false;
    bool listBusy_ = false;
    QString error_;
    QString code_;
    QString expiry_;
    QString for_;
    QString authority_;
};

}  // namespace weft::viewmodels
