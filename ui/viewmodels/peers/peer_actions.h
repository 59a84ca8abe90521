// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers/group_draft.h"
#include "ui/viewmodels/peers/peer_list.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// What can be done with the selected members of the list. Thread: main.
class PeerActions final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// Groups that members can be added to.
    Q_PROPERTY(QStringList groups READ groups NOTIFY changed)
    /// Why no group can be changed; empty when one can.
    Q_PROPERTY(QString groupsHint READ groupsHint NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    /// All outlive this.
    PeerActions(
        bridge::Bridge& bridge,
        const PeerList& list,
        const PeersModel& peers,
        DraftDesk& desk,
        QObject* parent = nullptr);

    const QStringList& groups() const { return names_; }
    QString groupsHint() const { return groups_.hint(); }
    QString errorText() const { return error_; }
    void setMesh(const api::ProfileId& profile, const QString& name);

    /// One on each line: IPv4 where there is one, or else IPv6.
    Q_INVOKABLE QString addresses() const;
    Q_INVOKABLE QString names() const;
    /// Without its length; empty: it has none.
    Q_INVOKABLE QString addressOf(const QString& peerId, bool ipv6) const;
    Q_INVOKABLE void addToGroup(int index);
    Q_INVOKABLE QString suggestedPath() const;
    Q_INVOKABLE QString noteFor(const QString& path) const;
    /// False, with an error text: nothing was written, an old file is as it was.
    Q_INVOKABLE bool writeCsv(const QString& path);
    Q_INVOKABLE void forget();

Q_SIGNALS:
    void changed();
    void done(const QString& text);

private:
    void listGroups();
    void setError(const QString& error);

    const PeerList& list_;
    const PeersModel& peers_;
    GroupDraft groups_;
    /// Kept, because QML reads the whole list for each entry that it looks at.
    QStringList names_;
    api::ProfileId profile_;
    QString mesh_;
    QString error_;
};

}  // namespace weft::viewmodels
