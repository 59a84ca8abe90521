// SPDX-License-Identifier: Apache-2.0
#include "core/config/key_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace weft::config {
namespace {

std::vector<std::string> namesOf(const Key& key) {
    std::vector<std::string> names = {std::string(key.name)};
    for (const auto alias : key.aliases) {
        if (!alias.empty()) {
            names.emplace_back(alias);
        }
    }
    return names;
}

TEST(KeyTable, NamesAndVariablesAreUnique) {
    std::set<std::string> names;
    std::set<std::string> variables;

    for (const Key& key : keyTable()) {
        for (const auto& name : namesOf(key)) {
            EXPECT_TRUE(names.insert(name).second) << name;
            EXPECT_TRUE(variables.insert(environmentName(name)).second) << name;
        }
    }
}

TEST(KeyTable, EachRowSaysWhatItIsAbout) {
    for (const Key& key : keyTable()) {
        EXPECT_FALSE(key.help.empty()) << key.name;
        EXPECT_FALSE(typeName(key).empty()) << key.name;
        if (key.supported()) {
            EXPECT_TRUE(key.help.ends_with('.')) << key.name << ": a sentence ends with a stop";
            EXPECT_FALSE(key.weakens) << key.name;
            EXPECT_FALSE(key.subtree) << key.name;
        }
    }
}

TEST(KeyTable, EachFieldHasOneRow) {
    NodeOptions options;
    std::set<const void*> places;

    for (const Key& key : keyTable()) {
        std::visit(
            [&](auto access) {
                if constexpr (!std::is_same_v<decltype(access), std::monostate>) {
                    EXPECT_TRUE(places.insert(&access(options)).second) << key.name;
                }
            },
            key.access);
    }
}

TEST(KeyTable, KeysThatNameFilesAreForAdministrators) {
    for (const Key& key : keyTable()) {
        const bool isPath = std::holds_alternative<Ref<std::filesystem::path>>(key.access);
        const bool namesFile = key.name.ends_with("-file");
        if (isPath || namesFile) {
            EXPECT_NE(key.guard, Guard::None) << key.name;
        }
        if (key.name.find("insecure") != std::string_view::npos
            || key.name.find("skip-verify") != std::string_view::npos) {
            EXPECT_TRUE(key.guard == Guard::Insecure || key.guard == Guard::Start) << key.name;
        }
        if (key.name.find("listen-") != std::string_view::npos && key.supported()) {
            EXPECT_EQ(key.guard, Guard::Listen) << key.name;
        }
    }
}

TEST(KeyTable, PasswordsAndPrivateKeysAreSecret) {
    for (const std::string_view name :
         {"auth.basic.password",
          "auth.ldap.password",
          "auth.mtls.key-data",
          "services.api.tls-key-data",
          "services.api.ldap.bind-password",
          "bootstrap.transport.psk",
          "storage.external.tls-key-data"}) {
        const Key* key = findKey(name);
        ASSERT_NE(key, nullptr) << name;
        EXPECT_TRUE(key->secret()) << name;
    }
    EXPECT_FALSE(findKey("mesh.node-id")->secret());
}

TEST(FindKey, TakesNamesAliasesAndSubtrees) {
    EXPECT_EQ(findKey("mesh.node-id")->name, "mesh.node-id");
    EXPECT_EQ(findKey("tls.ca-file")->name, "tls.tls-ca-file");
    EXPECT_EQ(findKey("mesh.storage-prefer-ipv6")->name, "mesh.prefer-ipv6");
    EXPECT_EQ(findKey("plugins.configs.ldap.config.server")->name, "services.api.ldap.server");
    EXPECT_EQ(findKey("plugins.configs.ldap.exec.path")->name, "plugins");
    EXPECT_EQ(
        findKey("plugins.configs.ipam.config.static-ipv4.alpha")->name, "plugins.configs.ipam");
    EXPECT_EQ(findKey("plugins.configs.mtls.config.ca-file")->name, "services.api.client-ca-file");
    EXPECT_EQ(
        findKey("plugins.configs.basic-auth.config.htpasswd-file")->name,
        "services.api.htpasswd-file");
    EXPECT_EQ(findKey("pluginsx"), nullptr);
    EXPECT_EQ(findKey(""), nullptr);
    EXPECT_EQ(findKey("mesh"), nullptr);
}

TEST(NearestKey, FindsTypingErrorsAndWrongSections) {
    EXPECT_EQ(nearestKey("mesh.nodeid"), "mesh.node-id");
    EXPECT_EQ(nearestKey("mesh.join-adress"), "mesh.join-address");
    EXPECT_EQ(nearestKey("wiregard.key-fle"), "wireguard.key-file");
    EXPECT_EQ(nearestKey("mesh.mesh-domain"), "bootstrap.mesh-domain");
}

TEST(NearestKey, TakesAnyLength) {
    EXPECT_FALSE(nearestKey("").empty());
    EXPECT_FALSE(nearestKey(std::string(100000, 'a')).empty());
}

TEST(EnvironmentName, IsUpperCaseWithUnderscores) {
    EXPECT_EQ(environmentName("mesh.join-address"), "WEFT_MESH_JOIN_ADDRESS");
    EXPECT_EQ(environmentName("services.api.tls-cert-file"), "WEFT_SERVICES_API_TLS_CERT_FILE");
}

}  // namespace
}  // namespace weft::config
