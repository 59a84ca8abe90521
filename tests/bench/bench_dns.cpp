// SPDX-License-Identifier: Apache-2.0
// How many names a node answers for: bench_dns [SECONDS]
#include "core/base/unique_fd.h"
#include "core/services/dns/detail/sockets.h"
#include "core/services/dns/dns_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>

namespace {

using namespace weft;  // NOLINT(google-build-using-namespace): a program of one file
using Clock = std::chrono::steady_clock;

constexpr std::size_t kNodes = 10'000;
constexpr std::size_t kClients = 8;
constexpr std::size_t kUnderWay = 8;

mesh::dns::Bytes queryFor(std::string_view node, std::uint16_t id) {
    const auto name = mesh::dns::Name::parse(fmt::format("{}.mesh.internal", node));
    auto bytes = mesh::dns::forwardQuery({*name, mesh::dns::kTypeA, mesh::dns::kClassIn}, id, true);
    return bytes;
}

std::size_t residentKib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stoul(line.substr(6));
        }
    }
    return 0;
}

/// Of all threads, in milliseconds.
double processor() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

/// One member, with some queries under way.
struct Client {
    base::UniqueFd socket;
    std::array<Clock::time_point, kUnderWay> since{};
};

class Bench {
public:
    Bench() : server_(*services::DnsServer::start(options())) {
        std::vector<mesh::dns::ZoneNode> nodes;
        for (std::size_t number = 0; number < kNodes; ++number) {
            mesh::dns::ZoneNode node;
            node.id = mesh::dns::NodeId(fmt::format("node-{}", number));
            node.ipv4 = net::IpAddress::v4(0x7F100000U + static_cast<std::uint32_t>(number));
            node.wireguardEndpoints = {"192.0.2.1:51820"};
            nodes.push_back(std::move(node));
        }
        server_->replaceNodes(std::move(nodes));
        const net::Endpoint to{net::IpAddress::v4(INADDR_LOOPBACK), server_->udpPort()};
        for (std::size_t number = 0; number < kClients; ++number) {
            const auto own = net::IpAddress::v4(0x7F000101U + static_cast<std::uint32_t>(number));
            clients_.push_back(
                {base::UniqueFd(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)), {}});
            const services::detail::SocketAddress from({own, 0});
            const services::detail::SocketAddress address(to);
            const int fd = clients_.back().socket.get();
            if (::bind(fd, from.get(), from.size) != 0
                || ::connect(fd, address.get(), address.size) != 0) {
                std::perror("bench_dns");
            }
        }
    }

    void run(std::chrono::seconds length) {
        const auto before = residentKib();
        const auto cpuBefore = processor();
        const auto start = Clock::now();
        for (auto& client : clients_) {
            for (std::uint16_t slot = 0; slot < kUnderWay; ++slot) {
                ask(client, slot);
            }
        }
        while (Clock::now() - start < length) {
            turn();
        }
        const std::chrono::duration<double> took = Clock::now() - start;
        std::ranges::sort(micros_);
        const auto rate = static_cast<double>(micros_.size()) / took.count();
        const auto at = [this](double part) {
            return micros_[static_cast<std::size_t>(
                part * static_cast<double>(micros_.size() - 1))];
        };
        fmt::print(
            "{} nodes, half of the names random: {:.0f} queries/s, p50 {:.0f} us, p99 {:.0f} us, "
            "{:.1f} us of a processor each with the client's, {} lost, {} KiB more\n",
            kNodes,
            rate,
            at(0.5),
            at(0.99),
            (processor() - cpuBefore) * 1e3 / static_cast<double>(micros_.size()),
            lost_,
            residentKib() - before);
    }

private:
    static services::DnsServerOptions options() {
        services::DnsServerOptions options;
        options.zone.domain = *mesh::dns::Name::parse("mesh.internal");
        options.zone.networks = {*net::IpPrefix::parse("127.0.0.0/8")};
        options.zone.serving = mesh::dns::NodeId("node-0");
        options.addresses = {net::IpAddress::v4(INADDR_LOOPBACK)};
        options.udpPort = 0;
        options.tcpPort = 0;
        options.forwards = false;
        options.limits.queriesPerSource = 1'000'000;
        return options;
    }

    void ask(Client& client, std::uint16_t slot) {
        const auto node = random_() % 2 == 0 ? fmt::format("node-{}", random_() % kNodes)
                                             : fmt::format("x{:x}", random_());
        const auto query = queryFor(node, slot);
        client.since[slot] = Clock::now();
        ::send(client.socket.get(), query.data(), query.size(), 0);
    }

    void turn() {
        std::vector<pollfd> ready;
        for (const auto& client : clients_) {
            ready.push_back({client.socket.get(), POLLIN, 0});
        }
        constexpr int kPatienceMs = 1000;
        if (::poll(ready.data(), ready.size(), kPatienceMs) == 0) {
            lost_ += kClients * kUnderWay;
            return;
        }
        for (auto& client : clients_) {
            std::array<std::uint8_t, 1500> reply{};
            while (::recv(client.socket.get(), reply.data(), reply.size(), 0) > 0) {
                const auto slot = static_cast<std::uint16_t>(reply[0] << 8U | reply[1]);
                const std::chrono::duration<double, std::micro> took =
                    Clock::now() - client.since.at(slot);
                micros_.push_back(took.count());
                ask(client, slot);
            }
        }
    }

    std::unique_ptr<services::DnsServer> server_;
    std::vector<Client> clients_;
    // NOLINTNEXTLINE(cert-msc51-cpp): the same names each time
    std::mt19937 random_{7};
    std::vector<double> micros_;
    std::size_t lost_ = 0;
};

}  // namespace

int main(int count, char** values) {
    int seconds = 5;
    if (count > 1) {
        const std::string_view text = values[1];
        std::from_chars(text.data(), text.data() + text.size(), seconds);
    }
    Bench().run(std::chrono::seconds(seconds));
    return 0;
}
