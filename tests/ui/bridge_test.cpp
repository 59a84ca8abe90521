// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/bridge.h"

#include "tests/support/fake_controller.h"
#include "ui/bridge/inbox.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <future>
#include <memory>

using namespace std::chrono_literals;
using weft::api::Capabilities;
using weft::api::ProfileId;
using weft::bridge::Bridge;
using weft::tests::FakeController;

namespace {

constexpr int kLimitMilliseconds = 5000;

weft::tests::FakeScene home() {
    return weft::tests::fakeScene("home", weft::WallTime{1767225600s}).value();
}

}  // namespace

class BridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversOnTheMainThread() {
        FakeController controller(home(), FakeController::Delivery::OwnThread);
        Bridge bridge(controller);
        QSignalSpy states(&bridge, &Bridge::stateChanged);
        QThread* seenOn = nullptr;
        connect(
            &bridge, &Bridge::stateChanged, this, [&seenOn] { seenOn = QThread::currentThread(); });

        bridge.start();

        QVERIFY(states.count() > 0 || states.wait(kLimitMilliseconds));
        QCOMPARE(seenOn, thread());
    }

    void mergesWhatTheWindowHasNotTaken() {
        FakeController controller(home(), FakeController::Delivery::Manual);
        Bridge bridge(controller);
        const QSignalSpy states(&bridge, &Bridge::stateChanged);
        bridge.start();
        for (int i = 0; i < 1000; ++i) {
            controller.updateState([](weft::api::DaemonState& state) { ++state.revision; });
        }

        controller.run();
        QCoreApplication::sendPostedEvents();

        QCOMPARE(states.count(), 1);
    }

    void dropsAnswersForThoseWhoAreGone() {
        FakeController controller(home(), FakeController::Delivery::Manual);
        Bridge bridge(controller);
        int answers = 0;
        auto asker = std::make_unique<QObject>();
        controller.capabilities(bridge.deliver<Capabilities>(
            asker.get(), [&answers](const weft::StatusOr<Capabilities>&) { ++answers; }));

        controller.run();
        asker.reset();
        QCoreApplication::sendPostedEvents();

        QCOMPARE(answers, 0);
    }

    void goesWhileAnswersAreUnderWay() {
        FakeController controller(home(), FakeController::Delivery::OwnThread);
        controller.hold();
        int answers = 0;
        {
            Bridge bridge(controller);
            bridge.start();
            bridge.watchPeers(ProfileId{"home"});
            controller.capabilities(bridge.deliver<Capabilities>(
                &bridge, [&answers](const weft::StatusOr<Capabilities>&) { ++answers; }));
        }
        std::promise<void> through;
        controller.release();
        controller.runOnLoop([&through] { through.set_value(); });
        through.get_future().wait();
        QCoreApplication::processEvents();

        QCOMPARE(answers, 0);
    }

    // The core's thread stands still: calls return at once, events go on, and the bridge can be
    // thrown away.
    void staysAliveWhenTheControllerIsStuck() {
        FakeController controller(home(), FakeController::Delivery::OwnThread);
        std::promise<void> open;
        controller.runOnLoop([gate = open.get_future().share()] { gate.wait(); });
        auto bridge = std::make_unique<Bridge>(controller);
        QElapsedTimer spent;
        spent.start();

        bridge->start();
        bridge->watchPeers(ProfileId{"home"});
        for (int i = 0; i < 100; ++i) {
            controller.capabilities(bridge->deliver<Capabilities>(
                bridge.get(), [](const weft::StatusOr<Capabilities>&) {}));
        }
        bridge->watchPeers(ProfileId{"work"});
        QTimer beat;
        QSignalSpy beats(&beat, &QTimer::timeout);
        beat.start(1);
        QVERIFY(beats.wait(kLimitMilliseconds));
        bridge.reset();
        const qint64 milliseconds = spent.elapsed();
        open.set_value();

        // It never waits for the core; a second is what a busy machine may take for the rest.
        QVERIFY2(milliseconds < 1000, qPrintable(QString::number(milliseconds)));
    }

    void forgetsThePeersOfAnEarlierWatch() {
        weft::bridge::Inbox inbox;
        inbox.beginWatch(1);
        QVERIFY(inbox.putPeers(1, {true, {{}}, {}}));
        inbox.beginWatch(2);

        QVERIFY(!inbox.putPeers(1, {true, {{}}, {}}));
        QVERIFY(!inbox.take().peers.has_value());
    }

    void keepsAResetBeforeLaterChanges() {
        weft::bridge::Inbox inbox;
        inbox.beginWatch(1);
        weft::api::Peer a;
        a.id = "a";
        weft::api::Peer b;
        b.id = "b";
        inbox.putPeers(1, {false, {a}, {}});
        inbox.putPeers(1, {true, {b}, {}});
        inbox.putPeers(1, {false, {}, {"b"}});

        const auto news = inbox.take().peers;

        QVERIFY(news && news->reset);
        QVERIFY(news->changed.empty());
        QCOMPARE(news->removedIds.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(BridgeTest)
#include "bridge_test.moc"
