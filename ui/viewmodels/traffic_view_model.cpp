// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/traffic_view_model.h"

#include "ui/viewmodels/chart/chart_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::viewmodels {
namespace {

using chart::ChartUnit;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

qint64 millisecondsOf(WallTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

TrafficViewModel::TrafficViewModel(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

QStringList TrafficViewModel::spans() {
    return {tr("5 min"), tr("1 h"), tr("24 h")};
}

void TrafficViewModel::setSpan(int span) {
    const auto wanted = static_cast<api::TrafficSpan>(std::clamp(span, 0, 2));
    if (wanted != span_) {
        span_ = wanted;
        forget();
    }
}

void TrafficViewModel::setWanted(bool wanted) {
    if (wanted != wanted_) {
        wanted_ = wanted;
        follow();
        Q_EMIT changed();
    }
}

void TrafficViewModel::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        forget();
    }
}

void TrafficViewModel::setPeer(const std::string& peer) {
    if (peer != peer_ || !ofPeer_) {
        ofPeer_ = true;
        peer_ = peer;
        forget();
    }
}

void TrafficViewModel::setStanding(const Standing& standing) {
    const bool same = standing.connected == connected_ && standing.lost == lost_;
    connected_ = standing.connected;
    lost_ = standing.lost;
    seen_ = standing.seen;
    follow();
    if (!same) {
        Q_EMIT changed();
    }
}

void TrafficViewModel::forget() {
    watch_.cancel();
    watching_ = false;
    known_ = false;
    course_ = {};
    draw();
    follow();
    Q_EMIT changed();
}

void TrafficViewModel::follow() {
    const bool follows =
        wanted_ && seen_ && profile_ != api::ProfileId() && (!ofPeer_ || !peer_.empty());
    if (follows == watching_) {
        return;
    }
    watching_ = follows;
    ++number_;
    watch_.cancel();
    if (!follows) {
        return;
    }
    const auto number = number_;
    const auto told = bridge_.deliver<api::TrafficUpdate>(
        this, [this, number](const StatusOr<api::TrafficUpdate>& update) {
            if (number == number_) {
                take(*update);
            }
        });
    const auto ended = bridge_.deliverStatus(this, [this, number](const Status& /*status*/) {
        if (number == number_) {
            // An older daemon cannot tell, and a profile that has gone is not shown for long.
            take({});
        }
    });
    watch_ = bridge_.controller().traffic().watch(
        profile_, peer_, span_, [told](const api::TrafficUpdate& update) { told(update); }, ended);
}

void TrafficViewModel::take(const api::TrafficUpdate& update) {
    known_ = true;
    course_.apply(update);
    draw();
    Q_EMIT changed();
}

void TrafficViewModel::draw() {
    chart::ChartData data;
    const auto& points = course_.points();
    if (course_.received().bytes == 0 && course_.sent().bytes == 0) {
        chart_.setData(std::move(data));
        return;
    }
    const qint64 width =
        std::chrono::duration_cast<std::chrono::milliseconds>(api::bucketWidth(span_)).count();
    data.to = millisecondsOf(points.back().at);
    data.from = data.to - (api::kTrafficBuckets - 1) * width;
    data.series.resize(2);
    data.series[0].name = tr("Received");
    data.series[1].name = tr("Sent");
    const auto add = [&data](qint64 at, double received, double sent) {
        data.times.push_back(at);
        data.series[0].values.push_back(received);
        data.series[1].values.push_back(sent);
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& point = points[i];
        if (i > 0 && point.number > points[i - 1].number + 1) {
            add(millisecondsOf(points[i - 1].at) + width, kUnknown, kUnknown);
        }
        // A clock that was set back puts a bucket before the one that it follows.
        const qint64 at = data.times.empty()
                              ? millisecondsOf(point.at)
                              : std::max(millisecondsOf(point.at), data.times.back() + 1);
        add(at, point.receivedRate(), point.sentRate());
    }
    chart_.setData(std::move(data));
}

QString TrafficViewModel::emptyText() const {
    if (isLoading() && !lost_) {
        return tr("Reading the traffic…");
    }
    if (lost_) {
        return tr("The background service is not answering.");
    }
    return connected_ ? tr("No traffic yet") : tr("Not connected");
}

QString TrafficViewModel::note() const {
    if (!chart_.hasValues()) {
        return {};
    }
    const QString totals = tr("%1 received and %2 sent in this time.")
                               .arg(bytes(course_.received().bytes), bytes(course_.sent().bytes));
    if (lost_) {
        return tr("%1 The background service is not answering: this is what was last known.")
            .arg(totals);
    }
    return connected_ ? totals : tr("%1 Not connected: this is what was last known.").arg(totals);
}

QString TrafficViewModel::receivedRate() const {
    return isStale() || course_.points().empty()
               ? QString()
               : chart::valueText(ChartUnit::BytesPerSecond, course_.received().now);
}

QString TrafficViewModel::sentRate() const {
    return isStale() || course_.points().empty()
               ? QString()
               : chart::valueText(ChartUnit::BytesPerSecond, course_.sent().now);
}

}  // namespace weft::viewmodels
