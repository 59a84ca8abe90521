// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQmlEngine>
#include <QQuickItem>
#include <QString>

namespace weft::qml {

/// Has a text read out by assistive technology when it changes. Qt 6.4 has no call for that in
/// QML, so that an alert is raised for an item without a picture.
class Announcer : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)

public:
    using QQuickItem::QQuickItem;

    QString text() const { return text_; }
    void setText(const QString& text);

Q_SIGNALS:
    void textChanged();

private:
    QString text_;
};

}  // namespace weft::qml
