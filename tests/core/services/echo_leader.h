// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/net/endpoint.h"

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace weft::tests {

/// A leader that serves these methods, without TLS on a port of 127.0.0.1:
///   /test.Leader/Echo  headers "x-begin", every message again, then ok with "x-end"
///   /test.Leader/Fail  a status with text, details and trailing metadata
///   /test.Leader/Busy  that it is not available
///   /test.Leader/Large one message that fits into no window, then ok
///   /test.Leader/Pour  messages without end, as fast as they are taken
///   /test.Leader/Wait  nothing, until the caller goes
class EchoLeader {
public:
    /// What one call brought and came to.
    struct Seen {
        std::size_t calls = 0;
        std::size_t over = 0;
        std::size_t cancelled = 0;
        std::size_t poured = 0;
        std::multimap<std::string, std::string> headers;
        std::chrono::system_clock::time_point deadline;
    };

    EchoLeader();
    ~EchoLeader();
    EchoLeader(const EchoLeader&) = delete;
    EchoLeader& operator=(const EchoLeader&) = delete;

    net::HostPort address() const { return {"127.0.0.1", port_}; }
    /// Ends all connections at once.
    void stop();
    Seen seen() const WEFT_EXCLUDES(mutex_);
    /// As it is when it is as wanted, or when the patience ends.
    Seen waitFor(const std::function<bool(const Seen&)>& wanted) const WEFT_EXCLUDES(mutex_);

    static constexpr std::size_t kLargeBytes = 1024 * 1024;
    static constexpr std::size_t kPouredBytes = 64 * 1024;
    static const std::string& failDetails();

private:
    class Service;
    class Call;
    void note(const std::function<void(Seen&)>& change) WEFT_EXCLUDES(mutex_);

    mutable base::Mutex mutex_;
    mutable base::ConditionVariable changed_;
    Seen seen_ WEFT_GUARDED_BY(mutex_);
    std::unique_ptr<Service> service_;
    int portBound_ = 0;
    std::uint16_t port_ = 0;
    std::unique_ptr<grpc::Server> server_;
};

}  // namespace weft::tests
