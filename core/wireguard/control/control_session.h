// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/control_target.h"
#include "core/wireguard/control/set_operation.h"
#include "core/wireguard/control/wiped_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weft::wireguard {

/// One client of the configuration protocol (wireguard.com/xplatform), without its socket: bytes
/// in, bytes out. Operations may follow each other. After a wrong set operation the errno is
/// answered at once and the rest of the operation, up to its blank line, is passed over. Thread:
/// one.
class ControlSession {
public:
    /// No key and value is longer by far.
    static constexpr std::size_t kMostLineBytes = 4096;

    explicit ControlSession(ControlTarget& target) : target_(target) {}
    ControlSession(const ControlSession&) = delete;
    ControlSession& operator=(const ControlSession&) = delete;
    ~ControlSession();

    /// Takes bytes of the client and returns how many. The rest is to be offered again when
    /// `output` has been sent: nothing is read ahead of an answer.
    std::size_t receive(std::string_view bytes);
    /// The client says no more. A set operation without its blank line is complete; its last line
    /// may lack the newline.
    void receiveEnd();

    /// What is to be sent next; empty when nothing is. Long answers are made piece by piece.
    std::string_view output();
    /// So many bytes of `output` have been sent.
    void sent(std::size_t count);

    /// Whether the connection is to be closed once `output` is empty.
    bool finished() const { return state_ == State::Finished; }
    /// Whether no operation is under way.
    bool idle() const { return state_ == State::Operation && filled_ == 0 && out_.empty(); }

private:
    enum class State : std::uint8_t { Operation, GetEnd, Set, PassOver, Dump, Finished };

    void takeLine(std::string_view line);
    void takeOperation(std::string_view line);
    void takeSetLine(std::string_view line);
    void takeGetEnd(char next);
    void lineTooLong();
    void startDump();
    void dumpMore();
    void answer(int errorNumber, State next);
    void wipeLine();

    ControlTarget& target_;
    State state_ = State::Operation;
    bool lineOverflowed_ = false;
    bool ended_ = false;
    std::optional<SetOperation> set_;
    std::uint64_t cursor_ = 0;
    WipedText out_;
    std::size_t filled_ = 0;
    std::array<char, kMostLineBytes> line_{};
};

}  // namespace weft::wireguard
