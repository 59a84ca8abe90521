// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bridge/bridge.h"
#include "ui/viewmodels/routes_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace weft::viewmodels {

/// The ways to the Internet that members of the shown mesh offer. Read anew when something of the
/// mesh changes, whether somebody looks or not: the tray says which one is used.
/// Thread: main.
class ExitNodes final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    /// The member through which this computer reaches the Internet; empty for none.
    Q_PROPERTY(QString inUse READ inUse NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// What is asked before one is used, as the page of routes asks it.
    Q_PROPERTY(QString askedKey READ askedKey NOTIFY asked)
    Q_PROPERTY(QString question READ question NOTIFY asked)
    Q_PROPERTY(QString publicKey READ publicKey NOTIFY asked)
    Q_PROPERTY(QStringList consequences READ consequences NOTIFY asked)

public:
    explicit ExitNodes(bridge::Bridge& bridge, QObject* parent = nullptr);

    QString inUse() const { return inUse_; }
    int count() const { return offers_.count(); }
    QString askedKey() const { return textOfAsked(RoutesModel::RouteKeyRole); }
    QString question() const { return textOfAsked(RoutesModel::QuestionRole); }
    QString publicKey() const { return textOfAsked(RoutesModel::PublicKeyRole); }
    QStringList consequences() const;
    /// One for each family of addresses of each member.
    const RoutesModel& offers() const { return offers_; }

    void setMesh(const api::ProfileId& profile);
    /// Something of the mesh has changed: read anew while `readable`.
    void follow(bool readable);

    /// Asks before it is used.
    Q_INVOKABLE void choose(const QString& routeKey);
    /// Back to the way there was before the mesh.
    Q_INVOKABLE void useNone();

Q_SIGNALS:
    void changed();
    /// There is something to ask the user: see `question`.
    void asked();
    /// A member that waits for an answer, told once.
    void offered(const QString& node);
    /// What was asked for did not work; a finished text.
    void failed(const QString& text);

private:
    void ask();
    void take(const StatusOr<std::vector<api::MeshRoute>>& routes);
    void forget(const api::MeshRoute& route, bool toAll);
    QString textOfAsked(int role) const;

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    RoutesModel offers_;
    std::vector<api::MeshRoute> used_;
    QString inUse_;
    /// Row in `offers_`; -1 for none.
    int askedRow_ = -1;
    std::set<std::pair<api::ProfileId, std::string>> told_;
    /// Meshes that were read, or seen while there was nothing to read: what comes later is news.
    std::set<api::ProfileId> watched_;
    std::uint64_t number_ = 0;
    bool asking_ = false;
    /// Something changed while it was being asked.
    bool again_ = false;
};

}  // namespace weft::viewmodels
