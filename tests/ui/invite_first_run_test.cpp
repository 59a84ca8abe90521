// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/qr_code.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::InvitationsModel;

namespace {

QString stateOf(UiFixture& ui, int row) {
    return ui.app.invite()->invitations()->index(row).data(InvitationsModel::StateRole).toString();
}

}  // namespace

class InviteFirstRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesACodeAndForgetsIt() {
        UiFixture ui("home");
        auto* invite = ui.app.invite();

        invite->create(QStringLiteral(" phone "), QStringLiteral("note"), 24);
        QVERIFY(invite->busy());
        ui.settle();

        QVERIFY(invite->hasCode());
        QCOMPARE(invite->forText(), QStringLiteral("For phone"));
        QCOMPARE(invite->expiryText(), QStringLiteral("Works once, ends in 1 day"));
        // What the one who joins is told to compare with.
        QVERIFY(invite->authority().startsWith(QStringLiteral("3b0c 4429 ")));
        QCOMPARE(invite->invitations()->count(), 4);
        invite->forgetCode();
        QVERIFY(!invite->hasCode());
        QVERIFY(invite->authority().isEmpty());
        QVERIFY(invite->code().isEmpty());
    }

    void revokes() {
        UiFixture ui("home");
        auto* invite = ui.app.invite();
        invite->refresh();
        ui.settle();
        QCOMPARE(stateOf(ui, 0), QStringLiteral("Open"));

        invite->revoke(
            invite->invitations()->index(0).data(InvitationsModel::InvitationIdRole).toString());
        ui.settle();

        QCOMPARE(stateOf(ui, 0), QStringLiteral("Revoked"));
    }

    void saysWhyNoCodeCouldBeMade() {
        UiFixture ui("home");
        ui.controller.failNext(
            FakeCall::CreateInvitation, weft::unimplemented("this mesh keeps no invitations"));

        ui.app.invite()->create({}, {}, 1);
        ui.settle();

        QVERIFY(!ui.app.invite()->hasCode());
        QVERIFY(ui.app.invite()->errorText().contains(QStringLiteral("keeps no invitations")));
    }

    void forgetsTheCodeWithTheMesh() {
        UiFixture ui("several");
        ui.app.invite()->create({}, {}, 1);
        ui.settle();
        QVERIFY(ui.app.invite()->hasCode());

        ui.app.showNextProfile();

        QVERIFY(!ui.app.invite()->hasCode());
    }

    void drawsTheCodeForCameras() {
        weft::qml::QrCode picture;
        picture.setText(QStringLiteral("weft1-abc"));

        QVERIFY(picture.modules() >= 21);
        // The finder pattern in the corner (ISO/IEC 18004, 6.3.3): dark, light, dark.
        QVERIFY(picture.isDark(0, 0));
        QVERIFY(!picture.isDark(1, 1));
        QVERIFY(picture.isDark(3, 3));
        picture.setText(QString(5000, QLatin1Char('x')));
        QCOMPARE(picture.modules(), 0);
    }

    void createsAMeshAndTurnsToIt() {
        UiFixture ui("first-run");
        const QSignalSpy finished(
            ui.app.firstRun(), &weft::viewmodels::FirstRunViewModel::finished);

        ui.app.firstRun()->createMesh(
            QStringLiteral("Barn"), QStringLiteral(" Barn.Internal "), {}, true);
        ui.settle();

        QCOMPARE(finished.count(), 1);
        QVERIFY(!ui.app.needsFirstRun());
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("Barn"));
        QCOMPARE(ui.app.connection()->domain(), QStringLiteral("barn.internal"));
        QCOMPARE(ui.app.connection()->word(), QStringLiteral("Connecting"));
        ui.advance(6 * weft::tests::FakeController::kStepTime);
        QCOMPARE(ui.app.connection()->word(), QStringLiteral("Connected"));
    }

    void refusesBadNamesBeforeAsking_data() {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("node");
        const QString good = QStringLiteral("home.internal");
        QTest::newRow("no domain") << QString() << QString();
        QTest::newRow("space") << QStringLiteral("my home") << QString();
        QTest::newRow("empty label") << QStringLiteral("home..internal") << QString();
        QTest::newRow("hyphen first") << QStringLiteral("-home") << QString();
        QTest::newRow("long label") << QString(64, QLatin1Char('a')) << QString();
        QTest::newRow("node with markup") << good << QStringLiteral("<b>x</b>");
    }
    void refusesBadNamesBeforeAsking() {
        QFETCH(QString, domain);
        QFETCH(QString, node);
        UiFixture ui("first-run");

        ui.app.firstRun()->createMesh(QStringLiteral("x"), domain, node, false);
        ui.settle();

        QVERIFY(!ui.app.firstRun()->errorText().isEmpty());
        QCOMPARE(ui.controller.count(FakeCall::CreateMesh), std::size_t{0});
    }

    void previewsACodeBeforeJoining() {
        UiFixture ui("first-run");
        auto* first = ui.app.firstRun();

        first->preview(QStringLiteral("weft1-abc"));
        ui.settle();

        QVERIFY(first->previewUsable());
        QVERIFY(first->previewAddresses().contains(QStringLiteral("192.0.2.14:8443")));
        QVERIFY(first->previewFingerprint().startsWith(QStringLiteral("3b0c 4429")));
        QCOMPARE(first->previewExpiry(), QStringLiteral("Ends in 1 day"));
        QCOMPARE(ui.controller.count(FakeCall::JoinWithCode), std::size_t{0});
        first->join(QStringLiteral("weft1-abc"), QStringLiteral("tablet"));
        ui.settle();
        QCOMPARE(ui.app.connection()->nodeId(), QStringLiteral("tablet"));
    }

    void showsThatACodeHasEnded() {
        UiFixture ui("first-run");

        ui.app.firstRun()->preview(QStringLiteral("weft1-expired"));
        ui.settle();

        QVERIFY(ui.app.firstRun()->hasPreview());
        QVERIFY(!ui.app.firstRun()->previewUsable());
        QVERIFY(ui.app.firstRun()->previewExpiry().contains(QStringLiteral("new code")));
    }

    void ignoresTheAnswerToAnEarlierText() {
        UiFixture ui("first-run");
        auto* first = ui.app.firstRun();
        ui.controller.hold();

        first->preview(QStringLiteral("weft1-abc"));
        first->preview(QStringLiteral("nonsense"));
        ui.controller.release();
        ui.settle();

        QVERIFY(!first->hasPreview());
        QVERIFY(first->errorText().contains(QStringLiteral("not an invitation code")));
    }

    void attachesToASocket() {
        UiFixture ui("first-run");
        ui.core.answer = weft::unavailable("nobody listens at /x");

        ui.app.firstRun()->attach(QStringLiteral(" /x "));

        QCOMPARE(ui.core.asked, QStringList{QStringLiteral("/x")});
        QVERIFY(ui.app.firstRun()->errorText().contains(QStringLiteral("Nobody listens")));
        QVERIFY(!ui.app.firstRun()->busy());
    }

    void offersASandboxAndTheWayBack() {
        UiFixture ui("first-run");
        QVERIFY(ui.app.firstRun()->canExplore());
        QVERIFY(!ui.app.firstRun()->sandbox());

        ui.app.firstRun()->leaveSandbox();
        QVERIFY(ui.core.asked.isEmpty());
        ui.app.firstRun()->openSandbox();
        QCOMPARE(ui.core.asked, QStringList{QStringLiteral("sandbox")});
        ui.core.sandbox = true;
        QVERIFY(!ui.app.firstRun()->canExplore());
        ui.app.firstRun()->openSandbox();
        ui.app.firstRun()->leaveSandbox();

        QCOMPARE(ui.core.asked.size(), 2);
        QCOMPARE(ui.core.asked.last(), QStringLiteral("leave"));
    }

    void findsTheCodeOnTheClipboard() {
        UiFixture ui("first-run");
        auto& firstRun = *ui.app.firstRun();
        QGuiApplication::clipboard()->setText(QStringLiteral("nothing of that kind"));
        QVERIFY(firstRun.clipboardCode().isEmpty());
        QVERIFY(firstRun.errorText().contains(QStringLiteral("clipboard")));

        QGuiApplication::clipboard()->setText(
            QStringLiteral("Here it is:\n  weft1-aW52_LTA-x9 .\nSee you"));

        QCOMPARE(firstRun.clipboardCode(), QStringLiteral("weft1-aW52_LTA-x9"));
        QVERIFY(firstRun.errorText().isEmpty());
    }

    void findsTheCodeInAFile() {
        UiFixture ui("first-run");
        auto& firstRun = *ui.app.firstRun();
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("invitation.txt"));
        QVERIFY(firstRun.codeInFile(name).isEmpty());
        QVERIFY(firstRun.errorText().contains(QStringLiteral("no such file")));
        QVERIFY(firstRun.codeInFile(folder.path()).isEmpty());
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("code: weft1-abc\n");
        file.close();

        QCOMPARE(firstRun.codeInFile(name), QStringLiteral("weft1-abc"));
        QCOMPARE(
            firstRun.codeInFile(QUrl::fromLocalFile(name).toString()), QStringLiteral("weft1-abc"));
        QVERIFY(firstRun.errorText().isEmpty());
    }
};

QTEST_MAIN(InviteFirstRunTest)
#include "invite_first_run_test.moc"
