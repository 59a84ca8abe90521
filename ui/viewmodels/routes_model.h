// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "ui/viewmodels/look.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

#include <vector>

namespace weft::viewmodels {

/// Networks that the mesh leads to, or that this node offers: one part of the page of routes.
/// Thread: main.
class RoutesModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by RoutesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)

public:
    enum Role {
        /// Which route it is: opaque, and whole even when the node's id is not text.
        RouteKeyRole = Qt::UserRole + 1,
        NetworkRole,
        /// Who leads to it; empty for a network of the mesh itself.
        NodeRole,
        TitleRole,
        DetailRole,
        BadgeRole,
        ToneRole,
        IconRole,
        CanAcceptRole,
        CanRefuseRole,
        CanForgetRole,
        QuestionRole,
        ConsequencesRole,
        PublicKeyRole,
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(routes_.size()); }

    /// How many there are when nothing is searched for.
    int total() const { return total_; }

    /// Those of them in which `search` is found: words of the network, the member or the state, or
    /// an address in the network.
    /// Rows that stay are not made anew, and keep the keyboard.
    void setRoutes(std::vector<api::MeshRoute> routes, const QString& search = {});

Q_SIGNALS:
    void countChanged();

private:
    bool setInPlace(std::vector<api::MeshRoute>& routes);

    std::vector<api::MeshRoute> routes_;
    int total_ = 0;
};

/// This node offers it to the mesh, or is to.
bool isOwnRoute(const api::MeshRoute& route);

/// A route as QML names it, and back. What is no key is a route of nobody.
QString toRouteKey(const api::MeshRoute& route);
api::MeshRoute fromRouteKey(const QString& routeKey);

/// "The Internet (0.0.0.0/0)", "10.1.0.0/24".
QString routeTitle(const api::MeshRoute& route);

}  // namespace weft::viewmodels
