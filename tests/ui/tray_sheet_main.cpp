// SPDX-License-Identifier: Apache-2.0
// weft-tray-sheet FILE: every picture of the tray on light and dark ground in one PNG, for the eye.
#include "app/gui/tray_icon.h"
#include "ui/qml/items/state_shape.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>

#include <array>
#include <cstdio>
#include <vector>

namespace {

using weft::app::TrayIconLook;
using weft::app::TrayInk;
using weft::viewmodels::look::Shape;
using weft::viewmodels::look::Tone;

constexpr std::array kPixels{16, 22, 48};
/// Each picture is shown larger, so that its pixels can be told apart, and as it is.
constexpr int kTimes = 3;
constexpr int kGap = 8;
constexpr int kCell = 48 * kTimes / 2 + 2 * kGap;

std::vector<TrayIconLook> looks() {
    std::vector<TrayIconLook> all{{Shape::Hollow, Tone::Neutral}};
    for (int frame = 0; frame < weft::qml::kShapeFrames; ++frame) {
        all.push_back({Shape::Filling, Tone::Accent, TrayInk::DarkMono, frame});
    }
    all.push_back({Shape::Filled, Tone::Ok});
    all.push_back({Shape::Exit, Tone::Ok});
    all.push_back({Shape::Degraded, Tone::Warn});
    all.push_back({Shape::Failed, Tone::Error});
    all.push_back({Shape::Blocked, Tone::Warn});
    all.push_back({Shape::Dashed, Tone::Neutral});
    all.push_back({Shape::Denied, Tone::Warn});
    all.push_back({Shape::Filled, Tone::Ok, TrayInk::DarkMono, 0, true});
    return all;
}

/// One row: an ink on a ground, in one size.
void paintRow(QPainter& painter, int top, int pixels, TrayInk ink, const QColor& ground) {
    const int shown = pixels < 48 ? pixels * kTimes : pixels;
    int left = 0;
    for (TrayIconLook look : looks()) {
        look.ink = ink;
        const QImage picture = weft::app::paintTrayIcon(look, pixels);
        painter.fillRect(left, top, kCell + 24, kCell, ground);
        painter.drawImage(
            QRect(left + kGap, top + kGap, shown, shown), picture, QRect(0, 0, pixels, pixels));
        if (shown != pixels) {
            painter.drawImage(left + kCell - 4, top + kGap, picture);
        }
        left += kCell + 24;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const QGuiApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: weft-tray-sheet FILE.png\n");
        return 2;
    }
    const QColor light(0xEF, 0xF0, 0xF1);
    const QColor dark(0x1B, 0x1E, 0x24);
    constexpr int kRows = 4 * static_cast<int>(kPixels.size());
    QImage sheet(
        static_cast<int>(looks().size()) * (kCell + 24), kRows * kCell, QImage::Format_RGB32);
    QPainter painter(&sheet);
    int top = 0;
    for (const int pixels : kPixels) {
        paintRow(painter, top, pixels, TrayInk::DarkMono, light);
        paintRow(painter, top + kCell, pixels, TrayInk::LightMono, dark);
        paintRow(painter, top + 2 * kCell, pixels, TrayInk::Colour, light);
        paintRow(painter, top + 3 * kCell, pixels, TrayInk::Colour, dark);
        top += 4 * kCell;
    }
    painter.end();
    if (!sheet.save(QString::fromLocal8Bit(argv[1]), "PNG")) {
        std::fprintf(stderr, "weft-tray-sheet: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
