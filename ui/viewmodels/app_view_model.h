// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/secret_store.h"
#include "core/base/clock.h"
#include "ui/bridge/bridge.h"
#include "ui/viewmodels/access/access_view_model.h"
#include "ui/viewmodels/access/policy_tests_view_model.h"
#include "ui/viewmodels/appearance.h"
#include "ui/viewmodels/changes/changes_view_model.h"
#include "ui/viewmodels/connection_view_model.h"
#include "ui/viewmodels/connector.h"
#include "ui/viewmodels/diagnose/diagnose_view_model.h"
#include "ui/viewmodels/exit_nodes.h"
#include "ui/viewmodels/first_run_view_model.h"
#include "ui/viewmodels/graph/graph_view_model.h"
#include "ui/viewmodels/invite_view_model.h"
#include "ui/viewmodels/login_start.h"
#include "ui/viewmodels/notifications/mesh_news.h"
#include "ui/viewmodels/notifications/notification_centre.h"
#include "ui/viewmodels/palette/palette_model.h"
#include "ui/viewmodels/path_view_model.h"
#include "ui/viewmodels/peer_details.h"
#include "ui/viewmodels/peers/peer_access.h"
#include "ui/viewmodels/peers/peer_actions.h"
#include "ui/viewmodels/peers/peer_list.h"
#include "ui/viewmodels/peers_model.h"
#include "ui/viewmodels/preferences.h"
#include "ui/viewmodels/profiles_model.h"
#include "ui/viewmodels/recent_peers.h"
#include "ui/viewmodels/routes_view_model.h"
#include "ui/viewmodels/settings_view_model.h"
#include "ui/viewmodels/simulator_view_model.h"
#include "ui/viewmodels/traffic_view_model.h"

#include <QObject>
#include <QQmlEngine>
#include <QTimer>

#include <optional>

namespace weft::viewmodels {

/// What the window is made of, besides the daemon. All outlive the view-model; pointers may be
/// null. Without `preferences` the defaults count and nothing is kept.
struct AppServices {
    const base::Clock& clock;
    Appearance& appearance;
    api::SecretStore* secrets = nullptr;
    CoreChoice* core = nullptr;
    Preferences* preferences = nullptr;
    LoginItem* login = nullptr;
};

/// The root of all view-models: the daemon, the mesh that is shown, and everything below.
/// Thread: main.
class AppViewModel final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(bool lost READ lost NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool waitingLong READ waitingLong NOTIFY changed)
    Q_PROPERTY(bool needsFirstRun READ needsFirstRun NOTIFY changed)
    Q_PROPERTY(bool canChange READ canChange NOTIFY changed)
    Q_PROPERTY(QString linkErrorText READ linkErrorText NOTIFY changed)
    Q_PROPERTY(QString readOnlyText READ readOnlyText NOTIFY changed)
    Q_PROPERTY(QString coreText READ coreText NOTIFY changed)
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString qtVersion READ qtVersion CONSTANT)
    Q_PROPERTY(QString currentProfile READ currentProfile NOTIFY currentProfileChanged)
    Q_PROPERTY(weft::viewmodels::Appearance* appearance READ appearance CONSTANT)
    Q_PROPERTY(weft::viewmodels::Preferences* preferences READ preferences CONSTANT)
    Q_PROPERTY(weft::viewmodels::ProfilesModel* profiles READ profiles CONSTANT)
    Q_PROPERTY(weft::viewmodels::ConnectionViewModel* connection READ connection CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeersModel* allPeers READ allPeers CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerList* peers READ peers CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerAccess* peerAccess READ peerAccess CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerActions* peerActions READ peerActions CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerList* newestPeers READ newestPeers CONSTANT)
    Q_PROPERTY(weft::viewmodels::RecentPeers* recentPeers READ recentPeers CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerDetails* peer READ peer CONSTANT)
    Q_PROPERTY(weft::viewmodels::PathViewModel* path READ path CONSTANT)
    /// Of the shown mesh, for its page; of the member that the drawer shows; and what goes on now.
    Q_PROPERTY(weft::viewmodels::TrafficViewModel* traffic READ traffic CONSTANT)
    Q_PROPERTY(weft::viewmodels::TrafficViewModel* peerTraffic READ peerTraffic CONSTANT)
    Q_PROPERTY(weft::viewmodels::TrafficViewModel* rates READ rates CONSTANT)
    Q_PROPERTY(weft::viewmodels::GraphViewModel* graph READ graph CONSTANT)
    Q_PROPERTY(weft::viewmodels::RoutesViewModel* routes READ routes CONSTANT)
    Q_PROPERTY(weft::viewmodels::InviteViewModel* invite READ invite CONSTANT)
    Q_PROPERTY(weft::viewmodels::AccessViewModel* access READ access CONSTANT)
    Q_PROPERTY(weft::viewmodels::ChangesViewModel* changes READ changes CONSTANT)
    Q_PROPERTY(weft::viewmodels::PolicyTestsViewModel* tests READ tests CONSTANT)
    Q_PROPERTY(weft::viewmodels::DiagnoseViewModel* diagnose READ diagnose CONSTANT)
    Q_PROPERTY(weft::viewmodels::LoginStart* loginStart READ loginStart CONSTANT)
    Q_PROPERTY(weft::viewmodels::SettingsViewModel* settings READ settings CONSTANT)
    Q_PROPERTY(weft::viewmodels::SimulatorViewModel* simulator READ simulator CONSTANT)
    Q_PROPERTY(weft::viewmodels::PaletteModel* palette READ palette CONSTANT)
    Q_PROPERTY(weft::viewmodels::ExitNodes* exits READ exits CONSTANT)
    Q_PROPERTY(weft::viewmodels::NotificationCentre* notifications READ notifications CONSTANT)
    Q_PROPERTY(weft::viewmodels::FirstRunViewModel* firstRun READ firstRun CONSTANT)

public:
    AppViewModel(
        api::Controller& controller, const AppServices& services, QObject* parent = nullptr);

    /// Begins to watch the daemon.
    void start();
    /// Whether somebody looks at the window: texts that run with the clock stand still otherwise.
    void setActive(bool active);
    /// Whether somebody looks at the tray's menu or its panel: members are followed meanwhile.
    void setGlance(bool glances);
    /// Renews what depends on the time of day. Runs by itself each second while active.
    void refreshClock();

    bool ready() const { return link_ == api::LinkState::Ready; }
    bool lost() const { return link_ == api::LinkState::Lost; }
    /// Lost because it does not answer; it is there.
    bool isSilent() const { return lost() && linkError_.code() == StatusCode::kDeadlineExceeded; }
    /// Lost because this account may not use it.
    bool isDenied() const { return lost() && linkError_.code() == StatusCode::kPermissionDenied; }
    /// Nothing is known yet.
    bool loading() const { return !stateKnown_; }
    bool waitingLong() const { return waitingLong_; }
    bool needsFirstRun() const { return stateKnown_ && state_.profiles.empty(); }
    bool canChange() const { return ready() && capabilities_.grade >= api::Grade::Operate; }
    QString linkErrorText() const;
    QString readOnlyText() const;
    QString coreText() const;
    QString version() const;
    QString qtVersion() const;
    QString currentProfile() const { return QString::fromStdString(current_.value()); }
    Appearance* appearance() { return &services_.appearance; }
    Preferences* preferences() {
        return services_.preferences == nullptr ? &ownPreferences_ : services_.preferences;
    }
    ProfilesModel* profiles() { return &profiles_; }
    ConnectionViewModel* connection() { return &connection_; }
    PeersModel* allPeers() { return &allPeers_; }
    PeerList* peers() { return &peers_; }
    PeerAccess* peerAccess() { return &peerAccess_; }
    PeerActions* peerActions() { return &peerActions_; }
    PeerList* newestPeers() { return &newestPeers_; }
    RecentPeers* recentPeers() { return &recentPeers_; }
    PeerDetails* peer() { return &peer_; }
    PathViewModel* path() { return &path_; }
    TrafficViewModel* traffic() { return &traffic_; }
    TrafficViewModel* peerTraffic() { return &peerTraffic_; }
    TrafficViewModel* rates() { return &rates_; }
    GraphViewModel* graph() { return &graph_; }
    RoutesViewModel* routes() { return &routes_; }
    InviteViewModel* invite() { return &invite_; }
    AccessViewModel* access() { return &access_; }
    ChangesViewModel* changes() { return &changes_; }
    PolicyTestsViewModel* tests() { return &tests_; }
    DiagnoseViewModel* diagnose() { return &diagnose_; }
    LoginStart* loginStart() { return &loginStart_; }
    SettingsViewModel* settings() { return &settings_; }
    SimulatorViewModel* simulator() { return &simulator_; }
    PaletteModel* palette() { return &palette_; }
    ExitNodes* exits() { return &exits_; }
    NotificationCentre* notifications() { return &notifications_; }
    FirstRunViewModel* firstRun() { return &firstRun_; }

    /// Turns the window to another mesh.
    Q_INVOKABLE void showProfile(const QString& profileId);
    /// The mesh after the shown one, round and round.
    Q_INVOKABLE void showNextProfile();
    /// Puts `text` on the clipboard and says so; `what` names it ("IPv4 address").
    Q_INVOKABLE void copy(const QString& text, const QString& what);

Q_SIGNALS:
    void changed();
    void currentProfileChanged();
    /// A short message at the edge of the window.
    void toast(const QString& text);
    /// The shown mesh or one of the profiles looks different: for the tray.
    void presentationChanged();

private:
    void takeLink(api::LinkState link, const Status& error);
    void takeCapabilities(const StatusOr<api::Capabilities>& capabilities);
    void takeState(const api::DaemonState& state);
    void chooseProfile();
    void setCurrent(const api::ProfileId& id);
    /// Follows what changes all the time, as long as somebody looks.
    void follow();
    void followExits(const api::Connection* connection);
    /// The clock runs while somebody looks, and while a change waits for somebody.
    void runClock();
    void refreshAll();

    AppServices services_;
    Preferences ownPreferences_;
    bridge::Bridge bridge_;
    api::LinkState link_ = api::LinkState::Connecting;
    Status linkError_;
    api::Capabilities capabilities_;
    api::DaemonState state_;
    bool stateKnown_ = false;
    bool waitingLong_ = false;
    TimePoint startedAt_;
    TimePoint agesAt_;
    api::ProfileId current_;
    api::ProfileId watched_;
    /// Nobody sees the window.
    bool hidden_ = false;
    /// Somebody looks at the tray.
    bool glances_ = false;
    /// As it was when the exit nodes were last read.
    std::optional<api::Connection> exitsAt_;
    /// A profile that was just made and may not be in the state yet.
    api::ProfileId wanted_;
    QTimer clockTimer_;

    Connector connector_;
    ProfilesModel profiles_;
    ConnectionViewModel connection_;
    PeersModel allPeers_;
    PeerList peers_;
    PeerList newestPeers_;
    RecentPeers recentPeers_;
    PeerDetails peer_;
    PeerAccess peerAccess_;
    PathViewModel path_;
    TrafficViewModel traffic_;
    TrafficViewModel peerTraffic_;
    TrafficViewModel rates_;
    GraphViewModel graph_;
    RoutesViewModel routes_;
    InviteViewModel invite_;
    ChangesViewModel changes_;
    PeerActions peerActions_;
    AccessViewModel access_;
    PolicyTestsViewModel tests_;
    DiagnoseViewModel diagnose_;
    SimulatorViewModel simulator_;
    PaletteModel palette_;
    ExitNodes exits_;
    NotificationCentre notifications_;
    MeshNews news_;
    FirstRunViewModel firstRun_;
    LoginStart loginStart_;
    SettingsViewModel settings_;
};

}  // namespace weft::viewmodels
