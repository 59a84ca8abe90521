// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/log_view.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/digits.h"
#include "ui/viewmodels/words.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// A filter that is longer helps nobody and is compared with every line.
constexpr qsizetype kFilterCharacters = 200;
constexpr int kLevels = 5;

api::LogLevel levelAt(int place) {
    return static_cast<api::LogLevel>(std::clamp(place, 0, kLevels - 1));
}

}  // namespace

LogView::LogView(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock) {}

QStringList LogView::levels() const {
    QStringList words;
    for (int place = 0; place < kLevels; ++place) {
        words << logLevelWord(levelAt(place));
    }
    return words;
}

QStringList LogView::subsystems() const {
    QStringList names;
    for (const auto& name : lines_.subsystems()) {
        names << bridge::shown(name);
    }
    return names;
}

QStringList LogView::chosen() const {
    QStringList names;
    for (const auto& name : lines_.filter().subsystems) {
        names << bridge::shown(name);
    }
    return names;
}

bool LogView::filtered() const {
    return lines_.filter() != LogModel::Filter{};
}

QString LogView::waitingText() const {
    return waiting_.empty() ? QString()
                            : tr("%n new line(s)", nullptr, static_cast<int>(waiting_.size()));
}

int LogView::written() const {
    return written_ && *written_ != api::LogLevel::Off ? static_cast<int>(*written_) : -1;
}

QString LogView::writtenText() const {
    if (!written_ || *written_ <= lines_.filter().least) {
        return {};
    }
    return *written_ == api::LogLevel::Off
               ? tr("The service writes no log at the moment.")
               : tr("The service writes %1 and above.").arg(logLevelWord(*written_));
}

QString LogView::writtenHint() const {
    return grade_ >= api::Grade::Administer
               ? QString()
               : tr("Only who administers this computer's service can change that.");
}

QString LogView::command() const {
    const LogModel::Filter& filter = lines_.filter();
    QStringList words{QStringLiteral("logs"), QStringLiteral("--follow")};
    if (filter.least > api::LogLevel::Trace) {
        words << QStringLiteral("--level")
              << QString::fromStdString(std::string(base::nameOf(filter.least)));
    }
    for (const auto& name : filter.subsystems) {
        words << QStringLiteral("--subsystem") << bridge::shown(name);
    }
    if (!filter.text.isEmpty()) {
        words << QStringLiteral("--text") << filter.text;
    }
    return commandLine(words);
}

void LogView::setGrade(api::LinkState link, api::Grade grade) {
    const bool isNews = link != link_ || grade != grade_;
    link_ = link;
    grade_ = grade;
    if (isNews) {
        if (link_ == api::LinkState::Ready && shown_ && !watch_.active()) {
            begin();
        }
        Q_EMIT changed();
    }
}

void LogView::show(bool shown) {
    if (shown == shown_) {
        return;
    }
    shown_ = shown;
    if (shown_ && link_ == api::LinkState::Ready) {
        begin();
    } else if (!shown_) {
        stop();
    }
}

void LogView::retry() {
    if (shown_) {
        begin();
    }
}

void LogView::begin() {
    stop();
    denied_.clear();
    error_.clear();
    knownUpTo_ = newest_;
    const std::uint64_t number = ++number_;
    const auto told =
        bridge_.deliver<api::LogBatch>(this, [this, number](const StatusOr<api::LogBatch>& batch) {
            if (number == number_) {
                take(*batch);
            }
        });
    const auto ended = bridge_.deliverStatus(this, [this, number](const Status& status) {
        if (number == number_) {
            takeEnd(status);
        }
    });
    watch_ = bridge_.controller().logs().watch(
        {}, [told](const api::LogBatch& batch) { told(batch); }, ended);
    Q_EMIT changed();
}

void LogView::stop() {
    ++number_;
    watch_.cancel();
}

void LogView::take(const api::LogBatch& batch) {
    known_ = true;
    written_ = batch.level;
    std::vector<api::LogLine> lines;
    for (const auto& line : batch.lines) {
        // A watch begins with all that the service keeps.
        if (knownUpTo_ == WallTime() || line.time > knownUpTo_) {
            lines.push_back(line);
            newest_ = std::max(newest_, line.time);
        }
    }
    if (paused_) {
        waiting_.insert(waiting_.end(), lines.begin(), lines.end());
        waitingMissed_ += batch.missed;
        if (waiting_.size() > kMostWaiting) {
            const auto gone = waiting_.size() - kMostWaiting;
            waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(gone));
            waitingMissed_ += gone;
        }
    } else {
        add(lines, batch.missed);
    }
    Q_EMIT changed();
}

void LogView::add(const std::vector<api::LogLine>& lines, std::uint64_t missed) {
    if (missed > 0) {
        lines_.appendNote(
            lines.empty() ? clock_.wallNow() : lines.front().time,
            tr("%n line(s) came too fast and are missing here", nullptr, static_cast<int>(missed)));
    }
    lines_.append(lines);
}

void LogView::takeEnd(const Status& status) {
    watch_.cancel();
    if (status.code() == StatusCode::kPermissionDenied) {
        denied_ = errorSentence(tr("The log is not for this account"), status);
    } else if (!status.ok() && status.code() != StatusCode::kCancelled) {
        error_ = errorSentence(tr("The log could not be read"), status);
    }
    // NOLINTNEXTLINE(readability-misleading-indentation): Q_EMIT stands for nothing
    Q_EMIT changed();
}

void LogView::setLeast(int level) {
    LogModel::Filter filter = lines_.filter();
    filter.least = levelAt(level);
    lines_.setFilter(std::move(filter));
    Q_EMIT changed();
}

void LogView::toggleSubsystem(const QString& name) {
    LogModel::Filter filter = lines_.filter();
    for (const auto& known : lines_.subsystems()) {
        if (bridge::shown(known) == name && filter.subsystems.erase(known) == 0) {
            filter.subsystems.insert(known);
        }
    }
    lines_.setFilter(std::move(filter));
    Q_EMIT changed();
}

void LogView::setFilterText(const QString& text) {
    LogModel::Filter filter = lines_.filter();
    filter.text = text.trimmed().left(kFilterCharacters);
    lines_.setFilter(std::move(filter));
    Q_EMIT changed();
}

void LogView::clearFilter() {
    lines_.setFilter({});
    Q_EMIT changed();
}

void LogView::setPaused(bool paused) {
    if (paused == paused_) {
        return;
    }
    paused_ = paused;
    if (!paused_) {
        add(std::exchange(waiting_, {}), std::exchange(waitingMissed_, 0));
    }
    Q_EMIT changed();
}

void LogView::mark() {
    lines_.appendNote(
        clock_.wallNow(), tr("Mark %1").arg(withPlainDigits(QLocale().toString(++marks_))));
}

void LogView::clear() {
    lines_.clear();
    Q_EMIT changed();
}

void LogView::write(int level) {
    const api::LogLevel wanted = levelAt(level);
    bridge_.controller().logs().setLevel(
        wanted, bridge_.deliverStatus(this, [this, wanted](const Status& status) {
            if (status.ok()) {
                written_ = wanted;
                Q_EMIT done(
                    tr("The service writes %1 and above until it ends").arg(logLevelWord(wanted)));
            } else {
                Q_EMIT done(errorSentence(tr("The level was not changed"), status));
            }
            Q_EMIT changed();
        }));
}

}  // namespace weft::viewmodels
