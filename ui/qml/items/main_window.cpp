// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/main_window.h"

#include "ui/qml/items/layout_guard.h"

#include <QStringList>
#include <QVariant>

namespace weft::qml {

MainWindow::MainWindow(viewmodels::AppViewModel& app, QObject* parent)
    : QObject(parent), engine_(std::make_unique<QQmlApplicationEngine>()) {
    LayoutGuard::install();
    // The engine of Qt 6.4 finds modules by path only.
    engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine_->setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)}});
    engine_->load(QUrl(QStringLiteral("qrc:/qt/qml/Weft/Main.qml")));
    const QList<QObject*> roots = engine_->rootObjects();
    window_ = roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(roots.first());
    if (window_ != nullptr) {
        // The signal is declared in QML: only its name is known here.
        connect(window_, SIGNAL(quitAsked()), this, SIGNAL(quitAsked()));
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::raise() {
    if (window_ != nullptr) {
        window_->setVisible(true);
        window_->raise();
        window_->requestActivate();
    }
}

void MainWindow::open(const QString& place) {
    if (window_ == nullptr) {
        return;
    }
    const QStringList ways{
        QStringLiteral("create"),
        QStringLiteral("join"),
        QStringLiteral("attach"),
        QStringLiteral("choose")};
    const char* method = ways.contains(place) ? "addMesh" : "run";
    QMetaObject::invokeMethod(window_, method, Q_ARG(QString, place));
}

}  // namespace weft::qml
