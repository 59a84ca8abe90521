// SPDX-License-Identifier: Apache-2.0
// Items that a layout still knows outlive the moment in which it does.
#include "ui/qml/items/layout_guard.h"

#include <QPointer>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include <memory>

namespace {

constexpr auto kRows = R"(
    import QtQuick
    import QtQuick.Layouts
    Item {
        property alias rows: repeater.model
        ColumnLayout {
            objectName: "column"
            anchors.fill: parent
            Repeater {
                id: repeater
                model: 3
                Item { objectName: "row"; Layout.fillWidth: true; implicitHeight: 10 }
            }
        }
    })";

}  // namespace

class LayoutGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { weft::qml::LayoutGuard::install(); }

    void aRowLivesUntilTheLayoutHasForgottenIt() {
        QQmlEngine engine;
        QQmlComponent component(&engine);
        component.setData(kRows, QUrl());
        const std::unique_ptr<QObject> made(component.create());
        auto* root = qobject_cast<QQuickItem*>(made.get());
        QVERIFY2(root != nullptr, qPrintable(component.errorString()));
        QQuickWindow window;
        root->setParentItem(window.contentItem());
        auto* column = root->findChild<QQuickItem*>(QStringLiteral("column"));
        QCOMPARE(column->implicitHeight(), 40.0);
        const QPointer<QQuickItem> row(column->childItems().first());

        root->setProperty("rows", 0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!row.isNull());
        // Without the guard the layout reads the row here, which is gone.
        root->setSize(QSizeF(300, 200));

        QVERIFY(QTest::qWaitFor([&row] { return row.isNull(); }));
        QCOMPARE(column->implicitHeight(), 0.0);
    }

    void whatHasAParentOrIsNoItemGoesAtOnce() {
        QQuickItem parent;
        const QPointer<QQuickItem> child(new QQuickItem(&parent));
        const QPointer<QObject> object(new QObject);

        child->deleteLater();
        object->deleteLater();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

        QVERIFY(child.isNull());
        QVERIFY(object.isNull());
    }
};

QTEST_MAIN(LayoutGuardTest)
#include "layout_guard_test.moc"
