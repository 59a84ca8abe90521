// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_traffic.h"
#include "tests/ui/ui_fixture.h"

#include <QTest>

#include <cmath>

using weft::tests::UiFixture;
using namespace std::chrono_literals;

namespace {

void show(UiFixture& ui) {
    ui.app.setActive(true);
    ui.app.traffic()->setWanted(true);
    ui.settle();
}

}  // namespace

class TrafficTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsWhileItIsSeenAlone() {
        UiFixture ui("home");
        const auto watches = [&ui] { return ui.controller.fakeTraffic().watches(); };
        QCOMPARE(watches(), std::size_t{0});

        ui.app.traffic()->setWanted(true);
        ui.settle();
        ui.app.setActive(true);
        ui.settle();
        QCOMPARE(watches(), std::size_t{1});
        QVERIFY(ui.app.traffic()->chart()->hasValues());

        ui.app.setActive(false);
        ui.settle();
        QCOMPARE(watches(), std::size_t{0});
        // What was seen stays.
        QVERIFY(ui.app.traffic()->chart()->hasValues());

        ui.app.setActive(true);
        ui.app.traffic()->setWanted(false);
        ui.settle();
        QCOMPARE(watches(), std::size_t{0});
    }

    void showsTheWholeSpanWithReceivedFirst() {
        UiFixture ui("home");
        show(ui);

        const auto& data = *ui.app.traffic()->chart()->data();
        QCOMPARE(data.times.size(), std::size_t{300});
        QCOMPARE(data.to - data.from, qint64{299'000});
        QCOMPARE(ui.app.traffic()->chart()->names().front(), QStringLiteral("Received"));
        QVERIFY(data.series[0].values.back() > data.series[1].values.back());
        QVERIFY(ui.app.traffic()->note().contains(QStringLiteral("received and")));
    }

    void aSpanIsAskedForAnewAndKept() {
        UiFixture ui("home");
        show(ui);

        ui.app.traffic()->setSpan(2);
        QVERIFY(ui.app.traffic()->isLoading());
        QVERIFY(!ui.app.traffic()->chart()->hasValues());
        ui.settle();

        QCOMPARE(ui.app.traffic()->chart()->data()->times.size(), std::size_t{300});
        QCOMPARE(
            ui.app.traffic()->chart()->data()->to - ui.app.traffic()->chart()->data()->from,
            qint64{299} * 288'000);
        ui.app.traffic()->setWanted(false);
        ui.app.traffic()->setWanted(true);
        ui.settle();
        QCOMPARE(ui.app.traffic()->span(), 2);
    }

    void theMemberInTheDrawerHasItsOwn() {
        UiFixture ui("home");
        ui.app.setActive(true);
        ui.app.peerTraffic()->setWanted(true);
        ui.settle();
        QCOMPARE(ui.controller.fakeTraffic().watches(), std::size_t{0});

        ui.app.peer()->show(weft::viewmodels::toPeerKey("nas"));
        ui.settle();
        QCOMPARE(ui.controller.fakeTraffic().watches(), std::size_t{1});
        QVERIFY(ui.app.peerTraffic()->chart()->hasValues());

        ui.app.peer()->close();
        ui.settle();
        QCOMPARE(ui.controller.fakeTraffic().watches(), std::size_t{0});
    }

    void nothingThatWentThroughIsNoTrafficYet() {
        UiFixture ui("home");
        ui.controller.fakeTraffic().setSilent(true);
        show(ui);

        QVERIFY(!ui.app.traffic()->chart()->hasValues());
        QVERIFY(!ui.app.traffic()->isLoading());
        QCOMPARE(ui.app.traffic()->emptyText(), QStringLiteral("No traffic yet"));
        QCOMPARE(ui.app.traffic()->note(), QString());
    }

    void aMeshThatIsOffHasNone() {
        UiFixture ui("off");
        show(ui);

        QVERIFY(ui.app.traffic()->isStale());
        QCOMPARE(ui.app.traffic()->emptyText(), QStringLiteral("Not connected"));
        QCOMPARE(ui.app.traffic()->receivedRate(), QString());
    }

    void whatWasKnownStaysGreyWhenTheDaemonIsLost() {
        UiFixture ui("home");
        show(ui);
        ui.app.rates()->setWanted(true);
        ui.settle();
        QVERIFY(ui.app.rates()->receivedRate().endsWith(QStringLiteral("/s")));

        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();
        QVERIFY(ui.app.traffic()->isStale());
        QVERIFY(ui.app.traffic()->chart()->hasValues());
        QVERIFY(ui.app.traffic()->note().contains(QStringLiteral("last known")));
        QCOMPARE(ui.app.rates()->receivedRate(), QString());

        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.advance(2s);
        QVERIFY(!ui.app.traffic()->isStale());
        QCOMPARE(ui.app.traffic()->chart()->data()->times.size(), std::size_t{300});
    }
};

QTEST_MAIN(TrafficTest)
#include "traffic_test.moc"
