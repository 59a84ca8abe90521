// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/profiles_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/connection_presentation.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

ProfilesModel::ProfilesModel(
    bridge::Bridge& bridge, Connector& connector, const base::Clock& clock, QObject* parent)
    : QAbstractListModel(parent), bridge_(bridge), connector_(connector), clock_(clock) {}

int ProfilesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant ProfilesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case ProfileIdRole:
        return QString::fromStdString(row.profile.id.value());
    case NameRole:
        return row.name;
    case StateRole:
        return row.state;
    case ToneRole:
        return QVariant::fromValue(row.tone);
    case CurrentRole:
        return row.profile.id == current_;
    case ConnectedRole:
        return row.connected;
    case AutoConnectRole:
        return row.profile.autoConnect;
    case AcceptDnsRole:
        return row.profile.acceptDns;
    case LockdownRole:
        return row.profile.lockdown;
    case KindRole:
        return row.profile.kind == api::ProfileKind::Founder ? tr("Started on this computer")
                                                             : tr("Joined");
    case NodeIdRole:
        return bridge::shown(row.profile.nodeId);
    case DomainRole:
        return domainText(row.profile.meshDomain);
    default:
        return {};
    }
}

QHash<int, QByteArray> ProfilesModel::roleNames() const {
    return {
        {ProfileIdRole, "profileId"},
        {NameRole, "name"},
        {StateRole, "stateText"},
        {ToneRole, "tone"},
        {CurrentRole, "current"},
        {ConnectedRole, "connected"},
        {AutoConnectRole, "autoConnect"},
        {AcceptDnsRole, "acceptDns"},
        {LockdownRole, "lockdown"},
        {KindRole, "kindText"},
        {NodeIdRole, "nodeId"},
        {DomainRole, "domain"},
    };
}

void ProfilesModel::setState(
    const api::DaemonState& state, api::LinkState link, api::Grade grade, bool isSilent) {
    std::vector<Row> rows;
    for (const api::Profile& profile : state.profiles) {
        const api::Connection* connection = state.findConnection(profile.id);
        const ConnectionPresentation shown =
            present({link, grade, connection, clock_.wallNow(), isSilent});
        Row row{profile, bridge::shown(profile.name), shown.word, shown.tone, false};
        row.connected = connection != nullptr && connection->state != api::ConnectionState::Off
                        && connection->state != api::ConnectionState::Failed;
        rows.push_back(std::move(row));
    }
    const auto id = [](const Row& row) { return row.profile.id; };
    if (std::ranges::equal(rows_, rows, {}, id, id)) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows_.at(i) != rows.at(i)) {
                rows_.at(i) = std::move(rows.at(i));
                const QModelIndex changed = index(static_cast<int>(i));
                Q_EMIT dataChanged(changed, changed);
            }
        }
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
}

void ProfilesModel::setCurrent(const api::ProfileId& id) {
    if (id == current_) {
        return;
    }
    current_ = id;
    if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {CurrentRole});
    }
}

const api::Profile* ProfilesModel::profileAt(int row) const {
    return row < 0 || row >= count() ? nullptr : &rows_.at(static_cast<std::size_t>(row)).profile;
}

void ProfilesModel::connectTo(const QString& profileId) {
    begin();
    connector_.connectProfile(
        api::ProfileId{bridge::toCore(profileId)}, this, [this](const Status& status) {
            finish(tr("Connecting failed"), status);
        });
}

void ProfilesModel::disconnectFrom(const QString& profileId) {
    begin();
    connector_.disconnectProfile(
        api::ProfileId{bridge::toCore(profileId)}, this, [this](const Status& status) {
            finish(tr("Disconnecting failed"), status);
        });
}

void ProfilesModel::setAutoConnect(const QString& profileId, bool on) {
    putProfile(profileId, [on](api::Profile& profile) { profile.autoConnect = on; });
}

void ProfilesModel::setAcceptDns(const QString& profileId, bool on) {
    putProfile(profileId, [on](api::Profile& profile) { profile.acceptDns = on; });
}

void ProfilesModel::setLockdown(const QString& profileId, bool on) {
    putProfile(profileId, [on](api::Profile& profile) { profile.lockdown = on; });
}

void ProfilesModel::rename(const QString& profileId, const QString& name) {
    const std::string wanted = bridge::toCore(name.trimmed());
    if (!wanted.empty()) {
        putProfile(profileId, [&wanted](api::Profile& profile) { profile.name = wanted; });
    }
}

void ProfilesModel::putProfile(
    const QString& profileId, const std::function<void(api::Profile&)>& change) {
    const api::ProfileId id{bridge::toCore(profileId)};
    const auto row =
        std::ranges::find_if(rows_, [&id](const Row& r) { return r.profile.id == id; });
    if (row == rows_.end()) {
        return;
    }
    api::Profile profile = row->profile;
    change(profile);
    if (profile == row->profile) {
        return;
    }
    begin();
    bridge_.controller().putProfile(
        profile, bridge_.deliver<api::Profile>(this, [this](const StatusOr<api::Profile>& result) {
            finish(tr("The mesh could not be changed"), result.status());
        }));
}

void ProfilesModel::removeProfile(const QString& profileId, bool forget) {
    begin();
    bridge_.controller().removeProfile(
        api::ProfileId{bridge::toCore(profileId)},
        forget,
        bridge_.deliverStatus(this, [this](const Status& status) {
            finish(tr("The mesh could not be removed"), status, tr("The mesh was removed."));
        }));
}

void ProfilesModel::keepPassword(const QString& profileId, const QString& password) {
    begin();
    const QString text = password.isEmpty() ? tr("The password was removed from the keychain.")
                                            : tr("The password is in the keychain.");
    connector_.keepPassword(
        api::ProfileId{bridge::toCore(profileId)},
        bridge::toCore(password),
        this,
        [this, text](const Status& status) {
            finish(tr("The keychain did not take the password"), status, text);
        });
}

void ProfilesModel::dismissError() {
    if (!error_.isEmpty()) {
        error_.clear();
        Q_EMIT errorTextChanged();
    }
}

void ProfilesModel::begin() {
    dismissError();
    if (++open_ == 1) {
        Q_EMIT busyChanged();
    }
}

void ProfilesModel::finish(const QString& what, const Status& status, const QString& doneText) {
    if (--open_ == 0) {
        Q_EMIT busyChanged();
    }
    if (!status.ok() && status.code() != StatusCode::kCancelled) {
        error_ = errorSentence(what, status);
        Q_EMIT errorTextChanged();
    } else if (!doneText.isEmpty()) {
        Q_EMIT done(doneText);
    }
}

}  // namespace weft::viewmodels
