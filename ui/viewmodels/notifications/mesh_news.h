// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/changes/waiting_change.h"
#include "ui/viewmodels/exit_nodes.h"
#include "ui/viewmodels/notifications/notification_centre.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <set>
#include <string>

namespace weft::viewmodels {

/// Makes notices of what changes in the meshes of this computer.
/// Thread: main.
class MeshNews final : public QObject {
    Q_OBJECT

public:
    /// A mesh that is back sooner was not worth a word.
    static constexpr std::chrono::seconds kLongLoss{30};
    /// Before its end a certificate is spoken of once.
    static constexpr std::chrono::hours kCertificateSoon{7 * 24};

    MeshNews(
        bridge::Bridge& bridge,
        const base::Clock& clock,
        NotificationCentre& centre,
        QObject* parent = nullptr);

    /// Tells of the change of rules that waits, and of default routes that are offered.
    void follow(WaitingChange& waiting);
    void follow(ExitNodes& exits);

    void takeState(const api::DaemonState& before, const api::DaemonState& now);
    /// Tells of the meshes that have been lost for long. Runs by itself.
    void tellLosses();

private:
    struct Loss {
        TimePoint at{};
        bool told = false;
        QString name;
        QString cause;
    };

    void compare(
        const api::Profile& profile, const api::Connection& before, const api::Connection& now);
    void tellState(
        const api::Profile& profile, const api::Connection& before, const api::Connection& now);
    void tellMembers(
        const api::Profile& profile, const api::Connection& before, const api::Connection& now);
    void tellTests(
        const api::Profile& profile, const api::Connection& before, const api::Connection& now);
    void tellCertificate(const api::Profile& profile, const api::Connection& now);
    void askInvitations(const api::Profile& profile);
    void takeInvitations(
        const api::Profile& profile, const StatusOr<std::vector<api::Invitation>>& invitations);
    void beginLoss(const api::Profile& profile, const api::Connection& now);
    /// Whether a loss that ends now was told.
    bool endLoss(const api::ProfileId& id);

    bridge::Bridge& bridge_;
    const base::Clock& clock_;
    NotificationCentre& centre_;
    QTimer lossTimer_;
    std::map<api::ProfileId, Loss> losses_;
    /// Ends of certificates that were told.
    std::map<api::ProfileId, WallTime> certificates_;
    /// Invitations that were used when they were last read.
    std::map<api::ProfileId, std::set<std::string>> used_;
    bool waits_ = false;
};

}  // namespace weft::viewmodels
