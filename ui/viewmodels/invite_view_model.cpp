// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/invite_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// A code is a few hundred characters; what is longer is no code and would not fit a QR code.
constexpr std::size_t kCodeCharacters = 2000;

}  // namespace

InvitationsModel::InvitationsModel(const base::Clock& clock, QObject* parent)
    : QAbstractListModel(parent), clock_(clock) {}

int InvitationsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant InvitationsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const api::Invitation& invitation = invitations_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case InvitationIdRole:
        return bridge::shown(invitation.id);
    case TitleRole:
        return title(invitation);
    case DetailRole:
        return detail(invitation);
    case OpenRole:
        return invitation.state == api::InvitationState::Open;
    case StateRole:
        switch (invitation.state) {
        case api::InvitationState::Open:
            return tr("Open");
        case api::InvitationState::Used:
            return tr("Used");
        case api::InvitationState::Revoked:
            return tr("Revoked");
        case api::InvitationState::Expired:
            return tr("Expired");
        }
        return {};
    case ToneRole:
        switch (invitation.state) {
        case api::InvitationState::Open:
            return QVariant::fromValue(look::Tone::Accent);
        case api::InvitationState::Used:
            return QVariant::fromValue(look::Tone::Ok);
        default:
            return QVariant::fromValue(look::Tone::Neutral);
        }
    default:
        return {};
    }
}

QHash<int, QByteArray> InvitationsModel::roleNames() const {
    return {
        {InvitationIdRole, "invitationId"},
        {TitleRole, "title"},
        {DetailRole, "detail"},
        {StateRole, "stateText"},
        {ToneRole, "tone"},
        {OpenRole, "open"},
    };
}

QString InvitationsModel::title(const api::Invitation& invitation) const {
    if (!invitation.note.empty()) {
        return bridge::shown(invitation.note);
    }
    if (!invitation.nodeId.empty()) {
        return bridge::shown(invitation.nodeId);
    }
    return tr("Invitation %1").arg(bridge::shown(invitation.id));
}

QString InvitationsModel::detail(const api::Invitation& invitation) const {
    const WallTime now = clock_.wallNow();
    switch (invitation.state) {
    case api::InvitationState::Used:
        return invitation.usedAt ? tr("%1 joined %2")
                                       .arg(
                                           bridge::shown(invitation.usedBy),
                                           relativeTime(*invitation.usedAt, now))
                                 : tr("%1 joined").arg(bridge::shown(invitation.usedBy));
    case api::InvitationState::Revoked:
        return tr("Nobody can use it any more");
    case api::InvitationState::Open:
    case api::InvitationState::Expired:
        break;
    }
    if (!invitation.expiresAt) {
        return {};
    }
    const QString when = relativeTime(*invitation.expiresAt, now);
    const bool open = invitation.state == api::InvitationState::Open;
    if (open && !invitation.nodeId.empty()) {
        return tr("For %1, ends %2").arg(bridge::shown(invitation.nodeId), when);
    }
    return open ? tr("Ends %1").arg(when) : tr("Ended %1").arg(when);
}

void InvitationsModel::setInvitations(std::vector<api::Invitation> invitations) {
    std::ranges::stable_sort(
        invitations, [](const auto& a, const auto& b) { return a.createdAt > b.createdAt; });
    if (invitations == invitations_) {
        return;
    }
    beginResetModel();
    invitations_ = std::move(invitations);
    endResetModel();
    Q_EMIT countChanged();
}

InviteViewModel::InviteViewModel(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock), invitations_(clock) {}

void InviteViewModel::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        forgetCode();
        invitations_.setInvitations({});
    }
}

void InviteViewModel::create(const QString& nodeId, const QString& note, int hours) {
    if (busy_) {
        return;
    }
    setError({});
    setBusy(true);
    api::CreateInvitationParams params;
    params.nodeId = bridge::toCore(nodeId.trimmed());
    params.note = bridge::toCore(note.trimmed());
    params.lifetime = std::chrono::hours(hours);
    const auto finish = [this, profile = profile_](const StatusOr<api::NewInvitation>& made) {
        setBusy(false);
        if (profile != profile_) {
            return;
        }
        if (!made.ok()) {
            setError(errorSentence(tr("The invitation could not be made"), made.status()));
            return;
        }
        takeCode(*made);
        refresh();
    };
    bridge_.controller().createInvitation(
        profile_, params, bridge_.deliver<api::NewInvitation>(this, finish));
}

void InviteViewModel::takeCode(const api::NewInvitation& made) {
    code_ = QString::fromStdString(made.code.substr(0, kCodeCharacters));
    const api::Invitation& invitation = made.invitation;
    if (invitation.expiresAt) {
        expiry_ =
            tr("Works once, ends %1").arg(relativeTime(*invitation.expiresAt, clock_.wallNow()));
    } else {
        expiry_ = tr("Works once");
    }
    for_ = invitation.nodeId.empty() ? tr("For any new device")
                                     : tr("For %1").arg(bridge::shown(invitation.nodeId));
    Q_EMIT codeChanged();
    askAuthority(made.code);
}

void InviteViewModel::askAuthority(const std::string& code) {
    setAuthority({});
    const auto finish = [this, shown = code_](const StatusOr<api::CodePreview>& preview) {
        if (preview.ok() && shown == code_) {
            setAuthority(inGroups(bridge::shown(preview->authorityFingerprint)));
        }
    };
    bridge_.controller().previewCode(code, bridge_.deliver<api::CodePreview>(this, finish));
}

void InviteViewModel::refresh() {
    listBusy_ = true;
    Q_EMIT busyChanged();
    using List = std::vector<api::Invitation>;
    const auto finish = [this, profile = profile_](const StatusOr<List>& list) {
        listBusy_ = false;
        Q_EMIT busyChanged();
        if (profile != profile_) {
            return;
        }
        if (list.ok()) {
            invitations_.setInvitations(*list);
        } else {
            setError(errorSentence(tr("The invitations could not be read"), list.status()));
        }
    };
    bridge_.controller().invitations(profile_, bridge_.deliver<List>(this, finish));
}

void InviteViewModel::revoke(const QString& invitationId) {
    if (busy_) {
        return;
    }
    setError({});
    setBusy(true);
    const auto finish = [this](const Status& status) {
        setBusy(false);
        if (!status.ok()) {
            setError(errorSentence(tr("The invitation could not be revoked"), status));
        }
        refresh();
    };
    bridge_.controller().revokeInvitation(
        profile_, bridge::toCore(invitationId), bridge_.deliverStatus(this, finish));
}

void InviteViewModel::forgetCode() {
    setError({});
    if (code_.isEmpty()) {
        return;
    }
    code_.fill(QLatin1Char('\0'));
    code_.clear();
    expiry_.clear();
    for_.clear();
    Q_EMIT codeChanged();
    setAuthority({});
}

void InviteViewModel::setAuthority(const QString& authority) {
    if (authority != authority_) {
        authority_ = authority;
        Q_EMIT authorityChanged();
    }
}

void InviteViewModel::setBusy(bool busy) {
    if (busy != busy_) {
        busy_ = busy;
        Q_EMIT busyChanged();
    }
}

void InviteViewModel::setError(const QString& error) {
    if (error != error_) {
        error_ = error;
        Q_EMIT errorTextChanged();
    }
}

}  // namespace weft::viewmodels
