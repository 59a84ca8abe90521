// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/administration.h"
#include "core/services/link/channel.h"
#include "core/services/server/method_table.h"
#include "tests/core/services/server_fixture.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>

#include <net/if.h>

namespace weft::tests {
namespace {

using services::Access;
using services::MethodRow;

/// What a caller of one method comes to see.
enum class Outcome { Admitted, Unimplemented, Unauthenticated, Denied, NoConnection };

/// A message whose first fields are texts, as it is on the wire.
grpc::ByteBuffer messageOf(std::initializer_list<std::string_view> texts) {
    std::string bytes;
    char tag = 0x0a;
    for (const auto text : texts) {
        bytes.push_back(tag);
        bytes.push_back(static_cast<char>(text.size()));
        bytes += text;
        tag = static_cast<char>(tag + 8);
    }
    const grpc::Slice slice(bytes);
    return {&slice, 1};
}

/// A request that comes as far as the question of rights, where the answer depends on the object.
grpc::ByteBuffer requestOf(std::string_view method) {
    if (method.ends_with("Edge")) {
        return messageOf({"alpha", "bravo"});
    }
    const bool named = (method.starts_with("/v1.Admin/") && !method.starts_with("/v1.Admin/List"))
                       || method == "/v1.StorageQueryService/Publish"
                       || method == "/v1.StorageQueryService/Subscribe";
    return named ? messageOf({"probe"}) : messageOf({});
}

/// One call of any shape. An answer, or any error that is not about the caller, means that it was
/// admitted.
class ProbeCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
public:
    ProbeCall(
        const std::shared_ptr<grpc::Channel>& channel,
        std::string_view method,
        const std::multimap<std::string, std::string>& headers)
        : stub_(channel), request_(requestOf(method)) {
        for (const auto& [name, value] : headers) {
            context_.AddMetadata(name, value);
        }
        // A stream without a message ends by this, which shows that it was open.
        context_.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(400));
        stub_.PrepareBidiStreamingCall(&context_, std::string(method), {}, this);
        StartWriteLast(&request_, {});
        StartRead(&answer_);
        StartCall();
    }

    void OnReadDone(bool ok) override {
        if (ok) {
            answered_ = true;
            context_.TryCancel();
        }
    }

    void OnDone(const grpc::Status& status) override {
        const std::lock_guard lock(mutex_);
        status_ = status;
        done_ = true;
        over_.notify_one();
    }

    Outcome outcome() {
        std::unique_lock lock(mutex_);
        over_.wait(lock, [this] { return done_; });
        if (answered_) {
            return Outcome::Admitted;
        }
        switch (status_.error_code()) {
        case grpc::StatusCode::UNIMPLEMENTED:
            return Outcome::Unimplemented;
        case grpc::StatusCode::UNAUTHENTICATED:
            return Outcome::Unauthenticated;
        case grpc::StatusCode::PERMISSION_DENIED:
            return Outcome::Denied;
        case grpc::StatusCode::UNAVAILABLE:
            return Outcome::NoConnection;
        default:
            return Outcome::Admitted;
        }
    }

private:
    grpc::GenericStub stub_;
    grpc::ClientContext context_;
    grpc::ByteBuffer request_;
    grpc::ByteBuffer answer_;
    std::atomic<bool> answered_{false};
    std::mutex mutex_;
    std::condition_variable over_;
    grpc::Status status_;
    bool done_ = false;
};

enum class Kind {
    Nobody,
    Stranger,
    Member,
    MemberByAddress,         ///< known by its mesh address alone
    AdministratorByAddress,  ///< the same, of the administrator's node
    MemberByCarriedAddress,  ///< by a mesh address whose packets others carry
    Holder,                  ///< a member with one verb on everything
    Administrator,
    Expelled,
    Ambiguous,  ///< with two headers where one may be, or one in another spelling
};

/// What comes of the two headers of a proxy.
enum class Proxy {
    None,      ///< they are not there
    Honoured,  ///< the kind of caller is that of whom they name
    Refused,
};

struct CallerCase {
    std::string name;
    Kind kind = Kind::Nobody;
    /// Or the node from whose mesh address the call comes.
    std::string certificate;
    std::multimap<std::string, std::string> headers{};
    /// What a holder may do: "Put", "Get" or "Delete".
    std::string verb{};
    Proxy proxy = Proxy::None;
};

using Headers = std::multimap<std::string, std::string>;

Headers handedOnFor(const std::string& caller, const std::string& proxy) {
    return {{"x-webmesh-proxied-for", caller}, {"x-webmesh-proxied-from", proxy}};
}

Outcome admitted(const MethodRow& row) {
    return row.built ? Outcome::Admitted : Outcome::Unimplemented;
}

/// The verb that the roles are asked for, after webmesh.md 5.7; empty when they are not asked.
std::string verbOf(std::string_view method) {
    if (method == "/v1.StorageQueryService/Publish") {
        return "Put";
    }
    if (method == "/v1.StorageQueryService/Subscribe"
        || method == "/weft.mesh.v1.Policy/ListObjects") {
        return "Get";
    }
    if (method == "/weft.mesh.v1.Changes/PutPolicyTests") {
        return "Put";
    }
    const std::string_view admin = "/v1.Admin/";
    if (!method.starts_with(admin)) {
        return {};
    }
    const auto name = method.substr(admin.size());
    return name.starts_with("Put") ? "Put" : (name.starts_with("Delete") ? "Delete" : "Get");
}

bool isByAddress(Kind kind) {
    return kind == Kind::MemberByAddress || kind == Kind::AdministratorByAddress
           || kind == Kind::MemberByCarriedAddress;
}

bool isInMesh(Kind kind) {
    return kind == Kind::Member || kind == Kind::Holder || kind == Kind::Administrator
           || isByAddress(kind);
}

bool mayBy(const MethodRow& row, const CallerCase& caller) {
    // Whoever may write anything may ask for changes; each edit is looked at then.
    const bool isChange = row.name.starts_with("/weft.mesh.v1.Changes/")
                          && row.name != "/weft.mesh.v1.Changes/PutPolicyTests";
    return isChange ? caller.verb != "Get" : caller.verb == verbOf(row.name);
}

Outcome byRights(const MethodRow& row, const CallerCase& caller) {
    const bool allowed = caller.kind == Kind::Administrator
                         || caller.kind == Kind::AdministratorByAddress
                         || (caller.kind == Kind::Holder && mayBy(row, caller));
    if (allowed) {
        return admitted(row);
    }
    return caller.kind == Kind::MemberByCarriedAddress ? Outcome::Unauthenticated : Outcome::Denied;
}

// What the table means for one kind of caller, written out a second time.
Outcome expected(const MethodRow& row, const CallerCase& caller) {
    if (caller.kind == Kind::Ambiguous) {
        return Outcome::Unauthenticated;
    }
    if (caller.kind == Kind::Expelled || row.access == Access::LocalOnly) {
        return Outcome::Denied;
    }
    if (caller.proxy == Proxy::Refused) {
        return caller.kind == Kind::Nobody ? Outcome::Unauthenticated : Outcome::Denied;
    }
    const bool isHandedOn =
        row.proxy == services::ProxyClass::Leader || row.proxy == services::ProxyClass::NonLeader;
    if (caller.proxy == Proxy::Honoured && !isHandedOn) {
        return Outcome::Denied;
    }
    if (row.access == Access::Anyone) {
        return admitted(row);
    }
    if (caller.kind == Kind::Nobody) {
        return Outcome::Unauthenticated;
    }
    if (isByAddress(caller.kind) && (row.access == Access::Rights || row.access == Access::Admin)) {
        return Outcome::Unauthenticated;
    }
    switch (row.access) {
    case Access::InMesh:
        if (!isInMesh(caller.kind)) {
            return Outcome::Denied;
        }
        return verbOf(row.name).empty() ? admitted(row) : byRights(row, caller);
    case Access::Rights:
        return byRights(row, caller);
    case Access::Admin:
        return caller.kind == Kind::Administrator ? admitted(row) : Outcome::Denied;
    default:
        return admitted(row);
    }
}

using Connect = std::function<std::shared_ptr<grpc::Channel>(const CallerCase&)>;

/// Every method called by every kind of caller.
void compare(const std::vector<CallerCase>& callers, const Connect& connect) {
    std::size_t cells = 0;
    for (const auto& caller : callers) {
        const auto channel = connect(caller);
        std::map<std::string_view, std::unique_ptr<ProbeCall>> calls;
        for (const auto& row : services::methodRows()) {
            calls[row.name] = std::make_unique<ProbeCall>(channel, row.name, caller.headers);
        }
        for (const auto& row : services::methodRows()) {
            EXPECT_EQ(calls[row.name]->outcome(), expected(row, caller))
                << row.name << " called by " << caller.name;
            ++cells;
        }
    }
    ::testing::Test::RecordProperty("cells", static_cast<int>(cells));
    std::printf("cells compared: %zu\n", cells);
}

class Authorisation : public ::testing::Test {
protected:
    void SetUp() override {
        for (const auto& id : {"bravo", "putter", "getter", "deleter", "carol"}) {
            ASSERT_TRUE(fixture_.joinDirectly(id).ok()) << id;
        }
        // Every node advertises what it likes; only "hub" is trusted with it.
        for (const auto& id : {"hub", "mallory"}) {
            auto params = joinParamsOf(id);
            params.features = {{::v1::LEADER_PROXY, 8443}};
            const auto joined = fixture_.await<StatusOr<mesh::JoinGrant>>(
                [&](const auto& done) { fixture_.host->join(params, callerNamed(id), done); });
            ASSERT_TRUE(joined.ok()) << id;
        }
        using mesh::policy::Resource;
        using mesh::policy::Verb;
        fixture_.allow("putter", Resource::All, {Verb::Put});
        fixture_.allow("getter", Resource::All, {Verb::Get});
        fixture_.allow("deleter", Resource::All, {Verb::Delete});
        fixture_.allow("hub", Resource::Observers, {Verb::Put});
        const auto removed = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
            fixture_.administration->removeNode(
                mesh::NodeId("carol"), "test", callerNamed("boss"), done);
        });
        ASSERT_TRUE(removed.ok()) << removed.status();
    }

    ServerFixture fixture_{
        mesh::Authentication::Required, services::TlsMode::Mutual, [](auto* options) {
            options->calls.callBurst = 1e6;
        }};
};

TEST_F(Authorisation, HoldsForEveryMethodAndEveryKindOfCaller) {
    const Headers forged = handedOnFor("boss", "alpha");
    const auto refused = Proxy::Refused;
    const auto honoured = Proxy::Honoured;
    const std::vector<CallerCase> callers{
        {"nobody", Kind::Nobody, ""},
        {"stranger with a certificate", Kind::Stranger, "stranger"},
        {"member", Kind::Member, "bravo"},
        {"member who may put", Kind::Holder, "putter", {}, "Put"},
        {"member who may get", Kind::Holder, "getter", {}, "Get"},
        {"member who may delete", Kind::Holder, "deleter", {}, "Delete"},
        {"administrator", Kind::Administrator, "boss"},
        {"expelled", Kind::Expelled, "carol"},
        {"nobody with a forged identity", Kind::Nobody, "", forged, "", refused},
        {"stranger with a forged identity", Kind::Stranger, "stranger", forged, "", refused},
        {"member with a forged identity", Kind::Member, "bravo", forged, "", refused},
        {"expelled with a forged identity", Kind::Expelled, "carol", forged, "", refused},
        {"administrator with a forged identity",
         Kind::Administrator,
         "boss",
         handedOnFor("bravo", "boss"),
         "",
         refused},
        {"member that hands on for the administrator",
         Kind::Member,
         "bravo",
         handedOnFor("boss", "bravo"),
         "",
         refused},
        {"leader proxy without the right to be one",
         Kind::Member,
         "mallory",
         handedOnFor("boss", "mallory"),
         "",
         refused},
        {"storage member in the name of another proxy",
         Kind::Member,
         "alpha",
         handedOnFor("boss", "hub"),
         "",
         refused},
        {"storage member for a member",
         Kind::Member,
         "alpha",
         handedOnFor("bravo", "alpha"),
         "",
         honoured},
        {"storage member for the administrator",
         Kind::Administrator,
         "alpha",
         handedOnFor("boss", "alpha"),
         "",
         honoured},
        {"storage member for nobody",
         Kind::Nobody,
         "alpha",
         {{"x-webmesh-proxied-from", "alpha"}},
         "",
         honoured},
        {"storage member for a stranger",
         Kind::Stranger,
         "alpha",
         handedOnFor("stranger", "alpha"),
         "",
         honoured},
        {"storage member for an expelled one",
         Kind::Expelled,
         "alpha",
         handedOnFor("carol", "alpha"),
         "",
         honoured},
        {"leader proxy for a member who may put",
         Kind::Holder,
         "hub",
         handedOnFor("putter", "hub"),
         "Put",
         honoured},
        {"leader proxy for the administrator",
         Kind::Administrator,
         "hub",
         handedOnFor("boss", "hub"),
         "",
         honoured},
        {"storage member with two who are meant",
         Kind::Ambiguous,
         "alpha",
         {{"x-webmesh-proxied-for", "boss"}, {"x-webmesh-proxied-for", "bravo"}}},
        {"storage member with a binary header",
         Kind::Ambiguous,
         "alpha",
         {{"x-webmesh-proxied-for-bin", "boss"}}},
        {"administrator with a duplicated header",
         Kind::Ambiguous,
         "boss",
         {{"x-webmesh-basic-auth-username", "boss"}, {"x-webmesh-basic-auth-username", "eve"}}},
    };
    compare(callers, [this](const CallerCase& caller) {
        return fixture_.channelAs(caller.certificate);
    });
}

TEST(AuthorisationByMeshAddress, HoldsForEveryMethodAndEveryKindOfCaller) {
    ServerFixture fixture(
        mesh::Authentication::Required,
        services::TlsMode::Insecure,
        [](auto* options) {
            options->calls.callBurst = 1e6;
            options->listen = {"", 0};
        },
        kLoopbackNetwork);
    // Loopback stands for the tunnel.
    fixture.server->setTunnelInterface(::if_nametoindex("lo"));
    for (const auto& id : {"bravo", "boss", "carried", "putter"}) {
        ASSERT_TRUE(fixture.joinDirectly(id).ok()) << id;
    }
    fixture.allow("putter", mesh::policy::Resource::All, {mesh::policy::Verb::Put});
    fixture.leadBy(
        {{"bravo", "bravo"}, {"boss", "boss"}, {"carried", "bravo"}, {"putter", "bravo"}});
    const auto own = fixture.meshAddressOf("alpha");
    const std::vector<CallerCase> callers{
        {"nobody's address", Kind::Nobody, ""},
        {"nobody's address with a forged identity",
         Kind::Nobody,
         "",
         handedOnFor("boss", "alpha"),
         "",
         Proxy::Refused},
        {"member", Kind::MemberByAddress, "bravo"},
        {"administrator's node", Kind::AdministratorByAddress, "boss"},
        {"member whom another carries", Kind::MemberByCarriedAddress, "carried"},
        {"member who may put whom another carries", Kind::MemberByCarriedAddress, "putter"},
        {"member whom another carries with a forged identity",
         Kind::MemberByCarriedAddress,
         "carried",
         handedOnFor("boss", "carried"),
         "",
         Proxy::Refused},
        {"member with a forged identity",
         Kind::MemberByAddress,
         "bravo",
         handedOnFor("boss", "bravo"),
         "",
         Proxy::Refused},
        {"member with a duplicated header",
         Kind::Ambiguous,
         "bravo",
         {{"x-webmesh-proxied-from", "bravo"}, {"x-webmesh-proxied-from", "alpha"}}},
    };

    const Connect connect = [&fixture, &own](const CallerCase& caller) {
        const auto from = caller.certificate.empty() ? *net::IpAddress::parse("127.31.255.254")
                                                     : fixture.meshAddressOf(caller.certificate);
        return fixture.channelFrom(from, own);
    };
    compare(callers, connect);
    fixture.leadBy({{"boss", "bravo"}});
    compare(
        {{"administrator's node whom another carries", Kind::MemberByCarriedAddress, "boss"}},
        connect);
}

TEST_F(Authorisation, AnswersUnimplementedForMethodsThatNobodyKnows) {
    const auto channel = fixture_.channelAs("boss");

    ProbeCall call(channel, "/v1.Node/Imaginary", {});
    ProbeCall other(channel, "/nothing", {});

    EXPECT_EQ(call.outcome(), Outcome::Unimplemented);
    EXPECT_EQ(other.outcome(), Outcome::Unimplemented);
}

TEST_F(Authorisation, LetsNoCertificateOfAnotherAuthorityThroughTheHandshake) {
    const TestAuthority stranger("another mesh");
    auto options = fixture_.linkOptionsAs("");
    options.identity = stranger.issue("boss");
    const auto channel = services::makeChannel(fixture_.address(), options);
    std::vector<std::unique_ptr<ProbeCall>> calls;
    for (const auto& row : services::methodRows()) {
        calls.push_back(
            std::make_unique<ProbeCall>(channel, row.name, decltype(CallerCase::headers){}));
    }

    for (const auto& call : calls) {
        EXPECT_EQ(call->outcome(), Outcome::NoConnection);
    }
}

TEST(MeshServerStart, FailsWhenAMethodHasNoRow) {
    ServerFixture fixture;
    std::vector<MethodRow> rows(services::methodRows().begin(), services::methodRows().end());
    std::erase_if(rows, [](const MethodRow& row) { return row.name == "/v1.Admin/PutRole"; });
    services::MeshServerOptions options;
    options.listen = {"127.0.0.1", 0};
    options.tls = services::TlsMode::Insecure;
    options.methods = rows;

    const auto server =
        services::MeshServer::start(std::move(options), {fixture.loop, *fixture.host, nullptr});

    EXPECT_EQ(server.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(weft::messageOf(server.status()), ::testing::HasSubstr("/v1.Admin/PutRole"));
}

}  // namespace
}  // namespace weft::tests
