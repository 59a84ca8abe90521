// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_peers.h"
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/peers/peer_cells.h"
#include "ui/viewmodels/peers/peer_csv.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using weft::api::ProfileId;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::PeerColumns;
using weft::viewmodels::PeerFacets;
using weft::viewmodels::PeerList;
using weft::viewmodels::PeersModel;

namespace {

QStringList namesOf(const PeerList& peers) {
    QStringList names;
    for (int row = 0; row < peers.count(); ++row) {
        names.append(peers.index(row, 0).data(PeersModel::NameRole).toString());
    }
    return names;
}

QStringList headingsOf(const PeerList& peers) {
    QStringList headings;
    for (int row = 0; row < peers.rowCount(); ++row) {
        if (peers.isHeading(row)) {
            headings.append(peers.index(row).data(PeerList::HeadingRole).toString());
        }
    }
    return headings;
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

        ui.app.peers()->sortBy(PeerColumns::Column::Ipv4);
        const QStringList up = namesOf(*ui.app.peers());
        ui.app.peers()->sortBy(PeerColumns::Column::Ipv4);
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

    void filtersWidenWithinAKindAndNarrowAcrossKindsByTheClockToo() {
        UiFixture ui("home");
        PeerList& peers = *ui.app.peers();
        const QAbstractItemModelTester tester(
            &peers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        peers.facets()->toggle(PeerFacets::Facet::Stale);
        peers.facets()->toggle(PeerFacets::Facet::NoContact);
        QCOMPARE(
            namesOf(peers), (QStringList{QStringLiteral("build-01"), QStringLiteral("vps-ams")}));
        QCOMPARE(peers.countText(), QStringLiteral("2 of 12 members"));
        QVERIFY(peers.filtered());

        ui.clock.advance(std::chrono::minutes(5));
        ui.app.refreshClock();

        QCOMPARE(
            namesOf(peers),
            (QStringList{
                QStringLiteral("build-01"),
                QStringLiteral("nas"),
                QStringLiteral("vps-fra"),
                QStringLiteral("workstation")}));
        peers.facets()->toggle(PeerFacets::Facet::ThisZone);
        QCOMPARE(namesOf(peers), QStringList{QStringLiteral("nas")});
        peers.clearFilters();
        QCOMPARE(peers.count(), 12);
        QVERIFY(!peers.filtered());
    }

    void countsWhatEachFilterWouldShow() {
        UiFixture ui("home");
        PeerFacets& facets = *ui.app.peers()->facets();
        const auto countOf = [&facets](PeerFacets::Facet facet) {
            return facets.index(static_cast<int>(facet)).data(PeerFacets::CountRole).toInt();
        };
        QCOMPARE(countOf(PeerFacets::Facet::Fresh), 3);
        QCOMPARE(countOf(PeerFacets::Facet::Relayed), 1);
        QCOMPARE(countOf(PeerFacets::Facet::ThisZone), 6);

        ui.controller.updatePeers(ProfileId{"home"}, {false, {}, {"nas", "build-02"}});
        ui.settle();

        QCOMPARE(countOf(PeerFacets::Facet::Fresh), 2);
        QCOMPARE(countOf(PeerFacets::Facet::Relayed), 0);
        QCOMPARE(countOf(PeerFacets::Facet::ThisZone), 5);
    }

    void standsUnderHeadingsThatCloseAndCount() {
        UiFixture ui("home");
        PeerList& peers = *ui.app.peers();
        const QAbstractItemModelTester tester(
            &peers, QAbstractItemModelTester::FailureReportingMode::QtTest);

        peers.setGrouping(PeerList::Grouping::Zone);

        QCOMPARE(headingsOf(peers).first(), QStringLiteral("cloud (2)"));
        QCOMPARE(headingsOf(peers).last(), QStringLiteral("No zone (1)"));
        QCOMPARE(peers.rowCount(), 16);
        QCOMPARE(peers.count(), 12);
        QCOMPARE(peers.setCollapsed(1, true), 0);
        QCOMPARE(peers.rowCount(), 14);
        QCOMPARE(peers.rowOf(weft::viewmodels::toPeerKey("vps-fra")), -1);
        weft::api::Peer moved = *ui.app.allPeers()->find("nas");
        moved.zone = "cloud";
        ui.controller.updatePeers(ProfileId{"home"}, {false, {moved}, {"phone-office"}});
        ui.settle();
        QCOMPARE(headingsOf(peers).first(), QStringLiteral("cloud (3)"));
        QVERIFY(!headingsOf(peers).contains(QStringLiteral("No zone (1)")));
        QCOMPARE(peers.setCollapsed(0, false), 0);
        QCOMPARE(peers.rowOf(weft::viewmodels::toPeerKey("nas")), 1);
        QVERIFY(peers.isHeading(0));
        QCOMPARE(peers.idAt(0), QString());
    }

    void groupsByTheGroupsOfTheRules() {
        UiFixture ui("home");
        PeerList& peers = *ui.app.peers();
        QVERIFY(peers.knowsGroups());

        peers.setGrouping(PeerList::Grouping::Group);

        QVERIFY2(
            headingsOf(peers).contains(QStringLiteral("cameras (1)")),
            qPrintable(headingsOf(peers).join(QLatin1Char(';'))));
        peers.setPolicy(nullptr);
        QCOMPARE(peers.grouping(), PeerList::Grouping::None);
        QCOMPARE(peers.rowCount(), 12);
    }

    // A list that was changed step by step is the list that one made anew would be.
    void keepsItsOrderThroughRandomChanges_data() {
        QTest::addColumn<int>("grouping");
        QTest::addColumn<int>("key");
        QTest::newRow("by name") << 0 << static_cast<int>(PeerColumns::Column::Name);
        QTest::newRow("by what comes") << 0 << static_cast<int>(PeerColumns::Column::Received);
        QTest::newRow("zones by state") << 2 << static_cast<int>(PeerColumns::Column::State);
        QTest::newRow("states by handshake")
            << 1 << static_cast<int>(PeerColumns::Column::Handshake);
    }
    void keepsItsOrderThroughRandomChanges() {
        QFETCH(int, grouping);
        QFETCH(int, key);
        const weft::tests::FakeClock clock;
        PeersModel model(clock);
        model.apply({true, weft::tests::fakePeers(50, clock.wallNow()), {}, true});
        PeerList peers(model);
        const QAbstractItemModelTester tester(
            &peers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        peers.sortBy(static_cast<PeerColumns::Column>(key));
        peers.setGrouping(static_cast<PeerList::Grouping>(grouping));
        const QSignalSpy resets(&peers, &QAbstractItemModel::modelReset);
        // The same changes in each run.
        // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp)
        std::mt19937 random(7);
        const auto source = weft::tests::fakePeers(64, clock.wallNow());
        for (int round = 0; round < 150; ++round) {
            // Never this node, which all others are compared with.
            weft::api::Peer peer = source.at(1 + random() % 63);
            peer.zone = source.at(random() % 12).zone;
            if (peer.tunnel) {
                peer.tunnel->receivedBytes += random() % 1000;
                peer.tunnel->lastHandshake = clock.wallNow() - std::chrono::seconds(random() % 900);
            }
            const bool goes = random() % 4 == 0;
            model.apply(
                goes ? weft::api::PeersUpdate{false, {}, {peer.id}}
                     : weft::api::PeersUpdate{false, {peer}, {}});
        }

        QCOMPARE(resets.count(), 0);
        PeerList fresh(model);
        fresh.sortBy(static_cast<PeerColumns::Column>(key));
        if (fresh.ascending() != peers.ascending()) {
            fresh.sortBy(static_cast<PeerColumns::Column>(key));
        }
        fresh.setGrouping(static_cast<PeerList::Grouping>(grouping));
        QCOMPARE(peers.count(), fresh.count());
        for (int row = 0; row < fresh.rowCount(); ++row) {
            QCOMPARE(peers.idAt(row), fresh.idAt(row));
            QCOMPARE(
                peers.index(row).data(PeerList::HeadingRole),
                fresh.index(row).data(PeerList::HeadingRole));
        }
    }

    void selectsWithControlAndShiftAndOnlyWhatIsShown() {
        UiFixture ui("home");
        PeerList& peers = *ui.app.peers();
        QVERIFY(!peers.pick(1, Qt::NoModifier));
        QVERIFY(!peers.selecting());

        QVERIFY(peers.pick(3, Qt::ShiftModifier));
        QCOMPARE(peers.selectedText(), QStringLiteral("3 selected"));
        QVERIFY(peers.pick(2, Qt::ControlModifier));
        QCOMPARE(peers.selectedCount(), 2);
        QVERIFY(peers.index(1).data(PeerList::SelectedRole).toBool());
        QVERIFY(!peers.index(2).data(PeerList::SelectedRole).toBool());
        peers.selectAll();
        QCOMPARE(peers.selectedCount(), 12);
        peers.setSearchText(QStringLiteral("vps"));
        QCOMPARE(peers.selectedCount(), 2);
        ui.controller.updatePeers(ProfileId{"home"}, {false, {}, {"vps-fra"}});
        ui.settle();
        QCOMPARE(peers.selectedCount(), 1);
        peers.clearSelection();
        QVERIFY(!peers.selecting());
    }

    void copiesAndExportsTheSelected() {
        UiFixture ui("home");
        const QTemporaryDir folder;
        PeerList& peers = *ui.app.peers();
        weft::viewmodels::PeerActions& actions = *ui.app.peerActions();
        peers.setSearchText(QStringLiteral("vps"));
        peers.selectAll();
        QCOMPARE(actions.names(), QStringLiteral("vps-ams\nvps-fra"));
        QCOMPARE(actions.addresses(), QStringLiteral("172.16.0.4\n172.16.0.3"));

        QVERIFY(!actions.writeCsv(folder.path()));
        QVERIFY(!actions.errorText().isEmpty());
        const QString path = folder.filePath(QStringLiteral("members.csv"));
        QVERIFY(actions.writeCsv(path));

        QVERIFY(actions.errorText().isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines.at(0).startsWith("\"name\",\"state\",\"ipv4\""));
        QVERIFY(lines.at(1).startsWith("\"vps-ams\",\"Stale\",\"172.16.0.4\""));
        QVERIFY(lines.at(1).endsWith("\"\r"));
    }

    void writesNoFormulaIntoATable_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("plain") << QStringLiteral("nas") << QByteArray("\"nas\"");
        QTest::newRow("quotes") << QStringLiteral("a \"b\", c") << QByteArray(R"("a ""b"", c")");
        QTest::newRow("formula") << QStringLiteral("=1+1") << QByteArray("\"'=1+1\"");
        QTest::newRow("plus") << QStringLiteral("+1") << QByteArray("\"'+1\"");
        QTest::newRow("minus") << QStringLiteral("-1") << QByteArray("\"'-1\"");
        QTest::newRow("at") << QStringLiteral("@SUM(A1)") << QByteArray("\"'@SUM(A1)\"");
        QTest::newRow("after a space") << QStringLiteral(" \t=1") << QByteArray("\"'=1\"");
        QTest::newRow("empty") << QString() << QByteArray("\"\"");
    }
    void writesNoFormulaIntoATable() {
        QFETCH(QString, text);
        QTEST(weft::viewmodels::csvField(text), "field");
        QVERIFY(!weft::viewmodels::csvField(QStringLiteral("a\r\nb")).contains('\n'));
    }

    void addsTheSelectedToAGroupInTheDraft() {
        UiFixture ui("home");
        const QSignalSpy done(ui.app.peerActions(), &weft::viewmodels::PeerActions::done);
        PeerList& peers = *ui.app.peers();
        peers.setSearchText(QStringLiteral("vps"));
        peers.selectAll();
        const auto group = ui.app.peerActions()->groups().indexOf(QStringLiteral("cameras"));
        QVERIFY(group >= 0);

        ui.app.peerActions()->addToGroup(static_cast<int>(group));
        ui.settle();

        QCOMPARE(done.count(), 1);
        const QString text = done.front().front().toString();
        QVERIFY2(text.startsWith(QStringLiteral("In the draft: 2")), qPrintable(text));
        QCOMPARE(ui.app.changes()->count(), 1);
        // Once more changes nothing.
        ui.app.peerActions()->addToGroup(static_cast<int>(group));
        ui.settle();
        QCOMPARE(done.count(), 2);
        QCOMPARE(ui.app.changes()->count(), 1);
        QCOMPARE(ui.controller.count(FakeCall::PutPolicyObject), std::size_t{0});
    }

    void showsTheColumnsThatFitUntilSomebodyChooses() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("w.ini"));
        using Column = PeerColumns::Column;
        {
            QSettings settings(file, QSettings::IniFormat);
            weft::viewmodels::Appearance appearance(&settings);
            PeerColumns columns(&appearance);
            QVERIFY(columns.shownColumns().empty());
            columns.setRoom(620);
            QCOMPARE(columns.shownColumns(), (std::vector<Column>{Column::Ipv4, Column::Received}));
            columns.setRoom(4000);
            QCOMPARE(columns.shownColumns().size(), std::size_t{8});
            columns.toggle(Column::Key);
            columns.toggle(Column::Ipv4);
            columns.toggle(Column::Name);
            QCOMPARE(columns.shownColumns().size(), std::size_t{8});
            QCOMPARE(columns.shownColumns().back(), Column::Key);
        }
        QSettings settings(file, QSettings::IniFormat);
        weft::viewmodels::Appearance appearance(&settings);
        PeerColumns columns(&appearance);
        columns.setRoom(4000);
        QVERIFY(columns.chosen());
        QCOMPARE(columns.shownColumns().back(), Column::Key);
        QCOMPARE(columns.shownColumns().front(), Column::Way);
        columns.setRoom(560);
        QCOMPARE(columns.shownColumns(), std::vector<Column>{Column::Way});
        QCOMPARE(
            columns.index(10).data(PeerColumns::NoteRole).toString(), QStringLiteral("No room"));
        columns.reset();
        QVERIFY(!columns.chosen());
        QVERIFY(!PeerColumns(&appearance).chosen());
    }

    void tellsWhoMayReachAMemberByWhichRule() {
        UiFixture ui("home");
        weft::viewmodels::PeerAccess& access = *ui.app.peerAccess();
        const auto noteOf = [&access](const QString& name, int role) {
            for (int row = 0; row < access.pairs()->rowCount(); ++row) {
                const auto at = access.pairs()->index(row);
                if (at.data(weft::viewmodels::NoteModel::TextRole) == name) {
                    return at.data(role).toString();
                }
            }
            return QString();
        };

        access.open(weft::viewmodels::toPeerKey("camera-door"));
        QVERIFY(access.busy());
        for (int round = 0; round < 4; ++round) {
            ui.settle();
        }

        QVERIFY(!access.busy());
        QCOMPARE(access.pairs()->count(), 11);
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{11});
        QVERIFY2(
            noteOf(QStringLiteral("nas"), weft::viewmodels::NoteModel::DetailRole)
                .contains(QStringLiteral("by the rule")),
            qPrintable(noteOf(QStringLiteral("nas"), weft::viewmodels::NoteModel::DetailRole)));
        access.setSearchText(QStringLiteral("vps"));
        QCOMPARE(access.pairs()->count(), 2);
        // What is known is not asked again.
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{11});
        access.close();
        QCOMPARE(access.pairs()->count(), 0);
    }

    void asksAboutSoManyPairsAndNoMore() {
        UiFixture ui("crowd");
        weft::viewmodels::PeerAccess& access = *ui.app.peerAccess();
        const std::string first = ui.app.allPeers()->rowAt(1).peer.id;

        access.open(weft::viewmodels::toPeerKey(first));

        QCOMPARE(access.pairs()->count(), static_cast<int>(weft::viewmodels::PeerAccess::kMost));
        QCOMPARE(
            ui.controller.count(FakeCall::ExplainAccess), weft::viewmodels::PeerAccess::kAtOnce);
        QCOMPARE(
            access.restText(), QStringLiteral("4699 more: search for the ones that are meant."));
    }

    void asksNothingMoreOnceNobodyLooksAtTheMember() {
        UiFixture ui("home");
        weft::viewmodels::PeerAccess& access = *ui.app.peerAccess();
        access.open(weft::viewmodels::toPeerKey("nas"));
        access.open(weft::viewmodels::toPeerKey("vps-fra"));

        access.close();
        ui.settle();

        QCOMPARE(
            ui.controller.count(FakeCall::ExplainAccess),
            2 * weft::viewmodels::PeerAccess::kAtOnce);
        QVERIFY(!access.busy());
        QCOMPARE(access.pairs()->count(), 0);
    }

    void sortsByEveryColumn() {
        const weft::tests::FakeClock clock;
        PeersModel model(clock);
        model.apply({true, weft::tests::fakePeers(40, clock.wallNow()), {}, true});
        PeerList peers(model);
        for (std::size_t column = 0; column < PeerColumns::kColumns; ++column) {
            const auto key = static_cast<PeerColumns::Column>(column);
            peers.sortBy(key);
            if (!peers.ascending()) {
                peers.sortBy(key);
            }
            const auto rowAt = [&](int row) -> const auto& {
                return *model.findRow(weft::viewmodels::fromPeerKey(peers.idAt(row)));
            };
            int wrong = 0;
            for (int row = 2; row < peers.rowCount(); ++row) {
                wrong +=
                    weft::viewmodels::comparePeers(rowAt(row - 1), rowAt(row), key) > 0 ? 1 : 0;
            }
            QVERIFY2(wrong == 0, qPrintable(PeerColumns::nameOf(key)));
        }
    }

    void showsWhatFlowsAndThenWhatHasFlown() {
        UiFixture ui("home");
        const auto trafficOf = [&ui] {
            const auto& row = *ui.app.allPeers()->findRow("workstation");
            const auto now = ui.clock.wallNow();
            return weft::viewmodels::peerCell(row, PeerColumns::Column::Received, now)
                   + QLatin1Char(' ')
                   + weft::viewmodels::peerCell(row, PeerColumns::Column::Sent, now);
        };
        QCOMPARE(trafficOf(), QStringLiteral("742 bytes 1.8 KiB"));
        weft::api::Peer peer = *ui.app.allPeers()->find("workstation");
        peer.tunnel->receivedBytes += 2 * 1024 * 1024;
        ui.clock.advance(std::chrono::seconds(2));

        ui.controller.updatePeers(ProfileId{"home"}, {false, {peer}, {}});
        ui.settle();
        QCOMPARE(trafficOf(), QStringLiteral("1.0 MiB/s 1.8 KiB"));
        ui.app.peer()->show(weft::viewmodels::toPeerKey("workstation"));
        QCOMPARE(ui.app.peer()->received(), QStringLiteral("2.0 MiB, now 1.0 MiB/s"));
        ui.clock.advance(std::chrono::seconds(7));
        ui.app.refreshClock();

        QCOMPARE(trafficOf(), QStringLiteral("2.0 MiB 1.8 KiB"));
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

        ui.app.peers()->sortBy(PeerColumns::Column::Received);
        QCOMPARE(namesOf(*ui.app.peers()).at(1), QStringLiteral("nas"));
        ui.app.peers()->sortBy(PeerColumns::Column::Handshake);
        QCOMPARE(namesOf(*ui.app.peers()).at(1), QStringLiteral("workstation"));
        ui.app.peers()->sortBy(PeerColumns::Column::State);
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
