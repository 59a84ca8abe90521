// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray_icon.h"

#include "ui/qml/items/state_shape.h"

#include <QImage>
#include <QTest>

#include <cmath>
#include <vector>

using weft::app::isPanelDark;
using weft::app::kTrayIconSizes;
using weft::app::makeTrayIcon;
using weft::app::paintTrayIcon;
using weft::app::TrayIconLook;
using weft::app::TrayInk;
using weft::viewmodels::look::Shape;
using weft::viewmodels::look::Tone;

namespace {

/// All that the icon can say, in one colour.
std::vector<TrayIconLook> states(TrayInk ink) {
    std::vector<TrayIconLook> all;
    for (const Shape shape :
         {Shape::Hollow,
          Shape::Filled,
          Shape::Exit,
          Shape::Degraded,
          Shape::Failed,
          Shape::Blocked,
          Shape::Dashed,
          Shape::Denied}) {
        all.push_back({shape, Tone::Neutral, ink});
    }
    // The first picture of the moving shape is hollow and the last is filled.
    for (const int frame : {1, 2}) {
        all.push_back({Shape::Filling, Tone::Neutral, ink, frame});
    }
    return all;
}

bool isInked(const QImage& picture, int x, int y) {
    constexpr int kHalf = 128;
    return qAlpha(picture.pixel(x, y)) >= kHalf;
}

/// Pixels that are painted in one and not in the other.
int difference(const QImage& one, const QImage& other) {
    int count = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            count += isInked(one, x, y) != isInked(other, x, y) ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

class TrayIconTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statesDifferByShapeAloneAtSixteenPixels() {
        // Fewer would be a matter of taste to tell apart.
        constexpr int kLeastPixels = 12;
        // Of the moving shape it is enough that it moves: one hole is filled.
        constexpr int kHolePixels = 4;
        const auto all = states(TrayInk::DarkMono);
        QStringList alike;
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                const int pixels =
                    difference(paintTrayIcon(all.at(i), 16), paintTrayIcon(all.at(j), 16));
                const bool moves = all.at(j).shape == Shape::Filling;
                if (pixels < (moves ? kHolePixels : kLeastPixels)) {
                    alike += QStringLiteral("%1 and %2 differ by %3").arg(i).arg(j).arg(pixels);
                }
            }
        }
        QCOMPARE(alike, QStringList());
    }

    void hollowNodesHaveAHoleAndFilledOnesHaveNone() {
        for (const int pixels : kTrayIconSizes) {
            const QImage hollow = paintTrayIcon({Shape::Hollow}, pixels);
            const QImage filled = paintTrayIcon({Shape::Filled}, pixels);
            const int top = pixels * 3 / 16;
            QVERIFY(!isInked(hollow, pixels / 2, top));
            QVERIFY(isInked(filled, pixels / 2, top));
        }
    }

    void theDotOfAttentionStandsApartInEachState() {
        for (const int pixels : kTrayIconSizes) {
            for (TrayIconLook look : states(TrayInk::LightMono)) {
                const QImage without = paintTrayIcon(look, pixels);
                look.attention = true;
                const QImage with = paintTrayIcon(look, pixels);
                QVERIFY(!isInked(without, pixels - 2, 1));
                QVERIFY(isInked(with, pixels - 3, pixels / 8));
                // The gap between it and the node at the top.
                const int left = static_cast<int>(std::lround(pixels * 11 / 16.0));
                QVERIFY(!isInked(with, left - 1, pixels / 8));
            }
        }
    }

    void oneColourMeansOneColour() {
        for (const TrayIconLook& look : states(TrayInk::LightMono)) {
            const QImage picture = paintTrayIcon(look, 22).convertToFormat(QImage::Format_ARGB32);
            int others = 0;
            for (int at = 0; at < picture.width() * picture.height(); ++at) {
                const QRgb pixel = picture.pixel(at % picture.width(), at / picture.width());
                others += qAlpha(pixel) != 0 && (pixel | 0xFF000000U) != 0xFFFFFFFFU ? 1 : 0;
            }
            QCOMPARE(others, 0);
        }
    }

    void coloursStandOutFromLightAndDarkPanels() {
        // By the formula of the Web content accessibility guidelines, 1.4.11.
        const auto luminance = [](const QColor& colour) {
            const auto part = [](float value) {
                return value <= 0.04045F ? value / 12.92F
                                         : std::pow((value + 0.055F) / 1.055F, 2.4F);
            };
            return 0.2126F * part(colour.redF()) + 0.7152F * part(colour.greenF())
                   + 0.0722F * part(colour.blueF());
        };
        for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Error}) {
            const QImage picture = paintTrayIcon({Shape::Filled, tone, TrayInk::Colour}, 32);
            const float ink = luminance(picture.pixelColor(16, 7));
            QVERIFY(1.05F / (ink + 0.05F) >= 3);
            QVERIFY((ink + 0.05F) / (luminance(QColor(0x1B, 0x1E, 0x24)) + 0.05F) >= 3);
        }
    }

    void hasEverySizeThatPanelsAskFor() {
        const QIcon icon = makeTrayIcon({Shape::Filled});
        for (const int pixels : kTrayIconSizes) {
            QVERIFY(icon.availableSizes().contains(QSize(pixels, pixels)));
        }
    }

    void thePanelOfGnomeIsDarkInLightThemesToo() {
        QVERIFY(isPanelDark(QStringLiteral("ubuntu:GNOME"), false));
        QVERIFY(!isPanelDark(QStringLiteral("KDE"), false));
        QVERIFY(isPanelDark(QStringLiteral("KDE"), true));
    }
};

QTEST_MAIN(TrayIconTest)
#include "tray_icon_test.moc"
