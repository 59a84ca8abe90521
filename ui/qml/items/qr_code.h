// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQmlEngine>
#include <QQuickPaintedItem>
#include <QString>

#include <vector>

namespace weft::qml {

/// A QR code (ISO/IEC 18004) of a text, dark on white in every theme: cameras expect that.
class QrCode : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(int modules READ modules NOTIFY textChanged)

public:
    /// Light modules around the code that the standard asks for.
    static constexpr int kQuietZone = 4;

    explicit QrCode(QQuickItem* parent = nullptr);

    QString text() const { return text_; }
    void setText(const QString& text);
    /// Modules along one side; 0 while there is no text, or one that is too long.
    int modules() const { return side_; }
    bool isDark(int x, int y) const;

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void textChanged();

private:
    QString text_;
    int side_ = 0;
    std::vector<bool> dark_;
};

}  // namespace weft::qml
