// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/access.h"
#include "core/api/types.h"
#include "core/base/callback.h"
#include "core/base/subscription.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace weft::api {

struct PingQuestion {
    /// Id of a node, an address of one, or one in a network behind one.
    std::string target;
    /// nullopt: IPv4 where both ends have it and may use it.
    std::optional<AddressFamily> family;
    /// 0: until the handle is dropped.
    std::uint32_t count = 0;
    std::chrono::milliseconds interval{1000};
    /// How long each one is waited for.
    std::chrono::milliseconds timeout{2000};
};

// What the daemon takes.
inline constexpr std::chrono::milliseconds kShortestPingInterval{200};
inline constexpr std::chrono::hours kLongestPingInterval{1};
inline constexpr std::chrono::milliseconds kShortestPingTimeout{100};
inline constexpr std::chrono::seconds kLongestPingTimeout{30};

struct PingStart {
    /// Whose address it is, or who leads to it.
    std::string nodeId;
    std::string address;
    /// Why an answer is doubtful; empty when nothing is known.
    std::string doubt;

    friend bool operator==(const PingStart&, const PingStart&) = default;
};

struct PingReply {
    std::uint32_t sequence = 0;
    std::chrono::nanoseconds roundTrip{0};
    /// What was left of the hop limit; 0 when the system does not tell.
    std::uint32_t hopLimit = 0;

    friend bool operator==(const PingReply&, const PingReply&) = default;
};

enum class PingLossReason : std::uint8_t {
    Timeout,      ///< nothing came in time
    Unreachable,  ///< somebody on the way says that it does not get there
    NotSent,      ///< it did not leave the computer
};

struct PingLoss {
    std::uint32_t sequence = 0;
    PingLossReason reason = PingLossReason::Timeout;
    std::string text;

    friend bool operator==(const PingLoss&, const PingLoss&) = default;
};

/// A start, then one of the others for each echo request.
using PingUpdate = std::variant<PingStart, PingReply, PingLoss>;

/// What came of all of them so far. Pure.
class PingSummary {
public:
    void add(const PingUpdate& update);

    std::uint32_t sent() const { return received_ + lost_; }
    std::uint32_t received() const { return received_; }
    /// 0 to 100, rounded down: 100 means all of them.
    std::uint32_t lossPercent() const;
    // Zero while nothing was received.
    std::chrono::nanoseconds shortest() const { return shortest_; }
    std::chrono::nanoseconds longest() const { return longest_; }
    std::chrono::nanoseconds mean() const;
    /// How far they lie from the mean (standard deviation), as ping(8) tells it.
    std::chrono::nanoseconds deviation() const;

private:
    std::uint32_t received_ = 0;
    std::uint32_t lost_ = 0;
    std::chrono::nanoseconds shortest_{0};
    std::chrono::nanoseconds longest_{0};
    /// Of nanoseconds, and of their squares.
    double sum_ = 0;
    double squares_ = 0;
};

/// Why a way is not taken, or why there is none.
enum class PathReason : std::uint8_t {
    None,
    NoCommonFamily,
    NoPublicEndpoint,
    UdpBlocked,
    SymmetricNat,
    AclOneSided,
    DeniedByAcl,
    HandshakeTimeout,
    NotConnected,
    NoWay,
    Longer,
    OtherAnswers,
    Withheld,
    NoTunnel,
    Unknown,  ///< one that this program does not know yet
};

struct PathHop {
    std::string nodeId;
    /// Where its packets go, as far as this node knows; empty: unknown.
    std::string endpoint;

    friend bool operator==(const PathHop&, const PathHop&) = default;
};

struct PathFamily {
    AddressFamily family = AddressFamily::Ipv4;
    /// Empty for an end that has none.
    std::string ownAddress;
    std::string address;
    bool usable = false;
    PathReason reason = PathReason::None;

    friend bool operator==(const PathFamily&, const PathFamily&) = default;
};

enum class PathKind : std::uint8_t {
    Direct,     ///< by a tunnel of the two
    OverNodes,  ///< over other nodes
    Endpoint,   ///< a place where the first node of the way may be called
};

/// One way that was looked at.
struct PathAlternative {
    PathKind kind = PathKind::Direct;
    /// Empty for all kinds but Endpoint.
    std::string endpoint;
    bool inUse = false;
    PathReason reason = PathReason::None;
    /// The reason in words, and what to change.
    std::string text;
    std::string remedy;

    friend bool operator==(const PathAlternative&, const PathAlternative&) = default;
};

/// Which way packets take to a node, and why no other.
struct PathExplanation {
    std::string nodeId;
    /// In order, without this node; empty when there is no way.
    std::vector<PathHop> hops;
    /// The first of the hops answers.
    bool works = false;
    std::optional<WallTime> lastHandshake;
    std::vector<PathFamily> families;
    std::vector<PathAlternative> alternatives;
    /// Why it does not work.
    PathReason reason = PathReason::None;
    std::string summary;
    std::string remedy;

    friend bool operator==(const PathExplanation&, const PathExplanation&) = default;
};

/// One line of a look at the network.
struct NetworkCheck {
    /// Of a fixed list: "udp".
    std::string id;
    CheckState state = CheckState::Pending;
    std::string text;
    /// Empty when there is nothing to do.
    std::string remedy;

    friend bool operator==(const NetworkCheck&, const NetworkCheck&) = default;
};

/// How the programs of the daemon's host are made to ask.
enum class ResolverWay : std::uint8_t {
    None,
    Link,  ///< systemd-resolved
    File,  ///< /etc/resolv.conf
};

/// How names of a mesh are found at a node.
struct NameService {
    std::string domain;
    /// Where this node answers; empty while it does not.
    std::string server;
    /// Otherwise its own host alone.
    bool servesMembers = false;
    std::uint32_t nodes = 0;
    std::uint32_t nodesWithoutName = 0;
    /// The last query of the node to itself, whether it was answered, and why not.
    std::optional<WallTime> askedAt;
    bool answers = false;
    std::string reason;
    /// The programs of its host are to find the names; how, and why they do not.
    bool hostAsks = false;
    ResolverWay way = ResolverWay::None;
    std::string hostReason;
    std::uint64_t queries = 0;
    std::uint64_t dropped = 0;
    std::uint64_t forwarded = 0;
    std::uint64_t fromCache = 0;
    std::uint64_t failed = 0;
    std::uint32_t connections = 0;

    friend bool operator==(const NameService&, const NameService&) = default;
};

struct NameQuestion {
    /// A name without a dot is one of the mesh; an address is asked for its name.
    std::string name;
    /// "AAAA"; empty: A, or PTR for an address.
    std::string type;
};

struct NameRecord {
    std::string name;
    std::uint32_t ttl = 0;
    std::string type;
    std::string data;

    friend bool operator==(const NameRecord&, const NameRecord&) = default;
};

struct NameAnswer {
    /// What was asked, in full.
    std::string name;
    std::string type;
    /// Who was asked.
    std::string server;
    /// "NOERROR", "NXDOMAIN".
    std::string result;
    std::chrono::nanoseconds took{0};
    std::vector<NameRecord> records;

    friend bool operator==(const NameAnswer&, const NameAnswer&) = default;
};

/// What a front end asks about the network that a mesh is. Its threads and the errors of all calls
/// are those of Controller; besides kFailedPrecondition when the profile is not connected.
class Diagnosis {
public:
    Diagnosis() = default;
    Diagnosis(const Diagnosis&) = delete;
    Diagnosis& operator=(const Diagnosis&) = delete;
    virtual ~Diagnosis() = default;

    /// Tells of each echo request until the handle is dropped; `ended` says why it ended otherwise,
    /// which is ok after the last of a count.
    /// Errors: kNotFound           nobody in the mesh is called so or has this address
    ///         kPermissionDenied   the access rules deny it, one way at least; or the daemon may
    ///                             not send echo requests
    ///         kInvalidArgument    the question; the text says what is wrong
    ///         kFailedPrecondition no tunnel, no address of the family
    ///         kUnavailable        no way leads there
    ///         kResourceExhausted  too many at once
    virtual Subscription ping(
        const ProfileId& id,
        const PingQuestion& question,
        std::function<void(const PingUpdate&)> told,
        StatusCallback ended) = 0;
    /// By what this node knows; nothing is sent, as with the next one.
    /// Errors: kNotFound         nobody in the mesh is called so
    ///         kInvalidArgument  it is this node itself
    virtual void explainPath(
        const ProfileId& id, const std::string& node, Callback<PathExplanation> done) = 0;
    virtual void checkNetwork(const ProfileId& id, Callback<std::vector<NetworkCheck>> done) = 0;

    virtual void nameService(const ProfileId& id, Callback<NameService> done) = 0;
    /// Asks a server of the mesh once, that of the daemon's node if it has one.
    /// Errors: kInvalidArgument    no name, or no type of record
    ///         kFailedPrecondition nobody in the mesh answers for names
    ///         kUnavailable        nobody answers now
    ///         kResourceExhausted  too many at once
    virtual void lookUpName(
        const ProfileId& id, const NameQuestion& question, Callback<NameAnswer> done) = 0;
};

}  // namespace weft::api
