// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using weft::api::PeerWay;
using weft::api::ProfileId;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::NoteModel;
using weft::viewmodels::PathViewModel;
namespace look = weft::viewmodels::look;

namespace {

QString key(const char* id) {
    return weft::viewmodels::toPeerKey(id);
}

QString textAt(NoteModel& notes, int row, NoteModel::Role role = NoteModel::TextRole) {
    return notes.index(row, 0).data(role).toString();
}

/// What the window says of the way to a member with that way.
weft::viewmodels::PeerDetails* shownWith(
    UiFixture& ui, const char* id, std::optional<PeerWay> way) {
    weft::api::Peer peer = *ui.app.allPeers()->find(id);
    peer.way = std::move(way);
    ui.controller.updatePeers(ProfileId{"home"}, {false, {std::move(peer)}, {}});
    ui.settle();
    ui.app.peer()->show(key(id));
    return ui.app.peer();
}

}  // namespace

class PathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheWayAndWhyTheOthersLost() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        const QAbstractItemModelTester tester(path.ways());
        QVERIFY(!path.known());

        path.explain(key("nas"));
        QVERIFY(path.busy());
        ui.settle();

        QVERIFY(!path.busy());
        QVERIFY(path.known());
        QCOMPARE(path.summary(), QStringLiteral("Packets go there directly."));
        QCOMPARE(path.tone(), look::Tone::Ok);
        QCOMPARE(path.remedy(), QString());
        QCOMPARE(path.handshake(), QStringLiteral("34 s ago"));
        QCOMPARE(path.hops()->count(), 1);
        QCOMPARE(textAt(*path.hops(), 0), QStringLiteral("nas"));
        QCOMPARE(path.ways()->count(), 3);
        QCOMPARE(textAt(*path.ways(), 2, NoteModel::WordRole), QStringLiteral("Not used"));
        QCOMPARE(
            textAt(*path.ways(), 2, NoteModel::DetailRole),
            QStringLiteral("The two ends have no kind of address in common. Give both an address "
                           "of the same kind."));
    }

    void saysWhatToDoWhenItDoesNotWork() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();

        path.explain(key("build-01"));
        ui.settle();

        QCOMPARE(path.tone(), look::Tone::Warn);
        QCOMPARE(path.summary(), QStringLiteral("It was called and did not answer."));
        QVERIFY(!path.remedy().isEmpty());
    }

    void showsAnErrorAndTriesAgain() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        ui.controller.failNext(FakeCall::ExplainPath, weft::unavailable("nobody there"));

        path.explain(key("nas"));
        ui.settle();
        QVERIFY(path.errorText().contains(QStringLiteral("Nobody there")));
        QVERIFY(!path.known());

        path.refresh();
        ui.settle();
        QCOMPARE(path.errorText(), QString());
        QVERIFY(path.known());
    }

    void takesNoAnswerForAnotherMember() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        ui.controller.hold();
        path.explain(key("build-01"));
        ui.settle();
        path.explain(key("nas"));
        ui.settle();
        ui.controller.release();
        ui.settle();

        QCOMPARE(path.summary(), QStringLiteral("Packets go there directly."));
        QCOMPARE(textAt(*path.hops(), 0), QStringLiteral("nas"));
    }

    void pingsUntilAllAreSent() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        path.explain(key("nas"));
        ui.settle();

        path.ping();
        ui.settle();
        QVERIFY(path.pinging());
        QCOMPARE(path.pingText(), QStringLiteral("12.2 ms"));
        QCOMPARE(path.pingTone(), look::Tone::Ok);
        for (std::uint32_t more = 1; more < PathViewModel::kPings; ++more) {
            QVERIFY(path.pinging());
            ui.advance(std::chrono::seconds(1));
        }

        QVERIFY(!path.pinging());
        QCOMPARE(
            path.pingDetail(),
            QStringLiteral("10 of 10 answered, 11.8 ms to 13.2 ms, 12.5 ms on average"));
    }

    void stopsWhenItIsAsked() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        path.explain(key("nas"));
        path.ping();
        ui.settle();

        path.stopPing();
        const QString before = path.pingDetail();
        ui.advance(std::chrono::seconds(5));

        QVERIFY(!path.pinging());
        QCOMPARE(path.pingDetail(), before);
    }

    void forgetsAPingWithItsMember() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        path.explain(key("nas"));
        path.ping();
        ui.settle();

        path.explain(key("build-01"));
        ui.advance(std::chrono::seconds(5));

        QVERIFY(!path.pinging());
        QCOMPARE(path.pingText(), QString());
    }

    void tellsOfWhoDoesNotAnswer() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        path.explain(key("build-01"));
        path.ping();
        ui.settle();

        QCOMPARE(path.pingText(), QStringLiteral("No answer"));
        QCOMPARE(path.pingTone(), look::Tone::Warn);
        QVERIFY(path.pingDetail().startsWith(QStringLiteral("0 of 1 answered. build-01 has")));
    }

    void saysWhyAPingDoesNotWork() {
        UiFixture ui("home");
        PathViewModel& path = *ui.app.path();
        ui.controller.failNext(FakeCall::Ping, weft::permissionDenied("no rule accepts them"));
        path.explain(key("nas"));
        path.ping();
        ui.settle();

        QVERIFY(!path.pinging());
        QCOMPARE(path.pingTone(), look::Tone::Error);
        QVERIFY(path.pingDetail().contains(QStringLiteral("No rule accepts them")));
    }

    void tellsTheWayByItselfAndFollowsIt() {
        UiFixture ui("home");
        auto* peer = ui.app.peer();

        peer->show(key("build-02"));
        QCOMPARE(peer->way(), QStringLiteral("Relayed: symmetric NAT"));
        QCOMPARE(peer->wayTone(), look::Tone::Relay);
        QVERIFY(peer->wayDetail().startsWith(QStringLiteral("A router gives each")));
        QVERIFY(peer->wayDetail().contains(QStringLiteral("Forward the WireGuard port")));
        QVERIFY(peer->rawText().contains(QStringLiteral("\"reason\": \"symmetric_nat\"")));
        shownWith(ui, "camera-door", PeerWay{"probing", "probing", "raw", ""});
        QCOMPARE(peer->way(), QStringLiteral("Being tried"));
        QVERIFY(!peer->wayDetail().contains(QStringLiteral("raw")));
        QCOMPARE(peer->wayTone(), look::Tone::Accent);

        const QSignalSpy changed(peer, &weft::viewmodels::PeerDetails::changed);
        shownWith(ui, "camera-door", PeerWay{"direct", "", "", ""});
        QVERIFY(!changed.isEmpty());
        QCOMPARE(peer->way(), QStringLiteral("Direct"));
        QCOMPARE(peer->wayTone(), look::Tone::Ok);
        QCOMPARE(peer->wayDetail(), QString());
    }

    void saysNothingOfAWayThatNobodyKnows() {
        UiFixture ui("home");
        auto* peer = ui.app.peer();

        peer->show(key("printer-hall"));
        QCOMPARE(peer->way(), QString());
        QCOMPARE(peer->wayDetail(), QString());
        QCOMPARE(peer->wayTone(), look::Tone::Neutral);
        peer->show(key("laptop"));
        QCOMPARE(peer->way(), QString());
        peer->show(key("nas"));
        QCOMPARE(peer->way(), QStringLiteral("Direct"));
    }

    void hasWordsForEveryReasonOfARelay() {
        UiFixture ui("home");
        for (const char* reason :
             {"no_common_family",
              "no_public_endpoint",
              "symmetric_nat",
              "handshake_timeout",
              "acl_one_sided",
              "not_weft"}) {
            const auto* peer = shownWith(ui, "pi-garden", PeerWay{"relayed", reason, "raw", ""});
            QVERIFY2(peer->way().startsWith(QStringLiteral("Relayed: ")), reason);
            QVERIFY2(!peer->wayDetail().contains(QStringLiteral("raw")), reason);
        }

        const auto* peer =
            shownWith(ui, "pi-garden", PeerWay{"relayed", "of_tomorrow", "It rains.", "Wait."});
        QCOMPARE(peer->way(), QStringLiteral("Relayed"));
        QCOMPARE(peer->wayDetail(), QStringLiteral("It rains. Wait."));
    }

    void hasWordsForEveryReason() {
        using weft::api::PathReason;
        for (int number = 1; number <= static_cast<int>(PathReason::Unknown); ++number) {
            QVERIFY(!weft::viewmodels::pathReasonWord(static_cast<PathReason>(number)).isEmpty());
        }
        QVERIFY(weft::viewmodels::pathReasonWord(PathReason::None).isEmpty());
    }
};

QTEST_MAIN(PathTest)
#include "path_test.moc"
