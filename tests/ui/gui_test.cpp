// SPDX-License-Identifier: Apache-2.0
// The parts of the program around the window: single instance, the core that comes later.
#include "app/gui/application.h"
#include "app/gui/core_factory.h"
#include "app/gui/deferred_controller.h"
#include "app/gui/options.h"
#include "app/gui/process_figures.h"
#include "app/gui/single_instance.h"
#include "app/gui/system_theme.h"
#include "tests/support/temp_dir.h"
#include "tests/ui/ui_fixture.h"

#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using weft::StatusCode;
using weft::api::Capabilities;
using weft::api::LinkState;
using weft::app::Core;
using weft::app::DeferredController;
using weft::tests::FakeController;
using weft::tests::UiFixture;

namespace {

constexpr int kLimitMilliseconds = 10000;
/// A whole mesh is filled first.
constexpr int kSandboxMilliseconds = 60000;

std::unique_ptr<FakeController> manualHome() {
    return std::make_unique<FakeController>(
        UiFixture::sceneAt("home", weft::WallTime{1767225600s}), FakeController::Delivery::Manual);
}

}  // namespace

class GuiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheCommandLineAsksFor() {
        const auto read = [](const QStringList& arguments) {
            return weft::app::readOptions(QStringList{QStringLiteral("weft")} + arguments);
        };

        QVERIFY(!read({}).sandbox);
        QVERIFY(!read({}).hidden);
        QVERIFY(read({QStringLiteral("--sandbox")}).sandbox);
        QVERIFY(read({QStringLiteral("--hidden"), QStringLiteral("--sandbox")}).hidden);
    }

    void aSecondStartRaisesTheFirst() {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("window"));
        weft::app::SingleInstance first(name);
        weft::app::SingleInstance second(name);
        QVERIFY(!first.raiseOther());
        QVERIFY(first.listen());
        QSignalSpy raised(&first, &weft::app::SingleInstance::raiseAsked);

        QVERIFY(second.raiseOther());

        QVERIFY(raised.count() > 0 || raised.wait(kLimitMilliseconds));
    }

    void aSocketOfADeadWindowIsTakenOver() {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("window"));
        QFile left(name);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        weft::app::SingleInstance instance(name);

        QVERIFY(!instance.raiseOther());
        QVERIFY(instance.listen());
    }

    void callsWaitForTheCore() {
        DeferredController deferred;
        int answers = 0;
        int states = 0;
        const weft::Subscription watch =
            deferred.watchState([&states](const weft::api::DaemonState&) { ++states; });
        deferred.capabilities([&answers](const weft::StatusOr<Capabilities>& result) {
            answers += result.ok() ? 1 : 0;
        });
        QCOMPARE(answers, 0);

        auto real = manualHome();
        FakeController& fake = *real;
        deferred.become(std::move(real));
        fake.run();

        QCOMPARE(answers, 1);
        QCOMPARE(states, 1);
    }

    void aWatchThatWasDroppedDoesNotBegin() {
        DeferredController deferred;
        int states = 0;
        weft::Subscription watch =
            deferred.watchState([&states](const weft::api::DaemonState&) { ++states; });
        watch.cancel();

        auto real = manualHome();
        FakeController& fake = *real;
        deferred.become(std::move(real));
        fake.run();

        QCOMPARE(states, 0);
    }

    void aCoreThatDoesNotStartSaysWhy() {
        DeferredController deferred;
        LinkState seen = LinkState::Connecting;
        StatusCode code = StatusCode::kOk;
        const weft::Subscription watch =
            deferred.watchLink([&seen](LinkState link, const weft::Status&) { seen = link; });
        const auto note = [&code](const auto& result) { code = result.status().code(); };
        deferred.capabilities(note);

        deferred.fail(weft::permissionDenied("the state folder"));
        QCOMPARE(seen, LinkState::Lost);
        QCOMPARE(code, StatusCode::kPermissionDenied);
        code = StatusCode::kOk;
        deferred.capabilities(note);

        QCOMPARE(code, StatusCode::kPermissionDenied);
    }

    void callsAreAnsweredWhenTheWindowGoesFirst() {
        StatusCode code = StatusCode::kOk;
        {
            DeferredController deferred;
            deferred.capabilities([&code](const auto& result) { code = result.status().code(); });
        }
        QCOMPARE(code, StatusCode::kCancelled);
    }

    void probesSockets() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("s"));
        const auto probe = [&path] { return weft::app::probeSocket(path.toStdString()).code(); };
        QCOMPARE(probe(), StatusCode::kNotFound);
        QLocalServer server;
        QVERIFY(server.listen(path));
        QCOMPARE(probe(), StatusCode::kOk);
        QCOMPARE(
            weft::app::probeSocket(std::string(200, 'x')).code(), StatusCode::kInvalidArgument);
    }

    // The real thing: a core in this process, without a mesh.
    void embedsACore() {
        const weft::tests::TempDir folder;
        weft::config::LoadRequest request;
        request.environment = {
            {"HOME", folder.path().string()}, {"XDG_RUNTIME_DIR", folder.path().string()}};
        request.arguments = {"--weft.state-dir=" + (folder / "state").string()};
        const auto core = Core::embed(request, nullptr);
        weft::viewmodels::Appearance appearance(nullptr);
        const weft::base::SystemClock clock;
        weft::viewmodels::AppViewModel app(
            core->controller(), {clock, appearance, nullptr, nullptr});
        const QSignalSpy changed(&app, &weft::viewmodels::AppViewModel::changed);

        app.start();

        QVERIFY(
            QTest::qWaitFor([&app] { return app.ready() && !app.loading(); }, kLimitMilliseconds));
        // What the account may do is asked when the link is ready, and answered by itself.
        QVERIFY(QTest::qWaitFor([&app] { return app.canChange(); }, kLimitMilliseconds));
        QVERIFY(app.needsFirstRun());
        QVERIFY(core->isEmbedded());
    }

    void saysThatTheCoreCannotStart() {
        const weft::tests::TempDir folder;
        weft::config::LoadRequest request;
        request.arguments = {"--no-such-option"};
        const auto core = Core::embed(request, nullptr);
        weft::viewmodels::Appearance appearance(nullptr);
        const weft::base::SystemClock clock;
        weft::viewmodels::AppViewModel app(
            core->controller(), {clock, appearance, nullptr, nullptr});

        app.start();

        QVERIFY(QTest::qWaitFor([&app] { return app.lost(); }, kLimitMilliseconds));
        QVERIFY(app.linkErrorText().contains(QStringLiteral("no-such-option")));
    }

    // The real thing too: a daemon over a mesh that is simulated.
    void aSandboxIsAWholeMesh() {
        const auto core = Core::sandbox();
        weft::viewmodels::Appearance appearance(nullptr);
        const weft::base::SystemClock clock;
        weft::viewmodels::AppViewModel app(core->controller(), {clock, appearance});

        app.start();
        app.setActive(true);

        QVERIFY(QTest::qWaitFor(
            [&app] { return app.canChange() && app.allPeers()->count() > 20; },
            kSandboxMilliseconds));
        QVERIFY(core->isSandbox());
        QVERIFY(!core->isEmbedded());
        QVERIFY(!app.needsFirstRun());
        QCOMPARE(app.connection()->profileName(), QStringLiteral("Sandbox"));
    }

    void theDesktopSaysHowWindowsLook() {
        weft::app::SystemTheme theme;
        const QSignalSpy changed(&theme, &weft::app::SystemTheme::changed);
        const QString appearance = QStringLiteral("org.freedesktop.appearance");
        const auto wrapped = [](uint value) { return QVariant::fromValue(QDBusVariant(value)); };

        theme.take(appearance, QStringLiteral("color-scheme"), 1U);
        QVERIFY(theme.look().dark);
        // No preference is no word against it.
        theme.take(appearance, QStringLiteral("color-scheme"), 0U);
        QVERIFY(theme.look().dark);
        theme.take(appearance, QStringLiteral("contrast"), wrapped(1));
        QVERIFY(theme.look().highContrast);
        theme.take(
            QStringLiteral("org.gnome.desktop.interface"),
            QStringLiteral("enable-animations"),
            false);
        QVERIFY(theme.look().reduceMotion);
        theme.take(appearance, QStringLiteral("reduced-motion"), 0U);
        QVERIFY(!theme.look().reduceMotion);
        const auto told = changed.count();
        theme.take(appearance, QStringLiteral("accent-color"), 7U);
        theme.take(appearance, QStringLiteral("contrast"), QStringLiteral("very"));

        QVERIFY(!theme.look().highContrast);
        QCOMPARE(changed.count(), told + 1);
    }

    void theProgramGoesIntoASandboxAndBack() {
        const QTemporaryDir folder;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        qputenv("XDG_RUNTIME_DIR", folder.path().toLocal8Bit());
        weft::app::GuiOptions options;
        options.embedded = true;
        options.core.environment = {{"HOME", folder.path().toStdString()}};
        options.core.arguments = {
            "--weft.state-dir=" + folder.filePath(QStringLiteral("state")).toStdString()};
        weft::viewmodels::Language language{QLocale()};
        weft::app::Application application(options, language);
        int exitCode = 0;
        QVERIFY(application.start(exitCode));
        QVERIFY(application.isEmbedded());

        application.openSandbox();
        application.openSandbox();
        QVERIFY(QTest::qWaitFor([&] { return application.isSandbox(); }, kLimitMilliseconds));
        QVERIFY(!application.isEmbedded());
        QCOMPARE(application.currentText(), QStringLiteral("Sandbox"));
        application.leaveSandbox();
        QVERIFY(QTest::qWaitFor([&] { return !application.isSandbox(); }, kLimitMilliseconds));

        QVERIFY(application.isEmbedded());
    }

    void readsFiguresOfTheProcess() {
        QVERIFY(weft::app::residentBytes().value_or(0) > std::size_t{1} << 20U);
        const auto age = weft::app::sinceProcessStart();
        QVERIFY(age && *age >= 0ms && *age < 1h);
    }
};

QTEST_MAIN(GuiTest)
#include "gui_test.moc"
