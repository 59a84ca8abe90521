// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/peer_actions.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/export_file.h"
#include "ui/viewmodels/graph/graph_export.h"
#include "ui/viewmodels/peers/peer_csv.h"
#include "ui/viewmodels/words.h"

#include <QFileInfo>

namespace weft::viewmodels {

PeerActions::PeerActions(
    bridge::Bridge& bridge,
    const PeerList& list,
    const PeersModel& peers,
    DraftDesk& desk,
    QObject* parent)
    : QObject(parent), list_(list), peers_(peers), groups_(desk) {
    connect(&bridge, &bridge::Bridge::policyChanged, &groups_, &GroupDraft::setPolicy);
    connect(&groups_, &GroupDraft::changed, this, &PeerActions::listGroups);
    connect(&groups_, &GroupDraft::done, this, &PeerActions::done);
    connect(&groups_, &GroupDraft::failed, this, &PeerActions::done);
}

void PeerActions::listGroups() {
    names_.clear();
    for (const std::string& name : groups_.names()) {
        names_.append(bridge::shown(name));
    }
    Q_EMIT changed();
}

void PeerActions::setMesh(const api::ProfileId& profile, const QString& name) {
    mesh_ = name;
    if (profile != profile_) {
        profile_ = profile;
        setError({});
        groups_.setPolicy(nullptr);
    }
}

QString PeerActions::addresses() const {
    QStringList lines;
    for (const PeerRow* row : list_.selectedRows()) {
        if (!row->address.isEmpty()) {
            lines.append(row->address);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString PeerActions::names() const {
    QStringList lines;
    for (const PeerRow* row : list_.selectedRows()) {
        lines.append(row->name);
    }
    return lines.join(QLatin1Char('\n'));
}

QString PeerActions::addressOf(const QString& peerId, bool ipv6) const {
    const api::Peer* peer = peers_.find(fromPeerKey(peerId));
    return peer == nullptr ? QString()
                           : withoutLength(ipv6 ? peer->addressIpv6 : peer->addressIpv4);
}

void PeerActions::addToGroup(int index) {
    const auto& names = groups_.names();
    if (index < 0 || index >= static_cast<int>(names.size())) {
        return;
    }
    std::vector<std::string> members;
    for (const PeerRow* row : list_.selectedRows()) {
        members.push_back(row->peer.id);
    }
    if (!members.empty()) {
        groups_.add(names.at(static_cast<std::size_t>(index)), members);
    }
}

QString PeerActions::suggestedPath() const {
    return suggestedFile(mesh_, QStringLiteral("members"), QStringLiteral("csv"));
}

QString PeerActions::noteFor(const QString& path) const {
    return fileNote(path);
}

bool PeerActions::writeCsv(const QString& path) {
    const QString file = typedFile(path);
    const Status status = writeFile(file, peerCsv(list_.selectedRows(), peers_.now()));
    if (!status.ok()) {
        setError(errorSentence(tr("The file could not be written"), status));
        return false;
    }
    setError({});
    Q_EMIT done(tr("Written: %1").arg(QFileInfo(file).fileName()));
    return true;
}

void PeerActions::forget() {
    setError({});
}

void PeerActions::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT changed();
    }
}

}  // namespace weft::viewmodels
