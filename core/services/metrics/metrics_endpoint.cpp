// SPDX-License-Identifier: Apache-2.0
#include "core/services/metrics/metrics_endpoint.h"

#include "core/services/metrics/tunnel_families.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/mesh_server.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <dirent.h>
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
    DIR* directory = ::opendir("/proc/self/fd");
    if (directory == nullptr) {
        return 0;
    }
    int count = 0;
    while (::readdir(directory) != nullptr) {
        ++count;
    }
    ::closedir(directory);
    // Without ".", ".." and the one that was just used to look.
    return count > 3 ? count - 3 : 0;
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

class Figures final : public prometheus::Collectable {
public:
    Figures(const MeshServer* server, TunnelFigureSource* tunnel)
        : server_(server), tunnel_(tunnel) {}

    std::vector<MetricFamily> Collect() const override {
        std::vector<MetricFamily> families;
        if (server_ != nullptr) {
            families = callFamilies(server_->calls());
            addConnections(server_->connections(), &families);
        }
        addProcess(startTime_, &families);
        if (const auto tunnel = tunnel_ == nullptr ? std::nullopt : tunnel_->read()) {
            auto more = tunnelFamilies(*tunnel);
            std::ranges::move(more, std::back_inserter(families));
        }
        return families;
    }

private:
    const MeshServer* const server_;
    TunnelFigureSource* const tunnel_;
    const double startTime_ =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
};

}  // namespace

struct MetricsEndpoint::Impl {
    Impl(const std::string& address, const MeshServer* server, TunnelFigureSource* tunnel)
        : figures(std::make_shared<Figures>(server, tunnel)), exposer(address, kThreads) {
        exposer.RegisterCollectable(figures);
    }

    // The exposer keeps a weak reference.
    std::shared_ptr<Figures> figures;
    prometheus::Exposer exposer;
};

MetricsEndpoint::MetricsEndpoint(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MetricsEndpoint::~MetricsEndpoint() = default;

StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::start(
    const net::HostPort& listen, const MeshServer* server, TunnelFigureSource* tunnel) {
    const std::string host = listen.host.empty() ? "127.0.0.1" : listen.host;
    // The library takes a list with options in this text, so it gets nothing but an address.
    WEFT_ASSIGN_OR_RETURN(const auto address, net::IpAddress::parse(host));
    const std::string text = net::Endpoint{address, listen.port}.toString();
    try {
        return std::unique_ptr<MetricsEndpoint>(
            new MetricsEndpoint(std::make_unique<Impl>(text, server, tunnel)));
    } catch (const std::exception& error) {
        return unavailable("cannot serve metrics on {}: {}", text, error.what());
    }
}

std::uint16_t MetricsEndpoint::port() const {
    const auto ports = impl_->exposer.GetListeningPorts();
    return ports.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(ports.front());
}

}  // namespace weft::services
