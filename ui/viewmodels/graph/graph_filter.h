// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/graph/mesh_graph.h"

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// What is looked for in the graph. What does not match stays and is drawn faintly.
/// Thread: main.
class GraphFilter final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by GraphViewModel")
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY changed)
    Q_PROPERTY(bool online READ online WRITE setOnline NOTIFY changed)
    Q_PROPERTY(bool routers READ routers WRITE setRouters NOTIFY changed)
    Q_PROPERTY(bool exits READ exits WRITE setExits NOTIFY changed)
    /// Empty: all of them.
    Q_PROPERTY(QString zone READ zone WRITE setZone NOTIFY changed)
    Q_PROPERTY(bool active READ active NOTIFY changed)
    /// The zones that there are, sorted.
    Q_PROPERTY(QStringList zones READ zones NOTIFY zonesChanged)

public:
    explicit GraphFilter(QObject* parent) : QObject(parent) {}

    QString searchText() const { return search_; }
    void setSearchText(const QString& text);
    bool online() const { return online_; }
    void setOnline(bool online);
    bool routers() const { return routers_; }
    void setRouters(bool routers);
    bool exits() const { return exits_; }
    void setExits(bool exits);
    QString zone() const { return zone_; }
    void setZone(const QString& zone);
    bool active() const;
    QStringList zones() const { return zones_; }

    void setZones(const QStringList& zones);
    bool accepts(const MapNode& node) const;
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void changed();
    void zonesChanged();

private:
    template <typename T>
    void set(T& field, const T& value);

    QString search_;
    QStringList words_;
    bool online_ = false;
    bool routers_ = false;
    bool exits_ = false;
    QString zone_;
    QStringList zones_;
};

}  // namespace weft::viewmodels
