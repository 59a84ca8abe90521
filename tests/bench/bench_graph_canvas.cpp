// SPDX-License-Identifier: Apache-2.0
// How many frames a second the graph of a mesh makes while it is panned, for N nodes and about 2N
// links in a window of 1120 x 740 that no display's rhythm holds back. Prints one line for each N.
//
//   bench_graph_canvas [--nodes N] [--seconds S] [--zoom F] [--dark] [--png FILE]
//
// With software OpenGL:
//   LIBGL_ALWAYS_SOFTWARE=1 QSG_RHI_BACKEND=opengl QSG_NO_VSYNC=1
//   xvfb-run -s "-screen 0 1280x900x24" bench_graph_canvas
// and painted, without OpenGL: QT_QUICK_BACKEND=software in place of the first two.
#include "tests/ui/sample_graph.h"
#include "ui/qml/items/graph_canvas.h"

#include <fmt/format.h>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QQuickWindow>
#include <QStringList>
#include <QSurfaceFormat>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace weft::bench {
namespace {

constexpr QSize kWindow(1120, 740);
/// How far a hand pans in one frame, in pixels.
constexpr double kStep = 7;
/// Before the first figures: textures and caches are made.
constexpr int kWarmFrames = 5;

struct Options {
    std::vector<std::size_t> nodes{1000, 5000, 10'000, 50'000};
    double seconds = 4;
    /// Beyond the fitted view. In the fitted one everything stays in the picture; from a larger one
    /// the view runs out and the picture has to be drawn again.
    std::vector<double> zooms{1, 4};
    bool dark = false;
    QString png;
};

struct Shown {
    explicit Shown(std::size_t nodes, const Options& options) : source(tests::sampleGraph(nodes)) {
        window.resize(kWindow);
        canvas.setParentItem(window.contentItem());
        canvas.setSize(kWindow);
        canvas.setProperty("minimap", true);
        tests::setThemeColours(canvas, options.dark);
        window.setColor(canvas.property("surfaceColor").value<QColor>());
        canvas.setSource(source.get());
        window.show();
    }

    std::unique_ptr<tests::HeldGraph> source;
    QQuickWindow window;
    qml::GraphCanvas canvas;
};

/// Moves the view by one step in each frame, around a circle, until the time is over.
std::vector<double> pannedFrames(Shown& shown, double seconds) {
    // Also ends the connection with this function.
    QEventLoop loop;
    std::vector<double> frames;
    QElapsedTimer whole;
    QElapsedTimer last;
    int warm = 0;
    double angle = 0;
    QObject::connect(&shown.window, &QQuickWindow::frameSwapped, &loop, [&] {
        if (warm < kWarmFrames) {
            ++warm;
            whole.start();
        } else {
            frames.push_back(static_cast<double>(last.nsecsElapsed()) / 1e6);
        }
        last.start();
        if (static_cast<double>(whole.elapsed()) >= seconds * 1000) {
            loop.quit();
            return;
        }
        angle += 0.01;
        shown.canvas.panBy(kStep * std::cos(angle), kStep * std::sin(angle));
    });
    shown.window.update();
    loop.exec();
    return frames;
}

void measure(std::size_t nodes, double zoom, const Options& options) {
    Shown shown(nodes, options);
    shown.window.grabWindow();
    shown.canvas.zoomBy(zoom);
    std::vector<double> frames = pannedFrames(shown, options.seconds);
    if (!options.png.isEmpty()) {
        shown.canvas.fit();
        shown.canvas.setCurrent(static_cast<int>(std::min<std::size_t>(nodes, 8)) - 1);
        shown.window.grabWindow().save(options.png);
    }
    double all = 0;
    for (const double frame : frames) {
        all += frame;
    }
    std::ranges::sort(frames);
    fmt::print(
        "pan nodes={} links={} zoom={} fps={:.1f} median_ms={:.1f} p99_ms={:.1f} worst_ms={:.1f}\n",
        nodes,
        shown.source->scene()->links.size(),
        zoom,
        static_cast<double>(frames.size()) * 1000 / all,
        frames[frames.size() / 2],
        frames[frames.size() * 99 / 100],
        frames.back());
    std::fflush(stdout);
}

bool read(const QStringList& arguments, Options& options) {
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& name = arguments[i];
        if (name == QLatin1String("--dark")) {
            options.dark = true;
            continue;
        }
        if (++i == arguments.size()) {
            return false;
        }
        const QString& value = arguments[i];
        bool good = true;
        if (name == QLatin1String("--nodes")) {
            options.nodes = {value.toULong(&good)};
        } else if (name == QLatin1String("--seconds")) {
            options.seconds = value.toDouble(&good);
        } else if (name == QLatin1String("--zoom")) {
            options.zooms = {value.toDouble(&good)};
        } else if (name == QLatin1String("--png")) {
            options.png = value;
        } else {
            good = false;
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    QSurfaceFormat format = QSurfaceFormat::defaultFormat();
    format.setSwapInterval(0);
    QSurfaceFormat::setDefaultFormat(format);
    const QGuiApplication app(count, arguments);
    weft::bench::Options options;
    if (!weft::bench::read(QGuiApplication::arguments(), options)) {
        fmt::print(
            stderr,
            "usage: bench_graph_canvas [--nodes N] [--seconds S] [--zoom F] [--dark] [--png FILE]\n");
        return 2;
    }
    for (const std::size_t nodes : options.nodes) {
        for (const double zoom : options.zooms) {
            weft::bench::measure(nodes, zoom, options);
        }
    }
    return 0;
}
