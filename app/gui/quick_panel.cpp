// SPDX-License-Identifier: Apache-2.0
#include "app/gui/quick_panel.h"

#include <QGuiApplication>
#include <QScreen>
#include <QVariant>

#include <algorithm>

namespace weft::app {
namespace {

/// Between the panel and what it stands beside.
constexpr int kGap = 4;

int within(int wanted, int least, int most) {
    return std::max(least, std::min(wanted, most));
}

}  // namespace

std::optional<QRect> panelPlace(
    const QRect& icon, const QRect& screen, const QRect& available, const QSize& size) {
    if (icon.isEmpty() && screen == available) {
        return std::nullopt;
    }
    const int width = std::min(size.width(), available.width());
    const int height = std::min(size.height(), available.height());
    // The bar is above when room is missing there, or when the icon says so.
    const bool above =
        icon.isEmpty() ? available.top() > screen.top() : icon.center().y() < screen.center().y();
    const bool left = icon.isEmpty() && available.left() > screen.left();
    const int least = available.left() + kGap;
    const int most = available.right() + 1 - width - kGap;
    const int x =
        icon.isEmpty() ? (left ? least : most) : within(icon.center().x() - width / 2, least, most);
    const int top = available.top() + kGap;
    const int bottom = available.bottom() + 1 - height - kGap;
    return QRect(x, above ? top : bottom, width, height);
}

QuickPanel::QuickPanel(std::chrono::milliseconds keptFor, QObject* parent) : QObject(parent) {
    keep_.setSingleShot(true);
    keep_.setInterval(keptFor);
    connect(&keep_, &QTimer::timeout, this, &QuickPanel::drop);
}

QuickPanel::~QuickPanel() {
    drop();
}

void QuickPanel::toggle(viewmodels::AppViewModel& app, const QRect& icon) {
    if (window_ != nullptr && window_->isVisible()) {
        close();
        return;
    }
    if (app_ != &app) {
        drop();
    }
    if (window_ == nullptr && !make(app)) {
        return;
    }
    keep_.stop();
    place(icon);
    wasActive_ = false;
    app.setGlance(true);
    window_->show();
    window_->raise();
    window_->requestActivate();
}

bool QuickPanel::make(viewmodels::AppViewModel& app) {
    app_ = &app;
    engine_ = std::make_unique<QQmlApplicationEngine>();
    // The engine of Qt 6.4 finds modules by path only.
    engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine_->setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)}});
    engine_->load(QUrl(QStringLiteral("qrc:/qt/qml/Weft/QuickPanel.qml")));
    const QList<QObject*> roots = engine_->rootObjects();
    window_ = roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(roots.first());
    if (window_ == nullptr) {
        engine_.reset();
        return false;
    }
    // The signals are declared in QML: only their names are known here.
    connect(window_, SIGNAL(openAsked(QString)), this, SIGNAL(openAsked(QString)));
    connect(this, &QuickPanel::openAsked, window_, [this] { close(); });
    connect(window_, SIGNAL(closeAsked()), window_, SLOT(close()));
    connect(window_, &QWindow::activeChanged, this, &QuickPanel::takeActive);
    connect(window_, &QWindow::visibleChanged, this, [this](bool visible) {
        if (!visible) {
            close();
        }
    });
    return true;
}

void QuickPanel::place(const QRect& icon) {
    const QScreen* screen = QGuiApplication::screenAt(icon.center());
    if (icon.isEmpty() || screen == nullptr) {
        screen = QGuiApplication::primaryScreen();
    }
    // There a window cannot say where it goes.
    const bool canMove = !QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
    const auto place =
        canMove ? panelPlace(icon, screen->geometry(), screen->availableGeometry(), window_->size())
                : std::nullopt;
    window_->setFlags(
        place ? Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint : Qt::Window);
    if (place) {
        window_->setGeometry(*place);
    }
}

void QuickPanel::takeActive() {
    if (window_->isActive()) {
        wasActive_ = true;
    } else if (wasActive_) {
        close();
    }
}

void QuickPanel::close() {
    if (window_ == nullptr) {
        return;
    }
    wasActive_ = false;
    window_->hide();
    keep_.start();
    if (app_ != nullptr) {
        app_->setGlance(false);
    }
}

void QuickPanel::drop() {
    close();
    keep_.stop();
    if (window_ != nullptr) {
        window_->disconnect(this);
    }
    engine_.reset();
    app_ = nullptr;
}

}  // namespace weft::app
