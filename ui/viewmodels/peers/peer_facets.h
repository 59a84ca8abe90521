// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"
#include "ui/viewmodels/peers/peer_row.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace weft::viewmodels {

/// What the rules of a mesh tell of its members, for filters and groups.
class PeerPolicy {
public:
    /// Null: nobody may see the rules, or they are not read yet.
    explicit PeerPolicy(const std::shared_ptr<const api::PolicyState>& policy = {});

    bool known() const { return known_; }
    /// Offers a way to everywhere, or to a network behind it.
    bool isExit(const std::string& id) const { return exits_.contains(id); }
    bool isRouter(const std::string& id) const { return routers_.contains(id); }
    /// "cameras + home": the groups that name the member; empty: none.
    QString groupsOf(const std::string& id) const { return groups_.value(id); }

    friend bool operator==(const PeerPolicy&, const PeerPolicy&) = default;

private:
    bool known_ = false;
    QHash<std::string, bool> exits_;
    QHash<std::string, bool> routers_;
    QHash<std::string, QString> groups_;
};

/// The filters of the list: those of one kind widen each other, those of different kinds narrow.
/// Counts how many members each of them would show. Thread: main.
class PeerFacets : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PeerList")
    Q_PROPERTY(bool any READ any NOTIFY changed)

public:
    enum class Facet {
        Fresh,
        Stale,
        Gone,
        NoContact,
        Direct,
        Relayed,
        Linked,
        Exit,
        Router,
        ThisZone,
    };
    Q_ENUM(Facet)
    static constexpr std::size_t kFacets = 10;

    using Mask = std::uint16_t;

    enum Role { FacetRole = Qt::UserRole + 1, NameRole, OnRole, CountRole, KindRole };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    bool any() const { return on_ != 0; }
    bool isOn(Facet facet) const;
    Q_INVOKABLE void toggle(weft::viewmodels::PeerFacets::Facet facet);
    void clear();

    /// Of which filters a member is. `zone` is that of this node.
    static Mask of(const PeerRow& row, const PeerPolicy& policy, const std::string& zone);
    /// Whether the filters that are on show it.
    bool accepts(Mask mask) const;

    /// A member came to these filters, or left them.
    void add(Mask mask);
    void take(Mask mask);
    void forgetCounts();
    /// Tells whoever looks that counts are others now; they are many at a time.
    void tellCounts();

Q_SIGNALS:
    void changed();

private:
    Mask on_ = 0;
    std::array<int, kFacets> counts_{};
    bool told_ = true;
};

}  // namespace weft::viewmodels
