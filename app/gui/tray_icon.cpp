// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray_icon.h"

#include "ui/qml/items/state_shape.h"

#include <QImage>
#include <QPainter>
#include <QPixmap>

namespace weft::app {
namespace {

using viewmodels::look::Tone;

/// Each has 3:1 or more on white and on the dark grey of panels.
QColor colourOf(Tone tone) {
    switch (tone) {
    case Tone::Accent:
        return {0x3B, 0x82, 0xF6};
    case Tone::Ok:
        return {0x1F, 0x94, 0x52};
    case Tone::Warn:
        return {0xC2, 0x72, 0x00};
    case Tone::Error:
        return {0xE0, 0x48, 0x3E};
    case Tone::Relay:
        return {0x9A, 0x63, 0xDB};
    case Tone::Neutral:
        break;
    }
    return {0x7D, 0x86, 0x94};
}

}  // namespace

QImage paintTrayIcon(const TrayIconLook& look, int pixels) {
    QImage picture(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    qml::ShapeStyle style;
    style.shape = look.shape;
    style.frame = look.frame;
    style.attention = look.attention;
    style.ground = Qt::transparent;
    style.ink = look.ink == TrayInk::Colour      ? colourOf(look.tone)
                : look.ink == TrayInk::LightMono ? QColor(0xFF, 0xFF, 0xFF)
                                                 : QColor(0x15, 0x19, 0x1F);
    style.badge = style.ink;
    if (look.ink == TrayInk::Colour && look.tone == Tone::Neutral) {
        style.badge = colourOf(Tone::Warn);
    }
    QPainter painter(&picture);
    qml::paintShape(painter, QRectF(0, 0, pixels, pixels), style);
    return picture;
}

QIcon makeTrayIcon(const TrayIconLook& look) {
    QIcon icon;
    for (const int pixels : kTrayIconSizes) {
        icon.addPixmap(QPixmap::fromImage(paintTrayIcon(look, pixels)));
    }
    return icon;
}

bool isPanelDark(const QString& desktop, bool isThemeDark) {
    // The bar of GNOME is dark with light windows too.
    return isThemeDark || desktop.split(QLatin1Char(':')).contains(QStringLiteral("GNOME"));
}

}  // namespace weft::app
