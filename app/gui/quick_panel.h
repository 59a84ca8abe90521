// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/app_view_model.h"

#include <QObject>
#include <QPointer>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QRect>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace weft::app {

/// The small window beside the icon in the panel. Made when it is asked for, and gone a while after
/// it was closed, because it costs memory. Escape, and the next click elsewhere, close it.
/// Thread: main.
class QuickPanel final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kKeptFor{30};

    /// `keptFor` is for tests.
    explicit QuickPanel(std::chrono::milliseconds keptFor = kKeptFor, QObject* parent = nullptr);
    ~QuickPanel() override;

    /// Opens it over `app`, which outlives it or is dropped first; closes it when it is open.
    /// `icon` is where the icon is on the screen, empty where nobody knows.
    void toggle(viewmodels::AppViewModel& app, const QRect& icon);
    void close();
    /// Before the view-models go.
    void drop();

    /// Null while there is none.
    QQuickWindow* window() const { return window_; }

Q_SIGNALS:
    void openAsked(const QString& place);

private:
    bool make(viewmodels::AppViewModel& app);
    void place(const QRect& icon);
    void takeActive();

    QTimer keep_;
    QPointer<viewmodels::AppViewModel> app_;
    std::unique_ptr<QQmlApplicationEngine> engine_;
    QPointer<QQuickWindow> window_;
    bool wasActive_ = false;
};

/// Where a panel of that size goes: beside the icon, else in the corner beside the bar of the
/// desktop, which is what `available` leaves of `screen`. Nothing when neither is known.
std::optional<QRect> panelPlace(
    const QRect& icon, const QRect& screen, const QRect& available, const QSize& size);

}  // namespace weft::app
