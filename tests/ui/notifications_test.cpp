// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/notifications/notification_centre.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using weft::api::Connection;
using weft::api::ConnectionState;
using weft::tests::UiFixture;
using weft::viewmodels::MeshNews;
using weft::viewmodels::Notice;
using weft::viewmodels::NotificationCentre;
using weft::viewmodels::Preferences;
using weft::viewmodels::look::Tone;
using Category = Preferences::Category;

namespace {

Notice noticeOf(Category category, const QString& title) {
    return {category, Tone::Neutral, title, {}, QStringLiteral("overview"), {}};
}

QString titleAt(const NotificationCentre& centre, int row) {
    return centre.index(row).data(NotificationCentre::TitleRole).toString();
}

QStringList titles(const NotificationCentre& centre) {
    QStringList all;
    for (int row = 0; row < centre.count(); ++row) {
        all.append(titleAt(centre, row));
    }
    return all;
}

struct Centre {
    weft::tests::FakeClock clock;
    Preferences preferences{nullptr};
    NotificationCentre centre{clock, preferences};
};

/// The view-models of "home", and what happens to its first mesh.
struct Home : UiFixture {
    using UiFixture::UiFixture;
    Home() : UiFixture("home") {}

    void change(const std::function<void(Connection&)>& how) {
        controller.updateState(
            [&how](weft::api::DaemonState& state) { how(state.connections.front()); });
        settle();
    }
    void become(ConnectionState state) {
        change([state](Connection& connection) { connection.state = state; });
    }
    QStringList told() { return titles(*app.notifications()); }
};

}  // namespace

class NotificationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNewestComesFirst() {
        Centre c;
        c.centre.post(noticeOf(Category::Connection, u"one"_qs));
        c.centre.post(noticeOf(Category::Policy, u"two"_qs));

        QCOMPARE(titles(c.centre), (QStringList{u"two"_qs, u"one"_qs}));
        QCOMPARE(c.centre.unread(), 2);
        c.clock.advance(5min);
        QCOMPARE(c.centre.index(0).data(NotificationCentre::TimeRole).toString(), u"5 min ago"_qs);
    }

    void keepsAHundred() {
        Centre c;
        for (std::size_t i = 0; i < NotificationCentre::kMost; ++i) {
            c.centre.post(noticeOf(Category::Connection, QString::number(i)));
        }
        QCOMPARE(c.centre.count(), 100);

        c.centre.post(noticeOf(Category::Connection, u"last"_qs));

        QCOMPARE(c.centre.count(), 100);
        QCOMPARE(c.centre.unread(), 100);
        QCOMPARE(titleAt(c.centre, 0), u"last"_qs);
        QCOMPARE(titleAt(c.centre, 99), u"1"_qs);
    }

    void popsUpOnlyWhileNobodySeesTheWindow() {
        Centre c;
        const QSignalSpy popups(&c.centre, &NotificationCentre::popupAsked);
        c.centre.setWindowVisible(true);
        c.centre.post(noticeOf(Category::Connection, u"seen"_qs));
        QCOMPARE(popups.count(), 0);
        QVERIFY(!c.centre.attention());
        QCOMPARE(c.centre.unread(), 1);

        c.centre.setWindowVisible(false);
        c.centre.post(noticeOf(Category::Connection, u"missed"_qs));

        QCOMPARE(popups.count(), 1);
        QVERIFY(c.centre.attention());
        c.centre.setWindowVisible(true);
        QVERIFY(!c.centre.attention());
    }

    void ofManyAtOnceTheLastOfEachCategoryPopsUp() {
        Centre c;
        QStringList shown;
        connect(&c.centre, &NotificationCentre::popupAsked, this, [&shown](const Notice& notice) {
            shown.append(notice.title);
        });
        c.centre.post(noticeOf(Category::Connection, u"first"_qs));
        c.centre.post(noticeOf(Category::Connection, u"second"_qs));
        c.centre.post(noticeOf(Category::Connection, u"third"_qs));
        c.centre.post(noticeOf(Category::Policy, u"rules"_qs));
        QCOMPARE(shown, QStringList{u"first"_qs});

        QVERIFY(QTest::qWaitFor([&shown] { return shown.size() == 3; }));

        QCOMPARE(shown, (QStringList{u"first"_qs, u"third"_qs, u"rules"_qs}));
        QCOMPARE(c.centre.count(), 4);
    }

    void whatNobodyWantsIsNotKept() {
        Centre c;
        c.centre.post(noticeOf(Category::Peers, u"joined"_qs));
        QCOMPARE(c.centre.count(), 0);
        c.preferences.setNotifies(Category::Peers, true);
        c.preferences.setNotifies(Category::Connection, false);

        c.centre.post(noticeOf(Category::Peers, u"joined"_qs));
        c.centre.post(noticeOf(Category::Connection, u"lost"_qs));

        QCOMPARE(titles(c.centre), QStringList{u"joined"_qs});
    }

    void canBeReadAndCleared() {
        Centre c;
        c.centre.post(noticeOf(Category::Connection, u"one"_qs));
        c.centre.post(noticeOf(Category::Connection, u"two"_qs));
        const QSignalSpy opened(&c.centre, &NotificationCentre::openAsked);

        c.centre.open(1);
        QCOMPARE(opened.at(0).at(1).toString(), u"overview"_qs);
        QCOMPARE(c.centre.unread(), 1);
        c.centre.open(1);
        c.centre.open(7);
        QCOMPARE(c.centre.unread(), 1);
        c.centre.markAllRead();
        QCOMPARE(c.centre.unread(), 0);
        QVERIFY(!c.centre.attention());
        c.centre.clear();
        QCOMPARE(c.centre.count(), 0);
    }

    void tellsOfEachStateThatMatters() {
        Home home;
        home.become(ConnectionState::Off);
        home.become(ConnectionState::Connecting);
        home.become(ConnectionState::Connected);
        home.change([](Connection& connection) {
            connection.state = ConnectionState::Degraded;
            connection.problems = {{weft::api::Severity::Warn, "no leader", {}}};
        });
        home.become(ConnectionState::Connected);
        home.become(ConnectionState::Failed);

        QCOMPARE(
            home.told(),
            (QStringList{
                u"Home could not connect"_qs,
                u"Home is well again"_qs,
                u"Home has a problem"_qs,
                u"Home is connected"_qs,
                u"Home is disconnected"_qs}));
        QCOMPARE(
            home.app.notifications()->index(2).data(NotificationCentre::TextRole).toString(),
            u"No leader."_qs);
    }

    void aShortLossIsNotWorthAWord() {
        Home home;
        home.become(ConnectionState::Reconnecting);
        home.become(ConnectionState::Connected);

        QVERIFY(home.told().isEmpty());
    }

    void aLongLossIsToldOnceAndSoIsItsEnd() {
        weft::tests::FakeClock clock;
        Preferences preferences(nullptr);
        NotificationCentre centre(clock, preferences);
        weft::tests::FakeController controller(
            UiFixture::sceneAt("home", clock.wallNow()),
            weft::tests::FakeController::Delivery::Manual);
        weft::bridge::Bridge bridge(controller);
        MeshNews news(bridge, clock, centre);
        const weft::api::DaemonState well = UiFixture::sceneAt("home", clock.wallNow()).state;
        weft::api::DaemonState lost = well;
        lost.connections.front().state = ConnectionState::Reconnecting;

        news.takeState(well, lost);
        clock.advance(29s);
        news.tellLosses();
        QCOMPARE(centre.count(), 0);
        clock.advance(1s);
        news.tellLosses();
        news.tellLosses();
        QCOMPARE(titles(centre), QStringList{u"Home is lost and goes on trying"_qs});
        news.takeState(lost, well);

        QCOMPARE(titleAt(centre, 0), u"Home is connected"_qs);
        QCOMPARE(centre.count(), 2);
    }

    void tellsOfMembersAndInvitationsToWhoWantsIt() {
        Home home;
        home.preferences.setNotifies(Category::Peers, true);
        home.become(ConnectionState::Off);
        home.become(ConnectionState::Connected);
        home.app.notifications()->clear();

        home.change([](Connection& connection) { connection.peerCount += 2; });
        home.change([](Connection& connection) { connection.peerCount -= 1; });

        QCOMPARE(home.told().size(), 2);
        QVERIFY(home.told().at(0).startsWith(u"1 member"_qs));
        QVERIFY(home.told().at(0).endsWith(u"left"_qs));
        QVERIFY(home.told().at(1).startsWith(u"2 member"_qs));
        QVERIFY(home.told().at(1).endsWith(u"joined"_qs));
    }

    void tellsOfAnInvitationThatWasUsed() {
        auto scene = UiFixture::sceneAt("home", weft::tests::FakeClock().wallNow());
        Home home;
        home.preferences.setNotifies(Category::Peers, true);
        home.become(ConnectionState::Off);
        home.become(ConnectionState::Connected);
        home.app.notifications()->clear();
        auto& invitations = scene.invitations.begin()->second;
        const auto open = std::ranges::find(
            invitations, weft::api::InvitationState::Open, &weft::api::Invitation::state);
        QVERIFY(open != invitations.end());
        open->state = weft::api::InvitationState::Used;
        open->usedBy = "tablet";
        scene.state.connections.front().peerCount += 1;

        home.controller.setScene(scene);
        home.settle();

        QVERIFY2(
            home.told().contains(u"An invitation was used"_qs), qPrintable(home.told().join(u';')));
    }

    void tellsOfTestsThatFail() {
        Home home;
        home.change([](Connection& connection) {
            connection.policyTests = weft::api::PolicyTestFigures{3, 1, {}, {{"nas", "no"}}};
        });
        QCOMPARE(home.told().size(), 1);
        QVERIFY(home.told().front().startsWith(u"1 test"_qs));

        home.change([](Connection& connection) { connection.policyTests->passed = 4; });

        QCOMPARE(home.told().size(), 1);
    }

    void tellsOnceThatACertificateEnds() {
        Home home;
        const weft::WallTime now = home.clock.wallNow();
        home.change([now](Connection& c) { c.certificateExpiresAt = now + 8 * 24h; });
        QVERIFY(home.told().isEmpty());
        home.change([now](Connection& c) { c.certificateExpiresAt = now + 6 * 24h; });
        home.change([](Connection& c) { c.peerCount += 1; });

        QCOMPARE(home.told(), QStringList{u"The certificate for Home ends soon"_qs});
    }

    void tellsOfAChangeThatWaitsAndOfItsEnd() {
        UiFixture ui("countdown");
        QCOMPARE(titles(*ui.app.notifications()), QStringList{u"A change waits for you"_qs});

        ui.app.changes()->waiting()->takeBack();
        ui.settle();

        QCOMPARE(titleAt(*ui.app.notifications(), 0), u"The changes are taken back"_qs);
    }

    void tellsOfAWayToTheInternetThatComes() {
        auto scene = UiFixture::sceneAt("home", weft::tests::FakeClock().wallNow());
        Home home;
        QVERIFY(home.told().isEmpty());
        auto& routes = scene.routes.begin()->second;
        weft::api::MeshRoute route;
        route.cidr = "0.0.0.0/0";
        route.nodeId = "vps-fra";
        route.state = weft::api::RouteState::Asked;
        route.isDefault = true;
        routes.push_back(route);
        ++scene.state.connections.front().policyChanges;

        home.controller.setScene(scene);
        home.settle();

        QCOMPARE(home.told(), QStringList{u"vps-fra offers a way to the Internet"_qs});
    }
};

QTEST_MAIN(NotificationsTest)
#include "notifications_test.moc"
