// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/app_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QClipboard>
#include <QGuiApplication>

namespace weft::viewmodels {
namespace {

using namespace std::chrono_literals;
using api::ConnectionState;

/// Running texts count seconds.
constexpr std::chrono::milliseconds kClockPeriod = 1s;
/// Texts such as "2 min ago" may lag behind by this.
constexpr Duration kAgePeriod = 10s;
/// After this a wait is worth a word.
constexpr Duration kLongWait = 5s;

bool hasPeers(const api::Connection* connection) {
    return connection != nullptr
           && (connection->state == ConnectionState::Connected
               || connection->state == ConnectionState::Degraded
               || connection->state == ConnectionState::Reconnecting);
}

}  // namespace

AppViewModel::AppViewModel(
    api::Controller& controller, const AppServices& services, QObject* parent)
    : QObject(parent)
    , services_(services)
    , ownPreferences_(nullptr)
    , bridge_(controller)
    , connector_(bridge_, services.secrets)
    , profiles_(bridge_, connector_, services.clock)
    , connection_(connector_, services.clock)
    , allPeers_(services.clock)
    , peers_(allPeers_, &services.appearance)
    , newestPeers_(allPeers_)
    , recentPeers_(allPeers_, services.clock)
    , peer_(bridge_, allPeers_, services.clock)
    , peerAccess_(bridge_, allPeers_)
    , path_(bridge_, services.clock)
    , traffic_(bridge_)
    , peerTraffic_(bridge_)
    , rates_(bridge_)
    , graph_(bridge_, allPeers_, services.clock)
    , routes_(bridge_)
    , invite_(bridge_, services.clock)
    , changes_(bridge_, services.clock)
    , peerActions_(bridge_, peers_, allPeers_, changes_.desk())
    , access_(bridge_, allPeers_, changes_.desk())
    , tests_(bridge_, changes_.desk(), services.clock)
    , diagnose_(bridge_, services.clock)
    , simulator_(bridge_, allPeers_)
    , palette_(profiles_, allPeers_, connection_)
    , exits_(bridge_)
    , notifications_(services.clock, *preferences())
    , news_(bridge_, services.clock, notifications_)
    , firstRun_(bridge_, services.core, services.clock)
    , loginStart_(services.login, *preferences())
    , settings_(services.appearance, *preferences(), services.secrets, services.core) {
    connect(&bridge_, &bridge::Bridge::linkChanged, this, &AppViewModel::takeLink);
    connect(&bridge_, &bridge::Bridge::stateChanged, this, &AppViewModel::takeState);
    connect(&bridge_, &bridge::Bridge::peersChanged, &allPeers_, &PeersModel::apply);
    connect(&bridge_, &bridge::Bridge::policyChanged, &peers_, &PeerList::setPolicy);
    connect(&profiles_, &ProfilesModel::done, this, &AppViewModel::toast);
    connect(&peer_, &PeerDetails::done, this, &AppViewModel::toast);
    connect(&peerActions_, &PeerActions::done, this, &AppViewModel::toast);
    peerTraffic_.setPeer({});
    connect(&peer_, &PeerDetails::changed, this, [this] {
        peerTraffic_.setPeer(fromPeerKey(peer_.peerId()));
    });
    connect(graph_.exporter(), &GraphExporter::done, this, &AppViewModel::toast);
    const auto quiet = [this] { graph_.setQuiet(services_.appearance.reduceMotion()); };
    connect(&services_.appearance, &Appearance::changed, this, quiet);
    quiet();
    const auto units = [this] {
        useDecimalBytes(preferences()->byteUnits() == Preferences::ByteUnits::Decimal);
    };
    connect(preferences(), &Preferences::byteUnitsChanged, this, units);
    units();
    connect(&routes_, &RoutesViewModel::done, this, &AppViewModel::toast);
    connect(&access_, &AccessViewModel::done, this, &AppViewModel::toast);
    connect(&tests_, &PolicyTestsViewModel::done, this, &AppViewModel::toast);
    connect(&changes_, &ChangesViewModel::done, this, &AppViewModel::toast);
    connect(diagnose_.log(), &LogView::done, this, &AppViewModel::toast);
    news_.follow(*changes_.waiting());
    news_.follow(exits_);
    connect(changes_.waiting(), &WaitingChange::changed, this, &AppViewModel::runClock);
    connect(&exits_, &ExitNodes::failed, this, &AppViewModel::toast);
    connect(&exits_, &ExitNodes::changed, this, &AppViewModel::refreshAll);
    const auto noteRecent = [this] {
        if (glances_) {
            recentPeers_.refresh();
        }
    };
    connect(&bridge_, &bridge::Bridge::peersChanged, this, noteRecent);
    connect(
        &notifications_, &NotificationCentre::openAsked, this, [this](const QString& profileId) {
            if (!profileId.isEmpty()) {
                showProfile(profileId);
            }
        });
    connect(&palette_, &PaletteModel::profileAsked, this, &AppViewModel::showProfile);
    connect(&palette_, &PaletteModel::copyAsked, this, &AppViewModel::copy);
    connect(&firstRun_, &FirstRunViewModel::finished, this, &AppViewModel::showProfile);
    connect(&clockTimer_, &QTimer::timeout, this, &AppViewModel::refreshClock);
    clockTimer_.setInterval(kClockPeriod);
    newestPeers_.sortBy(PeerColumns::Column::Joined);
}

void AppViewModel::start() {
    startedAt_ = services_.clock.now();
    bridge_.start();
}

void AppViewModel::setActive(bool active) {
    hidden_ = !active;
    notifications_.setWindowVisible(active);
    follow();
    if (active && !clockTimer_.isActive()) {
        refreshClock();
    }
    runClock();
}

void AppViewModel::setGlance(bool glances) {
    glances_ = glances;
    follow();
    if (glances) {
        refreshClock();
        recentPeers_.refresh();
    }
    runClock();
}

void AppViewModel::runClock() {
    const bool runs = !hidden_ || glances_ || changes_.waiting()->waits();
    if (runs && !clockTimer_.isActive()) {
        clockTimer_.start();
    } else if (!runs) {
        clockTimer_.stop();
    }
}

void AppViewModel::refreshClock() {
    connection_.refreshClock();
    changes_.refreshClock();
    allPeers_.settleRates();
    if (services_.clock.now() - agesAt_ >= kAgePeriod) {
        agesAt_ = services_.clock.now();
        allPeers_.refreshAges();
        peer_.refreshAges();
        changes_.refreshAges();
        tests_.refreshAges();
        diagnose_.refreshAges();
        notifications_.refreshAges();
    }
    const bool waitingLong = loading() && services_.clock.now() - startedAt_ > kLongWait;
    if (waitingLong != waitingLong_) {
        waitingLong_ = waitingLong;
        Q_EMIT changed();
    }
}

QString AppViewModel::linkErrorText() const {
    if (!lost()) {
        return {};
    }
    if (isSilent()) {
        return tr("It is there and has not answered for some seconds. Nothing is lost: the window "
                  "goes on by itself when it does.");
    }
    const QString cause = bridge::shownLong(messageOf(linkError_));
    return cause.isEmpty() ? tr("Weft goes on trying.")
                           : tr("Weft goes on trying. The cause: %1.").arg(cause);
}

QString AppViewModel::readOnlyText() const {
    if (!ready() || canChange() || capabilities_.version.empty()) {
        return {};
    }
    return tr("You can look, not change. To change something, this account has to be in the group "
              "weft: sudo usermod -aG weft $USER");
}

QString AppViewModel::coreText() const {
    QString where = services_.core == nullptr ? QString() : services_.core->currentText();
    const QString daemonVersion = bridge::shown(capabilities_.version);
    if (daemonVersion.isEmpty()) {
        return where;
    }
    return where.isEmpty() ? tr("Service %1").arg(daemonVersion)
                           : tr("%1, version %2").arg(where, daemonVersion);
}

QString AppViewModel::version() const {
    return QStringLiteral(WEFT_VERSION);
}

QString AppViewModel::qtVersion() const {
    return QString::fromLatin1(qVersion());
}

void AppViewModel::showProfile(const QString& profileId) {
    const api::ProfileId id{bridge::toCore(profileId)};
    if (state_.findProfile(id) == nullptr) {
        wanted_ = id;
        return;
    }
    setCurrent(id);
}

void AppViewModel::showNextProfile() {
    const auto& all = state_.profiles;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all.at(i).id == current_) {
            setCurrent(all.at((i + 1) % all.size()).id);
            return;
        }
    }
}

void AppViewModel::copy(const QString& text, const QString& what) {
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT toast(tr("Copied: %1").arg(what));
}

void AppViewModel::takeLink(api::LinkState link, const Status& error) {
    link_ = link;
    linkError_ = error;
    if (link == api::LinkState::Ready) {
        bridge_.controller().capabilities(bridge_.deliver<api::Capabilities>(
            this, [this](const StatusOr<api::Capabilities>& result) { takeCapabilities(result); }));
        changes_.linkIsReady();
    }
    refreshAll();
}

void AppViewModel::takeCapabilities(const StatusOr<api::Capabilities>& capabilities) {
    if (!capabilities.ok()) {
        return;
    }
    capabilities_ = *capabilities;
    if (!capabilities_.hasLocalApi) {
        // Such a daemon reports no state: what can be known is known.
        stateKnown_ = true;
    }
    refreshAll();
}

void AppViewModel::takeState(const api::DaemonState& state) {
    const api::DaemonState before = std::exchange(state_, state);
    const bool first = !std::exchange(stateKnown_, true);
    chooseProfile();
    refreshAll();
    if (!first) {
        news_.takeState(before, state_);
    }
}

void AppViewModel::chooseProfile() {
    if (!wanted_.empty() && state_.findProfile(wanted_) != nullptr) {
        setCurrent(std::exchange(wanted_, {}));
    } else if (state_.findProfile(current_) == nullptr) {
        const bool known = state_.findProfile(state_.defaultProfile) != nullptr;
        const bool none = state_.profiles.empty();
        const api::ProfileId first = none ? api::ProfileId{} : state_.profiles.front().id;
        setCurrent(known ? state_.defaultProfile : first);
    }
}

void AppViewModel::setCurrent(const api::ProfileId& id) {
    if (id == current_) {
        return;
    }
    current_ = id;
    allPeers_.clear();
    peers_.clearFilters();
    peers_.setPolicy(nullptr);
    Q_EMIT currentProfileChanged();
    refreshAll();
}

void AppViewModel::follow() {
    // The rows stay when the mesh is left: old news are better than none, and the page says so.
    // Whoever follows them has their figures read every second, so nobody does unseen.
    const bool follows = (!hidden_ || glances_) && hasPeers(state_.findConnection(current_));
    const api::ProfileId wanted = follows ? current_ : api::ProfileId{};
    if (wanted != watched_) {
        watched_ = wanted;
        bridge_.watchPeers(wanted);
    }
    for (TrafficViewModel* traffic : {&traffic_, &peerTraffic_, &rates_}) {
        traffic->setStanding({connection_.inMesh(), lost(), !hidden_});
    }
    graph_.follow(!hidden_ && connection_.inMesh());
    routes_.follow(!hidden_ && connection_.inMesh());
    diagnose_.follow(connection_.inMesh(), !hidden_);
}

void AppViewModel::followExits(const api::Connection* connection) {
    const bool inMesh = connection != nullptr && connection_.inMesh();
    exits_.setMesh(current_);
    if (!inMesh) {
        exitsAt_.reset();
        exits_.follow(false);
    } else if (exitsAt_ != *connection) {
        // News of other meshes change no route here.
        exitsAt_ = *connection;
        exits_.follow(true);
    }
}

void AppViewModel::refreshAll() {
    const api::Profile* profile = state_.findProfile(current_);
    const api::Connection* connection = state_.findConnection(current_);
    MeshInput input;
    input.link = link_;
    input.isSilent = isSilent();
    input.isDenied = isDenied();
    input.exitNode = exits_.inUse();
    input.capabilities = capabilities_;
    if (profile != nullptr) {
        input.profile = *profile;
    }
    if (connection != nullptr) {
        input.connection = *connection;
    }
    connection_.setInput(std::move(input));
    profiles_.setState(state_, link_, capabilities_.grade, isSilent());
    profiles_.setCurrent(current_);
    peer_.setMesh(current_, connection != nullptr && connection->isAdmin && canChange());
    peerAccess_.setMesh(current_);
    path_.setMesh(current_);
    traffic_.setMesh(current_);
    peerTraffic_.setMesh(current_);
    rates_.setMesh(current_);
    graph_.setMesh(current_, profile == nullptr ? QString() : bridge::shown(profile->name));
    graph_.setLeader(connection == nullptr ? std::string() : connection->leader);
    peerActions_.setMesh(current_, profile == nullptr ? QString() : bridge::shown(profile->name));
    routes_.setMesh(current_);
    invite_.setMesh(current_);
    changes_.setMesh(current_);
    changes_.setStanding(
        {ready() && connection_.inMesh(),
         lost(),
         readOnlyText(),
         connection != nullptr ? connection->policyChanges : 0});
    access_.setMesh(current_);
    tests_.setMesh(current_);
    tests_.setStanding(
        {ready() && connection_.inMesh(),
         readOnlyText(),
         connection != nullptr ? connection->policyTests : std::nullopt});
    diagnose_.setState(state_, current_, link_, capabilities_.grade);
    simulator_.setMesh(current_);
    access_.setLocked(readOnlyText());
    access_.follow(connection != nullptr && hasPeers(connection));
    firstRun_.setDaemon(link_, capabilities_);
    settings_.setDaemon(link_, capabilities_);
    follow();
    followExits(connection);
    Q_EMIT changed();
    Q_EMIT presentationChanged();
}

}  // namespace weft::viewmodels
