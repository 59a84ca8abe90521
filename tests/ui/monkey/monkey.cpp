// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/monkey/monkey.h"

#include "tests/ui/item_walk.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

#include <array>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;

/// Between two pictures of the window: what is laid out only then is.
constexpr int kStepsOfPicture = 4;

struct Stroke {
    Qt::Key key;
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
};

constexpr std::array kKeys{
    Stroke{Qt::Key_Tab},
    Stroke{Qt::Key_Tab},
    Stroke{Qt::Key_Backtab, Qt::ShiftModifier},
    Stroke{Qt::Key_Up},
    Stroke{Qt::Key_Down},
    Stroke{Qt::Key_Left},
    Stroke{Qt::Key_Right},
    Stroke{Qt::Key_Down, Qt::ShiftModifier},
    Stroke{Qt::Key_Up, Qt::AltModifier},
    Stroke{Qt::Key_Down, Qt::AltModifier},
    Stroke{Qt::Key_Return},
    Stroke{Qt::Key_Space},
    Stroke{Qt::Key_Escape},
    Stroke{Qt::Key_Delete},
    Stroke{Qt::Key_Backspace},
    Stroke{Qt::Key_Home},
    Stroke{Qt::Key_End},
    Stroke{Qt::Key_PageDown},
    Stroke{Qt::Key_PageUp},
    Stroke{Qt::Key_Menu},
    Stroke{Qt::Key_F5},
    Stroke{Qt::Key_F6},
    Stroke{Qt::Key_L},
};

/// Without the digits of pages: those are added.
constexpr std::array kShortcuts{
    Stroke{Qt::Key_K, Qt::ControlModifier},
    Stroke{Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier},
    Stroke{Qt::Key_M, Qt::ControlModifier},
    Stroke{Qt::Key_QuoteLeft, Qt::ControlModifier},
    Stroke{Qt::Key_Comma, Qt::ControlModifier},
    Stroke{Qt::Key_D, Qt::ControlModifier},
    Stroke{Qt::Key_Return, Qt::ControlModifier},
    Stroke{Qt::Key_Z, Qt::ControlModifier},
    Stroke{Qt::Key_F, Qt::ControlModifier},
    Stroke{Qt::Key_N, Qt::ControlModifier},
    Stroke{Qt::Key_P, Qt::ControlModifier},
    Stroke{Qt::Key_A, Qt::ControlModifier},
    Stroke{Qt::Key_C, Qt::ControlModifier},
    Stroke{Qt::Key_V, Qt::ControlModifier},
    Stroke{Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier},
    Stroke{Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier},
    Stroke{Qt::Key_Plus, Qt::ControlModifier},
    Stroke{Qt::Key_Minus, Qt::ControlModifier},
    Stroke{Qt::Key_0, Qt::ControlModifier},
    Stroke{Qt::Key_F1},
    Stroke{Qt::Key_W, Qt::ControlModifier},
};

constexpr std::array kPageKeys{
    Qt::Key_1,
    Qt::Key_2,
    Qt::Key_3,
    Qt::Key_4,
    Qt::Key_5,
    Qt::Key_6,
    Qt::Key_7,
    Qt::Key_8,
    Qt::Key_9};

const QStringList& texts() {
    static const QStringList all{
        QStringLiteral("nas"),
        QStringLiteral("ok"),
        QStringLiteral("10.1.0.0/24"),
        QStringLiteral("fd00::/200"),
        QStringLiteral("99999999999999999999"),
        QStringLiteral("-1"),
        QStringLiteral("group:nobody"),
        QStringLiteral("*"),
        QStringLiteral("weft1-example"),
        QStringLiteral("<img src='x'>&amp;"),
        QChar(0x202E) + QStringLiteral(" gnirts ") + QChar(0x200B) + QChar(0xD83D),
        QStringLiteral("line\nline\ttab"),
        QStringLiteral("%1 %n %s {0}"),
        QString(3000, QLatin1Char('w')),
    };
    return all;
}

const std::vector<std::string>& scenes() {
    static const std::vector<std::string> all{
        "hostile",
        "hostile",
        "hostile",
        "linked",
        "draft",
        "conflicts",
        "countdown",
        "several",
        "off",
        "connecting",
        "degraded",
        "failed",
        "reconnecting",
        "read-only",
        "reference",
        "alone",
        "first-run",
        "waiting"};
    return all;
}

constexpr std::array kSizes{QSize(840, 560), QSize(1120, 740), QSize(1920, 1080), QSize(1000, 600)};

}  // namespace

Monkey::Monkey(std::uint64_t seed) : random_(seed), ui_(std::make_unique<UiFixture>("hostile")) {
    openWindow();
}

Monkey::~Monkey() = default;

QString Monkey::step() {
    // Of a hundred events.
    struct Kind {
        int share;
        QString (Monkey::*make)();
    };
    static constexpr std::array kKinds{
        Kind{18, &Monkey::hitKey},
        Kind{5, &Monkey::typeText},
        Kind{12, &Monkey::shortcut},
        Kind{12, &Monkey::click},
        Kind{27, &Monkey::clickControl},
        Kind{5, &Monkey::drag},
        Kind{5, &Monkey::wheel},
        Kind{2, &Monkey::changeLook},
        Kind{3, &Monkey::changeDaemon},
        Kind{2, &Monkey::changeScene},
        Kind{3, &Monkey::changePeers},
        Kind{2, &Monkey::failCall},
        Kind{4, &Monkey::passTime},
    };
    int at = below(100);
    QString what;
    for (const Kind& kind : kKinds) {
        if (at < kind.share) {
            what = (this->*kind.make)();
            break;
        }
        at -= kind.share;
    }
    if (!window().isVisible() || below(500) == 0) {
        what += QStringLiteral("; ") + reopen();
    }
    settle();
    return what;
}

QString Monkey::where() const {
    const QQuickItem* focus = window().activeFocusItem();
    return QStringLiteral("page %1, focus on %2")
        .arg(
            window().property("page").toString(),
            focus == nullptr ? QStringLiteral("nothing")
                             : QString::fromLatin1(focus->metaObject()->className()));
}

QString Monkey::hitKey() {
    const Stroke stroke = oneOf(kKeys);
    QTest::keyClick(&window(), stroke.key, stroke.modifiers);
    return QStringLiteral("key 0x%1").arg(static_cast<int>(stroke.key), 0, 16);
}

QString Monkey::typeText() {
    const QString text = oneOf(texts());
    QGuiApplication::clipboard()->setText(text);
    QTest::keyClick(&window(), Qt::Key_V, Qt::ControlModifier);
    return QStringLiteral("paste %1 characters").arg(text.size());
}

QString Monkey::shortcut() {
    const bool page = chance(50);
    const Stroke stroke = page ? Stroke{oneOf(kPageKeys), Qt::ControlModifier} : oneOf(kShortcuts);
    QTest::keyClick(&window(), stroke.key, stroke.modifiers);
    return QStringLiteral("shortcut 0x%1 with 0x%2")
        .arg(static_cast<int>(stroke.key), 0, 16)
        .arg(static_cast<uint>(stroke.modifiers), 0, 16);
}

QString Monkey::click() {
    const QPoint at = somewhere();
    const auto button = chance(20) ? Qt::RightButton : Qt::LeftButton;
    QTest::mouseMove(&window(), at);
    if (chance(10)) {
        QTest::mouseDClick(&window(), button, Qt::NoModifier, at);
    } else {
        const bool with = chance(10);
        QTest::mouseClick(&window(), button, with ? Qt::ControlModifier : Qt::NoModifier, at);
    }
    return QStringLiteral("click at %1,%2").arg(at.x()).arg(at.y());
}

QString Monkey::clickControl() {
    std::vector<QQuickItem*> controls;
    walkVisible(window().contentItem(), [&controls](QQuickItem& item) {
        if (item.isEnabled() && item.activeFocusOnTab() && item.width() > 0) {
            controls.push_back(&item);
        }
    });
    if (controls.empty()) {
        return click();
    }
    const QQuickItem& item = *oneOf(controls);
    const QPoint at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint();
    if (!QRect(QPoint(), window().size()).contains(at)) {
        return click();
    }
    QTest::mouseMove(&window(), at);
    QTest::mouseClick(&window(), Qt::LeftButton, Qt::NoModifier, at);
    return QStringLiteral("click control at %1,%2").arg(at.x()).arg(at.y());
}

QString Monkey::drag() {
    const QPoint from = somewhere();
    const QPoint to = somewhere();
    QTest::mousePress(&window(), Qt::LeftButton, Qt::NoModifier, from);
    for (int part = 1; part <= 4; ++part) {
        QTest::mouseMove(&window(), from + (to - from) * part / 4);
        QCoreApplication::processEvents();
    }
    QTest::mouseRelease(&window(), Qt::LeftButton, Qt::NoModifier, to);
    return QStringLiteral("drag from %1,%2 to %3,%4")
        .arg(from.x())
        .arg(from.y())
        .arg(to.x())
        .arg(to.y());
}

QString Monkey::wheel() {
    const QPoint at = somewhere();
    const int turn = (below(21) - 10) * 40;
    QWheelEvent event(
        at,
        window().mapToGlobal(at),
        QPoint(),
        QPoint(chance(10) ? turn : 0, turn),
        Qt::NoButton,
        chance(10) ? Qt::ControlModifier : Qt::NoModifier,
        Qt::NoScrollPhase,
        false);
    QCoreApplication::sendEvent(&window(), &event);
    return QStringLiteral("wheel by %1 at %2,%3").arg(turn).arg(at.x()).arg(at.y());
}

QString Monkey::changeLook() {
    switch (below(4)) {
    case 0: {
        const QSize size = oneOf(kSizes);
        window().resize(size);
        return QStringLiteral("size %1x%2").arg(size.width()).arg(size.height());
    }
    case 1:
        ui_->appearance.setTextPercent(90 + below(7) * 10);
        return QStringLiteral("text %1 %").arg(ui_->appearance.textPercent());
    case 2:
        ui_->appearance.setTheme(static_cast<viewmodels::Appearance::Theme>(below(3)));
        return QStringLiteral("theme");
    default:
        ui_->appearance.setReduceMotion(chance(50));
        return QStringLiteral("motion");
    }
}

QString Monkey::changeDaemon() {
    switch (below(5)) {
    case 0:
        ui_->controller.setLink(
            api::LinkState::Lost, Status(StatusCode::kUnavailable, "killed by the monkey"));
        return QStringLiteral("daemon killed");
    case 1:
        ui_->controller.hold();
        return QStringLiteral("daemon hangs");
    case 2:
        ui_->controller.release();
        return QStringLiteral("daemon answers again");
    case 3:
        ui_->controller.releaseBackwards();
        return QStringLiteral("daemon answers backwards");
    default:
        ui_->controller.setLink(api::LinkState::Ready);
        return QStringLiteral("daemon is back");
    }
}

QString Monkey::changeScene() {
    const std::string& name = oneOf(scenes());
    ui_->controller.setScene(UiFixture::sceneAt(name.c_str(), ui_->clock.wallNow()));
    return QStringLiteral("scene ") + QString::fromStdString(name);
}

QString Monkey::changePeers() {
    const QString profile = ui_->app.currentProfile();
    api::PeersUpdate update;
    for (int count = below(5); count > 0; --count) {
        api::Peer peer;
        peer.id = oneOf(texts()).toStdString() + std::to_string(below(8));
        peer.zone = oneOf(texts()).toStdString();
        peer.isNeighbour = chance(50);
        update.changed.push_back(std::move(peer));
    }
    for (int count = below(5); count > 0; --count) {
        update.removedIds.push_back(oneOf(texts()).toStdString() + std::to_string(below(8)));
    }
    ui_->controller.updatePeers(api::ProfileId{profile.toStdString()}, std::move(update));
    return QStringLiteral("peers change");
}

QString Monkey::failCall() {
    static constexpr std::array kCodes{
        StatusCode::kPermissionDenied,
        StatusCode::kAborted,
        StatusCode::kDeadlineExceeded,
        StatusCode::kInternal};
    const auto call = static_cast<FakeCall>(below(static_cast<int>(FakeCall::Traffic) + 1));
    ui_->controller.failNext(call, Status(oneOf(kCodes), oneOf(texts()).toStdString()));
    return QStringLiteral("call %1 fails").arg(static_cast<int>(call));
}

QString Monkey::passTime() {
    static constexpr std::array<std::chrono::milliseconds, 5> kTimes{50ms, 300ms, 2s, 45s, 10min};
    const std::chrono::milliseconds by = oneOf(kTimes);
    ui_->clock.advance(by);
    ui_->controller.advance(by);
    ui_->app.refreshClock();
    return QStringLiteral("%1 ms pass").arg(by.count());
}

QString Monkey::reopen() {
    if (chance(50)) {
        main_.reset();
        ui_->app.setActive(false);
        settle();
    }
    openWindow();
    return QStringLiteral("window opened");
}

void Monkey::openWindow() {
    if (!main_) {
        main_ = std::make_unique<qml::MainWindow>(ui_->app);
        window().resize(kSizes.at(1));
    }
    window().show();
    window().requestActivate();
    ui_->app.setActive(true);
}

void Monkey::settle() {
    ui_->settle();
    QCoreApplication::processEvents();
    if (main_ && ++steps_ % kStepsOfPicture == 0) {
        window().grabWindow();
    }
    if (main_) {
        pages_.insert(window().property("page").toString());
    }
}

int Monkey::below(int limit) {
    // As modulo: the distribution of the library differs from one to the next.
    return static_cast<int>(random_() % static_cast<std::uint64_t>(limit));
}

QPoint Monkey::somewhere() {
    const int x = below(window().width());
    return {x, below(window().height())};
}

}  // namespace weft::tests
