// SPDX-License-Identifier: Apache-2.0
// Random events on the whole window: nothing may crash or take longer than a second.
#include "tests/ui/monkey/monkey.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <ctime>
#include <deque>

namespace {

using weft::tests::Monkey;

/// How much longer a step may take by the clock on the wall: a busy machine does not count, what
/// waits for something else does.
constexpr int kWaits = 10;
/// What a report of a failure begins with.
constexpr std::size_t kKeptSteps = 25;
/// Fewer are a monkey that sits in a corner.
constexpr int kLeastPages = 5;

std::atomic<int> warnings{0};

void countWarnings(QtMsgType type, const QMessageLogContext& /*where*/, const QString& text) {
    std::fprintf(stderr, "%s\n", qPrintable(text));
    // The pointer of a test may leave a window that has just become smaller. The layouts of Qt 6.4
    // say the other of texts that wrap more than two layouts deep, and come to rest with the next
    // frame.
    if (type != QtDebugMsg && type != QtInfoMsg && !text.contains(QLatin1String("occurs outside"))
        && !text.contains(QLatin1String("Polish loop detected"))) {
        ++warnings;
    }
}

std::chrono::milliseconds ownTime() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec)
           + std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::nanoseconds(now.tv_nsec));
}

struct Options {
    int events = 0;
    bool tells = false;
    /// A warning of Qt or QML is a failure too.
    bool strict = false;
    /// For a step, of the main thread's own time.
    std::chrono::milliseconds patience{0};
};

struct Report {
    std::chrono::milliseconds slowest{0};
    QString slowestStep;
    std::deque<QString> last;
    QString failure;
};

/// False when that was too much.
bool stepOnce(Monkey& monkey, int number, const Options& options, Report& report) {
    QElapsedTimer wall;
    wall.start();
    const auto before = ownTime();
    const QString step = QStringLiteral("%1: %2").arg(number).arg(monkey.step());
    const auto took = ownTime() - before;
    if (options.tells) {
        std::printf("%s\n", qPrintable(step));
        std::fflush(stdout);
    }
    report.last.push_back(step);
    if (report.last.size() > kKeptSteps) {
        report.last.pop_front();
    }
    if (took > report.slowest) {
        report.slowest = took;
        report.slowestStep = step;
    }
    if (options.strict && warnings > 0) {
        report.failure = QStringLiteral("a warning");
    } else if (took > options.patience || wall.elapsed() > kWaits * options.patience.count()) {
        report.failure = QStringLiteral("a step of %1 ms").arg(wall.elapsed());
    }
    return report.failure.isEmpty();
}

int run(std::uint64_t seed, const Options& options) {
    Monkey monkey(seed);
    Report report;
    int number = 0;
    while (number < options.events && stepOnce(monkey, number, options, report)) {
        ++number;
    }
    if (report.failure.isEmpty() && monkey.pages().size() < kLeastPages) {
        report.failure = QStringLiteral("only %1 pages were seen").arg(monkey.pages().size());
    }
    for (const QString& step : report.last) {
        if (!report.failure.isEmpty()) {
            std::printf("  %s\n", qPrintable(step));
        }
    }
    std::printf(
        "seed %llu: %d events, %lld pages, %zu calls, %d warnings, slowest %lld ms (%s)%s%s; %s\n",
        static_cast<unsigned long long>(seed),
        number,
        static_cast<long long>(monkey.pages().size()),
        monkey.calls(),
        warnings.load(),
        static_cast<long long>(report.slowest.count()),
        qPrintable(report.slowestStep),
        report.failure.isEmpty() ? "" : ": FAILED: ",
        qPrintable(report.failure),
        qPrintable(monkey.where()));
    std::fflush(stdout);
    return report.failure.isEmpty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    // Whatever is exported or remembered goes there.
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
        qputenv(name, home.path().toUtf8());
    }
    QDir::setCurrent(home.path());
    QGuiApplication application(argc, argv);
    qInstallMessageHandler(countWarnings);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.addOption(
        {QStringLiteral("events"),
         QStringLiteral("For each seed"),
         QStringLiteral("NUMBER"),
         QStringLiteral("2000")});
    parser.addOption(
        {QStringLiteral("seed"),
         QStringLiteral("The first one"),
         QStringLiteral("NUMBER"),
         QStringLiteral("1")});
    parser.addOption(
        {QStringLiteral("seeds"),
         QStringLiteral("How many, one after the other"),
         QStringLiteral("NUMBER"),
         QStringLiteral("1")});
    parser.addOption(
        {QStringLiteral("tell"), QStringLiteral("Says each step: for one that crashes")});
    parser.addOption(
        {QStringLiteral("strict"), QStringLiteral("Fails for a warning of Qt or QML too")});
    parser.addOption(
        {QStringLiteral("patience"),
         QStringLiteral("For each step; a tool that looks at memory needs more"),
         QStringLiteral("MS"),
         QStringLiteral("1000")});
    parser.addHelpOption();
    parser.process(application);
    const Options options{
        parser.value(QStringLiteral("events")).toInt(),
        parser.isSet(QStringLiteral("tell")),
        parser.isSet(QStringLiteral("strict")),
        std::chrono::milliseconds(parser.value(QStringLiteral("patience")).toInt())};
    const auto first = parser.value(QStringLiteral("seed")).toULongLong();
    const auto count = parser.value(QStringLiteral("seeds")).toULongLong();
    for (auto seed = first; seed < first + count; ++seed) {
        if (run(seed, options) != 0) {
            return 1;
        }
    }
    return 0;
}
