// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/clock.h"
#include "ui/viewmodels/peers/peer_row.h"
#include "ui/viewmodels/peers/peer_words.h"

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// The members of the shown mesh, in the order in which they came.
/// Thread: main.
class PeersModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY loadedChanged)

public:
    enum Role {
        PeerIdRole = Qt::UserRole + 1,
        NameRole,
        StateRole,
        StateIconRole,
        ToneRole,
        AddressRole,
        ZoneRole,
        FeaturesRole,
        JoinedRole,
        SelfRole,
        RoleWordRole,
        InitialRole,
        FlowingRole,
        HandshakeRole,
    };

    using Row = PeerRow;

    explicit PeersModel(const base::Clock& clock, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(rows_.size()); }
    /// Whether the first list came.
    bool loaded() const { return loaded_; }

    void apply(const api::PeersUpdate& update);
    void clear();
    /// Reads the texts anew that say how long ago something was.
    void refreshAges();
    /// Takes back the rates of members of whom no figures came lately: what is idle is not told.
    void settleRates();

    const Row& rowAt(int row) const { return rows_.at(static_cast<std::size_t>(row)); }
    /// The member of that id; null when it is gone.
    const api::Peer* find(const std::string& id) const;
    const Row* findRow(const std::string& id) const;
    /// -1 when it is gone.
    int rowOf(const std::string& id) const;
    /// This node; null while it is not known.
    const api::Peer* self() const;
    WallTime now() const { return clock_.wallNow(); }

Q_SIGNALS:
    void countChanged();
    void loadedChanged();
    /// The members of these rows answer, or do not any more, by the clock alone.
    void livenessChanged(const std::vector<int>& rows);
    /// A member changed or went; empty when many did at once.
    void peerChanged(const std::string& id);

private:
    void replaceAll(const std::vector<api::Peer>& peers);
    /// The same in place, which keeps where people are in the list. False when too much differs.
    bool replaceInPlace(const std::vector<api::Peer>& peers);
    void put(const api::Peer& peer);
    void remove(const std::string& id);
    void setLoaded(bool loaded);

    const base::Clock& clock_;
    const QCollator collator_ = peerCollator();
    std::vector<Row> rows_;
    QHash<QByteArray, int> rowById_;
    bool loaded_ = false;
};

}  // namespace weft::viewmodels
