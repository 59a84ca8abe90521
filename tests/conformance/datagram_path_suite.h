// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace weft::tests {

/// Two paths that reach each other, and what keeps them alive.
class PathPair {
public:
    PathPair() = default;
    PathPair(const PathPair&) = delete;
    PathPair& operator=(const PathPair&) = delete;
    virtual ~PathPair() = default;

    virtual transport::DatagramPath& left() = 0;
    virtual transport::DatagramPath& right() = 0;
    /// Where the other side reaches them.
    virtual net::Endpoint leftEndpoint() = 0;
    virtual net::Endpoint rightEndpoint() = 0;
};

/// How the suite gets a pair of paths of one kind.
struct PathKind {
    std::string name;
    /// nullptr when this machine has none, for instance no IPv6.
    std::function<std::unique_ptr<PathPair>()> create;
    /// Whether the system cuts and joins runs for this kind.
    bool carriesRuns = false;
};

/// Names the kind in messages of GoogleTest.
inline void PrintTo(const PathKind& kind, std::ostream* out) {
    *out << kind.name;
}

/// A datagram as it came out of a run.
struct ReceivedDatagram {
    std::string bytes;
    transport::DatagramAddress from;
    int trafficClass = 0;
};

/// What every kind of DatagramPath must do: the TEST_Ps of datagram_path_suite.cpp, instantiated
/// for each kind.
class DatagramPathSuite : public testing::TestWithParam<PathKind> {
protected:
    void SetUp() override;

    transport::DatagramPath& left() { return pair_->left(); }
    transport::DatagramPath& right() { return pair_->right(); }
    transport::DatagramAddress toLeft() { return {.remote = pair_->leftEndpoint()}; }
    transport::DatagramAddress toRight() { return {.remote = pair_->rightEndpoint()}; }

    /// Sends one run from the left to the right.
    transport::RunOutcome send(const std::string& bytes, std::size_t segmentBytes);
    /// What came to `path`, waiting until it is `count` datagrams; less after ten seconds.
    static std::vector<ReceivedDatagram> receive(transport::DatagramPath& path, std::size_t count);
    static std::vector<std::string> bytesOf(const std::vector<ReceivedDatagram>& datagrams);

private:
    std::unique_ptr<PathPair> pair_;
};

/// Bytes that differ from place to place, so that a datagram in the wrong place shows.
std::string patternOf(std::size_t bytes);
/// `bytes` cut as a path must cut them.
std::vector<std::string> cut(const std::string& bytes, std::size_t segmentBytes);

}  // namespace weft::tests
