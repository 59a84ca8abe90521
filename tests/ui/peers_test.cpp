// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using weft::api::ProfileId;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::PeersModel;
using weft::viewmodels::PeersProxy;

namespace {

QStringList namesOf(const PeersProxy& peers) {
    QStringList names;
    for (int row = 0; row < peers.count(); ++row) {
        names.append(peers.index(row, 0).data(PeersModel::NameRole).toString());
    }
    return names;
}

}  // namespace

class PeersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsThisNodeFirstThenByName() {
        UiFixture ui("home");
        const QStringList names = namesOf(*ui.app.peers());

        QCOMPARE(names.first(), QStringLiteral("laptop"));
        QCOMPARE(names.at(1), QStringLiteral("build-01"));
        QCOMPARE(names.last(), QStringLiteral("workstation"));
        QCOMPARE(ui.app.peers()->countText(), QStringLiteral("12 members"));
    }

    void findsByNameAddressKeyAndService_data() {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("name") << QStringLiteral("PRINTER")
                              << QStringList{QStringLiteral("printer-hall")};
        QTest::newRow("address") << QStringLiteral("172.16.0.9")
                                 << QStringList{QStringLiteral("phone-office")};
        QTest::newRow("IPv6") << QStringLiteral("fd5e:7ab1:c04:2::")
                              << QStringList{QStringLiteral("nas")};
        QTest::newRow("service word")
            << QStringLiteral("dns")
            << QStringList{QStringLiteral("vps-ams"), QStringLiteral("vps-fra")};
        QTest::newRow("service name")
            << QStringLiteral("MESH_DNS")
            << QStringList{QStringLiteral("vps-ams"), QStringLiteral("vps-fra")};
        QTest::newRow("two words")
            << QStringLiteral("office 01") << QStringList{QStringLiteral("build-01")};
        QTest::newRow("nothing") << QStringLiteral("no such thing") << QStringList{};
    }
    void findsByNameAddressKeyAndService() {
        QFETCH(QString, search);
        UiFixture ui("home");

        ui.app.peers()->setSearchText(search);

        QTEST(namesOf(*ui.app.peers()), "found");
    }

    void findsByTheBeginningOfAKey() {
        UiFixture ui("home");
        const auto* peer = ui.app.allPeers()->find("nas");
        QVERIFY(peer != nullptr);

        ui.app.peers()->setSearchText(QString::fromStdString(peer->publicKey.substr(0, 16)));

        QCOMPARE(namesOf(*ui.app.peers()), QStringList{QStringLiteral("nas")});
        QCOMPARE(ui.app.peers()->countText(), QStringLiteral("1 of 12 members"));
    }

    void sortsAddressesAsNumbers() {
        UiFixture ui("home");

        ui.app.peers()->sortBy(PeersProxy::SortKey::Address);
        const QStringList up = namesOf(*ui.app.peers());
        ui.app.peers()->sortBy(PeersProxy::SortKey::Address);
        const QStringList down = namesOf(*ui.app.peers());

        QCOMPARE(up.at(1), QStringLiteral("nas"));
        QCOMPARE(up.last(), QStringLiteral("tablet-kitchen"));
        QCOMPARE(down.first(), QStringLiteral("laptop"));
        QCOMPARE(down.at(1), QStringLiteral("tablet-kitchen"));
    }

    void followsChanges() {
        UiFixture ui("home");
        const QAbstractItemModelTester tester(
            ui.app.peers(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        weft::api::Peer fresh;
        fresh.id = "new-one";
        fresh.addressIpv4 = "172.16.0.99/32";

        ui.controller.updatePeers(ProfileId{"home"}, {false, {fresh}, {"nas", "laptop"}});
        ui.settle();

        const QStringList names = namesOf(*ui.app.peers());
        QCOMPARE(names.size(), 11);
        QVERIFY(names.contains(QStringLiteral("new-one")));
        QVERIFY(!names.contains(QStringLiteral("nas")));
    }

    void addsChangesUpWhileTheWindowIsBusy() {
        UiFixture ui("home");
        weft::api::Peer peer = *ui.app.allPeers()->find("nas");
        // Three reports before the window looks: the last word of each counts.
        ui.controller.updatePeers(ProfileId{"home"}, {false, {}, {"vps-fra"}});
        peer.zone = "attic";
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {"vps-ams"}});
        peer.id = "vps-fra";
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();

        QCOMPARE(ui.app.allPeers()->count(), 11);
        QCOMPARE(ui.app.allPeers()->find("nas")->zone, std::string("attic"));
        QCOMPARE(ui.app.allPeers()->find("vps-fra")->zone, std::string("attic"));
        QVERIFY(ui.app.allPeers()->find("vps-ams") == nullptr);
    }

    void holdsFiveThousand() {
        UiFixture ui("crowd");
        QCOMPARE(ui.app.peers()->count(), 5000);

        ui.app.peers()->setSearchText(QStringLiteral("camera-door-0100"));

        QCOMPARE(namesOf(*ui.app.peers()), QStringList{QStringLiteral("camera-door-0100")});
    }

    void keepsTheRowsOfAMeshThatWasLeft() {
        UiFixture ui("home");

        ui.app.connection()->act();
        ui.settle();

        QCOMPARE(ui.app.allPeers()->count(), 12);
        QVERIFY(ui.app.connection()->stale());
    }

    void showsOneMemberAndNoticesThatItWent() {
        UiFixture ui("home");
        auto* peer = ui.app.peer();

        peer->show(weft::viewmodels::toPeerKey("vps-fra"));
        QVERIFY(peer->isOpen());
        QCOMPARE(peer->addressIpv4(), QStringLiteral("172.16.0.3"));
        QCOMPARE(peer->features(), (QStringList{QStringLiteral("API"), QStringLiteral("DNS")}));
        QVERIFY(peer->rawText().contains(QStringLiteral("\"id\": \"vps-fra\"")));
        QVERIFY(!peer->gone());
        ui.controller.updatePeers(ProfileId{"home"}, {false, {}, {"vps-fra"}});
        ui.settle();

        QVERIFY(peer->gone());
        QCOMPARE(peer->name(), QStringLiteral("vps-fra"));
    }

    void agesGrowWhileNothingElseChanges() {
        UiFixture ui("home");
        ui.app.peer()->show(weft::viewmodels::toPeerKey("laptop"));
        const QSignalSpy rows(ui.app.peers(), &QAbstractItemModel::dataChanged);
        const QSignalSpy layout(ui.app.peers(), &QAbstractItemModel::layoutChanged);
        const QSignalSpy drawer(ui.app.peer(), &weft::viewmodels::PeerDetails::changed);
        ui.app.refreshClock();
        const auto before = rows.count();

        ui.clock.advance(std::chrono::seconds(9));
        ui.app.refreshClock();
        QCOMPARE(rows.count(), before);
        ui.clock.advance(std::chrono::seconds(1));
        ui.app.refreshClock();

        QVERIFY(rows.count() > before);
        QVERIFY(drawer.count() > 0);
        QCOMPARE(layout.count(), 0);
    }

    void saysWithAWordWhoAnswers() {
        UiFixture ui("home");
        const auto stateOf = [&ui](const char* id) {
            const int row = ui.app.peers()->rowOf(weft::viewmodels::toPeerKey(id));
            return ui.app.peers()->index(row, 0).data(PeersModel::StateRole).toString();
        };
        QCOMPARE(stateOf("laptop"), QStringLiteral("This node"));
        QCOMPARE(stateOf("nas"), QStringLiteral("Reachable"));
        QCOMPARE(stateOf("vps-ams"), QStringLiteral("Stale"));
        QCOMPARE(stateOf("build-01"), QStringLiteral("No contact yet"));
        QCOMPARE(stateOf("printer-hall"), QStringLiteral("Member"));

        ui.clock.advance(std::chrono::minutes(5));
        ui.app.refreshClock();

        QCOMPARE(stateOf("nas"), QStringLiteral("Stale"));
        QCOMPARE(stateOf("vps-ams"), QStringLiteral("Gone"));
    }

    void believesTheDaemonWhoHearsThePackets() {
        UiFixture ui("home");
        const auto of = [&ui](PeersModel::Role role) {
            const int row = ui.app.peers()->rowOf(weft::viewmodels::toPeerKey("nas"));
            return ui.app.peers()->index(row, 0).data(role).toString();
        };
        QCOMPARE(of(PeersModel::StateIconRole), QStringLiteral("done"));
        weft::api::Peer peer = *ui.app.allPeers()->find("nas");
        peer.liveness = weft::api::Freshness::Stale;
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();

        QCOMPARE(of(PeersModel::StateRole), QStringLiteral("Stale"));
        QCOMPARE(of(PeersModel::StateIconRole), QStringLiteral("clock"));
        ui.app.peer()->show(weft::viewmodels::toPeerKey("nas"));
        QCOMPARE(ui.app.peer()->stateText(), QStringLiteral("Stale"));
        QCOMPARE(ui.app.peer()->stateIcon(), QStringLiteral("clock"));
        // What was said last grows old where nobody says anything any more.
        peer.liveness = weft::api::Freshness::Fresh;
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();
        QCOMPARE(of(PeersModel::StateRole), QStringLiteral("Reachable"));
        ui.clock.advance(std::chrono::minutes(12));
        ui.app.refreshClock();
        QCOMPARE(of(PeersModel::StateRole), QStringLiteral("Gone"));
    }

    void showsWhoIsSilentByTheClockToo() {
        UiFixture ui("home");
        PeersProxy& peers = *ui.app.peers();
        peers.setShown(PeersProxy::Shown::Silent);
        QCOMPARE(
            namesOf(peers), (QStringList{QStringLiteral("build-01"), QStringLiteral("vps-ams")}));

        ui.clock.advance(std::chrono::minutes(5));
        ui.app.refreshClock();

        QCOMPARE(
            namesOf(peers),
            (QStringList{
                QStringLiteral("build-01"),
                QStringLiteral("nas"),
                QStringLiteral("vps-ams"),
                QStringLiteral("vps-fra"),
                QStringLiteral("workstation")}));
        peers.setShown(PeersProxy::Shown::Linked);
        QCOMPARE(namesOf(peers).first(), QStringLiteral("laptop"));
        peers.clearFilters();
        QCOMPARE(peers.count(), 12);
    }

    void showsWhatFlowsAndThenWhatHasFlown() {
        UiFixture ui("home");
        const auto trafficOf = [&ui] {
            const int row = ui.app.peers()->rowOf(weft::viewmodels::toPeerKey("workstation"));
            return ui.app.peers()->index(row, 0).data(PeersModel::TrafficRole).toString();
        };
        QCOMPARE(trafficOf(), QStringLiteral("↓ 742 bytes  ↑ 1.8 KiB"));
        weft::api::Peer peer = *ui.app.allPeers()->find("workstation");
        peer.tunnel->receivedBytes += 2 * 1024 * 1024;
        ui.clock.advance(std::chrono::seconds(2));

        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();
        QCOMPARE(trafficOf(), QStringLiteral("↓ 1.0 MiB/s  ↑ 0"));
        ui.app.peer()->show(weft::viewmodels::toPeerKey("workstation"));
        QCOMPARE(ui.app.peer()->received(), QStringLiteral("2.0 MiB, now 1.0 MiB/s"));
        ui.clock.advance(std::chrono::seconds(7));
        ui.app.refreshClock();

        QCOMPARE(trafficOf(), QStringLiteral("↓ 2.0 MiB  ↑ 1.8 KiB"));
        QCOMPARE(ui.app.peer()->received(), QStringLiteral("2.0 MiB"));
    }

    void showsWhereAMemberIsAndWhatWasDropped() {
        UiFixture ui("home");
        auto* peer = ui.app.peer();

        peer->show(weft::viewmodels::toPeerKey("vps-fra"));

        QVERIFY(peer->hasTunnel());
        QCOMPARE(peer->handshake(), QStringLiteral("1 min ago"));
        QCOMPARE(peer->currentEndpoint(), QStringLiteral("203.0.113.7:51820"));
        QCOMPARE(peer->path(), QStringLiteral("Direct, over UDP"));
        QCOMPARE(peer->sessions(), QStringLiteral("18 handshakes"));
        QVERIFY(peer->drops().contains(QStringLiteral("41 × received twice")));
        QVERIFY(peer->rawText().contains(QStringLiteral("\"rekeys\": 16")));
        peer->show(weft::viewmodels::toPeerKey("printer-hall"));
        QVERIFY(!peer->hasTunnel());
        QCOMPARE(peer->handshake(), QString());
    }

    void saysThatTheRulesDoNotAllowIt() {
        UiFixture ui("home");
        weft::api::Peer peer = *ui.app.allPeers()->find("nas");
        peer.tunnel->drops = {{"denied", 3}};
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();

        ui.app.peer()->show(weft::viewmodels::toPeerKey("nas"));

        QCOMPARE(ui.app.peer()->drops(), QStringLiteral("3 × not allowed by the rules"));
    }

    void sortsByTrafficAndByHandshake() {
        UiFixture ui("home");

        ui.app.peers()->sortBy(PeersProxy::SortKey::Traffic);
        QCOMPARE(namesOf(*ui.app.peers()).at(1), QStringLiteral("nas"));
        ui.app.peers()->sortBy(PeersProxy::SortKey::Handshake);
        QCOMPARE(namesOf(*ui.app.peers()).at(1), QStringLiteral("workstation"));
        ui.app.peers()->sortBy(PeersProxy::SortKey::State);
        QCOMPARE(
            namesOf(*ui.app.peers()).mid(1, 5),
            (QStringList{
                QStringLiteral("nas"),
                QStringLiteral("vps-fra"),
                QStringLiteral("workstation"),
                QStringLiteral("vps-ams"),
                QStringLiteral("build-01")}));
    }

    void asksForNothingWhileNobodySeesTheWindow() {
        UiFixture ui("home");
        ui.app.setActive(true);
        ui.settle();
        weft::api::Peer peer = *ui.app.allPeers()->find("nas");
        peer.zone = "attic";

        ui.app.setActive(false);
        ui.settle();
        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();
        QCOMPARE(ui.app.allPeers()->count(), 12);
        QCOMPARE(ui.app.allPeers()->find("nas")->zone, std::string("home"));
        const QSignalSpy resets(ui.app.allPeers(), &QAbstractItemModel::modelReset);
        ui.app.setActive(true);
        ui.settle();

        QCOMPARE(ui.app.allPeers()->find("nas")->zone, std::string("attic"));
        QCOMPARE(resets.count(), 0);
    }

    void keepsThePlaceWhenTheListIsToldAnew() {
        UiFixture ui("home");
        const QAbstractItemModelTester tester(
            ui.app.allPeers(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy resets(ui.app.allPeers(), &QAbstractItemModel::modelReset);
        auto peers = weft::tests::fakePeers(12, ui.clock.wallNow());
        peers.erase(peers.begin() + 3);
        peers.push_back(peers.back());
        peers.back().id = "new-one";

        ui.controller.updatePeers(ProfileId{"home"}, {true, peers, {}});
        ui.settle();

        QCOMPARE(resets.count(), 0);
        QCOMPARE(ui.app.allPeers()->count(), 12);
        QVERIFY(ui.app.allPeers()->find("vps-ams") == nullptr);
        QVERIFY(ui.app.allPeers()->find("new-one") != nullptr);
        ui.controller.updatePeers(
            ProfileId{"home"}, {true, weft::tests::fakePeers(300, ui.clock.wallNow()), {}});
        ui.settle();
        QCOMPARE(resets.count(), 1);
        QCOMPARE(ui.app.allPeers()->count(), 300);
    }

    void carriesIdsThatAreNotText() {
        UiFixture ui("hostile");
        const std::string id("broken \xff\xfe utf-8");
        QVERIFY(ui.app.allPeers()->find(id) != nullptr);

        ui.app.peer()->show(weft::viewmodels::toPeerKey(id));

        QVERIFY(ui.app.peer()->isOpen());
        QCOMPARE(weft::viewmodels::fromPeerKey(ui.app.peer()->peerId()), id);
    }

    void releasesANameForAdministratorsOnly() {
        UiFixture ui("home");
        const QSignalSpy done(ui.app.peer(), &weft::viewmodels::PeerDetails::done);
        ui.app.peer()->show(weft::viewmodels::toPeerKey("nas"));
        QVERIFY(ui.app.peer()->canRelease());

        ui.app.peer()->release();
        ui.settle();

        QCOMPARE(done.count(), 1);
        UiFixture other("read-only");
        other.app.peer()->show(weft::viewmodels::toPeerKey("nas"));
        other.app.peer()->release();
        other.settle();
        QCOMPARE(other.controller.count(FakeCall::ReleaseNode), std::size_t{0});
    }
};

QTEST_MAIN(PeersTest)
#include "peers_test.moc"
