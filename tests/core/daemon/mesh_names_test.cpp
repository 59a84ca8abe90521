// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_names.h"

#include "core/base/asio_loop.h"
#include "core/base/unique_fd.h"
#include "core/crypto/node_key.h"
#include "core/daemon/detail/name_questions.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::daemon::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace local = weft::local::v1;

/// A mesh whose addresses are those of loopback.
class MeshNamesTest : public ::testing::Test {
protected:
    MeshNamesTest() {
        options_.enabled = true;
        options_.listenUdp.port = 0;
        options_.listenTcp.port = 0;
    }
    ~MeshNamesTest() override {
        onLoop([this] { names_.reset(); });
    }

    void onLoop(std::function<void()> work) {
        std::promise<void> done;
        loop_.post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    void make() {
        onLoop([this] {
            names_ = std::make_unique<MeshNames>(MeshNames::Parts{
                .loop = loop_,
                .profileId = "test",
                .options = options_,
                .isForHost = isForHost_,
                .self = storage::NodeId("own"),
                .registry = [this] { return &registry_; },
                .servers = [] { return mesh::dns::ZoneServers(); },
                .changed = [this] { ++changes_; },
                .setResolver = [this](auto names) { asked_.push_back(std::move(names)); }});
        });
    }
    /// With a port the nodes but this one say that they answer for names there.
    void fillRegistry(
        const std::vector<std::string>& ids,
        std::string domain = "mesh.internal.",
        std::uint16_t port = 0) {
        std::vector<storage::Entry> entries(2);
        entries[0].key = storage::kMeshDomainKey;
        entries[0].value = std::move(domain);
        entries[1].key = storage::kIpv4PrefixKey;
        entries[1].value = "127.0.0.0/8";
        for (const auto& id : ids) {
            storage::NodeRecord record;
            record.id = storage::NodeId(id);
            record.publicKey = key_.publicKey();
            record.privateIpv4 = *net::IpPrefix::parse("127.0.0.1/32");
            if (port != 0 && id != "own") {
                record.features.push_back({::v1::MESH_DNS, port});
            }
            auto& entry = entries.emplace_back();
            entry.key = storage::nodeKey(record.id);
            entry.value = storage::encodeNode(record);
        }
        onLoop([&] { registry_.reset(entries, 1); });
    }
    local::Connection described() {
        local::Connection state;
        state.set_state(local::Connection::STATE_CONNECTED);
        onLoop([&] { names_->describe(state); });
        return state;
    }
    /// Waits until the line has a state, for ten seconds.
    local::Connection waitFor(local::CheckItem::State wanted) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        auto state = described();
        while (state.checklist(0).state() != wanted && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
            state = described();
        }
        EXPECT_EQ(state.checklist(0).state(), wanted) << state.checklist(0).text();
        return state;
    }

    base::AsioLoop loop_{"node"};
    crypto::NodeKey key_ = *crypto::NodeKey::generate();
    config::MeshDnsOptions options_;
    bool isForHost_ = false;
    /// On the loop.
    std::vector<std::optional<platform::LinkNames>> asked_;
    storage::Registry registry_;
    std::atomic<int> changes_ = 0;
    std::unique_ptr<MeshNames> names_;
};

TEST_F(MeshNamesTest, IsOffUnlessItIsWanted) {
    options_.enabled = false;
    fillRegistry({"own"});
    make();
    onLoop([this] { names_->open(""); });

    EXPECT_EQ(described().checklist(0).state(), local::CheckItem::STATE_OFF);
    EXPECT_EQ(names_->port(), std::nullopt);
}

TEST_F(MeshNamesTest, WaitsForItsTunnelAndItsRecordsThenAsksItself) {
    make();
    EXPECT_EQ(described().checklist(0).state(), local::CheckItem::STATE_PENDING);
    onLoop([this] { names_->open(""); });
    EXPECT_EQ(described().checklist(0).state(), local::CheckItem::STATE_PENDING);
    fillRegistry({"own", "a.b"});
    onLoop([this] { names_->follow(); });

    const auto state = waitFor(local::CheckItem::STATE_OK);

    EXPECT_THAT(state.checklist(0).text(), HasSubstr("mesh.internal. is answered for"));
    EXPECT_TRUE(state.checklist(0).has_since());
    EXPECT_EQ(state.state(), local::Connection::STATE_CONNECTED);
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).text(), HasSubstr("without a name: 1."));
    EXPECT_NE(names_->port(), std::nullopt);
    EXPECT_GE(changes_, 1);

    onLoop([this] { names_->close(); });
    EXPECT_EQ(names_->port(), std::nullopt);
    EXPECT_EQ(described().checklist(0).state(), local::CheckItem::STATE_PENDING);
}

TEST_F(MeshNamesTest, SaysThatItsPortIsTakenAndLeavesTheRestAlone) {
    fillRegistry({"own"});
    make();
    // A tunnel that is loopback itself takes its own port.
    onLoop([this] { names_->open("lo"); });

    const auto state = waitFor(local::CheckItem::STATE_WARN);

    EXPECT_EQ(names_->port(), std::nullopt);
    EXPECT_EQ(state.state(), local::Connection::STATE_CONNECTED);
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).text(), HasSubstr("is taken by another program"));
    EXPECT_THAT(state.problems(0).remedy(), HasSubstr("services.meshdns.listen-udp"));
}

TEST_F(MeshNamesTest, HasNoNamesForADomainThatIsNone) {
    fillRegistry({"own"}, "bad domain.");
    make();
    onLoop([this] { names_->open(""); });

    const auto state = waitFor(local::CheckItem::STATE_WARN);

    EXPECT_THAT(state.checklist(0).text(), HasSubstr("is no domain name"));
}

/// The programs of this host are to find the names, which others are not told.
class NamesForHostTest : public MeshNamesTest {
protected:
    NamesForHostTest() {
        options_.enabled = false;
        isForHost_ = true;
        fillRegistry({"own"});
        make();
        onLoop([this] { names_->open(""); });
    }
    void noteResolver(platform::ResolverWay way, const Status& status = okStatus()) {
        onLoop([&] { names_->noteResolver({way, status}); });
    }
};

TEST_F(NamesForHostTest, HasTheHostAskForTheDomainAndForAddresses) {
    std::optional<platform::LinkNames> wish;
    onLoop([&] { wish = asked_.at(0); });

    ASSERT_TRUE(wish);
    EXPECT_EQ(wish->server.address.toString(), "127.0.0.1");
    EXPECT_THAT(wish->domains, ElementsAre("mesh.internal", "127.in-addr.arpa"));
    EXPECT_EQ(names_->port(), std::nullopt);

    onLoop([this] { names_->close(); });
    onLoop([&] { wish = asked_.back(); });
    EXPECT_EQ(wish, std::nullopt);
}

TEST_F(NamesForHostTest, SaysThatTheHostAsks) {
    EXPECT_EQ(described().checklist(0).state(), local::CheckItem::STATE_PENDING);
    noteResolver(platform::ResolverWay::File);

    const auto state = waitFor(local::CheckItem::STATE_OK);

    EXPECT_THAT(state.checklist(0).text(), HasSubstr("this host asks there (/etc/resolv.conf)"));
    EXPECT_THAT(state.checklist(0).text(), HasSubstr("answered for at 127.0.0.1:"));
    EXPECT_EQ(state.problems_size(), 0);
}

TEST_F(NamesForHostTest, SaysWhyTheHostDoesNotAsk) {
    noteResolver(platform::ResolverWay::File, permissionDenied("it is read-only"));

    const auto state = waitFor(local::CheckItem::STATE_WARN);

    EXPECT_THAT(state.checklist(0).text(), HasSubstr("this host does not ask there"));
    ASSERT_EQ(state.problems_size(), 1);
    EXPECT_THAT(state.problems(0).text(), HasSubstr("it is read-only"));
    EXPECT_EQ(state.state(), local::Connection::STATE_CONNECTED);
}

TEST_F(NamesForHostTest, AsksThroughTheResolverOfTheSystemWhenTheHostDoes) {
    noteResolver(platform::ResolverWay::Link);

    // Nobody is there, or nobody who has heard of this mesh.
    const auto state = waitFor(local::CheckItem::STATE_WARN);

    EXPECT_THAT(state.checklist(0).text(), HasSubstr("127.0.0.53:53"));
}

TEST_F(NamesForHostTest, TellsHowNamesAreFound) {
    noteResolver(platform::ResolverWay::File);
    waitFor(local::CheckItem::STATE_OK);
    local::NameService service;

    onLoop([&] { names_->describe(service); });

    EXPECT_THAT(service.server(), HasSubstr("127.0.0.1:"));
    EXPECT_FALSE(service.serves_members());
    EXPECT_EQ(service.nodes(), 1U);
    EXPECT_TRUE(service.answers());
    EXPECT_TRUE(service.has_asked_at());
    EXPECT_TRUE(service.host_asks());
    EXPECT_EQ(service.host_way(), local::NameService::HOST_WAY_RESOLV_CONF);
    EXPECT_GE(service.queries(), 1U);
}

/// What people ask of the names.
class NameQuestionsTest : public NamesForHostTest {
protected:
    ~NameQuestionsTest() override {
        onLoop([this] { questions_.close(); });
    }

    /// The future is ready once it is answered.
    std::future<StatusOr<local::NameAnswer>> ask(const std::string& name, const std::string& type) {
        const auto answer = std::make_shared<std::promise<StatusOr<local::NameAnswer>>>();
        auto future = answer->get_future();
        local::LookUpNameRequest request;
        request.set_name(name);
        request.set_type(type);
        onLoop([&] {
            questions_.lookUp(request, [answer](const auto& result) { answer->set_value(result); });
        });
        return future;
    }
    static StatusOr<local::NameAnswer> wait(std::future<StatusOr<local::NameAnswer>> future) {
        return future.wait_for(10s) == std::future_status::ready
                   ? future.get()
                   : StatusOr<local::NameAnswer>(deadlineExceeded("no answer within ten seconds"));
    }

    NameQuestions questions_{
        {loop_,
         storage::NodeId("own"),
         [this] { return &registry_; },
         [this] { return names_.get(); }}};
};

TEST_F(NameQuestionsTest, AreAnsweredByTheServerOfThisNode) {
    const auto found = wait(ask("own", ""));

    ASSERT_TRUE(found.ok()) << messageOf(found.status());
    EXPECT_EQ(found->name(), "own.mesh.internal.");
    EXPECT_EQ(found->result(), "NOERROR");
    ASSERT_EQ(found->records_size(), 1);
    EXPECT_EQ(found->records(0).data(), "127.0.0.1");
    EXPECT_EQ(wait(ask("nobody", "aaaa"))->result(), "NXDOMAIN");
    EXPECT_EQ(wait(ask("own", "nonsense")).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(NameQuestionsTest, HaveNobodyToAskWhereNobodyAnswersForNames) {
    onLoop([this] { names_->close(); });

    EXPECT_EQ(wait(ask("own", "")).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(NameQuestionsTest, GoToAnotherMemberAndAreSoManyAndNoMore) {
    // Another one that says nothing.
    const base::UniqueFd silent(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ASSERT_EQ(::bind(silent.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::getsockname(silent.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    onLoop([this] { names_->close(); });
    fillRegistry({"own", "other"}, "mesh.internal.", ntohs(address.sin_port));
    std::vector<std::future<StatusOr<local::NameAnswer>>> asked;
    for (std::size_t number = 0; number < kMostLookups; ++number) {
        asked.push_back(ask("own", ""));
    }

    const auto beyond = wait(ask("own", ""));

    EXPECT_EQ(beyond.status().code(), StatusCode::kResourceExhausted);
    onLoop([this] { questions_.close(); });
    for (auto& each : asked) {
        EXPECT_EQ(wait(std::move(each)).status().code(), StatusCode::kCancelled);
    }
}

}  // namespace
}  // namespace weft::daemon::tests
