// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/diagnose/ping_view.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/diagnose/round_trip.h"
#include "ui/viewmodels/digits.h"
#include "ui/viewmodels/peers_model.h"
#include "ui/viewmodels/words.h"

#include <QLocale>

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::viewmodels {
namespace {

/// An id of a node or an address is no longer.
constexpr qsizetype kMostTargetCharacters = 253;
constexpr int kIpv4 = 1;
constexpr int kIpv6 = 2;

std::uint32_t countOf(int amount) {
    return amount == 0 ? PingView::kFew : amount == 1 ? PingView::kMany : 0;
}

qint64 millisecondsOf(WallTime time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

PingView::PingView(bridge::Bridge& bridge, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), clock_(clock), trace_(bridge) {}

QString PingView::startHint() const {
    if (!inMesh_) {
        return tr("Connect first: requests go through the mesh.");
    }
    if (grade_ < api::Grade::Operate) {
        return tr("You can look, not send anything.");
    }
    return target_.isEmpty() ? tr("Write whom to ask: a member, or an address.") : QString();
}

void PingView::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    target_.clear();
    asked_.clear();
    trace_.setMesh(profile);
    hide();
    clear();
    Q_EMIT changed();
}

void PingView::setGrade(api::Grade grade, bool inMesh) {
    if (grade != grade_ || inMesh != inMesh_) {
        grade_ = grade;
        inMesh_ = inMesh;
        Q_EMIT changed();
    }
}

void PingView::hide() {
    stop();
    trace_.stop();
}

void PingView::setTarget(const QString& target) {
    target_ = target.trimmed().left(kMostTargetCharacters);
    asked_ = bridge::toCore(target_);
    Q_EMIT changed();
}

void PingView::choosePeer(const QString& peerId) {
    stop();
    clear();
    asked_ = fromPeerKey(peerId);
    target_ = bridge::shown(asked_);
    Q_EMIT changed();
}

void PingView::clear() {
    started_.clear();
    doubt_.clear();
    error_.clear();
    command_.clear();
    results_ = {};
    points_.clear();
    trace_.clear();
    draw();
}

void PingView::start(int family, int amount) {
    if (running_ || !startHint().isEmpty()) {
        return;
    }
    clear();
    running_ = true;
    api::PingQuestion question;
    question.target = asked_;
    question.count = countOf(amount);
    QStringList words{QStringLiteral("ping"), target_};
    if (question.count > 0) {
        words << QStringLiteral("-c") << QString::number(question.count);
    }
    if (family == kIpv4 || family == kIpv6) {
        question.family = family == kIpv4 ? api::AddressFamily::Ipv4 : api::AddressFamily::Ipv6;
        words << (family == kIpv4 ? QStringLiteral("-4") : QStringLiteral("-6"));
    }
    command_ = commandLine(words);
    const std::uint64_t number = ++number_;
    const auto told = bridge_.deliver<api::PingUpdate>(
        this, [this, number](const StatusOr<api::PingUpdate>& update) {
            if (number == number_ && running_) {
                take(*update);
            }
        });
    const auto ended = bridge_.deliverStatus(this, [this, number](const Status& status) {
        if (number == number_ && running_) {
            end(status);
        }
    });
    ping_ = bridge_.controller().diagnosis().ping(
        profile_, question, [told](const api::PingUpdate& update) { told(update); }, ended);
    Q_EMIT changed();
}

void PingView::stop() {
    if (running_) {
        end(okStatus());
    }
}

void PingView::end(const Status& status) {
    running_ = false;
    ++number_;
    ping_.cancel();
    if (!status.ok()) {
        error_ = errorSentence(tr("The ping did not work"), status);
    }
    Q_EMIT changed();
}

void PingView::take(const api::PingUpdate& update) {
    results_.add(update);
    if (const auto* start = std::get_if<api::PingStart>(&update)) {
        started_ = tr("%1 (%2)").arg(bridge::shown(start->nodeId), bridge::shown(start->address));
        doubt_ = asSentence(bridge::shownLong(start->doubt));
        trace_.begin(start->nodeId);
    } else if (const auto* reply = std::get_if<api::PingReply>(&update)) {
        add(std::chrono::duration<double, std::milli>(reply->roundTrip).count());
    } else {
        add(std::numeric_limits<double>::quiet_NaN());
    }
    // NOLINTNEXTLINE(readability-misleading-indentation): Q_EMIT stands for nothing
    Q_EMIT changed();
}

void PingView::add(double milliseconds) {
    points_.push_back({clock_.wallNow(), milliseconds});
    if (points_.size() > kMostPoints) {
        points_.pop_front();
    }
    draw();
}

void PingView::draw() {
    chart::ChartData data;
    data.unit = chart::ChartUnit::Milliseconds;
    chart::ChartSeries series;
    series.name = tr("Round trip");
    series.marksGaps = true;
    for (const Point& point : points_) {
        data.times.push_back(millisecondsOf(point.at));
        series.values.push_back(point.milliseconds);
    }
    data.series.push_back(std::move(series));
    if (!points_.empty()) {
        data.from = data.times.front();
        data.to = std::max(
            data.times.back(),
            data.from
                + qint64{
                    std::chrono::duration_cast<std::chrono::milliseconds>(kShortestSpan).count()});
    }
    times_.setData(std::move(data));
}

QString PingView::countText() const {
    if (results_.sent() == 0) {
        return {};
    }
    const QLocale locale;
    return tr("%1 sent, %2 lost (%3 %)")
        .arg(
            withPlainDigits(locale.toString(results_.sent())),
            withPlainDigits(locale.toString(results_.sent() - results_.received())),
            withPlainDigits(locale.toString(results_.lossPercent())));
}

QString PingView::timeText() const {
    if (results_.received() == 0) {
        return {};
    }
    return tr("%1 to %2, %3 on average, deviation %4")
        .arg(
            roundTripText(results_.shortest()),
            roundTripText(results_.longest()),
            roundTripText(results_.mean()),
            roundTripText(results_.deviation()));
}

look::Tone PingView::tone() const {
    if (results_.sent() == 0) {
        return look::Tone::Neutral;
    }
    if (results_.received() == 0) {
        return look::Tone::Error;
    }
    return results_.received() == results_.sent() ? look::Tone::Ok : look::Tone::Warn;
}

}  // namespace weft::viewmodels
