// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/connection_presentation.h"

#include "ui/viewmodels/language.h"
#include "ui/viewmodels/words.h"

#include <QTest>

using namespace std::chrono_literals;
using weft::WallTime;
using weft::api::Connection;
using weft::api::ConnectionState;
using weft::api::Grade;
using weft::api::LinkState;
using weft::viewmodels::present;
using weft::viewmodels::look::Action;
using weft::viewmodels::look::Shape;
using weft::viewmodels::look::Tone;

Q_DECLARE_METATYPE(weft::api::ConnectionState)

class ConnectionPresentationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsEachState_data() {
        QTest::addColumn<ConnectionState>("state");
        QTest::addColumn<QString>("word");
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<Action>("action");
        const auto row =
            [](const char* word, ConnectionState state, Tone tone, Shape shape, Action a) {
                QTest::newRow(word) << state << QString::fromLatin1(word) << tone << shape << a;
            };
        using enum ConnectionState;
        row("Not connected", Off, Tone::Neutral, Shape::Hollow, Action::Connect);
        row("Connecting", Connecting, Tone::Accent, Shape::Filling, Action::Cancel);
        row("Connected", Connected, Tone::Ok, Shape::Filled, Action::Disconnect);
        row("Connected, with a problem", Degraded, Tone::Warn, Shape::Degraded, Action::Disconnect);
        row("Reconnecting", Reconnecting, Tone::Warn, Shape::Filling, Action::Retry);
        row("Could not connect", Failed, Tone::Error, Shape::Failed, Action::Retry);
        row("Disconnecting", Disconnecting, Tone::Neutral, Shape::Filling, Action::NoAction);
    }
    void showsEachState() {
        QFETCH(ConnectionState, state);
        Connection connection;
        connection.state = state;

        const auto shown = present({LinkState::Ready, Grade::Administer, &connection, WallTime{}});

        QTEST(shown.word, "word");
        QTEST(shown.tone, "tone");
        QTEST(shown.shape, "shape");
        QTEST(shown.action, "action");
        QVERIFY(shown.actionHint.isEmpty());
    }

    void countsDownToTheNextTry() {
        Connection connection;
        connection.state = ConnectionState::Reconnecting;
        connection.retryAt = WallTime{10s};

        const auto at = [&connection](WallTime now) {
            return present({LinkState::Ready, Grade::Operate, &connection, now}).word;
        };

        QCOMPARE(at(WallTime{2500ms}), QStringLiteral("Reconnecting in 8 s"));
        QCOMPARE(at(WallTime{9999ms}), QStringLiteral("Reconnecting in 1 s"));
        QCOMPARE(at(WallTime{10s}), QStringLiteral("Reconnecting"));
    }

    void namesTheStepWhileConnecting() {
        Connection connection;
        connection.state = ConnectionState::Connecting;
        connection.step = {2, 6, "Reaching a member"};

        const auto shown = present({LinkState::Ready, Grade::Operate, &connection, WallTime{}});

        QCOMPARE(shown.detail, QStringLiteral("Reaching a member (step 2 of 6)"));
    }

    void givesAReasonWhenTheGradeDoesNotSuffice() {
        Connection connection;
        connection.state = ConnectionState::Off;

        const auto shown = present({LinkState::Ready, Grade::Observe, &connection, WallTime{}});

        QCOMPARE(shown.action, Action::Connect);
        QVERIFY(shown.actionHint.contains(QStringLiteral("group weft")));
    }

    void saysThroughWhomTheInternetIsReached() {
        Connection connection;
        connection.state = ConnectionState::Connected;

        const auto shown = present(
            {LinkState::Ready, Grade::Operate, &connection, WallTime{}, false, false, u"nas"_qs});

        QCOMPARE(shown.word, QStringLiteral("Connected"));
        QCOMPARE(shown.shape, Shape::Exit);
        QCOMPARE(shown.detail, QStringLiteral("Internet through nas."));
    }

    void saysThatTrafficIsBlockedWhileTheMeshIsAway() {
        Connection connection;
        connection.checklist = {{"lockdown", weft::api::CheckState::Ok, {}, {}}};
        const auto shapeIn = [&connection](ConnectionState state) {
            connection.state = state;
            return present({LinkState::Ready, Grade::Operate, &connection, WallTime{}}).shape;
        };

        QCOMPARE(shapeIn(ConnectionState::Reconnecting), Shape::Blocked);
        QCOMPARE(shapeIn(ConnectionState::Failed), Shape::Blocked);
        QCOMPARE(shapeIn(ConnectionState::Connected), Shape::Filled);
        QCOMPARE(shapeIn(ConnectionState::Degraded), Shape::Degraded);
        connection.checklist.front().state = weft::api::CheckState::Failed;
        QCOMPARE(shapeIn(ConnectionState::Failed), Shape::Failed);
    }

    void tellsAServiceThatIsNotAllowedFromOneThatIsAway() {
        const auto denied =
            present({LinkState::Lost, Grade::None, nullptr, WallTime{}, false, true});

        QCOMPARE(denied.shape, Shape::Denied);
        QCOMPARE(denied.tone, Tone::Warn);
    }

    void showsTheServiceBeforeTheMesh() {
        Connection connection;
        connection.state = ConnectionState::Connected;

        const auto lost = present({LinkState::Lost, Grade::Operate, &connection, WallTime{}});

        QCOMPARE(lost.shape, Shape::Dashed);
        QCOMPARE(lost.action, Action::NoAction);
    }

    void saysWhetherPacketsFlow() {
        Connection connection;
        connection.state = ConnectionState::Connected;

        const auto shown = present({LinkState::Ready, Grade::Operate, &connection, WallTime{}});

        QCOMPARE(shown.detail, QStringLiteral("Member of the mesh, without a tunnel."));
        connection.tunnel = weft::api::TunnelInterface{"weft0", 51820, 1420};
        const auto flowing = present({LinkState::Ready, Grade::Operate, &connection, WallTime{}});
        QCOMPARE(flowing.detail, QStringLiteral("Packets of the mesh go through weft0."));
    }

    void writesDurations() {
        const weft::viewmodels::Language english(QLocale::c());
        using weft::viewmodels::duration;
        using weft::viewmodels::runningTime;
        QCOMPARE(duration(59s), QStringLiteral("59 s"));
        QCOMPARE(duration(60s), QStringLiteral("1 min"));
        QCOMPARE(duration(2h), QStringLiteral("2 h"));
        QCOMPARE(duration(2h + 5min), QStringLiteral("2 h 5 min"));
        QCOMPARE(duration(24h), QStringLiteral("1 day"));
        QCOMPARE(duration(72h), QStringLiteral("3 days"));
        QCOMPARE(runningTime(42min + 10s), QStringLiteral("42:10"));
        QCOMPARE(runningTime(25h + 1s), QStringLiteral("25:00:01"));
        QCOMPARE(runningTime(-5s), QStringLiteral("00:00"));
    }

    void makesASentenceButNoOtherName() {
        using weft::viewmodels::asSentence;
        QCOMPARE(
            asSentence(QStringLiteral("the disk is full")), QStringLiteral("The disk is full."));
        QCOMPARE(asSentence(QStringLiteral("done!")), QStringLiteral("Done!"));
        QCOMPARE(
            asSentence(QStringLiteral("exit-ams does not answer")),
            QStringLiteral("exit-ams does not answer."));
        QCOMPARE(
            asSentence(QStringLiteral("weftctl policy revert")),
            QStringLiteral("weftctl policy revert."));
        QCOMPARE(asSentence(QString()), QString());
    }

    void roundsWhatIsToComeAndCountsWhatIsFull() {
        using weft::viewmodels::relativeTime;
        const weft::viewmodels::Language english(QLocale::c());
        const WallTime now(1000h);
        QCOMPARE(relativeTime(now + 24h - 1s, now), QStringLiteral("in 1 day"));
        QCOMPARE(relativeTime(now + 23h + 20min, now), QStringLiteral("in 23 h"));
        QCOMPARE(relativeTime(now + 90 * 24h - 5s, now), QStringLiteral("in 90 days"));
        QCOMPARE(relativeTime(now + 1h - 1s, now), QStringLiteral("in 59 min"));
        QCOMPARE(relativeTime(now - 24h + 1s, now), QStringLiteral("23 h ago"));
        QCOMPARE(relativeTime(now - 47h, now), QStringLiteral("1 day ago"));
    }

    void saysHowOldSomethingIsInOneUnit() {
        using weft::viewmodels::age;
        const weft::viewmodels::Language english(QLocale::c());
        const WallTime now(1000h);
        QCOMPARE(age(now - 9s, now), QString());
        QCOMPARE(age(now + 5min, now), QString());
        QCOMPARE(age(now - 10s, now), QStringLiteral("10 s"));
        QCOMPARE(age(now - 59min, now), QStringLiteral("59 min"));
        QCOMPARE(age(now - 3h - 12min, now), QStringLiteral("3 h"));
        QCOMPARE(age(now - 49h, now), QStringLiteral("2 days"));
    }

    void makesSentencesOfErrors() {
        const QString text = weft::viewmodels::errorSentence(
            QStringLiteral("Joining failed"), weft::invalidArgument("this is not a code"));
        QCOMPARE(text, QStringLiteral("Joining failed: This is not a code."));
        const QString unavailable = weft::viewmodels::errorSentence(
            QStringLiteral("Joining failed"), weft::unavailable("no daemon\nat all"));
        QVERIFY(unavailable.contains(QStringLiteral("goes on trying")));
        QVERIFY(!unavailable.contains(QLatin1Char('\n')));
    }
};

QTEST_GUILESS_MAIN(ConnectionPresentationTest)
#include "connection_presentation_test.moc"
