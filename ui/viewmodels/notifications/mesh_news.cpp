// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/notifications/mesh_news.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using api::ConnectionState;
using Category = Preferences::Category;

bool isMember(const api::Connection& connection) {
    return connection.state == ConnectionState::Connected
           || connection.state == ConnectionState::Degraded;
}

QString causeOf(const api::Connection& connection) {
    return connection.failure ? asSentence(bridge::shownLong(connection.failure->text)) : QString();
}

Notice notice(
    const api::Profile& profile,
    Category category,
    look::Tone tone,
    const QString& title,
    const QString& text,
    const char* place) {
    return {
        category,
        tone,
        title,
        text,
        QString::fromLatin1(place),
        QString::fromStdString(profile.id.value())};
}

}  // namespace

MeshNews::MeshNews(
    bridge::Bridge& bridge, const base::Clock& clock, NotificationCentre& centre, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock), centre_(centre) {
    lossTimer_.setSingleShot(true);
    lossTimer_.setInterval(kLongLoss);
    connect(&lossTimer_, &QTimer::timeout, this, &MeshNews::tellLosses);
}

void MeshNews::follow(WaitingChange& waiting) {
    const auto look = [this, &waiting] {
        const bool begins = waiting.waits() && !waits_;
        waits_ = waiting.waits();
        if (begins) {
            centre_.post(
                {Category::Policy,
                 look::Tone::Warn,
                 tr("A change waits for you"),
                 waiting.text(),
                 QStringLiteral("changes"),
                 {}});
        }
    };
    connect(&waiting, &WaitingChange::changed, this, look);
    connect(&waiting, &WaitingChange::done, this, [this](const QString& text) {
        centre_.post(
            {Category::Policy, look::Tone::Neutral, text, {}, QStringLiteral("changes"), {}});
    });
}

void MeshNews::follow(ExitNodes& exits) {
    connect(&exits, &ExitNodes::offered, this, [this](const QString& node) {
        centre_.post(
            {Category::Routes,
             look::Tone::Accent,
             tr("%1 offers a way to the Internet").arg(node),
             tr("It is used only after you agree."),
             QStringLiteral("routes"),
             {}});
    });
}

void MeshNews::takeState(const api::DaemonState& before, const api::DaemonState& now) {
    for (const api::Connection& connection : now.connections) {
        const api::Connection* old = before.findConnection(connection.profileId);
        const api::Profile* profile = now.findProfile(connection.profileId);
        if (old != nullptr && profile != nullptr) {
            compare(*profile, *old, connection);
        }
    }
    std::erase_if(
        losses_, [&now](const auto& loss) { return now.findConnection(loss.first) == nullptr; });
}

void MeshNews::compare(
    const api::Profile& profile, const api::Connection& before, const api::Connection& now) {
    if (before.state != now.state) {
        tellState(profile, before, now);
    }
    tellMembers(profile, before, now);
    tellTests(profile, before, now);
    tellCertificate(profile, now);
}

void MeshNews::tellState(
    const api::Profile& profile, const api::Connection& before, const api::Connection& now) {
    const QString name = bridge::shown(profile.name);
    const auto tell = [&](look::Tone tone, const QString& title, const QString& text) {
        centre_.post(notice(profile, Category::Connection, tone, title, text, "overview"));
    };
    if (now.state == ConnectionState::Reconnecting) {
        beginLoss(profile, now);
        return;
    }
    const bool wasLost = losses_.contains(profile.id);
    const bool isKnown = !wasLost || endLoss(profile.id);
    switch (now.state) {
    case ConnectionState::Connected:
        if (before.state == ConnectionState::Degraded) {
            tell(look::Tone::Ok, tr("%1 is well again").arg(name), {});
        } else if (isKnown) {
            tell(
                look::Tone::Ok,
                tr("%1 is connected").arg(name),
                tr("This node is a member again."));
        }
        break;
    case ConnectionState::Degraded:
        tell(
            look::Tone::Warn,
            tr("%1 has a problem").arg(name),
            now.problems.empty() ? QString()
                                 : asSentence(bridge::shownLong(now.problems.front().text)));
        break;
    case ConnectionState::Failed:
        tell(look::Tone::Error, tr("%1 could not connect").arg(name), causeOf(now));
        break;
    case ConnectionState::Off:
        tell(look::Tone::Neutral, tr("%1 is disconnected").arg(name), {});
        break;
    default:
        break;
    }
}

void MeshNews::beginLoss(const api::Profile& profile, const api::Connection& now) {
    losses_[profile.id] = {clock_.now(), false, bridge::shown(profile.name), causeOf(now)};
    if (!lossTimer_.isActive()) {
        lossTimer_.start();
    }
}

bool MeshNews::endLoss(const api::ProfileId& id) {
    const auto loss = losses_.find(id);
    const bool told = loss->second.told;
    losses_.erase(loss);
    return told;
}

void MeshNews::tellLosses() {
    bool waits = false;
    for (auto& [id, loss] : losses_) {
        if (loss.told) {
            continue;
        }
        if (clock_.now() - loss.at < kLongLoss) {
            waits = true;
            continue;
        }
        loss.told = true;
        centre_.post(
            {Category::Connection,
             look::Tone::Warn,
             tr("%1 is lost and goes on trying").arg(loss.name),
             loss.cause,
             QStringLiteral("overview"),
             QString::fromStdString(id.value())});
    }
    if (waits) {
        lossTimer_.start();
    }
}

void MeshNews::tellMembers(
    const api::Profile& profile, const api::Connection& before, const api::Connection& now) {
    if (!isMember(before) || !isMember(now)) {
        if (isMember(now)) {
            askInvitations(profile);  // what is used by now is no news
        } else {
            used_.erase(profile.id);
        }
        return;
    }
    if (before.peerCount == now.peerCount) {
        return;
    }
    const bool joined = now.peerCount > before.peerCount;
    const auto count = static_cast<int>(
        joined ? now.peerCount - before.peerCount : before.peerCount - now.peerCount);
    centre_.post(notice(
        profile,
        Category::Peers,
        look::Tone::Neutral,
        joined ? tr("%n member(s) joined", nullptr, count)
               : tr("%n member(s) left", nullptr, count),
        bridge::shown(profile.name),
        "peers"));
    if (joined) {
        askInvitations(profile);
    }
}

void MeshNews::askInvitations(const api::Profile& profile) {
    const auto finish = [this, profile](const StatusOr<std::vector<api::Invitation>>& invitations) {
        takeInvitations(profile, invitations);
    };
    bridge_.controller().invitations(
        profile.id, bridge_.deliver<std::vector<api::Invitation>>(this, finish));
}

void MeshNews::takeInvitations(
    const api::Profile& profile, const StatusOr<std::vector<api::Invitation>>& invitations) {
    // Whoever may not read them hears nothing of them.
    if (!invitations.ok()) {
        return;
    }
    const bool first = !used_.contains(profile.id);
    std::set<std::string>& used = used_[profile.id];
    for (const api::Invitation& invitation : *invitations) {
        if (invitation.state != api::InvitationState::Used || !used.insert(invitation.id).second
            || first) {
            continue;
        }
        const std::string& who = invitation.usedBy.empty() ? invitation.nodeId : invitation.usedBy;
        centre_.post(notice(
            profile,
            Category::Peers,
            look::Tone::Ok,
            tr("An invitation was used"),
            tr("%1 is a member of %2 now.").arg(bridge::shown(who), bridge::shown(profile.name)),
            "peers"));
    }
}

void MeshNews::tellTests(
    const api::Profile& profile, const api::Connection& before, const api::Connection& now) {
    const std::uint32_t failedBefore = before.policyTests ? before.policyTests->failed : 0;
    if (!now.policyTests || now.policyTests->failed <= failedBefore) {
        return;
    }
    const auto& failing = now.policyTests->failing;
    centre_.post(notice(
        profile,
        Category::Policy,
        look::Tone::Error,
        tr("%n test(s) of the rules fail", nullptr, static_cast<int>(now.policyTests->failed)),
        failing.empty() ? QString() : bridge::shown(failing.front().name),
        "access"));
}

void MeshNews::tellCertificate(const api::Profile& profile, const api::Connection& now) {
    if (!now.certificateExpiresAt
        || *now.certificateExpiresAt - clock_.wallNow() > kCertificateSoon) {
        return;
    }
    const WallTime ends = *now.certificateExpiresAt;
    if (std::exchange(certificates_[profile.id], ends) == ends) {
        return;
    }
    centre_.post(notice(
        profile,
        Category::Connection,
        look::Tone::Warn,
        tr("The certificate for %1 ends soon").arg(bridge::shown(profile.name)),
        ends <= clock_.wallNow() ? tr("It has ended.")
                                 : tr("It ends %1.").arg(relativeTime(ends, clock_.wallNow())),
        "overview"));
}

}  // namespace weft::viewmodels
