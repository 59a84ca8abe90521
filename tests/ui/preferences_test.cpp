// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/preferences.h"

#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/words.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using weft::tests::UiFixture;
using weft::viewmodels::Preferences;
using Category = Preferences::Category;
using Setting = Preferences::Setting;

namespace {

constexpr std::array kCategories{
    Category::Connection, Category::Peers, Category::Policy, Category::Routes, Category::Updates};

}  // namespace

class PreferencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void beginWithTheDefaults() {
        const Preferences preferences(nullptr);

        QCOMPARE(preferences.closeAction(), Preferences::CloseAction::Auto);
        QVERIFY(!preferences.disconnectOnQuit());
        QVERIFY(!preferences.startHidden());
        QCOMPARE(preferences.trayIconStyle(), Preferences::TrayIconStyle::Auto);
        QCOMPARE(preferences.byteUnits(), Preferences::ByteUnits::Binary);
        for (const Category category : kCategories) {
            QCOMPARE(preferences.notifies(category), category != Category::Peers);
        }
        QVERIFY(preferences.changedSettings().isEmpty());
    }

    void areKeptBetweenStarts() {
        {
            QSettings settings = file();
            Preferences preferences(&settings);
            preferences.setCloseAction(Preferences::CloseAction::Minimise);
            preferences.setDisconnectOnQuit(true);
            preferences.setStartHidden(true);
            preferences.setTrayIconStyle(Preferences::TrayIconStyle::Dark);
            preferences.setByteUnits(Preferences::ByteUnits::Decimal);
            preferences.setNotifies(Category::Peers, true);
            preferences.setNotifies(Category::Updates, false);
        }
        QSettings settings = file();
        const Preferences preferences(&settings);

        QCOMPARE(preferences.closeAction(), Preferences::CloseAction::Minimise);
        QVERIFY(preferences.disconnectOnQuit());
        QVERIFY(preferences.startHidden());
        QCOMPARE(preferences.trayIconStyle(), Preferences::TrayIconStyle::Dark);
        QCOMPARE(preferences.byteUnits(), Preferences::ByteUnits::Decimal);
        QVERIFY(preferences.notifies(Category::Peers));
        QVERIFY(!preferences.notifies(Category::Updates));
        QVERIFY(preferences.notifies(Category::Connection));
        QCOMPARE(preferences.changedSettings().size(), 7);
    }

    void sayOnlyWhatChanged() {
        Preferences preferences(nullptr);
        const QSignalSpy changed(&preferences, &Preferences::changed);

        preferences.setCloseAction(Preferences::CloseAction::Auto);
        preferences.setNotifies(Category::Connection, true);
        preferences.reset(Setting::CloseAction);
        preferences.resetAll();
        QCOMPARE(changed.count(), 0);
        preferences.setStartHidden(true);
        preferences.setStartHidden(true);

        QCOMPARE(changed.count(), 1);
    }

    void goBackToTheDefault() {
        QSettings settings = file();
        Preferences preferences(&settings);
        preferences.setTrayIconStyle(Preferences::TrayIconStyle::Light);
        preferences.setNotifies(Category::Routes, false);
        QVERIFY(!preferences.isDefault(Setting::TrayIconStyle));
        QVERIFY(!preferences.isDefault(Setting::NotifyRoutes));
        QVERIFY(preferences.isDefault(Setting::NotifyPolicy));

        preferences.reset(Setting::TrayIconStyle);

        QCOMPARE(preferences.trayIconStyle(), Preferences::TrayIconStyle::Auto);
        QCOMPARE(
            preferences.changedSettings(), QList<int>{static_cast<int>(Setting::NotifyRoutes)});
        QVERIFY(!settings.contains(QStringLiteral("tray/iconStyle")));
    }

    void goBackToAllDefaultsWithOneWord() {
        QSettings settings = file();
        settings.setValue(QStringLiteral("window/geometry"), 7);
        Preferences preferences(&settings);
        preferences.setByteUnits(Preferences::ByteUnits::Decimal);
        preferences.setDisconnectOnQuit(true);
        const QSignalSpy changed(&preferences, &Preferences::changed);
        const QSignalSpy units(&preferences, &Preferences::byteUnitsChanged);

        preferences.resetAll();

        QCOMPARE(changed.count(), 2);
        QCOMPARE(units.count(), 1);
        QVERIFY(preferences.changedSettings().isEmpty());
        // What belongs to others stays.
        QCOMPARE(settings.allKeys(), QStringList{QStringLiteral("window/geometry")});
    }

    void takeTheDefaultForWhatTheyDoNotKnow_data() {
        QTest::addColumn<QByteArray>("value");
        for (const char* value :
             {"",
              "3",
              "-1",
              "minimise",
              "Auto, Quit",
              "@Invalid()",
              "@Variant(",
              "\xFF\xFE",
              "1"}) {
            QTest::addRow("%s", QByteArray(value).toPercentEncoding().constData())
                << QByteArray(value);
        }
    }
    void takeTheDefaultForWhatTheyDoNotKnow() {
        QFETCH(QByteArray, value);
        QFile raw(path());
        QVERIFY(raw.open(QIODevice::WriteOnly));
        raw.write("[window]\ncloseAction=" + value + "\nstartHidden=" + value);
        raw.write("\n[tray]\niconStyle=" + value + "\n[units]\nbytes=" + value);
        raw.write("\n[notify]\npeers=" + value + "\nconnection=" + value + "\n");
        raw.close();
        QSettings settings = file();

        const Preferences preferences(&settings);

        QVERIFY(preferences.changedSettings().isEmpty());
    }

    void doNotTakeANumberThatIsNoChoice() {
        Preferences preferences(nullptr);
        preferences.setCloseAction(Preferences::CloseAction::Quit);

        preferences.setProperty("closeAction", 4);

        QCOMPARE(preferences.closeAction(), Preferences::CloseAction::Auto);
    }

    void decideHowBytesAreCounted() {
        UiFixture ui("home");
        QCOMPARE(weft::viewmodels::bytes(2'000'000), QStringLiteral("1.9 MiB"));

        ui.preferences.setByteUnits(Preferences::ByteUnits::Decimal);
        QCOMPARE(weft::viewmodels::bytes(2'000'000), QStringLiteral("2.0 MB"));
        ui.preferences.reset(Setting::ByteUnits);

        QCOMPARE(weft::viewmodels::bytes(2'000'000), QStringLiteral("1.9 MiB"));
    }

    void areThoseOfTheProgram() {
        UiFixture ui("home");

        QCOMPARE(ui.app.preferences(), &ui.preferences);
    }

    void standOnTheirOwnWithoutAProgram() {
        weft::tests::FakeClock clock;
        weft::viewmodels::Appearance appearance(nullptr);
        weft::tests::FakeController controller(
            UiFixture::sceneAt("home", clock.wallNow()),
            weft::tests::FakeController::Delivery::Manual);
        weft::viewmodels::AppViewModel app(controller, {clock, appearance});

        QVERIFY(app.preferences()->changedSettings().isEmpty());
    }

private:
    QString path() const { return folder_->filePath(QStringLiteral("window.ini")); }
    QSettings file() const { return {path(), QSettings::IniFormat}; }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_MAIN(PreferencesTest)
#include "preferences_test.moc"
