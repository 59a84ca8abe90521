// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace weft::tests {

/// A frame of the protocol that noise_peer/main.go describes.
struct Frame {
    char letter = 0;
    std::vector<std::uint8_t> payload;
};

/// The program noise_peer as a child process, ended with this object.
class PeerProcess {
public:
    /// What a peer that is alive never needs.
    static constexpr std::chrono::seconds kPatience{10};

    static StatusOr<PeerProcess> start(const std::string& path);

    PeerProcess(const PeerProcess&) = delete;
    PeerProcess& operator=(const PeerProcess&) = delete;
    PeerProcess(PeerProcess&& other) noexcept;
    PeerProcess& operator=(PeerProcess&&) = delete;
    ~PeerProcess();

    Status send(char letter, std::span<const std::uint8_t> payload) const;
    /// The next frame. Errors: kDeadlineExceeded none came in time; kUnavailable the child has
    /// ended.
    StatusOr<Frame> receive();

private:
    PeerProcess(pid_t child, int toChild, int fromChild);
    Status readExactly(std::span<std::uint8_t> out);

    pid_t child_;
    int toChild_;
    int fromChild_;
    /// Read, not taken yet.
    std::vector<std::uint8_t> ahead_;
};

}  // namespace weft::tests
