// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::Appearance;
using weft::viewmodels::ProfilesModel;

namespace {

/// A keychain in memory.
class MemorySecrets final : public weft::api::SecretStore {
public:
    void check(weft::StatusCallback done) override { done(error); }
    void read(const std::string& name, weft::Callback<std::string> done) override {
        const auto found = kept.find(name);
        if (!error.ok()) {
            done(error);
        } else if (found == kept.end()) {
            done(weft::notFound("nothing"));
        } else {
            done(found->second);
        }
    }
    void write(
        const std::string& name, const std::string& secret, weft::StatusCallback done) override {
        if (error.ok()) {
            kept[name] = secret;
        }
        done(error);
    }
    void remove(const std::string& name, weft::StatusCallback done) override {
        kept.erase(name);
        done(error);
    }

    std::map<std::string, std::string> kept;
    weft::Status error;
};

QString text(const ProfilesModel& profiles, int row, ProfilesModel::Role role) {
    return profiles.index(row).data(role).toString();
}

}  // namespace

class ProfilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsEachMeshWithItsState() {
        UiFixture ui("several");
        const ProfilesModel& profiles = *ui.app.profiles();

        QCOMPARE(profiles.count(), 4);
        QCOMPARE(text(profiles, 0, ProfilesModel::StateRole), QStringLiteral("Connected"));
        QCOMPARE(text(profiles, 1, ProfilesModel::StateRole), QStringLiteral("Not connected"));
        QCOMPARE(text(profiles, 2, ProfilesModel::StateRole), QStringLiteral("Connecting"));
        QCOMPARE(text(profiles, 3, ProfilesModel::StateRole), QStringLiteral("Could not connect"));
        QVERIFY(profiles.index(0).data(ProfilesModel::CurrentRole).toBool());
    }

    void handsThePasswordOverAtConnect() {
        MemorySecrets secrets;
        UiFixture ui("off", &secrets);

        ui.app.profiles()->keepPassword(QStringLiteral("home"), QStringLiteral("s3cret"));
        ui.settle();
        ui.app.profiles()->connectTo(QStringLiteral("home"));
        ui.settle();

        QCOMPARE(secrets.kept.at("profile/home/password"), std::string("s3cret"));
        QCOMPARE(ui.controller.lastSecrets().at("password"), std::string("s3cret"));
    }

    void connectsWithoutAKeychain() {
        MemorySecrets secrets;
        secrets.error = weft::unavailable("locked");
        UiFixture ui("off", &secrets);

        ui.app.profiles()->connectTo(QStringLiteral("home"));
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::Connect), std::size_t{1});
        QVERIFY(ui.controller.lastSecrets().empty());
    }

    void neverKeepsAPasswordElsewhere() {
        UiFixture ui("off");
        QVERIFY(!ui.app.profiles()->canKeepPasswords());

        ui.app.profiles()->keepPassword(QStringLiteral("home"), QStringLiteral("s3cret"));
        ui.settle();

        QVERIFY(ui.app.profiles()->errorText().contains(QStringLiteral("no keychain")));
    }

    void renamesAndSetsAutoConnect() {
        UiFixture ui("several");

        ui.app.profiles()->rename(QStringLiteral("work"), QStringLiteral(" Office "));
        ui.settle();
        ui.app.profiles()->setAutoConnect(QStringLiteral("work"), false);
        ui.settle();

        QCOMPARE(text(*ui.app.profiles(), 1, ProfilesModel::NameRole), QStringLiteral("Office"));
        QVERIFY(!ui.app.profiles()->index(1).data(ProfilesModel::AutoConnectRole).toBool());
        ui.app.profiles()->rename(QStringLiteral("work"), QStringLiteral("  "));
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::PutProfile), std::size_t{2});
    }

    void turnsNamesAndTheLockdownOnAndOff() {
        UiFixture ui("several");
        ProfilesModel& profiles = *ui.app.profiles();
        const auto isOn = [&profiles](ProfilesModel::Role role) {
            return profiles.index(1).data(role).toBool();
        };
        QVERIFY(!isOn(ProfilesModel::AcceptDnsRole));
        QVERIFY(!isOn(ProfilesModel::LockdownRole));

        profiles.setAcceptDns(QStringLiteral("work"), true);
        ui.settle();
        profiles.setLockdown(QStringLiteral("work"), true);
        ui.settle();
        QVERIFY(isOn(ProfilesModel::AcceptDnsRole));
        QVERIFY(isOn(ProfilesModel::LockdownRole));
        QVERIFY(!profiles.index(0).data(ProfilesModel::LockdownRole).toBool());

        ui.controller.failNext(
            FakeCall::PutProfile,
            weft::failedPrecondition("this profile comes from the configuration: change it there"));
        profiles.setLockdown(QStringLiteral("work"), false);
        ui.settle();
        QVERIFY(isOn(ProfilesModel::LockdownRole));
        QVERIFY(profiles.errorText().contains(QStringLiteral("from the configuration")));
        profiles.setLockdown(QStringLiteral("work"), false);
        ui.settle();
        QVERIFY(!isOn(ProfilesModel::LockdownRole));
    }

    void removesAndTurnsToAnother() {
        UiFixture ui("several");
        const QSignalSpy toasts(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.app.profiles()->removeProfile(QStringLiteral("home"), true);
        ui.settle();

        QCOMPARE(ui.app.profiles()->count(), 3);
        QCOMPARE(ui.app.connection()->profileName(), QStringLiteral("Work"));
        QCOMPARE(toasts.count(), 1);
    }

    void keepsTheAppearance() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        {
            QSettings settings(file, QSettings::IniFormat);
            Appearance appearance(&settings);
            appearance.setTheme(Appearance::Theme::Dark);
            appearance.setTextPercent(400);
        }
        QSettings settings(file, QSettings::IniFormat);
        const Appearance appearance(&settings);

        QVERIFY(appearance.dark());
        QCOMPARE(appearance.textPercent(), Appearance::kMostTextPercent);
    }

    void followsTheDesktopUnlessTold() {
        Appearance appearance(nullptr);
        const QSignalSpy changed(&appearance, &Appearance::changed);

        appearance.setDesktop({.dark = true});
        QVERIFY(appearance.dark());
        appearance.setTheme(Appearance::Theme::Light);
        QVERIFY(!appearance.dark());
        appearance.setTheme(Appearance::Theme::Light);

        QCOMPARE(changed.count(), 2);
    }

    void eachPartOfTheLookFollowsTheDesktopUnlessTold() {
        Appearance appearance(nullptr);
        appearance.setDesktop({.dark = false, .highContrast = true, .reduceMotion = true});
        QVERIFY(appearance.highContrast() && appearance.reduceMotion() && !appearance.dark());

        appearance.setContrast(Appearance::Contrast::Normal);
        appearance.setMotion(Appearance::Motion::Full);
        QVERIFY(!appearance.highContrast() && !appearance.reduceMotion());
        appearance.setDesktop({});
        appearance.setContrast(Appearance::Contrast::High);
        appearance.setMotion(Appearance::Motion::Reduced);
        appearance.setDensity(Appearance::Density::Compact);

        QVERIFY(appearance.highContrast() && appearance.reduceMotion() && appearance.compact());
        QCOMPARE(appearance.changedSettings().size(), 3);
    }

    void theLookGoesBackToItsDefaults() {
        Appearance appearance(nullptr);
        const QSignalSpy language(&appearance, &Appearance::languageChanged);
        appearance.setTheme(Appearance::Theme::Dark);
        appearance.setTextPercent(120);
        appearance.setLanguage(QStringLiteral("de"));
        QVERIFY(!appearance.isDefault(Appearance::Setting::Theme));
        QCOMPARE(
            appearance.languageNames().value(appearance.languageIndex()),
            QStringLiteral("Deutsch"));

        appearance.reset(Appearance::Setting::Theme);
        QCOMPARE(appearance.theme(), Appearance::Theme::System);
        appearance.resetAll();

        QVERIFY(appearance.changedSettings().isEmpty());
        QCOMPARE(appearance.textPercent(), 100);
        QCOMPARE(appearance.languageIndex(), 0);
        QCOMPARE(language.count(), 2);
    }

    void keepsTheLanguageAndKnowsOnlyItsOwn() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
        Appearance appearance(&settings);
        appearance.setLanguageIndex(
            static_cast<int>(appearance.languageNames().indexOf(QStringLiteral("Deutsch"))));
        QCOMPARE(Appearance(&settings).language(), QStringLiteral("de"));

        appearance.setLanguage(QStringLiteral("../de"));
        QVERIFY(appearance.language().isEmpty());
        settings.setValue(QStringLiteral("appearance/language"), QStringLiteral("tlh"));
        QVERIFY(Appearance(&settings).language().isEmpty());
        appearance.setLanguageIndex(99);
        QVERIFY(appearance.language().isEmpty());
    }

    void ignoresABrokenSettingsFile() {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("w.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("appearance/theme"), QStringLiteral("pink"));
        settings.setValue(QStringLiteral("appearance/textPercent"), QStringLiteral("huge"));

        const Appearance appearance(&settings);

        QCOMPARE(appearance.theme(), Appearance::Theme::System);
        QCOMPARE(appearance.textPercent(), Appearance::kUsualTextPercent);
    }
};

QTEST_MAIN(ProfilesTest)
#include "profiles_test.moc"
