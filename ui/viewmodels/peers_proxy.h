// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers_model.h"

#include <QCollator>
#include <QQmlEngine>
#include <QSortFilterProxyModel>

namespace weft::viewmodels {

/// The members that match the search, in the chosen order. This node always comes first.
/// Thread: main.
class PeersProxy final : public QSortFilterProxyModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY filterChanged)
    Q_PROPERTY(Shown shown READ shown WRITE setShown NOTIFY filterChanged)
    Q_PROPERTY(SortKey sortKey READ sortKey NOTIFY orderChanged)
    Q_PROPERTY(bool ascending READ ascending NOTIFY orderChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY countChanged)

public:
    enum class SortKey { Name, Address, State, Zone, Joined, Traffic, Handshake };
    Q_ENUM(SortKey)

    /// Silent: there is a tunnel to them, and they do not answer.
    enum class Shown { All, Linked, Silent };
    Q_ENUM(Shown)

    explicit PeersProxy(PeersModel& peers, QObject* parent = nullptr);

    QString searchText() const { return search_; }
    void setSearchText(const QString& text);
    Shown shown() const { return shown_; }
    void setShown(Shown shown);
    SortKey sortKey() const { return sortKey_; }
    bool ascending() const { return ascending_; }
    int count() const { return rowCount(); }
    /// "12 members", "3 of 12 members".
    QString countText() const;

    /// The same key again turns the order round.
    Q_INVOKABLE void sortBy(weft::viewmodels::PeersProxy::SortKey key);
    Q_INVOKABLE void clearFilters();
    /// The row of a member, -1 when it is not in the list now.
    Q_INVOKABLE int rowOf(const QString& peerId) const;
    Q_INVOKABLE QString idAt(int row) const;

Q_SIGNALS:
    void filterChanged();
    void orderChanged();
    void countChanged();

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool isShown(const PeersModel::Row& row) const;
    int compare(const PeersModel::Row& left, const PeersModel::Row& right) const;

    PeersModel& peers_;
    QCollator collator_;
    QString search_;
    QStringList words_;
    Shown shown_ = Shown::All;
    SortKey sortKey_ = SortKey::Name;
    bool ascending_ = true;
};

}  // namespace weft::viewmodels
