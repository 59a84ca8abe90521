// SPDX-License-Identifier: Apache-2.0
#include "core/services/metrics/metrics_endpoint.h"

#include "core/base/mutex.h"
#include "core/services/metrics/tunnel_families.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/mesh_server.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>
#include <sys/resource.h>
#include <unistd.h>

namespace weft::services {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// One thread answers: who scrapes does so every few seconds.
constexpr std::size_t kThreads = 1;

// As the Go library writes them, which is where the names of these series come from.
constexpr std::array<std::string_view, MethodCounters::kCodes> kCodeNames{
    "OK",
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated"};

using Labels = std::vector<ClientMetric::Label>;

void addCounter(MetricFamily* family, Labels labels, std::uint64_t value) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = static_cast<double>(value);
    family->metric.push_back(std::move(metric));
}

MetricFamily single(std::string name, std::string help, MetricType type, double value) {
    ClientMetric metric;
    metric.counter.value = value;
    metric.gauge.value = value;
    return {std::move(name), std::move(help), type, {std::move(metric)}};
}

// "/v1.Node/GetStatus" as service, method and shape.
Labels labelsOf(std::string_view name) {
    const auto slash = name.rfind('/');
    const std::string service(name.substr(1, slash - 1));
    const std::string method(name.substr(slash + 1));
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        service + "." + method);
    std::string type = "unary";
    if (descriptor != nullptr && descriptor->client_streaming()) {
        type = descriptor->server_streaming() ? "bidi_stream" : "client_stream";
    } else if (descriptor != nullptr && descriptor->server_streaming()) {
        type = "server_stream";
    }
    return {{"grpc_type", type}, {"grpc_service", service}, {"grpc_method", method}};
}

std::vector<MetricFamily> callFamilies(const CallCounters& calls) {
    MetricFamily started{"grpc_server_started_total", "Calls begun.", MetricType::Counter, {}};
    MetricFamily handled{"grpc_server_handled_total", "Calls ended.", MetricType::Counter, {}};
    MetricFamily received{
        "grpc_server_msg_received_total", "Messages received.", MetricType::Counter, {}};
    MetricFamily sent{"grpc_server_msg_sent_total", "Messages sent.", MetricType::Counter, {}};
    for (const auto& row : calls.rows()) {
        const MethodCounters& counters = calls.of(&row);
        // Only what was called: the table has rows for far more than a node serves.
        if (counters.started == 0) {
            continue;
        }
        const Labels labels = labelsOf(row.name);
        addCounter(&started, labels, counters.started);
        addCounter(&received, labels, counters.received);
        addCounter(&sent, labels, counters.sent);
        for (std::size_t code = 0; code < counters.handled.size(); ++code) {
            if (const std::uint64_t count = counters.handled[code]; count > 0) {
                Labels withCode = labels;
                withCode.push_back({"grpc_code", std::string(kCodeNames[code])});
                addCounter(&handled, std::move(withCode), count);
            }
        }
    }
    return {std::move(started), std::move(handled), std::move(received), std::move(sent)};
}

void addConnections(const AcceptCounters& counters, std::vector<MetricFamily>* families) {
    families->push_back(single(
        "weft_mesh_connections_open",
        "Connections to the mesh server.",
        MetricType::Gauge,
        static_cast<double>(counters.open)));
    families->push_back(single(
        "weft_mesh_connections_accepted_total",
        "Connections let in.",
        MetricType::Counter,
        static_cast<double>(counters.accepted)));
    MetricFamily refused{
        "weft_mesh_connections_refused_total",
        "Connections turned away or cut, by reason.",
        MetricType::Counter,
        {}};
    for (const auto& [reason, count] : std::array<std::pair<const char*, std::uint64_t>, 6>{{
             {"source_cap", counters.refusedBySource},
             {"total_cap", counters.refusedByTotal},
             {"garbage", counters.refusedGarbage},
             {"silent", counters.silent},
             {"descriptors", counters.descriptorShortages},
             {"cut", counters.cut},
         }}) {
        addCounter(&refused, {{"reason", reason}}, count);
    }
    families->push_back(std::move(refused));
}

double openDescriptors() {
    std::error_code error;
    std::filesystem::directory_iterator next("/proc/self/fd", error);
    int count = 0;
    while (!error && next != std::filesystem::directory_iterator()) {
        ++count;
        next.increment(error);
    }
    // Without the one that was used to look.
    return count > 1 ? count - 1 : 0;
}

void addProcess(double startTime, std::vector<MetricFamily>* families) {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    double virtualPages = 0;
    double residentPages = 0;
    std::ifstream("/proc/self/statm") >> virtualPages >> residentPages;
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    families->push_back(single(
        "process_cpu_seconds_total",
        "User and system time.",
        MetricType::Counter,
        seconds(usage.ru_utime) + seconds(usage.ru_stime)));
    families->push_back(
        single("process_open_fds", "Open descriptors.", MetricType::Gauge, openDescriptors()));
    families->push_back(single(
        "process_max_fds",
        "The descriptor limit.",
        MetricType::Gauge,
        static_cast<double>(limit.rlim_cur)));
    families->push_back(single(
        "process_resident_memory_bytes",
        "Resident memory.",
        MetricType::Gauge,
        residentPages * page));
    families->push_back(single(
        "process_virtual_memory_bytes", "Address space.", MetricType::Gauge, virtualPages * page));
    families->push_back(single(
        "process_start_time_seconds",
        "When the process began to be measured, in unix seconds.",
        MetricType::Gauge,
        startTime));
}

/// A mesh while it is told of.
class Source {
public:
    explicit Source(MeshFigures figures) : figures_(std::move(figures)) {}

    /// With the mesh's label; empty when it has gone.
    std::vector<MetricFamily> read() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        std::vector<MetricFamily> families;
        if (gone_) {
            return families;
        }
        if (figures_.server != nullptr) {
            families = callFamilies(figures_.server->calls());
            addConnections(figures_.server->connections(), &families);
        }
        if (const auto tunnel =
                figures_.tunnel == nullptr ? std::nullopt : figures_.tunnel->read()) {
            auto more = tunnelFamilies(*tunnel);
            std::ranges::move(more, std::back_inserter(families));
        }
        for (auto& family : families) {
            for (auto& metric : family.metric) {
                metric.label.push_back({"mesh", figures_.mesh});
            }
        }
        return families;
    }
    void end() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        gone_ = true;
    }

private:
    const MeshFigures figures_;
    base::Mutex mutex_;
    bool gone_ WEFT_GUARDED_BY(mutex_) = false;
};

// A family is written once, whatever number of meshes have series in it.
void merge(std::vector<MetricFamily> more, std::vector<MetricFamily>* into) {
    for (auto& family : more) {
        const auto same = std::ranges::find(*into, family.name, &MetricFamily::name);
        if (same == into->end()) {
            into->push_back(std::move(family));
        } else {
            std::ranges::move(family.metric, std::back_inserter(same->metric));
        }
    }
}

class Figures final : public prometheus::Collectable {
public:
    std::vector<MetricFamily> Collect() const override {
        std::vector<MetricFamily> families;
        addProcess(startTime_, &families);
        for (const auto& source : sources()) {
            merge(source->read(), &families);
        }
        return families;
    }
    void add(const std::shared_ptr<Source>& source) WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        sources_.push_back(source);
    }
    void remove(const std::shared_ptr<Source>& source) WEFT_EXCLUDES(mutex_) {
        {
            const base::MutexLock lock(mutex_);
            std::erase(sources_, source);
        }
        source->end();
    }

private:
    std::vector<std::shared_ptr<Source>> sources() const WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        return sources_;
    }

    const double startTime_ =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    mutable base::Mutex mutex_;
    std::vector<std::shared_ptr<Source>> sources_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace

struct MetricsEndpoint::Impl {
    explicit Impl(const std::string& address) : exposer(address, kThreads) {
        exposer.RegisterCollectable(figures);
    }

    // The exposer keeps a weak reference.
    const std::shared_ptr<Figures> figures = std::make_shared<Figures>();
    prometheus::Exposer exposer;
};

MetricsEndpoint::MetricsEndpoint(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MetricsEndpoint::~MetricsEndpoint() = default;

StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::start(const net::HostPort& listen) {
    const std::string host = listen.host.empty() ? "127.0.0.1" : listen.host;
    // The library takes a list with options in this text, so it gets nothing but an address.
    WEFT_ASSIGN_OR_RETURN(const auto address, net::IpAddress::parse(host));
    const std::string text = net::Endpoint{address, listen.port}.toString();
    try {
        return std::unique_ptr<MetricsEndpoint>(new MetricsEndpoint(std::make_unique<Impl>(text)));
    } catch (const std::exception& error) {
        return unavailable("cannot serve metrics on {}: {}", text, error.what());
    }
}

Subscription MetricsEndpoint::add(MeshFigures figures) {
    auto source = std::make_shared<Source>(std::move(figures));
    impl_->figures->add(source);
    return Subscription([all = impl_->figures, source] { all->remove(source); });
}

std::uint16_t MetricsEndpoint::port() const {
    const auto ports = impl_->exposer.GetListeningPorts();
    return ports.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(ports.front());
}

}  // namespace weft::services
