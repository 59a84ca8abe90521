// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/app_view_model.h"

#include <QObject>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include <memory>

namespace weft::qml {

/// The window over one set of view-models. Goes before they do.
/// Thread: main.
class MainWindow final : public QObject {
    Q_OBJECT

public:
    /// Loads the QML; the window is not shown yet.
    explicit MainWindow(viewmodels::AppViewModel& app, QObject* parent = nullptr);
    ~MainWindow() override;

    /// Null when the QML could not be loaded; the log says why.
    QQuickWindow* window() const { return window_; }

    /// Shows the window and brings it to the front.
    void raise();
    /// "overview", "peers", "settings": a page; "invite", "shortcuts": a sheet; "create", "join",
    /// "attach", "choose": a way to another mesh.
    void open(const QString& place);

Q_SIGNALS:
    /// The user chose to quit inside the window.
    void quitAsked();

private:
    std::unique_ptr<QQmlApplicationEngine> engine_;
    QQuickWindow* window_ = nullptr;
};

}  // namespace weft::qml
