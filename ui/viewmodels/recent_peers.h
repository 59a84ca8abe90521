// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "ui/viewmodels/look.h"
#include "ui/viewmodels/peers_model.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// A member as a short list shows it.
struct RecentPeer {
    QString peerId;
    QString name;
    /// Empty when it has none.
    QString address;
    QString state;
    look::Tone tone = look::Tone::Neutral;

    friend bool operator==(const RecentPeer&, const RecentPeer&) = default;
};

/// The members that were heard last, and of those that were never heard the ones that joined last.
/// This node is none of them.
std::vector<RecentPeer> recentPeers(const PeersModel& peers, WallTime now, std::size_t most);

/// Those of them that the menu of the tray and its panel show. Not renewed by itself.
/// Thread: main.
class RecentPeers final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    static constexpr std::size_t kMost = 10;

    enum Role { PeerIdRole = Qt::UserRole + 1, NameRole, AddressRole, StateRole, ToneRole };

    RecentPeers(const PeersModel& peers, const base::Clock& clock, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }
    const std::vector<RecentPeer>& rows() const { return rows_; }

    void refresh();

Q_SIGNALS:
    void countChanged();

private:
    const PeersModel& peers_;
    const base::Clock& clock_;
    std::vector<RecentPeer> rows_;
};

}  // namespace weft::viewmodels
