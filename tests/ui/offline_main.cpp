// SPDX-License-Identifier: Apache-2.0
// weft-offline: the whole window over a daemon in memory. For looking at every state, and for the
// pictures in the documentation.
#include "core/base/clock.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_controller.h"
#include "tests/ui/fake_core_choice.h"
#include "tests/ui/item_walk.h"
#include "tests/ui/pseudo_language.h"
#include "ui/qml/items/main_window.h"
#include "ui/viewmodels/app_view_model.h"
#include "ui/viewmodels/language.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QImage>
#include <QQuickItem>
#include <QStyleHints>
#include <QTimer>

#include <cstdio>

namespace {

using weft::tests::FakeClock;
using weft::tests::FakeController;
using weft::viewmodels::Appearance;

/// Long enough for every transition to end.
constexpr std::chrono::milliseconds kSettle{900};

struct Options {
    QString scene;
    QString page;
    QString peer;
    /// Of the peer's details, or of the page of routes.
    int tab = 0;
    /// Of the graph.
    QString node;
    QString show;
    /// "rule/cameras-stay-in", or "rule/" for a new one.
    QString edit;
    QString screenshot;
    QSize size{1120, 740};
};

void addOptions(QCommandLineParser& parser) {
    QStringList scenes;
    for (const std::string& name : weft::tests::fakeSceneNames()) {
        scenes.append(QString::fromStdString(name));
    }
    const auto add = [&parser](const char* name, const QString& help, const char* value) {
        parser.addOption({QString::fromLatin1(name), help, QString::fromLatin1(value)});
    };
    add("scene", QStringLiteral("One of: ") + scenes.join(QStringLiteral(", ")), "NAME");
    add("theme", QStringLiteral("light, dark, contrast or dark-contrast"), "NAME");
    parser.addOption({QStringLiteral("compact"), QStringLiteral("Low rows")});
    add("size", QStringLiteral("Of the window, such as 840x560"), "WxH");
    add("text-scale", QStringLiteral("0.9 to 1.5"), "NUMBER");
    add("page",
        QStringLiteral(
            "overview, palette, simulate, peers, graph, routes, access, changes, diagnose, settings, "
            "invite, "
            "invite-code, invitations, "
            "notifications, quick-panel, shortcuts, choose, create, join, attach, finish"),
        "NAME");
    add("language", QStringLiteral("A locale, such as de_DE, or pseudo"), "NAME");
    add("peer", QStringLiteral("Opens the details of that member"), "NAME");
    add("tab",
        QStringLiteral("Of the page that has parts, or of the details of a member; from 0"),
        "NUMBER");
    add("node", QStringLiteral("Chooses that node of the graph"), "NAME");
    add("show",
        QStringLiteral("Of the graph: list, permissions, loss or edit; of the members: several, "
                       "zones or groups; or sandbox"),
        "WHAT");
    add("edit",
        QStringLiteral("Opens an editor of the page: rule, group, role, binding, edge or route, a "
                       "slash, and a name or nothing"),
        "KIND/NAME");
    add("screenshot", QStringLiteral("Writes a PNG and ends"), "FILE");
    parser.addHelpOption();
}

Options readOptions(const QCommandLineParser& parser, Appearance& appearance) {
    const auto value = [&parser](const char* name, const char* otherwise) {
        const QString given = parser.value(QString::fromLatin1(name));
        return given.isEmpty() ? QString::fromLatin1(otherwise) : given;
    };
    Options options;
    options.scene = value("scene", "home");
    options.page = value("page", "overview");
    options.peer = value("peer", "");
    options.tab = value("tab", "0").toInt();
    options.node = value("node", "");
    options.show = value("show", "");
    options.edit = value("edit", "");
    options.screenshot = value("screenshot", "");
    const QStringList size = value("size", "1120x740").split(QLatin1Char('x'));
    if (size.size() == 2) {
        options.size = QSize(size.at(0).toInt(), size.at(1).toInt());
    }
    const QString theme = value("theme", "light");
    const bool dark = theme.startsWith(QLatin1String("dark"));
    const bool contrast = theme.endsWith(QLatin1String("contrast"));
    appearance.setContrast(contrast ? Appearance::Contrast::High : Appearance::Contrast::System);
    appearance.setDensity(
        parser.isSet(QStringLiteral("compact")) ? Appearance::Density::Compact
                                                : Appearance::Density::Comfortable);
    appearance.setTheme(dark ? Appearance::Theme::Dark : Appearance::Theme::Light);
    appearance.setTextPercent(qRound(value("text-scale", "1").toDouble() * 100));
    // What moves would come out differently each time.
    appearance.setReduceMotion(
        !options.screenshot.isEmpty() && options.page != QLatin1String("settings"));
    return options;
}

void openEditor(
    weft::qml::MainWindow& window, weft::viewmodels::AccessViewModel& access, const QString& what) {
    const QString kind = what.section(QLatin1Char('/'), 0, 0);
    const std::string name = what.section(QLatin1Char('/'), 1).toStdString();
    auto* editor =
        access.property(kind.toLatin1().constData()).value<weft::viewmodels::PolicyEditor*>();
    if (editor == nullptr) {
        return;
    }
    const int tab = static_cast<int>(QStringList{
        QStringLiteral("rule"),
        QStringLiteral("group"),
        QStringLiteral("role"),
        QStringLiteral("binding"),
        QStringLiteral("edge")}
                                         .indexOf(kind));
    weft::tests::walkVisible(window.window()->contentItem(), [tab](QQuickItem& item) {
        if (item.metaObject()->indexOfProperty("sections") >= 0
            && item.metaObject()->indexOfProperty("editing") >= 0) {
            item.setProperty("index", std::max(tab, 0));
        }
    });
    if (name.empty()) {
        editor->openNew();
    } else {
        // The kind does not matter for a name.
        editor->openKey(weft::viewmodels::toPolicyKey({weft::api::PolicyKind::Role, name, {}}));
    }
}

/// Turns the page of the graph to what the options ask for.
void openGraph(
    weft::qml::MainWindow& window,
    weft::viewmodels::GraphViewModel& graph,
    const Options& options) {
    const auto node = graph.map().find(options.node.toStdString());
    if (node != weft::viewmodels::MeshMap::kNowhere) {
        graph.setCurrent(static_cast<int>(node));
    }
    graph.setListing(options.show == QLatin1String("list"));
    graph.setPermissions(options.show == QLatin1String("permissions"));
    if (options.show == QLatin1String("loss")) {
        graph.askLoss(graph.current());
    }
    const bool edits = options.show == QLatin1String("edit");
    weft::tests::walkVisible(window.window()->contentItem(), [edits](QQuickItem& item) {
        if (item.metaObject()->indexOfProperty("drawerWidth") >= 0
            && item.metaObject()->indexOfProperty("linking") >= 0) {
            item.setProperty("editing", edits);
        }
    });
}

/// Shows the list of members as the options ask for.
void openPeers(weft::viewmodels::PeerList& peers, const QString& show) {
    using Grouping = weft::viewmodels::PeerList::Grouping;
    if (show == QLatin1String("several")) {
        peers.pick(1, Qt::ControlModifier);
        peers.pick(4, Qt::ShiftModifier);
    } else if (show == QLatin1String("zones")) {
        peers.setGrouping(Grouping::Zone);
        peers.setCollapsed(0, true);
    } else if (show == QLatin1String("groups")) {
        peers.setGrouping(Grouping::Group);
    }
}

/// What a day with a mesh may bring.
void fillNotifications(weft::viewmodels::NotificationCentre& centre) {
    using weft::viewmodels::Preferences;
    using weft::viewmodels::look::Tone;
    using Category = Preferences::Category;
    const auto add = [&centre](Category category, Tone tone, const char* title, const char* text) {
        centre.post(
            {category, tone, QString::fromUtf8(title), QString::fromUtf8(text), {}, QString()});
    };
    add(Category::Connection, Tone::Ok, "Home is connected", "This node is a member again.");
    centre.markAllRead();
    add(Category::Routes,
        Tone::Accent,
        "nas offers a way to the Internet",
        "It is used only after you agree.");
    add(Category::Policy, Tone::Error, "2 tests of the rules fail", "guests stay out of the nas");
    add(Category::Connection,
        Tone::Warn,
        "Home is lost and goes on trying",
        "vps-fra does not answer: no route to it from this network.");
}

void showPage(
    weft::qml::MainWindow& window, weft::viewmodels::AppViewModel& app, const Options& options) {
    if (options.page == QLatin1String("invite-code")) {
        window.open(QStringLiteral("invite"));
        app.invite()->create(QStringLiteral("phone-office"), QStringLiteral("Office phone"), 24);
    } else if (options.page == QLatin1String("invitations")) {
        window.open(QStringLiteral("invite"));
        for (QObject* child : window.window()->findChildren<QObject*>()) {
            if (child->metaObject()->indexOfProperty("invite") >= 0
                && child->metaObject()->indexOfProperty("tab") >= 0) {
                child->setProperty("tab", 1);
            }
        }
    } else if (options.page == QLatin1String("notifications")) {
        fillNotifications(*app.notifications());
        window.open(options.page);
    } else {
        window.open(options.page);
    }
}

void openPart(
    weft::qml::MainWindow& window, weft::viewmodels::AppViewModel& app, const Options& options) {
    if (options.page == QLatin1String("simulate")) {
        app.simulator()->open(QStringLiteral("phone-office"), QStringLiteral("nas"));
    }
    if (options.page == QLatin1String("join")) {
        app.firstRun()->preview(QStringLiteral("weft1-example"));
        weft::tests::walkVisible(window.window()->contentItem(), [](QQuickItem& item) {
            const QString hint = item.property("placeholderText").toString();
            if (hint.startsWith(QLatin1String("weft1"))) {
                item.setProperty("text", QStringLiteral("weft1-aW52LTAwYTEBAQ4xOTIuMC4yLjE0"));
            }
        });
    }
    const QStringList tabbed{
        QStringLiteral("routes"),
        QStringLiteral("changes"),
        QStringLiteral("diagnose"),
        QStringLiteral("settings")};
    if (tabbed.contains(options.page)) {
        const QByteArray page = options.page.toLatin1();
        weft::tests::walkVisible(window.window()->contentItem(), [&](QQuickItem& item) {
            if (item.metaObject()->indexOfProperty(page.constData()) >= 0
                && item.metaObject()->indexOfProperty("tab") >= 0) {
                item.setProperty("tab", options.tab);
            }
        });
    }
    if (options.page == QLatin1String("access") && options.tab > 0) {
        app.access()->rights()->setSubject(options.node);
        weft::tests::walkVisible(window.window()->contentItem(), [&options](QQuickItem& item) {
            if (item.metaObject()->indexOfProperty("extras") >= 0) {
                item.setProperty("index", options.tab);
            }
        });
    }
    if (options.page == QLatin1String("diagnose")) {
        app.diagnose()->ping()->setTarget(
            options.peer.isEmpty() ? QStringLiteral("nas") : options.peer);
        app.diagnose()->ping()->start(0, 2);
        app.diagnose()->names()->lookUp(QStringLiteral("nas"), 0);
    }
    if (options.page == QLatin1String("create")) {
        weft::tests::walkVisible(window.window()->contentItem(), [&](QQuickItem& item) {
            if (item.metaObject()->indexOfProperty("defaultDeny") >= 0) {
                item.setProperty("step", options.tab);
            }
        });
    }
    if (options.page == QLatin1String("finish")) {
        window.open(QStringLiteral("overview"));
        Q_EMIT app.firstRun()->finished(app.currentProfile());
    }
}

void openPage(
    weft::qml::MainWindow& window, weft::viewmodels::AppViewModel& app, const Options& options) {
    showPage(window, app, options);
    openPart(window, app, options);
    if (options.page == QLatin1String("graph")) {
        openGraph(window, *app.graph(), options);
    }
    if (options.page == QLatin1String("peers")) {
        openPeers(*app.peers(), options.show);
    }
    if (options.edit.startsWith(QLatin1String("test/"))) {
        QTimer::singleShot(kSettle / 3, &app, [&app, name = options.edit.mid(5)] {
            auto* editor = app.tests()->editor();
            if (name.isEmpty()) {
                editor->openNew();
            } else {
                editor->openKey(weft::viewmodels::toPolicyKey(
                    {weft::api::PolicyKind::NetworkAcl, name.toStdString(), {}}));
            }
        });
    } else if (!options.edit.isEmpty()) {
        openEditor(window, *app.access(), options.edit);
    }
    if (!options.peer.isEmpty()) {
        app.peer()->show(weft::viewmodels::toPeerKey(options.peer.toStdString()));
        for (QObject* child : window.window()->findChildren<QObject*>()) {
            if (child->metaObject()->indexOfProperty("peer") >= 0
                && child->metaObject()->indexOfProperty("tab") >= 0) {
                child->setProperty("tab", options.tab);
            }
        }
        if (options.tab == 1) {
            app.path()->explain(app.peer()->peerId());
            app.path()->ping();
        }
    }
}

int save(QQuickWindow& window, const QString& file) {
    const QImage picture = window.grabWindow().convertToFormat(QImage::Format_RGB32);
    if (!picture.save(file, "PNG")) {
        std::fprintf(stderr, "weft-offline: cannot write %s\n", qPrintable(file));
        return 1;
    }
    return 0;
}

/// The small window of the tray instead of the large one.
int runQuickPanel(const Options& options, weft::viewmodels::AppViewModel& app) {
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Weft/QuickPanel.qml")));
    auto* window = engine.rootObjects().isEmpty()
                       ? nullptr
                       : qobject_cast<QQuickWindow*>(engine.rootObjects().first());
    if (window == nullptr) {
        return 1;
    }
    app.start();
    app.setGlance(true);
    window->show();
    QTimer::singleShot(kSettle, window, [&app] { app.setGlance(true); });
    if (!options.screenshot.isEmpty()) {
        QTimer::singleShot(2 * kSettle, window, [&] {
            QCoreApplication::exit(save(*window, options.screenshot));
        });
    }
    return QGuiApplication::exec();
}

int run(
    const Options& options, FakeController& controller, weft::viewmodels::AppServices services) {
    weft::viewmodels::AppViewModel app(controller, services);
    if (options.page == QLatin1String("quick-panel")) {
        return runQuickPanel(options, app);
    }
    weft::qml::MainWindow window(app);
    if (window.window() == nullptr) {
        return 1;
    }
    window.window()->resize(options.size);
    QObject::connect(&window, &weft::qml::MainWindow::quitAsked, qApp, &QCoreApplication::quit);
    app.start();
    app.setActive(true);
    window.raise();
    QTimer::singleShot(kSettle / 3, &window, [&] { openPage(window, app, options); });
    if (!options.screenshot.isEmpty()) {
        QTimer::singleShot(2 * kSettle, &window, [&] {
            QCoreApplication::exit(save(*window.window(), options.screenshot));
        });
    }
    return QGuiApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("weft-offline"));
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const QString name = parser.value(QStringLiteral("language"));
    const bool pseudo = name == QLatin1String("pseudo");
    if (!name.isEmpty() && !pseudo) {
        QLocale::setDefault(QLocale(name));
    }
    const weft::viewmodels::Language language{QLocale()};
    weft::tests::PseudoLanguage otherWords;
    if (pseudo) {
        QCoreApplication::installTranslator(&otherWords);
    }
    Appearance appearance(nullptr);
    const Options options = readOptions(parser, appearance);
    // Time stands still for a picture, so that the same picture comes out each time.
    const FakeClock still;
    const weft::base::SystemClock running;
    const bool picture = !options.screenshot.isEmpty();
    if (picture) {
        QGuiApplication::styleHints()->setCursorFlashTime(0);
    }
    const weft::base::Clock& clock =
        picture ? static_cast<const weft::base::Clock&>(still) : running;
    auto scene = weft::tests::fakeScene(options.scene.toStdString(), clock.wallNow());
    if (!scene.ok()) {
        std::fprintf(stderr, "weft-offline: %s\n", weft::messageOf(scene.status()).c_str());
        return 2;
    }
    if (picture) {
        scene->stoppedAt = still.wallNow();
    }
    FakeController controller(*std::move(scene), FakeController::Delivery::OwnThread);
    weft::tests::FakeCoreChoice core;
    core.sandbox = options.show == QLatin1String("sandbox");
    core.embedded = options.scene != QLatin1String("read-only");
    weft::viewmodels::Preferences preferences(nullptr);
    weft::tests::FakeLoginItem login;
    return run(options, controller, {clock, appearance, nullptr, &core, &preferences, &login});
}
