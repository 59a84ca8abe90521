// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/settings_view_model.h"

#include <QSignalSpy>
#include <QTest>

using weft::tests::UiFixture;
using weft::viewmodels::Appearance;
using weft::viewmodels::Preferences;
using weft::viewmodels::look::Tone;

namespace {

/// A keychain that answers when the test says so.
class LateKeychain final : public weft::api::SecretStore {
public:
    void check(weft::StatusCallback done) override { waiting = std::move(done); }
    void read(const std::string& /*key*/, weft::Callback<std::string> done) override {
        done(weft::notFound("nothing"));
    }
    void write(const std::string& /*key*/, const std::string& /*value*/, weft::StatusCallback done)
        override {
        done(weft::okStatus());
    }
    void remove(const std::string& /*key*/, weft::StatusCallback done) override {
        done(weft::okStatus());
    }

    weft::StatusCallback waiting;
};

}  // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSwitchShowsWhatTheSystemSays() {
        UiFixture ui("home");
        auto& login = *ui.app.loginStart();
        QVERIFY(login.available());
        QVERIFY(!login.on());

        login.setOn(true);
        QVERIFY(login.on());
        QVERIFY(ui.login.standing.starts);
        // The desktop turns it off behind its back.
        ui.login.standing = {false, false, true, {}};
        login.refresh();

        QVERIFY(!login.on());
        QVERIFY(login.noteText().contains(QStringLiteral("desktop")));
    }

    void hiddenIsWrittenWithTheEntry() {
        UiFixture ui("home");
        ui.preferences.setStartHidden(true);
        QCOMPARE(ui.login.writes, 0);

        ui.app.loginStart()->setOn(true);
        QVERIFY(ui.login.standing.hidden);
        ui.preferences.setStartHidden(false);

        QVERIFY(!ui.login.standing.hidden);
        QVERIFY(ui.login.standing.starts);
        QCOMPARE(ui.login.writes, 2);
    }

    void anEntryThatWasEditedCounts() {
        UiFixture ui("home");
        ui.login.standing = {true, true, false, {}};

        ui.app.loginStart()->refresh();

        QVERIFY(ui.app.loginStart()->on());
        QVERIFY(ui.preferences.startHidden());
        QCOMPARE(ui.login.writes, 0);
    }

    void saysThatTheEntryStartsAnotherProgram() {
        UiFixture ui("home");
        ui.login.standing = {true, false, false, QStringLiteral("/opt/old/weft")};

        ui.app.loginStart()->refresh();

        QVERIFY(ui.app.loginStart()->noteText().contains(QStringLiteral("/opt/old/weft")));
    }

    void saysWhyTheEntryCannotBeChanged() {
        UiFixture ui("home");
        ui.login.error = weft::permissionDenied("the folder is read-only");

        ui.app.loginStart()->setOn(true);

        QVERIFY(!ui.app.loginStart()->on());
        QVERIFY(ui.app.loginStart()->errorText().contains(QStringLiteral("read-only")));
        ui.login.error = weft::okStatus();
        ui.app.loginStart()->refresh();
        QVERIFY(ui.app.loginStart()->errorText().isEmpty());
    }

    void saysThatASystemHasNoWay() {
        Preferences preferences(nullptr);
        weft::viewmodels::LoginStart login(nullptr, preferences);

        login.setOn(true);
        login.refresh();

        QVERIFY(!login.available() && !login.on());
        QVERIFY(!login.noteText().isEmpty());
    }

    void saysWhatThisAccountMayDoAndWhy() {
        UiFixture ui("home");
        auto& settings = *ui.app.settings();
        QVERIFY(settings.gradeText().startsWith(QStringLiteral("Administer")));
        QVERIFY(settings.gradeReason().contains(QStringLiteral("built-in")));
        QVERIFY(settings.joinCommand().isEmpty());

        UiFixture other("read-only");
        other.core.embedded = false;

        QVERIFY(other.app.settings()->gradeText().startsWith(QStringLiteral("Observe")));
        QVERIFY(other.app.settings()->gradeReason().contains(QStringLiteral("groups")));
        QCOMPARE(
            other.app.settings()->joinCommand(), QStringLiteral("sudo usermod -aG weft $USER"));
        QCOMPARE(other.app.settings()->socketPath(), QStringLiteral("/run/weft/weft.sock"));
        other.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        other.settle();
        QVERIFY(other.app.settings()->gradeText().startsWith(QStringLiteral("Not known")));
        QVERIFY(other.app.settings()->joinCommand().isEmpty());
    }

    void saysWhetherTheKeychainCanKeepSomething() {
        LateKeychain keychain;
        UiFixture ui("home", &keychain);
        auto& settings = *ui.app.settings();
        QCOMPARE(settings.secretsTone(), Tone::Neutral);

        settings.checkSecrets();
        QVERIFY(settings.checkingSecrets());
        keychain.waiting(weft::unavailable("the keychain is locked"));
        QVERIFY(!settings.checkingSecrets());
        QCOMPARE(settings.secretsTone(), Tone::Warn);
        QVERIFY(settings.secretsText().contains(QStringLiteral("keychain is locked")));
        settings.checkSecrets();
        keychain.waiting(weft::okStatus());

        QCOMPARE(settings.secretsTone(), Tone::Ok);
        QVERIFY(settings.secretsText().contains(QStringLiteral("can keep")));
    }

    void saysThatThereIsNoKeychain() {
        UiFixture ui("home");

        ui.app.settings()->checkSecrets();

        QVERIFY(!ui.app.settings()->checkingSecrets());
        QVERIFY(ui.app.settings()->secretsText().contains(QStringLiteral("no keychain")));
    }

    void everythingGoesBackAtOnce() {
        UiFixture ui("home");
        auto& settings = *ui.app.settings();
        QVERIFY(!settings.hasChanges());
        ui.appearance.setContrast(Appearance::Contrast::High);
        ui.preferences.setNotifies(Preferences::Category::Peers, true);
        QVERIFY(settings.hasChanges());

        settings.resetAll();

        QVERIFY(!settings.hasChanges());
        QVERIFY(!ui.appearance.highContrast());
    }

    void namesWhatTheProgramIsMadeOf() {
        UiFixture ui("home");

        const QStringList libraries = ui.app.settings()->libraries();

        QVERIFY(libraries.front().startsWith(QStringLiteral("Qt 6")));
        QVERIFY(libraries.contains(QStringLiteral("gRPC (Apache-2.0)")));
    }

    void theWelcomeIsKept() {
        Preferences preferences(nullptr);
        QVERIFY(!preferences.welcomed());

        preferences.setWelcomed();
        preferences.resetAll();

        QVERIFY(preferences.welcomed());
    }
};

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
