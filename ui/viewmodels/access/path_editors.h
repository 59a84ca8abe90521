// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/access/policy_editor.h"

#include <map>
#include <string>

namespace weft::viewmodels {

/// Networks behind a member.
class RouteEditor final : public weft::viewmodels::PolicyEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(QString node READ node WRITE setNode NOTIFY changed)
    Q_PROPERTY(QStringList networks READ networks WRITE setNetworks NOTIFY changed)
    Q_PROPERTY(QString nextHop READ nextHop WRITE setNextHop NOTIFY changed)
    /// What everybody should know before the route holds; empty for most.
    Q_PROPERTY(QString warning READ warning NOTIFY changed)

public:
    RouteEditor(bridge::Bridge& bridge, QObject* parent);

    QString node() const { return node_; }
    void setNode(const QString& node);
    QStringList networks() const { return networks_; }
    void setNetworks(const QStringList& networks);
    QString nextHop() const { return nextHop_; }
    void setNextHop(const QString& nextHop);
    QString warning() const;

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;
    void check(QVariantMap& problems, bool missing) const override;

private:
    QString overlap() const;

    QString node_;
    QStringList networks_;
    QString nextHop_;
};

/// A connection between two members.
class EdgeEditor final : public weft::viewmodels::PolicyEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY changed)
    Q_PROPERTY(QString target READ target WRITE setTarget NOTIFY changed)
    Q_PROPERTY(QString weight READ weight WRITE setWeight NOTIFY changed)
    /// 0 the usual way, 1 ICE, 2 libp2p. Of a new edge only: a save takes no attribute away.
    Q_PROPERTY(int protocol READ protocol WRITE setProtocol NOTIFY changed)

public:
    EdgeEditor(bridge::Bridge& bridge, QObject* parent);

    QString source() const { return source_; }
    void setSource(const QString& source);
    QString target() const { return target_; }
    void setTarget(const QString& target);
    QString weight() const { return weight_; }
    void setWeight(const QString& weight);
    /// The edge between two members, or a new one with both filled in.
    Q_INVOKABLE void openBetween(const QString& source, const QString& target);
    int protocol() const;
    void setProtocol(int protocol);

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;
    void check(QVariantMap& problems, bool missing) const override;

private:
    QString source_;
    QString target_;
    QString weight_;
    std::map<std::string, std::string> attributes_;
};

}  // namespace weft::viewmodels
