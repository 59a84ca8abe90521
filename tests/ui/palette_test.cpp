// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/palette/palette_match.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::commandLine;
using weft::viewmodels::matchOf;
using weft::viewmodels::PaletteModel;
using weft::viewmodels::searchWords;
using weft::viewmodels::toPeerKey;

namespace {

QStringList titlesOf(const PaletteModel& palette) {
    QStringList titles;
    for (int row = 0; row < palette.count(); ++row) {
        titles.append(palette.index(row, 0).data(PaletteModel::TitleRole).toString());
    }
    return titles;
}

int rowOf(const PaletteModel& palette, const QString& title) {
    return static_cast<int>(titlesOf(palette).indexOf(title));
}

void addPages(PaletteModel& palette) {
    palette.addAction(QStringLiteral("peers"), QStringLiteral("Members"), QStringLiteral("Ctrl+2"));
    palette.addAction(QStringLiteral("act"), QStringLiteral("Connect or disconnect"), {});
    palette.addAction(QStringLiteral("settings"), QStringLiteral("Settings"), {});
    palette.open();
}

}  // namespace

class PaletteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsActionsAndMeshesBeforeAnythingIsTyped() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        const QAbstractItemModelTester tester(&palette);
        addPages(palette);

        QVERIFY(rowOf(palette, QStringLiteral("Members")) >= 0);
        QVERIFY(rowOf(palette, QStringLiteral("Settings")) >= 0);
        // Not twelve members times four.
        QVERIFY(rowOf(palette, QStringLiteral("Open nas")) < 0);
    }

    void namesWhatTheOneButtonDoesNow() {
        UiFixture ui("home");
        addPages(*ui.app.palette());

        QVERIFY(rowOf(*ui.app.palette(), ui.app.connection()->actionText()) >= 0);
        QVERIFY(rowOf(*ui.app.palette(), QStringLiteral("Connect or disconnect")) < 0);
    }

    void findsAMemberByItsName() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        addPages(palette);

        palette.setQuery(QStringLiteral("nas"));

        QCOMPARE(titlesOf(palette).first(), QStringLiteral("Open nas"));
        QVERIFY(rowOf(palette, QStringLiteral("Copy the IP address of nas")) > 0);
        QVERIFY(rowOf(palette, QStringLiteral("Path to nas")) > 0);
    }

    void findsWhatIsDoneWithAMember() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        addPages(palette);
        QSignalSpy toasts(&ui.app, &weft::viewmodels::AppViewModel::toast);

        palette.setQuery(QStringLiteral("copy ip nas"));
        QCOMPARE(titlesOf(palette).first(), QStringLiteral("Copy the IP address of nas"));
        palette.run(0);

        QCOMPARE(QGuiApplication::clipboard()->text(), ui.app.allPeers()->findRow("nas")->address);
        QCOMPARE(toasts.count(), 1);
    }

    void opensAMemberAndItsPath() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        QSignalSpy asked(&palette, &PaletteModel::peerAsked);

        palette.setQuery(QStringLiteral("path nas"));
        palette.run(rowOf(palette, QStringLiteral("Path to nas")));

        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(0).toString(), toPeerKey("nas"));
        QCOMPARE(asked.first().at(1).toInt(), 1);
    }

    void disconnectsAMesh() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        palette.setQuery(QStringLiteral("disconnect home"));
        const int row = rowOf(palette, QStringLiteral("Disconnect Home"));
        QVERIFY(row >= 0);
        QCOMPARE(
            palette.index(row, 0).data(PaletteModel::CommandRole).toString(),
            QStringLiteral("weftctl disconnect Home"));

        palette.run(row);
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::Disconnect), 1);
    }

    void asksForAnActionOfTheWindow() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        addPages(palette);
        QSignalSpy asked(&palette, &PaletteModel::actionAsked);

        palette.setQuery(QStringLiteral("sett"));
        palette.run(0);

        QCOMPARE(asked.first().first().toString(), QStringLiteral("settings"));
    }

    void hasAnActionOnce() {
        UiFixture ui("home");
        addPages(*ui.app.palette());
        const int before = ui.app.palette()->count();

        addPages(*ui.app.palette());

        QCOMPARE(ui.app.palette()->count(), before);
    }

    void doesNothingOutsideItsRows() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        QSignalSpy asked(&palette, &PaletteModel::actionAsked);

        palette.setQuery(QStringLiteral("no such thing at all"));
        QCOMPARE(palette.count(), 0);
        palette.run(-1);
        palette.run(0);

        QCOMPARE(asked.count(), 0);
    }

    void keepsToItsLimits() {
        UiFixture ui("home");
        PaletteModel& palette = *ui.app.palette();
        weft::api::PeersUpdate update;
        for (int i = 0; i < 2000; ++i) {
            weft::api::Peer peer;
            peer.id = "node-" + std::to_string(i);
            update.changed.push_back(peer);
        }
        ui.app.allPeers()->apply(update);

        palette.setQuery(QStringLiteral("node"));

        // A member has up to five lines, and these have no address.
        QCOMPARE(palette.count(), static_cast<int>(4 * PaletteModel::kMostPeers));
        palette.setQuery(QString(100'000, QLatin1Char('x')));
        QCOMPARE(palette.count(), 0);
    }

    void keepsAForeignNameOneWord_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << QStringLiteral("nas-1.home")
                               << QStringLiteral("weftctl ping nas-1.home");
        QTest::newRow("blank") << QStringLiteral("my nas")
                               << QStringLiteral("weftctl ping 'my nas'");
        QTest::newRow("empty") << QString() << QStringLiteral("weftctl ping ''");
        QTest::newRow("quote") << QStringLiteral("a'b") << QStringLiteral("weftctl ping 'a'\\''b'");
        QTest::newRow("shell") << QStringLiteral("$(rm x)")
                               << QStringLiteral("weftctl ping '$(rm x)'");
    }
    void keepsAForeignNameOneWord() {
        QFETCH(QString, name);
        QTEST(commandLine({QStringLiteral("ping"), name}), "line");
    }

    void weighsWhereAWordStands() {
        QCOMPARE(matchOf(QStringLiteral("nas"), QStringLiteral("nas-2")), 3);
        QCOMPARE(matchOf(QStringLiteral("nas"), QStringLiteral("old-nas")), 2);
        QCOMPARE(matchOf(QStringLiteral("nas"), QStringLiteral("pinas, nas")), 2);
        QCOMPARE(matchOf(QStringLiteral("nas"), QStringLiteral("pinas")), 1);
        QCOMPARE(matchOf(QStringLiteral("nas"), QStringLiteral("printer")), 0);
    }

    void readsAtMostEightWords() {
        QCOMPARE(
            searchWords(QStringLiteral("  A b\tC d e f g h i j ")).join(QLatin1Char(' ')),
            QStringLiteral("a b c d e f g h"));
        QVERIFY(searchWords(QStringLiteral("  \n ")).isEmpty());
    }
};

QTEST_MAIN(PaletteTest)
#include "palette_test.moc"
