// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/words.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/digits.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace weft::viewmodels {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
/// What is newer has happened now.
constexpr qint64 kMoment = 10;

/// The context of these texts in the catalogues.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// What the code alone says about the cause and the way out.
QString adviceFor(StatusCode code) {
    switch (code) {
    case StatusCode::kUnavailable:
        return Words::tr(
            "The background service does not answer. Weft goes on trying; try again then.");
    case StatusCode::kDeadlineExceeded:
        return Words::tr(
            "No answer came in time. It may still have happened: look before you repeat it.");
    case StatusCode::kPermissionDenied:
        return Words::tr("This account may not do that. An administrator can.");
    case StatusCode::kUnauthenticated:
        return Words::tr("The mesh did not accept who we are.");
    case StatusCode::kUnimplemented:
        return Words::tr("The service that runs here cannot do that.");
    case StatusCode::kCancelled:
        return Words::tr("It was cancelled.");
    case StatusCode::kInternal:
        return Words::tr("This is an error in Weft. The log says more.");
    case StatusCode::kDataLoss:
        return Words::tr("Stored data is damaged.");
    case StatusCode::kResourceExhausted:
        return Words::tr("There is no room for it.");
    default:
        return {};
    }
}

QLocale::DataSizeFormats& byteFormat() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): as QLocale::setDefault
    static QLocale::DataSizeFormats format = QLocale::DataSizeIecFormat;
    return format;
}

}  // namespace

QString runningTime(seconds duration) {
    const qint64 total = std::max<qint64>(0, duration.count());
    const QLatin1Char zero('0');
    const QString tail = QStringLiteral("%1:%2")
                             .arg(total % kHour / kMinute, 2, 10, zero)
                             .arg(total % kMinute, 2, 10, zero);
    return total < kHour ? tail : QStringLiteral("%1:%2").arg(total / kHour).arg(tail);
}

QString duration(seconds duration) {
    const qint64 total = std::max<qint64>(0, duration.count());
    if (total < kMinute) {
        return Words::tr("%1 s").arg(total);
    }
    if (total < kHour) {
        return Words::tr("%1 min").arg(total / kMinute);
    }
    if (total < kDay) {
        const qint64 minutes = total % kHour / kMinute;
        const QString hours = Words::tr("%1 h").arg(total / kHour);
        return minutes == 0 ? hours : Words::tr("%1 %2 min").arg(hours).arg(minutes);
    }
    return Words::tr("%n day(s)", nullptr, static_cast<int>(total / kDay));
}

QString relativeTime(WallTime when, WallTime now) {
    const auto ago = duration_cast<seconds>(now - when);
    if (std::abs(ago.count()) < kMoment) {
        return Words::tr("just now");
    }
    // One unit is enough. An age counts what is full; what is to come is rounded, or a day that has
    // just begun would end "in 23 h".
    qint64 size = std::abs(ago.count());
    if (ago.count() < 0 && size >= kHour) {
        const qint64 unit = size + kHour / 2 >= kDay ? kDay : kHour;
        size = (size + unit / 2) / unit * unit;
    }
    const seconds rough(size >= kHour ? size - size % kHour : size);
    return ago.count() > 0 ? Words::tr("%1 ago").arg(duration(rough))
                           : Words::tr("in %1").arg(duration(rough));
}

QString age(WallTime since, WallTime now) {
    const qint64 size = duration_cast<seconds>(now - since).count();
    if (size < kMoment) {
        return {};
    }
    return duration(seconds(size >= kHour ? size - size % kHour : size));
}

QString dateTime(WallTime when) {
    const auto sinceEpoch = duration_cast<std::chrono::milliseconds>(when.time_since_epoch());
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(sinceEpoch.count());
    return withPlainDigits(QLocale().toString(local, QLocale::ShortFormat));
}

QString asSentence(QString text) {
    if (text.isEmpty()) {
        return text;
    }
    // A name or a command stays as it is: "exit-ams" is none that has a capital.
    static const QRegularExpression kName(QStringLiteral("^(weft|\\S*[-_.:/@0-9]\\S)"));
    if (!kName.match(text).hasMatch()) {
        text[0] = text.at(0).toUpper();
    }
    const QChar last = text.back();
    if (last != QLatin1Char('.') && last != QLatin1Char('!') && last != QLatin1Char('?')) {
        text += QLatin1Char('.');
    }
    return text;
}

QString errorSentence(const QString& what, const Status& status) {
    const QString detail = asSentence(bridge::shownLong(messageOf(status)));
    const QString advice = adviceFor(status.code());
    QString text = detail.isEmpty() ? asSentence(what) : Words::tr("%1: %2").arg(what, detail);
    if (!advice.isEmpty()) {
        text = Words::tr("%1 %2").arg(text, advice);
    }
    return text;
}

QString memberCount(int count) {
    return Words::tr("%n member(s)", nullptr, count);
}

QString roleWord(api::ClusterStatus status) {
    switch (status) {
    case api::ClusterStatus::Leader:
        return Words::tr("Leader");
    case api::ClusterStatus::Voter:
        return Words::tr("Voter");
    case api::ClusterStatus::Observer:
        return Words::tr("Observer");
    case api::ClusterStatus::Node:
        return Words::tr("Member");
    case api::ClusterStatus::Unknown:
        break;
    }
    return Words::tr("Unknown");
}

QString inGroups(const QString& hex) {
    QString grouped;
    for (qsizetype i = 0; i < hex.size(); ++i) {
        if (i > 0 && i % 4 == 0) {
            grouped += QLatin1Char(' ');
        }
        grouped += hex.at(i);
    }
    return grouped;
}

QString bytes(std::uint64_t count) {
    constexpr std::uint64_t kMost = std::numeric_limits<qint64>::max();
    return withPlainDigits(
        QLocale().formattedDataSize(static_cast<qint64>(std::min(count, kMost)), 1, byteFormat()));
}

void useDecimalBytes(bool decimal) {
    byteFormat() = decimal ? QLocale::DataSizeSIFormat : QLocale::DataSizeIecFormat;
}

QString byteRate(double bytesPerSecond) {
    const auto whole = std::llround(bytesPerSecond);
    return whole <= 0 ? QString() : Words::tr("%1/s").arg(bytes(static_cast<std::uint64_t>(whole)));
}

QString withoutLength(const std::string& prefix) {
    return bridge::shown(prefix.substr(0, prefix.find('/')));
}

QString domainText(const std::string& domain) {
    QString text = bridge::shown(domain);
    if (text.endsWith(QLatin1Char('.'))) {
        text.chop(1);
    }
    return text;
}

QString shortKey(const std::string& key) {
    constexpr qsizetype kHead = 12;
    constexpr qsizetype kTail = 6;
    QString text = bridge::shown(key);
    if (text.size() <= kHead + kTail + 1) {
        return text;
    }
    return text.left(kHead) + QChar(0x2026) + text.right(kTail);
}

}  // namespace weft::viewmodels
