// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/access/policy_editor.h"

namespace weft::viewmodels {

/// A rule for which nodes may reach which.
class RuleEditor final : public weft::viewmodels::PolicyEditor {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AccessViewModel")
    /// What is typed: may be no number yet.
    Q_PROPERTY(QString priority READ priority WRITE setPriority NOTIFY changed)
    Q_PROPERTY(bool accepts READ accepts WRITE setAccepts NOTIFY changed)
    /// Ids, "group:NAME" and `*`.
    Q_PROPERTY(QStringList sources READ sources WRITE setSources NOTIFY changed)
    Q_PROPERTY(QStringList destinations READ destinations WRITE setDestinations NOTIFY changed)
    Q_PROPERTY(
        QStringList sourceNetworks READ sourceNetworks WRITE setSourceNetworks NOTIFY changed)
    Q_PROPERTY(QStringList destinationNetworks READ destinationNetworks WRITE setDestinationNetworks
                   NOTIFY changed)
    /// What the rule says, in a sentence.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    /// Which rules are asked just before and after it.
    Q_PROPERTY(QString neighbours READ neighbours NOTIFY changed)
    /// No rule lets the answers back: there will be no tunnel.
    Q_PROPERTY(bool oneWay READ oneWay NOTIFY changed)
    /// Whether a save makes the rule for the way back too.
    Q_PROPERTY(bool withWayBack READ withWayBack WRITE setWithWayBack NOTIFY changed)

public:
    RuleEditor(bridge::Bridge& bridge, QObject* parent);

    QString priority() const { return priority_; }
    void setPriority(const QString& priority);
    bool accepts() const { return accepts_; }
    void setAccepts(bool accepts);
    QStringList sources() const { return sources_; }
    void setSources(const QStringList& sources);
    QStringList destinations() const { return destinations_; }
    void setDestinations(const QStringList& destinations);
    QStringList sourceNetworks() const { return sourceNetworks_; }
    void setSourceNetworks(const QStringList& networks);
    QStringList destinationNetworks() const { return destinationNetworks_; }
    void setDestinationNetworks(const QStringList& networks);
    QString sentence() const;
    QString neighbours() const;
    bool oneWay() const;
    bool withWayBack() const { return withWayBack_; }
    void setWithWayBack(bool with);

protected:
    api::PolicyObject build() const override;
    void load(const api::PolicyObject* object) override;
    void check(QVariantMap& problems, bool missing) const override;
    void saved() override;
    std::vector<api::PolicyObject> companions() const override;
    void draftTaken() override;

private:
    api::NetworkAcl acl() const;
    /// The rule beside it that allows the other direction.
    api::NetworkAcl wayBack() const;
    /// Between the highest rule that people made and the system's.
    int freePriority() const;
    template <typename Field>
    void set(Field& field, const Field& value);

    QString priority_;
    bool accepts_ = true;
    bool withWayBack_ = false;
    QStringList sources_;
    QStringList destinations_;
    QStringList sourceNetworks_;
    QStringList destinationNetworks_;
};

}  // namespace weft::viewmodels
