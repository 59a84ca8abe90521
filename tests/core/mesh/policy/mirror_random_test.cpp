// SPDX-License-Identifier: Apache-2.0
// The mirror, which compiles only what has changed, against a policy compiled from nothing, after
// each of many random changes of a store. WEFT_POLICY_ROUNDS says how many.
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/policy/reachability.h"
#include "core/mesh/policy/records.h"
#include "core/storage/memory/memory_store.h"
#include "tests/core/mesh/policy/random_world.h"
#include "tests/core/mesh/policy/rounds.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_seed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <utility>

namespace weft::mesh::policy {
namespace {

using storage::Entry;
using storage::Event;

constexpr std::size_t kStepsPerMesh = 20;
constexpr std::size_t kNodes = 6;

std::optional<net::IpPrefix> prefixOf(const std::string& text) {
    auto prefix = net::IpPrefix::parse(text);
    return prefix.ok() ? std::optional(*prefix) : std::nullopt;
}

/// What a policy is asked; the same questions for all that are compared.
class Questions {
public:
    explicit Questions(RandomWorld& random) {
        for (int left = 12; left-- > 0;) {
            actions_.push_back(random.action());
            flows_.push_back(
                {random.node(), prefixOf(random.cidr()), random.node(), prefixOf(random.cidr())});
        }
        for (std::size_t at = 0; at <= kNodes; ++at) {
            nodes_.push_back(
                {.id = fmt::format("n{}", at),
                 .ipv4 = prefixOf(random.hostCidr(true)),
                 .ipv6 = prefixOf(random.hostCidr(false))});
        }
    }

    /// All answers, one in each line.
    std::string answersOf(const Policy& policy) const {
        std::string answers;
        addRoles(policy.roles(), answers);
        addNetwork(policy.network(), answers);
        for (const auto& group : policy.groups()) {
            answers += encode(group) + "\n";
        }
        for (const auto& problem : policy.problems()) {
            answers += problem.object + ": " + problem.text + "\n";
        }
        answers +=
            fmt::format("problems {} unreadable {}\n", policy.problemCount(), policy.unreadable());
        return answers;
    }

private:
    void addRoles(const RoleRules& roles, std::string& answers) const {
        for (const auto& node : nodes_) {
            for (const auto& action : actions_) {
                const auto decision = roles.decide({.id = node.id}, action);
                answers += fmt::format(
                    "{} {}: {} {} {} {} {}\n",
                    node.id,
                    describe(action),
                    decision.allowed,
                    decision.binding,
                    decision.role,
                    decision.group,
                    decision.reason);
            }
        }
        answers += fmt::format("off {}\n", roles.rbacDisabled());
    }

    void addNetwork(const NetworkRules& network, std::string& answers) const {
        for (const auto& flow : flows_) {
            const auto at = network.decidingRule(flow);
            answers += fmt::format(
                "{} {} {}\n",
                network.accepts(flow),
                at == NetworkRules::kNoRule ? "none" : encode(network.rules()[at]),
                network.trace(flow, Dialect::Reference).accepted);
        }
        const auto matrix = Reachability(network, nodes_).matrix();
        for (std::size_t from = 0; from < nodes_.size(); ++from) {
            for (std::size_t to = 0; to < nodes_.size(); ++to) {
                answers += matrix.at(from, to) ? '1' : '0';
            }
            answers += '\n';
        }
    }

    std::vector<Action> actions_;
    std::vector<Flow> flows_;
    std::vector<NodeAddresses> nodes_;
};

/// A store with what is written to it, and a registry with a mirror that follows it.
class FollowedStore {
public:
    explicit FollowedStore(std::uint64_t seed) : random_(seed), questions_(random_) {
        auto watch = store_->watch({}, std::nullopt, [this](const std::vector<Event>& events) {
            // The writer thread; `commit` waits until it is done with this.
            missed_.insert(missed_.end(), events.begin(), events.end());
        });
        EXPECT_TRUE(watch.ok());
        watch_ = std::move(watch->subscription);
    }

    /// Some changes, and then what the mirror makes of them.
    void step() {
        for (auto left = 1 + random_.below(3); left-- > 0;) {
            changeSomething();
            if (random_.below(3) == 0) {
                catchUp();
                askForSomething();
            }
        }
        catchUp();
        askForSomething();
        compare();
    }

private:
    void changeSomething() {
        const auto kind = random_.below(20);
        if (kind == 0) {
            replaceAll(random_.below(2) == 0 || kept_.empty() ? newMesh() : kept_);
        } else if (kind == 1) {
            kept_ = store_->list({})->entries;
        } else if (kind == 2) {
            auto refused = someOperations();
            refused.conditions.push_back(
                {storage::Compare::Kind::Exists, "/registry/roles/never-there", 0, {}});
            commit(std::move(refused), false);
        } else {
            commit(someOperations(), true);
        }
    }

    storage::Transaction someOperations() {
        storage::Transaction transaction;
        for (auto left = 1 + random_.below(4); left-- > 0;) {
            transaction.operations.push_back(someOperation());
        }
        return transaction;
    }

    storage::Operation someOperation() {
        auto [key, json] = someRecord();
        switch (random_.below(24)) {
        case 0:
            return storage::DeletePrefix{key.substr(0, key.rfind('/') + 1)};
        case 1:
            return storage::Put{key, "{", std::nullopt};
        case 2:
            return storage::Put{key, R"({"name":"another"})", std::nullopt};
        case 3:
            return storage::Put{
                key, json.substr(0, json.size() - 1) + R"(,"colour":"red"})", std::nullopt};
        case 4:
            return storage::Put{key, "", std::nullopt};
        case 5:
            return storage::Put{
                std::string(storage::kRbacDisabledKey),
                random_.below(2) == 0 ? "true" : "maybe",
                std::nullopt};
        case 6:
            return storage::Delete{std::string(storage::kRbacDisabledKey)};
        case 7:
            return storage::Put{"/registry/nodes/n1", R"({"id":"n1"})", std::nullopt};
        case 8:
        case 9:
        case 10:
        case 11:
            return storage::Delete{key};
        default:
            return storage::Put{key, json, std::nullopt};
        }
    }

    /// Key and text of an object of any kind.
    std::pair<std::string, std::string> someRecord() {
        const auto records = recordsOf(random_.world());
        const auto& entry = records[random_.below(records.size())];
        return {entry.key, entry.value};
    }

    static std::vector<Entry> recordsOf(const oracle::World& world) {
        std::vector<Entry> records;
        const auto add = [&records](std::string_view prefix, const auto& objects) {
            for (const auto& object : objects) {
                records.push_back(
                    {std::string(prefix) + object.name, encode(object), 0, std::nullopt});
            }
        };
        add(storage::kRolesPrefix, world.roles);
        add(storage::kRoleBindingsPrefix, world.bindings);
        add(storage::kGroupsPrefix, world.groups);
        add(storage::kNetworkAclsPrefix, world.acls);
        return records;
    }

    std::vector<Entry> newMesh() { return recordsOf(random_.world()); }

    void commit(storage::Transaction transaction, bool isApplied) {
        const auto result = store_->commitAndWait(std::move(transaction));
        ASSERT_TRUE(result.ok()) << result.status();
        EXPECT_EQ(result->applied, isApplied);
    }

    void replaceAll(const std::vector<Entry>& entries) {
        std::vector<storage::Put> puts;
        puts.reserve(entries.size());
        for (const auto& entry : entries) {
            puts.push_back({entry.key, entry.value, std::nullopt});
        }
        store_->replaceAll(std::move(puts), [](const auto& result) {
            EXPECT_TRUE(result.ok()) << result.status();
        });
        // Waits for it.
        ASSERT_TRUE(store_->commitAndWait({}).ok());
    }

    /// By the changes, or by reading everything anew.
    void catchUp() {
        auto events = std::exchange(missed_, {});
        if (random_.below(10) != 0) {
            registry_.apply(events);
            return;
        }
        const auto all = store_->list(storage::kRegistryPrefix);
        registry_.reset(all->entries, all->revision);
    }

    /// Only some of it, so that what is compiled is not always all.
    void askForSomething() {
        switch (random_.below(3)) {
        case 0:
            (void)mirror_.roles()->rbacDisabled();
            break;
        case 1:
            (void)mirror_.current()->problemCount();
            break;
        default:
            break;
        }
    }

    void compare() {
        const auto all = store_->list(storage::kRegistryPrefix);
        storage::Registry fresh;
        fresh.reset(all->entries, all->revision);
        const auto now = mirror_.current();

        EXPECT_EQ(questions_.answersOf(*now), questions_.answersOf(*compile(fresh)));
        EXPECT_EQ(mirror_.roles().get(), &now->roles());
        if (given_ != nullptr) {
            EXPECT_EQ(questions_.answersOf(*given_), answers_) << "what was given out has changed";
        }
        given_ = now;
        answers_ = questions_.answersOf(*now);
    }

    RandomWorld random_;
    Questions questions_;
    tests::FakeClock clock_;
    std::unique_ptr<storage::MemoryStore> store_ = storage::MemoryStore::create(clock_);
    std::vector<Event> missed_;
    Subscription watch_;
    storage::Registry registry_;
    PolicyMirror mirror_{registry_};
    /// Everything at some moment, to go back to.
    std::vector<Entry> kept_;
    std::shared_ptr<const Policy> given_;
    std::string answers_;
};

TEST(PolicyMirrorAtRandom, SaysWhatAPolicyFromNothingWouldSay) {
    const auto seed = tests::randomSeed();
    const auto total = rounds() / 200;
    for (std::size_t round = 0; round < total && !::testing::Test::HasFailure(); ++round) {
        FollowedStore followed(seed + round);
        for (std::size_t step = 0; step < kStepsPerMesh; ++step) {
            SCOPED_TRACE(fmt::format("seed {} step {}", seed + round, step));
            followed.step();
        }
    }
}

}  // namespace
}  // namespace weft::mesh::policy
