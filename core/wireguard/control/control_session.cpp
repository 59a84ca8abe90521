// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_session.h"

#include "core/wireguard/control/get_format.h"

#include <algorithm>

namespace weft::wireguard {

ControlSession::~ControlSession() {
    wipeLine();
}

std::size_t ControlSession::receive(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ != State::Dump && state_ != State::Finished
           && out_.empty()) {
        const auto rest = bytes.substr(used);
        if (state_ == State::GetEnd) {
            takeGetEnd(rest.front());
            ++used;
            continue;
        }
        const auto newline = rest.find('\n');
        const auto piece = rest.substr(0, newline);
        used += piece.size() + (newline == std::string_view::npos ? 0 : 1);
        if (piece.size() > line_.size() - filled_) {
            lineOverflowed_ = true;
        } else if (!lineOverflowed_) {
            std::copy(
                piece.begin(), piece.end(), line_.begin() + static_cast<std::ptrdiff_t>(filled_));
            filled_ += piece.size();
        }
        if (lineOverflowed_) {
            lineTooLong();
        }
        if (newline != std::string_view::npos) {
            takeLine({line_.data(), filled_});
            filled_ = 0;
            lineOverflowed_ = false;
        }
    }
    return used;
}

void ControlSession::receiveEnd() {
    ended_ = true;
    if (state_ == State::Set) {
        if (filled_ > 0) {
            takeLine({line_.data(), filled_});
        }
        if (state_ == State::Set) {
            answer(set_->finish(), State::Finished);
        }
    }
    wipeLine();
    set_.reset();
    if (state_ != State::Dump) {
        state_ = State::Finished;
    }
}

std::string_view ControlSession::output() {
    while (out_.empty() && state_ == State::Dump) {
        dumpMore();
    }
    return out_.text();
}

void ControlSession::sent(std::size_t count) {
    out_.removePrefix(count);
}

void ControlSession::takeLine(std::string_view line) {
    switch (state_) {
    case State::Operation:
        takeOperation(line);
        break;
    case State::Set:
        takeSetLine(line);
        break;
    case State::PassOver:
        if (!lineOverflowed_ && (line.empty() || line == "\r")) {
            state_ = State::Operation;
        }
        break;
    default:
        break;
    }
}

void ControlSession::takeOperation(std::string_view line) {
    if (line == "set=1") {
        set_.emplace(target_);
        state_ = State::Set;
    } else if (line == "get=1") {
        state_ = State::GetEnd;
    } else {
        state_ = State::Finished;
    }
}

void ControlSession::takeSetLine(std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.empty()) {
        answer(set_->finish(), State::Operation);
    } else if (const int error = set_->line(line); error != 0) {
        answer(error, State::PassOver);
    }
}

void ControlSession::takeGetEnd(char next) {
    if (next == '\n') {
        startDump();
    } else {
        answer(kErrorInvalid, State::Operation);
    }
}

void ControlSession::lineTooLong() {
    filled_ = 0;
    if (state_ == State::Set) {
        answer(kErrorIo, State::PassOver);
    } else if (state_ == State::Operation) {
        state_ = State::Finished;
    }
}

void ControlSession::startDump() {
    const auto state = target_.interfaceState();
    if (!state.ok()) {
        answer(errorNumberOf(state.status()), State::Operation);
        return;
    }
    formatInterface(*state, out_);
    cursor_ = 0;
    state_ = State::Dump;
    dumpMore();
}

void ControlSession::dumpMore() {
    const auto page = target_.peers(cursor_);
    if (!page.ok()) {
        answer(errorNumberOf(page.status()), State::Operation);
        return;
    }
    for (const auto& peer : page->peers) {
        formatPeer(peer, out_);
    }
    cursor_ = page->next;
    if (cursor_ == 0) {
        answer(0, State::Operation);
    }
}

void ControlSession::answer(int errorNumber, State next) {
    set_.reset();
    wipeLine();
    formatEnd(errorNumber, out_);
    state_ = ended_ ? State::Finished : next;
}

void ControlSession::wipeLine() {
    crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(line_.data()), line_.size()});
}

}  // namespace weft::wireguard
