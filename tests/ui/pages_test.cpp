// SPDX-License-Identifier: Apache-2.0
// Walks every page and sheet of the window in every scene that shows something of its own.
#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/announcer.h"
#include "ui/qml/items/main_window.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using weft::tests::UiFixture;

namespace {

/// The window over a scene, laid out and polished.
struct OpenWindow {
    OpenWindow(const char* scene, const QString& place, QSize size = {1120, 740}, int percent = 100)
        : ui(scene) {
        ui.appearance.setTextPercent(percent);
        // Nothing moves: what a transition would hide for a moment is there at once.
        ui.appearance.setReduceMotion(true);
        main = std::make_unique<weft::qml::MainWindow>(ui.app);
        main->window()->resize(size);
        main->window()->show();
        go(place);
    }

    /// "routes/2" is a part of a page.
    void go(const QString& place) {
        main->open(place.section(QLatin1Char('/'), 0, 0));
        const QString part = place.section(QLatin1Char('/'), 1);
        if (!part.isEmpty()) {
            settle();
            const QByteArray page = place.section(QLatin1Char('/'), 0, 0).toLatin1();
            weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
                if (item.metaObject()->indexOfProperty(page.constData()) >= 0
                    && item.metaObject()->indexOfProperty("tab") >= 0) {
                    item.setProperty("tab", part.toInt());
                }
            });
        }
        if (place == QLatin1String("peers")) {
            ui.app.peer()->show(ui.app.peers()->idAt(1));
        }
        if (place == QLatin1String("routes/4")) {
            ui.app.access()->route()->openNew();
        }
        if (place == QLatin1String("access")) {
            ui.app.access()->rule()->openNew();
        }
        if (place.startsWith(QLatin1String("access/"))) {
            weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
                if (item.metaObject()->indexOfProperty("extras") >= 0) {
                    item.setProperty("index", part.toInt());
                }
            });
            settle();
            ui.app.tests()->askNow();
            ui.app.access()->rights()->setSubject(QStringLiteral("build-01"));
        }
        settle();
    }
    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            main->window()->grabWindow();
        }
    }
    bool shows(const QString& text) const {
        bool found = false;
        weft::tests::walkVisible(&root(), [&](QQuickItem& item) {
            found = found || item.property("text").toString() == text;
        });
        return found;
    }
    QQuickItem& root() const { return *main->window()->contentItem(); }

    UiFixture ui;
    std::unique_ptr<weft::qml::MainWindow> main;
};

}  // namespace

class PagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void everyPage_data() {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QString>("place");
        const QStringList places{
            QStringLiteral("overview"),   QStringLiteral("peers"),
            QStringLiteral("graph"),      QStringLiteral("routes"),
            QStringLiteral("routes/1"),   QStringLiteral("routes/2"),
            QStringLiteral("routes/3"),   QStringLiteral("routes/4"),
            QStringLiteral("access"),     QStringLiteral("changes"),
            QStringLiteral("changes/1"),  QStringLiteral("changes/2"),
            QStringLiteral("settings"),   QStringLiteral("palette"),
            QStringLiteral("simulate"),   QStringLiteral("invite"),
            QStringLiteral("shortcuts"),  QStringLiteral("choose"),
            QStringLiteral("create"),     QStringLiteral("join"),
            QStringLiteral("attach"),     QStringLiteral("access/5"),
            QStringLiteral("diagnose"),   QStringLiteral("diagnose/1"),
            QStringLiteral("diagnose/2"), QStringLiteral("diagnose/3"),
            QStringLiteral("diagnose/4"), QStringLiteral("access/6"),
            QStringLiteral("settings/1"), QStringLiteral("settings/2"),
            QStringLiteral("settings/3"), QStringLiteral("settings/4"),
            QStringLiteral("settings/5"), QStringLiteral("settings/6"),
        };
        for (const QString& place : places) {
            for (const char* scene : {"home", "hostile"}) {
                QTest::addRow("%s in %s", qPrintable(place), scene) << QByteArray(scene) << place;
            }
        }
        for (const char* scene : {"draft", "conflicts", "countdown", "read-only", "off"}) {
            for (const char* place : {"access/6", "changes", "changes/1", "changes/2"}) {
                QTest::addRow("%s in %s", place, scene)
                    << QByteArray(scene) << QString::fromLatin1(place);
            }
        }
        for (const char* scene : {"lost", "off", "read-only", "waiting"}) {
            for (const char* place :
                 {"diagnose", "diagnose/1", "diagnose/2", "diagnose/3", "diagnose/4"}) {
                QTest::addRow("%s in %s", place, scene)
                    << QByteArray(scene) << QString::fromLatin1(place);
            }
        }
        for (const std::string& scene : weft::tests::fakeSceneNames()) {
            if (scene != "crowd") {
                QTest::addRow("start in %s", scene.c_str())
                    << QByteArray(scene.c_str()) << QStringLiteral("overview");
            }
        }
    }
    void everyPage() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        OpenWindow window(scene.constData(), place);

        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QCOMPARE(weft::tests::textsWithMarkup(window.root()), QStringList());
        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void smallWindowWithLargeText_data() { everyPage_data(); }
    void smallWindowWithLargeText() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        OpenWindow window(scene.constData(), place, QSize(840, 560), 150);

        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void creatingAMeshGoesByKeysAndBackKeepsWhatWasTyped() {
        OpenWindow window("first-run", QStringLiteral("create"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        const auto press = [&window, shown](std::initializer_list<Qt::Key> keys) {
            for (const Qt::Key key : keys) {
                QTest::keyClick(shown, key);
            }
            window.settle();
        };

        press({Qt::Key_L, Qt::Key_A, Qt::Key_B, Qt::Key_Return});
        QVERIFY(window.shows(QStringLiteral("Who may talk to whom")));
        // From the first card to the second one, and to the button.
        press({Qt::Key_Tab, Qt::Key_Return, Qt::Key_Tab, Qt::Key_Return});
        QVERIFY(window.shows(QStringLiteral("This is what will be made")));
        QVERIFY(window.shows(QStringLiteral("lab")));
        QVERIFY(window.shows(QStringLiteral("Nobody until allowed")));
        // All the way back, and in again.
        press({Qt::Key_Escape, Qt::Key_Escape, Qt::Key_Escape});
        QVERIFY(window.shows(QStringLiteral("Explore with a sandbox")));
        window.ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        window.settle();
        window.ui.controller.setLink(weft::api::LinkState::Ready);
        window.settle();
        press({Qt::Key_Tab, Qt::Key_Return});
        QVERIFY(window.shows(QStringLiteral("Create a mesh")));
        QVERIFY(window.shows(QStringLiteral("lab")));
        press({Qt::Key_Return, Qt::Key_Tab, Qt::Key_Return, Qt::Key_Return});

        QCOMPARE(window.ui.controller.count(weft::tests::FakeCall::CreateMesh), std::size_t{1});
    }

    void theLastStepIsAskedOnce() {
        OpenWindow window("first-run", QStringLiteral("overview"));
        const QString heading =
            QStringLiteral("Everything here can be changed later in the settings.");
        const auto create = [&window](const char* domain) {
            window.ui.app.firstRun()->createMesh({}, QString::fromLatin1(domain), {}, false);
            window.settle();
        };
        create("one.internal");
        QVERIFY(window.shows(heading));
        QVERIFY(!window.ui.preferences.welcomed());
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());

        QTest::keyClick(window.main->window(), Qt::Key_Escape);
        window.settle();
        QVERIFY(window.ui.preferences.welcomed());
        QVERIFY(!window.shows(heading));
        create("two.internal");

        QVERIFY(!window.shows(heading));
    }

    void aSandboxSaysSoOnEveryPage() {
        OpenWindow real("home", QStringLiteral("overview"));
        const QString text = QStringLiteral("Sandbox: nothing here is real");
        QVERIFY(!real.shows(text));

        UiFixture ui("home");
        ui.core.sandbox = true;
        const weft::viewmodels::AppServices services{
            ui.clock, ui.appearance, nullptr, &ui.core, &ui.preferences, &ui.login};
        weft::viewmodels::AppViewModel app(ui.controller, services);
        weft::qml::MainWindow main(app);
        app.start();
        ui.settle();
        main.window()->show();
        for (const char* page : {"overview", "peers", "settings", "choose"}) {
            main.open(QString::fromLatin1(page));
            QCoreApplication::processEvents();
            bool found = false;
            weft::tests::walkVisible(main.window()->contentItem(), [&](QQuickItem& item) {
                found = found || item.property("text").toString() == text;
            });
            QVERIFY2(found, page);
        }
    }

    void settingsApplyAtOnceAndGoBack() {
        OpenWindow window("home", QStringLiteral("settings"));
        const auto isWhite = [&window] {
            return window.main->window()->color() == QColor(Qt::white);
        };
        QVERIFY(!window.shows(QStringLiteral("Reset")));
        QVERIFY(!isWhite());

        window.ui.appearance.setContrast(weft::viewmodels::Appearance::Contrast::High);
        window.ui.preferences.setStartHidden(true);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Reset")));
        QVERIFY(isWhite());
        window.ui.app.settings()->resetAll();
        window.settle();

        QVERIFY(!window.shows(QStringLiteral("Reset")));
        QVERIFY(!isWhite());
    }

    void theInvitationCodeIsNamedToo() {
        OpenWindow window("home", QStringLiteral("invite"));
        QVERIFY(window.shows(QStringLiteral("New code")));
        window.ui.app.invite()->create({}, QStringLiteral("<b>x</b>"), 1);
        window.settle();

        QVERIFY(window.ui.app.invite()->hasCode());
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QCOMPARE(weft::tests::textsWithMarkup(window.root()), QStringList());
    }

    void showsHostileNamesAsTheyAre() {
        OpenWindow window("hostile", QStringLiteral("peers"));
        QStringList texts;
        weft::tests::walkVisible(&window.root(), [&texts](QQuickItem& item) {
            if (item.inherits("QQuickText")) {
                texts.append(item.property("text").toString());
            }
        });

        QVERIFY(texts.contains(QStringLiteral("<b>bold</b><img src='file:///etc/passwd'>")));
        QVERIFY(texts.contains(QStringLiteral("twolinesandmore")));
    }

    // The walk above proves nothing unless it can fail.
    void theWalkFindsWhatItLooksFor() {
        QQmlEngine engine;
        QQmlComponent component(&engine);
        component.setData(
            R"(import QtQuick
               Item {
                   width: 100; height: 100
                   Item { width: 9; height: 9; activeFocusOnTab: true }
                   Item { width: 9; height: 9; activeFocusOnTab: true
                          Accessible.role: Accessible.Button; Accessible.name: "named" }
                   Text { text: "<b>bold</b>" }
                   Text { text: "plain"; textFormat: Text.PlainText }
                   Text { x: 90; width: 50; text: "cut"; textFormat: Text.PlainText }
               })",
            QUrl());
        const std::unique_ptr<QObject> made(component.create());
        auto* root = qobject_cast<QQuickItem*>(made.get());
        QVERIFY2(root != nullptr, qPrintable(component.errorString()));

        QCOMPARE(weft::tests::namelessFocusable(*root).size(), 1);
        QCOMPARE(weft::tests::textsWithMarkup(*root).size(), 1);
        QCOMPARE(weft::tests::textsOutside(*root, QSizeF(100, 100)).size(), 1);
    }

    void pagesAreReachedByTheirKeys() {
        OpenWindow window("home", QStringLiteral("overview"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));

        QTest::keyClick(shown, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("peers"));
        QTest::keyClick(shown, Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("settings"));
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(shown->property("page").toString(), QStringLiteral("peers"));
        window.settle();
        QTest::keyClick(shown, Qt::Key_N);
        QTest::keyClick(shown, Qt::Key_A);
        QTest::keyClick(shown, Qt::Key_S);
        QCOMPARE(window.ui.app.peers()->searchText(), QStringLiteral("nas"));
    }

    void theDraftIsReviewedAndAppliedByKeys() {
        OpenWindow window("draft", QStringLiteral("overview"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto& changes = *window.ui.app.changes();
        QVERIFY(window.shows(QStringLiteral("Draft: 5 edits")));

        // Applying is for who looks at the draft.
        QTest::keyClick(shown, Qt::Key_Return, Qt::ControlModifier);
        window.settle();
        QVERIFY(!window.shows(QStringLiteral("Apply the draft?")));
        QTest::keyClick(shown, Qt::Key_D, Qt::ControlModifier);
        window.settle();
        QCOMPARE(shown->property("page").toString(), QStringLiteral("changes"));
        QVERIFY(changes.review()->known());
        QVERIFY(window.shows(QStringLiteral("This node would lose access to the leader vps-fra.")));
        QTest::keyClick(shown, Qt::Key_Return, Qt::ControlModifier);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Apply the draft?")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        // The note has the keyboard.
        QTest::keyClick(shown, Qt::Key_O);
        QTest::keyClick(shown, Qt::Key_K);
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();

        QCOMPARE(changes.count(), 0);
        QVERIFY(window.shows(QStringLiteral("The draft is empty")));
        QCOMPARE(
            changes.history()
                ->changes()
                ->index(0)
                .data(weft::viewmodels::HistoryModel::NoteRole)
                .toString(),
            QStringLiteral("ok"));
    }

    void aConflictLeadsToItsPartOfThePage() {
        OpenWindow window("draft", QStringLiteral("changes"));
        window.ui.controller.updatePlan(
            weft::api::ProfileId{"home"}, [](weft::tests::FakePlan& plan) {
                const auto& edit = plan.draft.edits.front();
                plan.draft.conflicts = {
                    {edit.ref, "changed meanwhile", edit.before, edit.after, {}}};
            });
        window.ui.app.changes()->apply({}, 0);
        window.settle();

        QVERIFY(window.shows(QStringLiteral("Keep mine")));
        QVERIFY(window.shows(QStringLiteral("Somebody removed it")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
    }

    void theCountdownIsOnEveryPage() {
        OpenWindow window("countdown", QStringLiteral("overview"));
        const QString text = QStringLiteral("Keep these changes? They are taken back in 42 s");
        for (const char* page : {"overview", "peers", "routes", "access", "changes", "settings"}) {
            window.main->open(QString::fromLatin1(page));
            window.settle();
            QVERIFY2(window.shows(text), page);
        }
        // It is read out, once for all seconds.
        const weft::qml::Announcer* spoken = nullptr;
        weft::tests::walkVisible(&window.root(), [&spoken](QQuickItem& item) {
            const auto* found = qobject_cast<weft::qml::Announcer*>(&item);
            spoken = found == nullptr ? spoken : found;
        });
        QVERIFY(spoken != nullptr);
        QCOMPARE(spoken->text(), text);
        QSignalSpy told(spoken, &weft::qml::Announcer::textChanged);
        window.ui.clock.advance(std::chrono::seconds(1));
        window.ui.app.refreshClock();
        QCOMPARE(told.count(), 0);
        QVERIFY(window.shows(QStringLiteral("Keep these changes? They are taken back in 41 s")));

        window.ui.app.changes()->waiting()->keep();
        window.settle();
        QVERIFY(!spoken->isVisible());
    }

    void aHostileNoteOfAWaitingChangeStaysPlain() {
        OpenWindow window("hostile", QStringLiteral("overview"), QSize(840, 560), 150);
        window.ui.controller.updatePolicy(
            weft::api::ProfileId{"home"}, [&window](weft::tests::FakePolicy& policy) {
                policy.history.front().change.revertAt =
                    window.ui.clock.wallNow() + std::chrono::seconds(42);
            });
        window.settle();

        QVERIFY(window.ui.app.changes()->waiting()->waits());
        QCOMPARE(weft::tests::textsWithMarkup(window.root()), QStringList());
        QVERIFY(!window.ui.app.changes()->waiting()->detail().contains(QLatin1Char('\n')));
    }

    void aChangeOfTheHistoryIsOpenedByKeys() {
        OpenWindow window("draft", QStringLiteral("changes/2"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        weft::tests::walkVisible(&window.root(), [](QQuickItem& item) {
            if (item.inherits("QQuickListView")) {
                item.forceActiveFocus(Qt::TabFocusReason);
            }
        });

        QVERIFY(!window.shows(QStringLiteral("Undo the change…")));
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Undo the change…")));
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Undo the whole change…")));
        QVERIFY(window.shows(QStringLiteral("Undo this")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
    }

    void undoIsAKeyOfThePageAccess() {
        OpenWindow window("home", QStringLiteral("access"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto& access = *window.ui.app.access();
        access.rule()->openKey(weft::viewmodels::toPolicyKey(
            {weft::api::PolicyKind::NetworkAcl, "cameras-stay-in", {}}));
        access.rule()->setPriority(QStringLiteral("150"));
        access.rule()->addToDraft();
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Changed in the draft")));

        QTest::keyClick(shown, Qt::Key_Z, Qt::ControlModifier);
        window.settle();

        QVERIFY(!window.shows(QStringLiteral("Changed in the draft")));
        QVERIFY(window.shows(QStringLiteral("Undone: Rule cameras-stay-in in the draft")));
    }

    void rulesAreDraggedAndMovedByKeys() {
        OpenWindow window("home", QStringLiteral("access"));
        window.ui.app.access()->rule()->close();
        window.settle();
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto* rules = window.ui.app.access()->rules();
        const auto handleOf = [&window](const QString& title) {
            QPoint place;
            weft::tests::walkVisible(&window.root(), [&](QQuickItem& item) {
                if (item.metaObject()->indexOfProperty("movable") >= 0
                    && item.property("title").toString() == title) {
                    place = item.mapToScene(QPointF(24, item.height() / 2)).toPoint();
                }
            });
            return place;
        };
        const auto titleAt = [rules](int row) {
            return rules->index(row).data(weft::viewmodels::PolicyModel::TitleRole).toString();
        };
        const QString cameras = QStringLiteral("cameras-stay-in");
        const QString others = QStringLiteral("default-accept");
        const auto drag = [&](bool escapes) {
            const QPoint from = handleOf(cameras);
            const QPoint to = handleOf(others) + QPoint(0, 12);
            QTest::mousePress(shown, Qt::LeftButton, {}, from);
            QTest::mouseMove(shown, (from + to) / 2);
            QTest::mouseMove(shown, to);
            if (escapes) {
                QTest::keyClick(shown, Qt::Key_Escape);
            }
            QTest::mouseRelease(shown, Qt::LeftButton, {}, to);
            window.settle();
        };

        drag(true);
        QCOMPARE(titleAt(1), cameras);
        QCOMPARE(window.ui.app.changes()->count(), 0);

        drag(false);
        QCOMPARE(titleAt(1), others);
        QCOMPARE(titleAt(2), cameras);
        QCOMPARE(window.ui.app.changes()->count(), 1);

        QTest::keyClick(shown, Qt::Key_Up, Qt::AltModifier);
        window.settle();
        QCOMPARE(titleAt(1), cameras);
        QTest::keyClick(shown, Qt::Key_Down, Qt::AltModifier);
        window.settle();
        QCOMPARE(titleAt(1), others);
    }

    void theEffectOfTheDraftStandsBesideTheRules() {
        OpenWindow window("draft", QStringLiteral("access"), QSize(1300, 740));
        window.ui.app.access()->rule()->close();
        window.settle();
        window.ui.app.changes()->review()->askNow();
        window.settle();

        QVERIFY(window.shows(QStringLiteral("2 pairs gained, 1 lost")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
        window.go(QStringLiteral("overview"));
        window.ui.app.changes()->review()->touch();
        QVERIFY(!window.ui.app.changes()->review()->running());
    }

    void theEffectIsInASheetWhereThereIsNoRoom() {
        OpenWindow window("draft", QStringLiteral("access"), QSize(840, 560), 150);
        window.ui.app.access()->rule()->close();
        window.settle();
        QVERIFY(!window.shows(QStringLiteral("What the draft would do")));

        weft::tests::walkVisible(&window.root(), [](QQuickItem& item) {
            if (item.inherits("QQuickAbstractButton")
                && item.property("text").toString() == QStringLiteral("Effect")) {
                QMetaObject::invokeMethod(&item, "pressedAllowed");
            }
        });
        window.settle();

        QVERIFY(window.shows(QStringLiteral("What the draft would do")));
        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void rightsAreAskedAboutByKeys() {
        OpenWindow window("home", QStringLiteral("access/5"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto* rights = window.ui.app.access()->rights();
        weft::tests::walkVisible(&window.root(), [](QQuickItem& item) {
            if (item.inherits("QQuickListView") && item.property("activeFocusOnTab").toBool()) {
                item.forceActiveFocus();
            }
        });

        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Right);
        QCOMPARE(rights->row(), 1);
        QCOMPARE(rights->column(), 1);
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();

        QVERIFY(window.shows(rights->answerText()));
    }

    void aTestIsWrittenByKeys() {
        OpenWindow window("draft", QStringLiteral("access/6"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto* editor = window.ui.app.tests()->editor();

        QTest::keyClick(shown, Qt::Key_N, Qt::ControlModifier);
        window.settle();
        QVERIFY(editor->isOpen());
        QVERIFY(editor->isNew());
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        for (const char key : {'m', 'i', 'n', 'e'}) {
            QTest::keyClick(shown, key);
        }
        QCOMPARE(editor->name(), QStringLiteral("mine"));

        editor->setFrom(QStringLiteral("laptop"));
        editor->setTo(QStringLiteral("nas"));
        QTest::keyClick(shown, Qt::Key_S, Qt::ControlModifier);
        window.settle();
        QCOMPARE(window.ui.app.tests()->count(), 5);
        QTest::keyClick(shown, Qt::Key_Escape);
        window.settle();
        QVERIFY(!editor->isOpen());

        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();
        QCOMPARE(editor->name(), QStringLiteral("office-to-nas"));
        QCOMPARE(
            weft::tests::textsOutside(window.root(), window.main->window()->size()), QStringList());
    }

    void thePathFollowsTheWay() {
        OpenWindow window("home", QStringLiteral("overview"));
        window.main->open(QStringLiteral("peers"));
        auto& ui = window.ui;
        ui.app.peer()->show(weft::viewmodels::toPeerKey("build-02"));
        window.settle();
        weft::tests::walkVisible(&window.root(), [](QQuickItem& item) {
            if (item.inherits("QQuickFocusScope")
                && item.metaObject()->indexOfProperty("tab") >= 0) {
                item.setProperty("tab", 1);
            }
        });
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Relayed: symmetric NAT")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        const auto asked = ui.controller.count(weft::tests::FakeCall::ExplainPath);

        weft::api::Peer peer = *ui.app.allPeers()->find("build-02");
        peer.way = weft::api::PeerWay{"direct", "", "", ""};
        ui.controller.updatePeers(weft::api::ProfileId{"home"}, {false, {peer}, {}});
        window.settle();

        QVERIFY(window.shows(QStringLiteral("Direct")));
        QVERIFY(!window.shows(QStringLiteral("Relayed: symmetric NAT")));
        QCOMPARE(ui.controller.count(weft::tests::FakeCall::ExplainPath), asked + 1);
    }

    void routesAreAnsweredByKeys() {
        OpenWindow window("home", QStringLiteral("routes/1"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        weft::tests::walkVisible(&window.root(), [](QQuickItem& item) {
            if (item.inherits("QQuickListView")) {
                item.forceActiveFocus(Qt::TabFocusReason);
            }
        });
        const auto& routes = *window.ui.app.routes();
        const auto answers = [&window] {
            return window.ui.controller.count(weft::tests::FakeCall::AnswerRoute);
        };

        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Reach the Internet through nas?")));
        QCOMPARE(answers(), std::size_t{0});
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QTest::keyClick(shown, Qt::Key_Escape);
        window.settle();
        QVERIFY(!window.shows(QStringLiteral("Reach the Internet through nas?")));
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Delete);
        window.settle();

        QCOMPARE(answers(), std::size_t{1});
        QVERIFY(!routes.busy());
        QVERIFY(!window.shows(QStringLiteral("192.168.1.0/24")));
    }

    void routesAreSearchedByKeys() {
        OpenWindow window("home", QStringLiteral("routes/1"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        const auto type = [shown](const char* text) {
            for (; *text != '\0'; ++text) {
                QTest::keyClick(shown, *text);
            }
        };

        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        type("10.1.0.9");
        window.settle();
        QCOMPARE(shown->property("page").toString(), QStringLiteral("routes"));
        QVERIFY(window.shows(QStringLiteral("The Internet (0.0.0.0/0)")));
        QVERIFY(!window.shows(QStringLiteral("192.168.1.0/24")));
        QVERIFY(window.shows(QStringLiteral("In use (1)")));
        QVERIFY(window.shows(QStringLiteral("Refused (0)")));

        type("xyz");
        window.settle();
        QVERIFY(window.shows(QStringLiteral("No routes match")));
        QVERIFY(!window.shows(QStringLiteral("Nothing is offered")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QTest::keyClick(shown, Qt::Key_Escape);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("192.168.1.0/24")));
        QVERIFY(window.shows(QStringLiteral("Offered (2)")));
    }

    void routesAreCopiedByKeysAndByTheMenu() {
        OpenWindow window("home", QStringLiteral("routes/1"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        QClipboard& clipboard = *QGuiApplication::clipboard();
        const auto copied = [&clipboard] {
            QString text = clipboard.text();
            clipboard.clear();
            return text;
        };
        copied();

        // Nothing is chosen yet.
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), QString());
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), QStringLiteral("0.0.0.0/0"));
        QTest::keyClick(shown, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(copied(), QStringLiteral("nas"));

        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Menu);
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Copy the network")));
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();
        QVERIFY(!window.shows(QStringLiteral("Copy the network")));
        QCOMPARE(copied(), QStringLiteral("build-01"));
        // The keyboard is in the list again.
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copied(), QStringLiteral("192.168.1.0/24"));

        QQuickItem* row = nullptr;
        weft::tests::walkVisible(&window.root(), [&row](QQuickItem& item) {
            if (item.property("network").toString() == QStringLiteral("0.0.0.0/0")) {
                row = &item;
            }
        });
        QVERIFY(row != nullptr);
        const QPoint place = row->mapToScene(QPointF(40, 20)).toPoint();
        QTest::mouseClick(shown, Qt::RightButton, {}, place);
        window.settle();
        QTest::keyClick(shown, Qt::Key_Return);
        QCOMPARE(copied(), QStringLiteral("0.0.0.0/0"));
    }

    // A popup of the templates has no height but what it is given: its lines hang out of it, and
    // nothing is behind them.
    void menusHaveRoomForTheirLines() {
        OpenWindow window("several", QStringLiteral("routes/1"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        const auto heightOfMenu = [shown] {
            qreal height = 0;
            for (QObject* child : shown->findChildren<QObject*>()) {
                if (child->inherits("QQuickPopup") && child->property("opened").toBool()) {
                    height = child->property("height").toReal();
                }
            }
            return height;
        };

        QTest::keyClick(shown, Qt::Key_M, Qt::ControlModifier);
        window.settle();
        QVERIFY(QTest::qWaitFor([&] { return heightOfMenu() >= 5 * 40; }));
        QTest::keyClick(shown, Qt::Key_Escape);
        window.settle();
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Menu);
        window.settle();
        QVERIFY(QTest::qWaitFor([&] { return heightOfMenu() >= 2 * 40; }));
        QVERIFY(heightOfMenu() < 3 * 40);
    }

    void membersAreCopiedByKeys() {
        OpenWindow window("home", QStringLiteral("overview"));
        window.main->open(QStringLiteral("peers"));
        window.settle();
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));

        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_Down);
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.6"));
        QTest::keyClick(shown, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("build-01"));
        window.ui.app.peer()->show(weft::viewmodels::toPeerKey("nas"));
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("172.16.0.2"));
    }

    void thePaletteFindsAndDoesByKeys() {
        OpenWindow window("home", QStringLiteral("overview"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));

        QTest::keyClick(shown, Qt::Key_K, Qt::ControlModifier);
        window.settle();
        for (const char letter : {'n', 'a', 's'}) {
            QTest::keyClick(shown, letter);
        }
        window.settle();
        QVERIFY(window.shows(QStringLiteral("Copy the IP address of nas")));
        QTest::keyClick(shown, Qt::Key_Return);
        window.settle();

        QVERIFY(window.ui.app.peer()->isOpen());
        QCOMPARE(window.ui.app.peer()->name(), QStringLiteral("nas"));
        QVERIFY(!window.shows(QStringLiteral("Copy the IP address of nas")));

        QTest::keyClick(shown, Qt::Key_K, Qt::ControlModifier);
        window.settle();
        QTest::keyClick(shown, Qt::Key_S);
        QTest::keyClick(shown, Qt::Key_E);
        QTest::keyClick(shown, Qt::Key_T);
        QTest::keyClick(shown, Qt::Key_Escape);
        window.settle();
        QVERIFY(!window.shows(QStringLiteral("Quit")));
    }

    void theLockdownIsAskedFor() {
        OpenWindow window("home", QStringLiteral("settings/4"));
        const auto press = [&window](const QString& what, const char* property) {
            QQuickItem* found = nullptr;
            weft::tests::walkVisible(&window.root(), [&](QQuickItem& item) {
                if (item.inherits("QQuickAbstractButton")
                    && item.property(property).toString() == what) {
                    found = &item;
                }
            });
            return found != nullptr && QMetaObject::invokeMethod(found, "clicked");
        };
        const auto isLocked = [&window] {
            return window.ui.app.profiles()->profileAt(0)->lockdown;
        };

        QVERIFY(press(QStringLiteral("Lockdown of Home"), "name"));
        window.settle();
        QVERIFY(!isLocked());
        QCOMPARE(weft::tests::namelessFocusable(window.root()), QStringList());
        QVERIFY(press(QStringLiteral("Turn it on"), "text"));
        window.settle();
        QVERIFY(isLocked());
        QVERIFY(press(QStringLiteral("Lockdown of Home"), "name"));
        window.settle();
        QVERIFY(!isLocked());
    }

    void theListOfMembersIsSelectedAndClosedByKeys() {
        OpenWindow window("home", QStringLiteral("overview"));
        QQuickWindow* shown = window.main->window();
        shown->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        auto& peers = *window.ui.app.peers();
        window.main->open(QStringLiteral("peers"));
        window.settle();
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(shown, Qt::Key_Down);

        QTest::keyClick(shown, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(shown, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(peers.selectedCount(), 3);
        QTest::keyClick(shown, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(peers.selectedCount(), 2);
        QTest::keyClick(shown, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(peers.selectedCount(), 12);
        QTest::keyClick(shown, Qt::Key_Space);
        QCOMPARE(peers.selectedCount(), 11);
        QTest::keyClick(shown, Qt::Key_Escape);
        QVERIFY(!peers.selecting());

        peers.setGrouping(weft::viewmodels::PeerList::Grouping::Zone);
        window.settle();
        QTest::keyClick(shown, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(shown, Qt::Key_Down);
        const int all = peers.rowCount();
        QTest::keyClick(shown, Qt::Key_Left);
        QVERIFY(peers.rowCount() < all);
        QTest::keyClick(shown, Qt::Key_Right);
        QCOMPARE(peers.rowCount(), all);
    }

    // Qt 6.4 warns when rows go that a list is still making ahead of their being seen.
    void aSearchTakesRowsAwayAtAnyMomentOfTheirMaking() {
        for (int moment = 0; moment < 6; ++moment) {
            OpenWindow window("home", QStringLiteral("overview"), QSize(840, 560));
            window.main->open(QStringLiteral("peers"));
            for (int frame = 0; frame < moment; ++frame) {
                QCoreApplication::processEvents();
                window.main->window()->grabWindow();
            }
            window.ui.app.peers()->setSearchText(QStringLiteral("nas"));
            window.settle();

            QCOMPARE(window.ui.app.peers()->count(), 1);
        }
    }

    void theWindowIsMadeAgainAfterItWasDropped() {
        UiFixture ui("home");
        for (int round = 0; round < 2; ++round) {
            weft::qml::MainWindow main(ui.app);
            QVERIFY(main.window() != nullptr);
            main.window()->show();
            QCoreApplication::processEvents();
        }
    }
};

QTEST_MAIN(PagesTest)
#include "pages_test.moc"
