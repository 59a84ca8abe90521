// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/connection_view_model.h"
#include "ui/viewmodels/peers_model.h"
#include "ui/viewmodels/profiles_model.h"

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QString>

#include <vector>

namespace weft::viewmodels {

/// What can be done, found by typing some words of it: pages and actions of the window, meshes, and
/// members. Each line says how the command line does the same.
/// Thread: main.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        DetailRole,
        IconRole,
        CommandRole,
    };

    /// At most so many lines, of which members take at most so many.
    static constexpr std::size_t kMostRows = 60;
    static constexpr std::size_t kMostPeers = 12;

    /// All outlive it.
    PaletteModel(
        ProfilesModel& profiles,
        const PeersModel& peers,
        const ConnectionViewModel& connection,
        QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString query() const { return query_; }
    /// An empty one lists the actions and the meshes.
    void setQuery(const QString& query);
    int count() const { return static_cast<int>(rows_.size()); }

    /// An action that the window has a name for; `keys` do the same and may be empty. One of that
    /// name is replaced: a window may be made more than once.
    Q_INVOKABLE void addAction(const QString& action, const QString& text, const QString& keys);
    /// Begins anew, with what is there now.
    Q_INVOKABLE void open();
    Q_INVOKABLE void run(int row);

Q_SIGNALS:
    void queryChanged();
    void countChanged();
    /// One of those that were added.
    void actionAsked(const QString& action);
    void profileAsked(const QString& profileId);
    /// `tab` of its details.
    void peerAsked(const QString& peerId, int tab);
    /// Who may reach that member.
    void accessAsked(const QString& name);
    void copyAsked(const QString& text, const QString& what);

private:
    enum class Kind { Action, Show, Connect, Disconnect, Open, Way, Access, CopyAddress, CopyName };
    struct Entry {
        Kind kind = Kind::Action;
        QString title;
        QString detail;
        QString icon;
        QString command;
        /// Name of the action, id of the profile or the member, or the text to copy.
        QString target;
        int score = 0;
    };
    struct Action {
        QString action;
        QString text;
        QString keys;
    };

    void rebuild();
    void addActions(const QStringList& words);
    void addProfiles(const QStringList& words);
    void addProfile(const QStringList& words, int row);
    void addPeers(const QStringList& words);
    void addPeer(const QStringList& words, const PeersModel::Row& row);
    void offer(const QStringList& words, Entry entry, const QString& haystack);

    ProfilesModel& profiles_;
    const PeersModel& peers_;
    const ConnectionViewModel& connection_;
    std::vector<Action> actions_;
    std::vector<Entry> rows_;
    QString query_;
};

}  // namespace weft::viewmodels
