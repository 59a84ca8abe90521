// SPDX-License-Identifier: Apache-2.0
// Runs the tst_*.qml beside it over the components of the module Weft.
#include <QObject>
#include <QQmlEngine>
#include <QtQuickTest>

class Setup : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
    }
};

QUICK_TEST_MAIN_WITH_SETUP(components, Setup)
#include "quick_test_main.moc"
