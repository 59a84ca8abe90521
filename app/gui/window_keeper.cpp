// SPDX-License-Identifier: Apache-2.0
#include "app/gui/window_keeper.h"

#include "app/gui/close_rules.h"

#include <QEvent>

namespace weft::app {
namespace {

const QString kToldHide = QStringLiteral("told/closeHides");
const QString kToldMinimise = QStringLiteral("told/closeMinimises");

}  // namespace

WindowKeeper::WindowKeeper(
    QSettings& settings,
    const viewmodels::Preferences& preferences,
    TrayHost& host,
    QObject* parent)
    : QObject(parent), settings_(settings), preferences_(preferences), host_(host) {
    connect(&host_, &TrayHost::changed, this, &WindowKeeper::takeHost);
}

void WindowKeeper::keep(QWindow* window, viewmodels::NotificationCentre* centre) {
    if (window_ != nullptr) {
        window_->removeEventFilter(this);
    }
    window_ = window;
    centre_ = centre;
    if (window_ != nullptr) {
        window_->installEventFilter(this);
    }
}

bool WindowKeeper::begin(bool hidden) {
    switch (startOutcome(hidden, host_.isAvailable())) {
    case StartOutcome::Show:
        window_->show();
        return true;
    case StartOutcome::Minimise:
        window_->showMinimized();
        return true;
    case StartOutcome::Hide:
        break;
    }
    return false;
}

bool WindowKeeper::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Close && watched == window_) {
        return takeClose(*event);
    }
    return QObject::eventFilter(watched, event);
}

bool WindowKeeper::takeClose(QEvent& event) {
    Q_EMIT closing();
    host_.look();
    switch (closeOutcome(preferences_.closeAction(), host_.isAvailable())) {
    case CloseOutcome::Hide:
        window_->hide();
        explainOnce(
            kToldHide,
            tr("Weft goes on in the panel"),
            tr("Its icon brings the window back. What closing does can be chosen in the settings."));
        break;
    case CloseOutcome::Minimise:
        window_->showMinimized();
        explainOnce(
            kToldMinimise,
            tr("Weft goes on without its window"),
            tr("No panel here shows its icon, so the window is only minimised. What closing does "
               "can be chosen in the settings."));
        break;
    case CloseOutcome::Quit:
        Q_EMIT quitAsked();
        break;
    }
    // All is done: the window itself would only go away.
    event.ignore();
    return true;
}

void WindowKeeper::takeHost(bool available) {
    if (!available && window_ != nullptr && !window_->isVisible()) {
        window_->show();
    }
}

void WindowKeeper::explainOnce(const QString& key, const QString& title, const QString& text) {
    if (settings_.value(key).toBool() || centre_ == nullptr) {
        return;
    }
    settings_.setValue(key, true);
    centre_->post(
        {viewmodels::Preferences::Category::Updates,
         viewmodels::look::Tone::Neutral,
         title,
         text,
         QStringLiteral("settings"),
         {}});
}

}  // namespace weft::app
